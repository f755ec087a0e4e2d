"""The demo: September 2019 replayed on simulated sites, so that a first-time user sees the whole job done.

In reading order: `texts/` (what the pages say, as data), `columns` (where they say it), `rows` (both
as values), `world` (what stands where at an instant), `sites/` (how each site would show it),
`server` (loopback), `wecom` (a bot that is as strict as the real one), `truth` (what must come out),
`config` (the demo's sources.yaml). Nothing here is ever used outside the demo and its tests.
"""

MARK = "【演示文本，非官方文件】"
