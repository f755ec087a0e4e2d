"""Whose notice it is that a person brings by hand. Talks to nobody."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile
from urllib.parse import urlsplit

from monitor.model import Level, Posting, Source
from monitor.urls import host

# Built in, never polled, never configured: notices of sites that nobody watches stand here.
IMPORT = Source(
    id="import", name="手工导入", url="", family=None, level=Level.NATIONAL, region="其他", enabled=False
)


def owner(url: str, sources: Sequence[Source], postings: Sequence[Posting]) -> Source:
    """The source where the notice already stands, else the one of its host, else `IMPORT`.

    Of several columns of one host, the one whose address shares most folders with the notice's.
    """
    by_id = {source.id: source for source in (IMPORT, *sources)}
    standing = [by_id[posting.source_id] for posting in postings if posting.source_id in by_id]
    if standing:
        return standing[0]
    of_host = [source for source in sources if host(source.url) == host(url) != ""]
    return max(of_host, key=lambda source: (_shared(source.url, url), source.enabled), default=IMPORT)


def _shared(one: str, other: str) -> int:
    """How many folders two addresses have in common from the root."""
    folders = (urlsplit(address).path.split("/")[1:-1] for address in (one, other))
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(*folders, strict=False)))
