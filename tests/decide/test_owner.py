"""Whose notice it is that a person brings."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from monitor.decide.owner import IMPORT, owner
from monitor.model import Level, ListingItem, Posting, Source

TZGG = Source(id="tzgg", name="某厅 · 通知", url="https://gxt.a.gov.cn/zwgk/tzgg/index.html", family="trs", level=Level.PROVINCIAL, region="福建")  # fmt: skip
GSGG = replace(TZGG, id="gsgg", url="https://gxt.a.gov.cn/zwgk/gsgg/", enabled=False)
OTHER = replace(TZGG, id="other", url="https://www.b.gov.cn/tzgg/")
SOURCES = (OTHER, GSGG, TZGG)


def posting(source_id: str) -> Posting:
    item = ListingItem(url="https://x.gov.cn/1", title="", published_on=None)
    at = datetime(2026, 9, 16, tzinfo=UTC)
    return Posting(
        id=1, source_id=source_id, item=item, baseline=False, settled=True, notice_id=1, first_seen_at=at, last_read_at=at
    )  # fmt: skip


@pytest.mark.parametrize(
    ("url", "id_"),
    [
        ("https://gxt.a.gov.cn/zwgk/gsgg/202609/t20260901_1.htm", "gsgg"),
        ("http://gxt.a.gov.cn/zwgk/tzgg/202609/t20260901_1.htm", "tzgg"),
        ("https://gxt.a.gov.cn/art/1.html", "tzgg"),  # equally far from both: the one that is polled
        ("https://www.b.gov.cn/1.html", "other"),
        ("https://b.gov.cn/1.html", "import"),
        ("nonsense", "import"),
    ],
)
def test_it_belongs_to_the_column_of_its_host_that_is_nearest(url: str, id_: str) -> None:
    assert owner(url, SOURCES, ()).id == id_


def test_where_it_stands_already_it_stays() -> None:
    assert owner("https://gxt.a.gov.cn/zwgk/gsgg/1.htm", SOURCES, [posting("other")]) is OTHER
    assert owner("https://gxt.a.gov.cn/1.htm", SOURCES, [posting("import")]) is IMPORT


def test_a_source_that_is_no_longer_configured_owns_nothing() -> None:
    assert owner("https://x.gov.cn/1", SOURCES, [posting("removed")]) is IMPORT
