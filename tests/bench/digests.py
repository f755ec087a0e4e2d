"""How long a digest of 200 notices takes to render: the mail with both parts, and the pieces of a chat."""

from __future__ import annotations

import statistics
import time
from dataclasses import replace

from monitor.digest import compose
from tests.digest.make import DAILY, MAIL, NOW, SOURCES, TEXT, WECOM, a_change, a_deadline, a_notice

COUNT, RUNS = 200, 5


def main() -> None:
    """One line for docs/benchmarks.md."""
    body = "各有关单位：\n" + "为推动绿色发展，现将有关事项通知如下，请认真贯彻执行。\n" * 100
    deadlines = (a_deadline(NOW.date(), "24:00"),)
    changes = [
        replace(
            a_change(
                number,
                notice=a_notice(number, title="关于推荐工作的通知" * 5, body=body, deadlines=deadlines),
            ),
            sources=tuple(SOURCES),
        )
        for number in range(1, COUNT + 1)
    ]
    addresses = [MAIL, WECOM, TEXT]
    took = []
    for _ in range(RUNS):
        began = time.perf_counter()
        compose(DAILY, changes, addresses=addresses, sources=SOURCES, troubles=[], now=NOW, link="")
        took.append(time.perf_counter() - began)
    print(f"a digest of {COUNT} notices, mail and chats: {statistics.median(took) * 1000:.0f} ms (bar < 200)")


if __name__ == "__main__":
    main()
