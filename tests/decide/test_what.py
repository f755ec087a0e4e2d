"""What a second reading amounts to: a change, something learnt, or nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from monitor.decide.what import first_seen, seen_again
from monitor.diff import meaning
from monitor.model import Attachment, Deadline, Kind, Notice, Verdict, Version

GUIDE = Attachment(name="申报指南.docx", url="http://a.example.cn/1.docx")
NOTICE = Notice(url="http://a.example.cn/1", title="关于申报的通知", body="详见附件。", attachments=(GUIDE,))
READ = replace(NOTICE, attachments=(replace(GUIDE, digest="a"),))
REPLACED = replace(NOTICE, attachments=(replace(GUIDE, digest="b"),))
VERDICT = Verdict(section="申报通知", confidence=1.0)


def version(notice: Notice) -> Version:
    at = datetime(2019, 9, 2, tzinfo=UTC)
    return Version(id=1, notice_id=1, at=at, notice=notice, fingerprint=meaning(notice), raw=None)


def test_a_notice_first_seen_is_news_or_baseline() -> None:
    for baseline, kind in ((False, Kind.NEW), (True, Kind.BASELINE)):
        change = first_seen(NOTICE, VERDICT, baseline=baseline).change
        assert change is not None
        assert change.kind is kind


def test_the_same_again_is_nothing() -> None:
    assert seen_again(version(READ), replace(READ, published_on=date(2020, 1, 1)), VERDICT) is None


def test_a_fingerprint_of_an_older_scheme_is_no_change() -> None:
    assert seen_again(replace(version(NOTICE), fingerprint="0:old"), NOTICE, VERDICT) is None


def test_a_page_that_could_be_read_at_last_is_kept_and_told_to_nobody() -> None:
    intent = seen_again(version(replace(NOTICE, body="", unread=True)), NOTICE, VERDICT)
    assert intent is not None
    assert (intent.notice, intent.change) == (NOTICE, None)


def test_a_file_that_could_be_read_at_last_is_kept_and_told_to_nobody() -> None:
    due = Deadline(date=date(2019, 10, 15), time=None, what="报送", kind="申报", place=GUIDE.name)
    known = replace(READ, deadlines=(due,))
    intent = seen_again(version(NOTICE), known, VERDICT)
    assert intent is not None
    assert (intent.notice, intent.change) == (known, None)
    assert seen_again(version(known), known, VERDICT) is None


def test_a_replaced_file_is_a_revision_although_the_page_says_the_same() -> None:
    assert meaning(READ) == meaning(REPLACED)
    intent = seen_again(version(READ), REPLACED, VERDICT)
    assert intent is not None
    assert intent.change is not None
    assert (intent.change.kind, intent.change.summary) == (Kind.REVISED, "替换附件 1 个")


def test_a_file_that_cannot_be_read_today_takes_nothing_back() -> None:
    assert seen_again(version(READ), NOTICE, VERDICT) is None
