"""The simulated sites without a socket: a visitor who asks and gets pages."""

from __future__ import annotations

import gzip
import warnings
from datetime import datetime
from urllib.parse import parse_qsl, urlsplit

import pytest

from monitor.demo.columns import Column
from monitor.demo.config import options
from monitor.demo.exchange import Ask
from monitor.demo.rows import all_rows
from monitor.demo.sites import answer
from monitor.demo.truth import LAST_POLL
from monitor.demo.world import World
from monitor.families import FAMILIES
from monitor.model import Listing, Page, Request, Source

with warnings.catch_warnings():
    # Apprise imports `imghdr`, which warns, and warnings are errors here
    warnings.simplefilter("ignore", DeprecationWarning)
    import apprise.plugins.email  # noqa: F401


class Visitor:
    """Reads the simulated sites as the program does, at an instant of its own."""

    def __init__(self) -> None:
        self.world = World(all_rows(), now=LAST_POLL)

    def at(self, now: datetime) -> Visitor:
        """The same visitor at another instant."""
        self.world.now = now
        return self

    def page(self, request: Request) -> Page:
        """The answer to a request as the fetch door gives it, unzipped."""
        address = urlsplit(request.url)
        ask = Ask(
            host=address.netloc,
            path=address.path,
            method=request.method,
            query=dict(parse_qsl(address.query)),
            form=dict(request.form),
        )
        found = answer(self.world.scene(), ask)
        headers = dict(found.headers)
        body = gzip.decompress(found.body) if headers.get("Content-Encoding") == "gzip" else found.body
        return Page(url=request.url, body=body, content_type=headers["Content-Type"], status=found.status)

    def listing(self, column: Column) -> Listing:
        """The rows of a column as its family reads them, through the shell where there is one."""
        family, source = FAMILIES[column.family], source_of(column)
        found: Listing | Request = family.first(source)
        while isinstance(found, Request):
            found = family.listing(self.page(found), source)
        return found


def source_of(column: Column) -> Source:
    """The column as sources.yaml of the demo configures it."""
    return Source(
        id=column.id,
        name=column.name,
        url=column.url,
        family=column.family,
        level=column.level,
        region=column.region,
        options=options(column),
    )


@pytest.fixture
def visitor() -> Visitor:
    """Somebody who visits the sites at the last poll, unless told otherwise."""
    return Visitor()
