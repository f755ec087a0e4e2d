"""The fields on the shared labelled notices: a floor under what is reached today, not a target."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from monitor.model import Level, ListingItem, Notice, RawNotice, Source
from monitor.normalise import normalise

SOURCE = Source(id="eval", name="", url="", family=None, level=Level.NATIONAL, region="")
FLOORS = {
    "doc_number": 0.90,
    "signed_date": 0.90,
    "issuers": 0.85,
    "deadlines": 0.93,
    "attachments": 0.93,
    "contacts": 0.95,
}


def read(row: dict[str, str | None]) -> Notice:
    title = row["title"] or ""
    raw = RawNotice(title=title, body=row["text"] or "")
    return normalise(raw, ListingItem(url="http://a.example.cn/1", title=title, published_on=None), SOURCE)


def said(notice: Notice, field: str) -> set[str]:
    return {
        "doc_number": {notice.doc_number or ""},
        "signed_date": {str(notice.signed_on or "")},
        "issuers": set(notice.issuers),
        "deadlines": {str(due.date) for due in notice.deadlines},
        "attachments": {file.name for file in notice.attachments},
        "contacts": set(notice.contacts),
    }[field] - {""}


def wanted(row: dict[str, object], field: str) -> set[str]:
    value = row[field]
    if field == "deadlines":
        assert isinstance(value, list)
        return {due["date"] for due in value if not due.get("optional")}
    return set(value) if isinstance(value, list) else {str(value)} if value else set()


@pytest.mark.parametrize("field", FLOORS)
def test_a_field_is_read_as_labelled(shared: Callable[[str], Path], field: str) -> None:
    rows = [json.loads(line) for line in shared("eval/notices-dev.jsonl").read_text("utf-8").splitlines()]
    pairs = [(said(read(row), field), wanted(row, field)) for row in rows]
    hits = sum(len(got & want) for got, want in pairs)
    f1 = 2 * hits / sum(len(got) + len(want) for got, want in pairs)
    assert f1 >= FLOORS[field]
