"""A loopback server for benches: list pages of 50 kB with fresh noise, notice pages of 20 kB. Its cost is not counted.

`python -m tests.bench.server ROWS` prints its port. Paths: `/N/` is the list of column N, anything else below
`/N/` a notice of it.
"""

from __future__ import annotations

import asyncio
import sys
from functools import lru_cache
from itertools import count

LIST_BYTES = 50_000
NOTICE_BYTES = 20_000

_noise = count()


@lru_cache(maxsize=8192)
def _list(column: str, rows: int) -> tuple[bytes, bytes]:
    """The page of a column before and after its noise."""
    lines = "".join(
        f'<li><a href="./202609/t202609{1 + row % 28:02d}_{column}{row:03d}.html" '
        f'title="关于组织开展第{column}-{row}批绿色制造名单推荐工作的通知">关于组织开展第{column}-{row}批绿色制造…</a>'
        f"<span>2026-09-{1 + row % 28:02d}</span></li>\n"
        for row in range(rows)
    )
    head = (
        '<!doctype html><html><head><meta charset="utf-8"><meta name="SiteName" content="某某厅">'
        '<meta name="ColumnName" content="通知公告"><title>通知公告</title></head><body><div class="top">今天是第'
    )
    body = f'次访问</div><div class="main"><ul class="list">\n{lines}</ul></div><script>createPageHTML(1,0,"index","html")</script>'
    link = '<a href="http://www.gov.cn/zwgk/{}.htm" target="_blank">国务院部门网站</a>\n'
    foot, number = ['<div class="foot">'], 0
    size = len((head + body).encode())
    while size < LIST_BYTES - 40:
        foot.append(link.format(number))
        size += len(foot[-1].encode())
        number += 1
    return head.encode(), (body + "".join(foot) + "</div></body></html>").encode()


@lru_cache(maxsize=8)
def _notice(rows: int) -> bytes:
    line = "<p>各有关单位：现将有关事项通知如下，请结合实际认真组织实施，并于规定时间内将材料报送我厅。</p>\n"
    body = line * (NOTICE_BYTES // len(line.encode()))
    return (
        '<!doctype html><html><head><meta charset="utf-8"><meta name="ArticleTitle" content="{title}">'
        '<meta name="PubDate" content="2026-09-01 09:00"><meta name="ContentSource" content="某某厅"><title>{title}</title>'
        '</head><body><h1>{title}</h1><div class="TRS_Editor">'
        + body
        + "<p>某某厅</p><p>2026年9月1日</p></div></body></html>"
    ).encode()


def answer(path: str, rows: int) -> bytes:
    column, _, rest = path.strip("/").partition("/")
    if not rest:
        before, after = _list(column, rows)
        body = before + b"%d" % next(_noise) + after
    else:
        body = _notice(rows).replace(b"{title}", f"关于第{rest[-12:-5]}件事项的通知".encode())
    return (
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: %d\r\n\r\n" % len(body)
        + body
    )


async def serve(rows: int) -> None:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                writer.write(answer(head.split(b" ", 2)[1].decode(), rows))
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    server = await asyncio.start_server(talk, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1])))
