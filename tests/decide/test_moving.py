"""A page read where it stands now: what counts as an edit, and what the new template has done."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from monitor.decide.moving import has_moved_here, seen_elsewhere
from monitor.model import (
    Attachment,
    Deadline,
    Kind,
    ListingItem,
    Notice,
    Posting,
    Reading,
    Verdict,
    Version,
)

AT = datetime(2026, 9, 16, 1, 0, tzinfo=UTC)
OLD, NEW = "http://gxt.example.gov.cn/old/8.html", "http://gxt.example.gov.cn/202504211200/index.html"
VERDICT = Verdict(section="申报通知", confidence=0.9)
BODY = (
    "各设区市工业和信息化局：\n为推动全省工业绿色发展，现组织开展演示项目申报工作，有关事项通知如下。\n"
    "一、申报单位应当具有独立法人资格，近三年内没有违法违规行为。\n"
    "二、对通过评审的单位，每个给予不超过50万元的补助，所需经费在年度预算中安排。\n"
    "三、请于2026年10月15日前将申报材料报送我厅。"
)
DUE = Deadline(date=date(2026, 10, 15), time=None, what="报送", kind="报送")
NOTICE = Notice(
    url=OLD,
    title="关于组织申报演示项目的通知",
    issuers=("演示省工业和信息化厅",),
    published_on=date(2026, 9, 1),
    deadlines=(DUE,),
    body=BODY,
    attachments=(Attachment(name="申报表.docx", url="http://gxt.example.gov.cn/old/8.docx"),),
)


def item(url: str) -> ListingItem:
    return ListingItem(url=url, title=NOTICE.title, published_on=NOTICE.published_on)


def before(notice: Notice = NOTICE, *, url: str = OLD, posting_id: int = 7) -> Version:
    reading = Reading(posting_id=posting_id, page_url=url, content_type="", item=item(url))
    return Version(id=1, notice_id=1, at=AT, notice=notice, fingerprint="1:x", raw="ab", reading=reading)


def posting(url: str = NEW) -> Posting:
    return Posting(
        id=7,
        source_id="a",
        item=item(url),
        baseline=False,
        settled=True,
        notice_id=1,
        first_seen_at=AT,
        last_read_at=None,
    )


@pytest.mark.parametrize(
    ("now", "then", "moved"),
    [
        (posting(), before(), True),
        (posting(OLD), before(), False),
        (posting(OLD.replace("http:", "https:")), before(), False),
        (posting(), before(posting_id=3), False),
        (posting(), replace(before(), reading=None), False),
    ],
)
def test_a_posting_that_has_taken_over_is_known_by_what_was_read_last(
    now: Posting, then: Version, *, moved: bool
) -> None:
    assert has_moved_here(now, then) is moved


TEMPLATE = {
    "only the address": NOTICE,
    "printed around": replace(NOTICE, body=f"来源：演示厅\n{BODY}\n打印 关闭"),
    "a number that the old template hid": replace(NOTICE, doc_number="演工信〔2026〕8号"),
    "issuers that are read now": replace(NOTICE, issuers=("演示省工业和信息化厅", "演示省财政厅")),
    "files under new addresses": replace(
        NOTICE,
        attachments=(
            Attachment(name="附件：申报表.docx", url="http://gxt.example.gov.cn/files/2025/a1.docx"),
        ),
    ),
    "lines broken elsewhere": replace(NOTICE, body=BODY.replace("，现组织", "，\n现组织")),
}


@pytest.mark.parametrize("notice", TEMPLATE.values(), ids=TEMPLATE)
def test_what_a_new_template_does_is_told_to_nobody(notice: Notice) -> None:
    intent = seen_elsewhere(before(), replace(notice, url=NEW), VERDICT)
    assert intent.change is None
    assert (intent.notice.url, intent.verdict) == (NEW, VERDICT)


EDITS = {
    "another sum": NOTICE.body.replace("50万", "80万"),
    "a figure more of the same": NOTICE.body.replace("50万", "550万"),
    "a nought more": NOTICE.body.replace("50万", "500万"),
    "a word that turns it round": NOTICE.body.replace("应当具有", "不应当具有"),
    "a sentence more": NOTICE.body + "\n四、逾期不予受理，已经受理的按原规定办理，不再另行通知。",
    "a sentence less": NOTICE.body.replace("，所需经费在年度预算中安排", ""),
}


@pytest.mark.parametrize("body", EDITS.values(), ids=EDITS)
def test_what_its_editors_have_changed_meanwhile_is_told(body: str) -> None:
    intent = seen_elsewhere(before(), replace(NOTICE, url=NEW, body=body), VERDICT)
    assert intent.change is not None
    assert intent.change.kind is Kind.REVISED


def test_another_deadline_is_told_whatever_the_text_looks_like() -> None:
    later = replace(NOTICE, deadlines=(replace(DUE, date=date(2026, 10, 31)),))
    intent = seen_elsewhere(before(), later, VERDICT)
    assert intent.change is not None
    assert intent.change.kind is Kind.DEADLINE_MOVED


def test_a_notice_told_from_its_row_is_completed_where_its_page_stands_now() -> None:
    row = Notice(url=OLD, title=NOTICE.title, unread=True)
    assert seen_elsewhere(before(row), NOTICE, VERDICT).change is None
