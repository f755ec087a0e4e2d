"""What the program makes of the simulated pages, against the truth of the demo."""

from __future__ import annotations

import pytest

from monitor.demo.columns import column
from monitor.demo.truth import EXPECTED, Expected
from monitor.families import FAMILIES
from monitor.model import Notice, Request
from monitor.normalise import normalise
from tests.demo.conftest import Visitor, source_of
from tests.seeds import BODIES


@pytest.mark.parametrize("expected", EXPECTED, ids=lambda e: str(e.n))
def test_a_notice_is_understood(visitor: Visitor, expected: Expected) -> None:
    notice = _understood(visitor, expected)
    assert notice.title == expected.title
    assert notice.doc_number == expected.doc_number
    assert notice.signed_on == expected.signed_on
    assert notice.published_on == expected.listed_on
    assert [(deadline.date, deadline.time) for deadline in notice.deadlines] == list(expected.deadlines)
    assert notice.issuers == expected.issuers


@pytest.mark.parametrize("expected", EXPECTED, ids=lambda e: str(e.n))
def test_noise_changes_nothing_that_is_understood(visitor: Visitor, expected: Expected) -> None:
    assert _understood(visitor, expected) == _understood(visitor, expected)


def _understood(visitor: Visitor, expected: Expected) -> Notice:
    where = column(expected.source)
    source = source_of(where)
    item = next(item for item in visitor.listing(where).items if item.title == expected.title)
    raw = FAMILIES[where.family].notice(visitor.page(Request(url=expected.url)), source)
    return normalise(raw, item, source, bodies=BODIES)
