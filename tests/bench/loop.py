"""The yardstick: a bare httpx + selectolax loop. Fetch, parse rows, compare, store raw pages, 20 at a time.

`python -m tests.bench.loop PORT LISTS FOLDER [notices]`. As fast as it can honestly be made without leaving
those two libraries: one client, trust_env off, a semaphore in front of the pool, plain files, one JSON state.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import sys
from pathlib import Path

import httpx
from selectolax.lexbor import LexborHTMLParser

AT_ONCE = 20


async def run(port: int, lists: int, folder: Path, *, notices: bool) -> None:
    state_file = folder / "state.json"
    state = json.loads(state_file.read_text()) if state_file.exists() else {}
    places = asyncio.Semaphore(AT_ONCE)
    limits = httpx.Limits(max_connections=AT_ONCE, max_keepalive_connections=AT_ONCE)
    async with httpx.AsyncClient(trust_env=False, limits=limits, verify=False) as client:

        async def fetch(path: str) -> bytes:
            async with places:
                answer = await client.get(f"http://127.0.0.1:{port}{path}")
            answer.raise_for_status()
            return answer.content

        async def read(path: str) -> None:
            page = await fetch(path)
            tree = LexborHTMLParser(page.decode())
            title, body = tree.css_first("h1"), tree.css_first(".TRS_Editor")
            keep(page)
            state[path] = [
                title.text() if title else "",
                hashlib.blake2b(body.text().encode()).hexdigest() if body else "",
            ]

        async def poll(column: int) -> None:
            page = await fetch(f"/{column}/")
            rows = []
            for line in LexborHTMLParser(page.decode()).css("ul.list li"):
                link, day = line.css_first("a"), line.css_first("span")
                if link and day:
                    rows.append([link.attributes["href"], link.attributes["title"], day.text()])
            keep(page)
            known = {row[0] for row in state.get(str(column), [])}
            state[str(column)] = rows
            if notices:
                new = [row[0] for row in rows if row[0] not in known]
                await asyncio.gather(*(read(f"/{column}/{href.removeprefix('./')}") for href in new))

        def keep(page: bytes) -> None:
            (folder / hashlib.blake2b(page, digest_size=16).hexdigest()).write_bytes(page)

        await asyncio.gather(*(poll(column) for column in range(lists)))
    state_file.write_text(json.dumps(state))


if __name__ == "__main__":
    asyncio.run(run(int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]), notices=len(sys.argv) > 4))
