"""What fuzzing (tests/fuzz.py) and attacks have found, kept: each ends in a value or a ParseError."""

from __future__ import annotations

from contextlib import suppress

import pytest

from monitor.errors import ParseError
from monitor.families import FAMILIES
from monitor.model import Level, Page, Source

SENTENCE = "现将有关事项通知如下，请各单位认真贯彻执行。" * 3
# A notice without a known container, its text deeper than ancestors are counted (KeyError, 2026-11-23).
DEEP = (
    "<html><body>"
    + "<div>" * 70
    + f"<p>{SENTENCE}</p>"
    + "<div>" * 3
    + f"<p>{SENTENCE}</p>"
    + "</body></html>"
)


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("markup", [DEEP], ids=["deep"])
def test_a_find_ends_in_a_value_or_a_parse_error(family: str, markup: str) -> None:
    options = {"rows": "li", "link": "a"} if family == "selectors" else {}
    source = Source(
        id="x",
        name="x",
        url="http://x.gov.cn/",
        family=family,
        level=Level.NATIONAL,
        region="",
        options=options,
    )
    page = Page(url="http://x.gov.cn/1.html", body=markup.encode())
    for reading in (FAMILIES[family].listing, FAMILIES[family].notice):
        with suppress(ParseError):
            reading(page, source)
