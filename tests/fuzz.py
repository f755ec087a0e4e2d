"""Fuzzing the readers: any bytes given to any family end in a value or a ParseError, soon.

`python -m tests.fuzz SECONDS [SEED]`. Pages of the repository (and real ones, where ../shared lies beside it) are
cut, spliced, repeated, re-encoded and sprinkled with markup; each is given to every family as list and as notice.
What ends in anything else, or takes longer than two seconds, is printed and written to the folder it names:
make a test of it. Not part of the test run: its finds are.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from monitor.dates import SHANGHAI
from monitor.errors import ParseError
from monitor.families import FAMILIES, recognise
from monitor.model import Level, ListingItem, Page, RawNotice, Source
from monitor.normalise import normalise
from tests.seeds import BODIES

HERE = Path(__file__).resolve().parent
SLOW = 2.0
LONGEST = 200_000
CRUMBS = [
    b"<", b">", b"</", b"<!--", b"-->", b"<![CDATA[", b"]]>", b"<table>", b"<li>", b"</li>", b"<a href='", b'"', b"'",
    b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"&#x110000;", b"&#55296;", b"\xa3\xba", b"<script>", b"</script>",
    b"<base href='http://[::1'>", b"<a href='http://[x/'>", b"9999-99-99", b"2026-02-30", b'{"data":', b"}", b"[", b"]",
    b"1e999", b"-1", b"null", b'"url":', b"<meta name='ArticleTitle' content='", "〔２０１９〕".encode(), "截止".encode(),
    b"<style>", b"<template>", b"<select>", b"<svg>", b"<math>", b"<frameset>", b"<plaintext>", b"\r\n", b"\x0c",
]  # fmt: skip


def seeds() -> list[bytes]:
    """Every page that we have."""
    folders = [HERE / "pages", HERE.parents[1] / "shared" / "realpages"]
    files = [path for folder in folders if folder.is_dir() for path in folder.rglob("*") if path.is_file()]
    return [path.read_bytes()[:LONGEST] for path in sorted(files) if path.stat().st_size < 2 * LONGEST]


def mutated(chance: random.Random, pages: list[bytes]) -> bytes:
    """A page with one to six wounds."""
    page = chance.choice(pages)
    for _ in range(chance.randint(1, 6)):
        a, b = sorted((chance.randint(0, len(page)), chance.randint(0, len(page))))
        match chance.randint(0, 8):
            case 0:
                page = page[:a]
            case 1:
                page = page[:a] + page[b:]
            case 2:
                other = chance.choice(pages)
                c = chance.randint(0, len(other))
                page = page[:a] + other[c : c + chance.randint(0, 5000)] + page[b:]
            case 3:
                page = page[:a] + page[a : min(b, a + 500)] * chance.randint(2, 50) + page[a:]
            case 4:
                page = page[:a] + chance.choice(CRUMBS) * chance.choice((1, 1, 1, 3, 200)) + page[a:]
            case 5:
                page = page[:a] + chance.randbytes(chance.randint(1, 40)) + page[a:]
            case 6:
                old, new = chance.choice(CRUMBS), chance.choice(CRUMBS)
                page = page.replace(old, new, chance.randint(1, 5))
            case 7:
                page = page.decode("utf-8", "replace").encode(
                    chance.choice(("gb18030", "utf-16", "big5")), "replace"
                )
            case _:
                digits = [i for i in range(a, min(b, a + 3000)) if page[i : i + 1].isdigit()]
                if digits:
                    i = chance.choice(digits)
                    page = page[:i] + str(chance.choice((0, 9, 99, 10**12, 10**30))).encode() + page[i + 1 :]
    return page[:LONGEST]


def read(page: Page, family: str) -> str:
    """Both readings of a page by one family, and what follows in the core; how it ended."""
    options = {"rows": "li, tr", "link": "a"} if family == "selectors" else {}
    source = Source(
        id="fuzz",
        name="某部 · 通知",
        url=page.url,
        family=family,
        level=Level.NATIONAL,
        region="全国",
        options=options,
    )
    ended = []
    for reading in (FAMILIES[family].listing, FAMILIES[family].notice):
        try:
            found = reading(page, source)
        except ParseError:
            ended.append("refused")
            continue
        if isinstance(found, RawNotice):
            row = ListingItem(url=page.url, title="", published_on=None)
            normalise(found, row, source, bodies=BODIES)
        ended.append("read")
    return "/".join(ended)


def main(seconds: float, seed: int) -> int:
    chance = random.Random(seed)
    pages = seeds()
    names = [*FAMILIES, ""]
    finds = Path(tempfile.mkdtemp(prefix="kuaixun-fuzz-"))
    tally: Counter[str] = Counter()
    began = time.monotonic()
    while time.monotonic() - began < seconds:
        body = mutated(chance, pages)
        page = Page(url="http://www.example.gov.cn/zwgk/tzgg/index.html", body=body)
        name = chance.choice(names)
        start = time.process_time()
        try:
            ended = read(page, name or recognise(page))
        except Exception as error:  # noqa: BLE001 - finding those is what this is for
            ended = f"FIND {name or 'recognised'} {type(error).__name__}: {str(error)[:80]}"
        if time.process_time() - start > SLOW:
            ended = f"SLOW {name or 'recognised'} {time.process_time() - start:.0f} s"
        if ended[:4] in ("FIND", "SLOW") and not tally[ended]:
            file = finds / f"{sum(tally.values())}.page"
            file.write_bytes(body)
            print(ended, file, flush=True)
        tally[ended] += 1
    total = sum(tally.values())
    print(f"{total} pages in {seconds:.0f} s, seed {seed}, ended {time.strftime('%Y-%m-%d')} {SHANGHAI}")
    for ended, count in tally.most_common(12):
        print(f"{count:>8}  {ended}")
    return int(any(ended[:4] in ("FIND", "SLOW") for ended in tally))


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1))
