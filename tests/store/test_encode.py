"""What goes into columns and JSON comes back the same, whatever it is; and what was written years ago."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from monitor.model import (
    Attachment,
    Bulletin,
    BulletinItem,
    BulletinSection,
    Deadline,
    Fact,
    ListingItem,
    Notice,
    Publisher,
    Request,
    UnreadSource,
)
from monitor.store import Row, Store
from monitor.store.columns import storable
from monitor.store.encode import read_deadlines
from monitor.store.issues import dump_bulletin, load_bulletin
from tests.store.make import NOW, apply, intent, owe, settlement, watch

WORDS = some.text(some.characters(exclude_categories=("Cs",), exclude_characters="\x00"), max_size=12)
PERHAPS = some.none() | WORDS
DAYS = some.none() | some.dates()
PAIRS = some.lists(some.tuples(WORDS, WORDS), max_size=2).map(tuple)
TIMES = some.datetimes(timezones=some.just(UTC))


def _many(each: some.SearchStrategy[object]) -> some.SearchStrategy[tuple[object, ...]]:
    return some.lists(each, max_size=2).map(tuple)


DEADLINES = some.builds(
    Deadline, date=some.dates(), time=some.sampled_from([None, "24:00"]), what=WORDS, kind=WORDS, raw=WORDS
)
NOTICES = some.builds(
    Notice,
    url=WORDS,
    title=WORDS,
    doc_number=PERHAPS,
    index_number=PERHAPS,
    issuers=_many(WORDS),
    signed_on=DAYS,
    published_on=DAYS,
    effective_on=DAYS,
    deadlines=_many(DEADLINES),
    contacts=_many(WORDS),
    body=WORDS,
    attachments=_many(some.builds(Attachment, name=WORDS, url=WORDS)),
    unread=some.booleans(),
)
ITEMS = some.builds(
    ListingItem,
    url=WORDS,
    title=WORDS,
    published_on=DAYS,
    request=some.none() | some.builds(Request, url=WORDS, method=WORDS, form=PAIRS, headers=PAIRS),
    facts=_many(some.builds(Fact, label=WORDS, value=WORDS)),
)
BULLETINS = some.builds(
    Bulletin,
    number=WORDS,
    key=WORDS,
    publisher=some.builds(Publisher, name=WORDS, phone=WORDS, site=WORDS, number=WORDS, closing=WORDS),
    since=some.none() | TIMES,
    until=TIMES,
    sections=_many(
        some.builds(
            BulletinSection,
            name=WORDS,
            items=_many(some.builds(BulletinItem, notice_id=some.integers(1, 9), notice=NOTICES, note=WORDS)),
        )
    ),
    unread_sources=_many(
        some.builds(UnreadSource, id=WORDS, name=WORDS, url=WORDS, reason=WORDS, since=some.none() | TIMES)
    ),
    published=some.booleans(),
)
SHARED_STORE = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)


@SHARED_STORE
@given(notice=NOTICES)
def test_any_notice_comes_back_from_the_database(store: Store, notice: Notice) -> None:
    name = str(store.notices.counts().postings)
    posting = owe(store, name)[-1]
    decided = replace(intent(), notice=notice)
    (notice_id,) = apply(store, settlement(posting.id, decided=decided))
    version = store.notices.latest(notice_id)
    assert version is not None
    assert version.notice == notice


@SHARED_STORE
@given(item=ITEMS)
def test_any_row_comes_back_from_the_database(store: Store, item: ListingItem) -> None:
    watch(store, "miit")
    key = str(store.notices.counts().postings)
    store.sources.seen(
        "miit",
        [Row(key=key, item=item, baseline=False)],
        now=NOW,
        rows_fingerprint="",
        validators=settlement(1).validators,
        horizon=None,
        baseline_at=None,
    )
    assert store.notices.owed("miit", NOW, 999)[-1].item == item


@given(issue=BULLETINS)
def test_any_issue_comes_back_from_its_json(issue: Bulletin) -> None:
    assert load_bulletin(dump_bulletin(issue)) == issue


@given(text=some.text(some.characters()))
def test_any_text_becomes_storable_of_the_same_length_and_stays_so(text: str) -> None:
    fit = storable(text)
    fit.encode()
    assert "\x00" not in fit
    assert len(fit) == len(text)
    assert storable(fit) == fit


# As version 0001 wrote it: never change this text, only add to it.
OF_2026 = """{"number":"(2026) 0901期","key":"2026-0901","publisher":{"name":"演示公司","number":"期"},
"since":null,"until":"2026-09-16T01:00:00+00:00","sections":[{"name":"申报通知","items":[{"notice_id":1,
"notice":{"url":"https://x.example/1","title":"通知"}}]}],"unread_sources":[],"published":false,"later":1}"""


def test_an_issue_of_years_ago_is_still_read_and_keys_of_years_to_come_are_passed_over() -> None:
    issue = load_bulletin(OF_2026)
    assert issue.sections[0].items[0].notice == Notice(url="https://x.example/1", title="通知")
    assert issue.publisher == Publisher(name="演示公司", number="期")


@pytest.mark.parametrize("raw", [{}, {"raw": "9月30日前"}])
def test_a_deadline_without_its_words_is_read(raw: dict[str, str]) -> None:
    (found,) = read_deadlines([{"date": "2026-09-30", "time": None, "what": "申报", "kind": "申报", **raw}])
    assert found == Deadline(
        date=date(2026, 9, 30), time=None, what="申报", kind="申报", raw=raw.get("raw", "")
    )
