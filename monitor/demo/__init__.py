"""The demo: September 2019 replayed on simulated sites, so that a first-time user sees the whole job done.

In reading order: `texts/` (what the pages say, as data), `columns` (where they say it), `rows` (both
as values), `world` (what stands where at an instant), `sites/` (how each site would show it),
`server` (loopback), `wecom` (a bot that is as strict as the real one), `truth` (what must come out),
`config` (the demo's sources.yaml). Nothing here is ever used outside the demo and its tests.
"""

from __future__ import annotations

from pathlib import Path

MARK = "【演示文本，非官方文件】"


def run_demo(storage: Path | None, *, port: int, once: bool) -> int:
    """See `monitor.demo.replay`, which is imported only when it is played."""
    from monitor.demo import replay

    return replay.run_demo(storage, port=port, once=once)
