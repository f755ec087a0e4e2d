"""What counts as a change, of which kind it is, and how one line tells it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from monitor.diff import diff, last_edit, meaning, plain
from monitor.model import Attachment, Change, Deadline, Doubt, Kind, Notice, Version


def due(month: int, day: int, *, year: int = 2019, time: str | None = None, place: str = "") -> Deadline:
    return Deadline(date=date(year, month, day), time=time, what="报送材料", kind="申报", place=place)


def file(name: str, url: str = "", digest: str = "") -> Attachment:
    return Attachment(name=name, url=url or f"http://a.example.cn/f/{name}", digest=digest)


FORM = Attachment(name="申报书.doc", url="http://a.example.cn/f/1.doc")
NOTICE = Notice(
    url="http://a.example.cn/1.htm",
    title="关于开展甲工作的通知",
    doc_number="甲〔2019〕1号",
    issuers=("甲部",),
    signed_on=date(2019, 9, 1),
    published_on=date(2019, 9, 2),
    deadlines=(due(10, 15),),
    body="各有关单位：\n现将有关事项通知如下。\n请于10月15日前报送（一式三份）。",
    attachments=(FORM,),
)


@pytest.mark.parametrize(
    "noise",
    [
        {"published_on": date(2023, 5, 12)},
        {"url": "http://a.example.cn/other.htm"},
        {"index_number": "0001"},
        {"contacts": ("010-1",)},
        {"bodies": ("甲部",)},
        {"doubts": (Doubt("signed_on", "成文日期与发布日期相差很大"),)},
        {"body": "各有关单位:\n\n现将有关事项\u3000通知如下。\n请于 10 月 15 日前报送(一式三份)。"},
        {"body": NOTICE.body.replace("如下。\n", "如下。")},
        {"title": "关于开展甲工作的　通知"},
        {"issuers": ("甲 部",)},
        {"attachments": (replace(FORM, url="https://a.example.cn/f/1.doc?t=1568649540000"),)},
        {"deadlines": (due(10, 15), replace(due(10, 15), what="再说一次"))},
    ],
)
def test_falsepos_spacing_width_and_regenerated_dates_are_no_change(noise: dict[str, object]) -> None:
    again = replace(NOTICE, **noise)  # type: ignore[arg-type]
    assert meaning(again) == meaning(NOTICE)
    assert diff(NOTICE, again) is None


def test_falsepos_files_listed_in_another_order() -> None:
    before = replace(NOTICE, attachments=(FORM, file("指南.pdf")))
    again = replace(NOTICE, attachments=(file("指南.pdf"), FORM))
    assert diff(before, again) is None
    assert meaning(before) == meaning(again)


@pytest.mark.parametrize(
    ("edit", "field", "summary"),
    [
        ({"title": "关于开展乙工作的通知"}, "title", "标题改动"),
        ({"doc_number": "甲〔2019〕2号"}, "doc_number", "发文字号由 甲〔2019〕1号 改为 甲〔2019〕2号"),
        ({"doc_number": None}, "doc_number", "发文字号由 甲〔2019〕1号 改为 无"),
        ({"issuers": ("甲部", "乙部")}, "issuers", "发文机关由 甲部 改为 甲部、乙部"),
        ({"issuers": ("甲部", "某某某某省工业和信息化厅")}, "issuers", "发文机关由 甲部 改为 甲部、某某某某省工业和信息化厅"),
        ({"issuers": ("甲省工业和信息化厅", "甲省财政厅", "甲省发展和改革委员会")}, "issuers", "发文机关改动"),
        ({"signed_on": date(2019, 9, 3)}, "signed_on", "成文日期由 2019年9月1日 改为 2019年9月3日"),
        ({"effective_on": date(2019, 9, 3)}, "effective_on", "施行日期由 无 改为 2019年9月3日"),
        ({"body": NOTICE.body + "\n另行通知。"}, "body", "正文改动 1 处"),
        ({"body": NOTICE.body.replace("15日", "18日").replace("三份", "两份")}, "body", "正文改动 2 处"),
        ({"body": "请于10月15日前报送（一式三份）。\n各有关单位：\n现将有关事项通知如下。"}, "body", "正文移动 1 段"),
        ({"attachments": (replace(FORM, url="http://a.example.cn/f/2.doc"),)}, "attachments", "替换附件 1 个"),
        ({"attachments": (replace(FORM, name="申报书（新）.doc"),)}, "attachments", "替换附件 1 个"),
        ({"attachments": (FORM, file("指南.pdf"), file("表.xls"))}, "attachments", "新增附件 2 个"),
        ({"attachments": ()}, "attachments", "删去附件 1 个"),
        ({"attachments": (file("指南.pdf"),)}, "attachments", "新增附件 1 个；删去附件 1 个"),
        ({"deadlines": (due(10, 15), due(10, 31))}, "deadlines", "新增截止时间 10月31日"),
        ({"deadlines": ()}, "deadlines", "删去截止时间 10月15日"),
        ({"deadlines": (due(10, 15), due(10, 1), due(10, 2), due(10, 3))}, "deadlines", "新增截止时间 3 个"),
    ],
)  # fmt: skip
def test_truepos_every_field_that_readers_act_on_is_a_revision(
    edit: dict[str, object], field: str, summary: str
) -> None:
    now = replace(NOTICE, **edit)  # type: ignore[arg-type]
    assert diff(NOTICE, now) == Change(kind=Kind.REVISED, fields=(field,), summary=summary)
    assert meaning(now) != meaning(NOTICE)


def test_truepos_deadline_moved_outranks_the_edit_that_moved_it() -> None:
    now = replace(NOTICE, deadlines=(due(10, 31),), body=NOTICE.body.replace("10月15日", "10月31日"))
    assert diff(NOTICE, now) == Change(
        kind=Kind.DEADLINE_MOVED,
        fields=("deadlines", "body"),
        summary="截止时间由 10月15日 改为 10月31日；正文改动 1 处",
    )


@pytest.mark.parametrize(
    ("before", "now", "summary"),
    [
        ([due(10, 15)], [due(1, 10, year=2020, time="18:00")], "截止时间由 2019年10月15日 改为 2020年1月10日 18:00"),
        ([due(10, 15), due(9, 1)], [due(10, 31), due(9, 1)], "截止时间由 10月15日 改为 10月31日"),
        ([due(10, 15), due(10, 20)], [due(10, 31)], "截止时间由 10月15日、10月20日 改为 10月31日"),
        ([due(10, n) for n in (1, 2, 3)], [due(11, 1)], "截止时间由 3 个 改为 11月1日"),
    ],
)  # fmt: skip
def test_a_moved_deadline_says_from_when_to_when(
    before: list[Deadline], now: list[Deadline], summary: str
) -> None:
    change = diff(replace(NOTICE, deadlines=tuple(before)), replace(NOTICE, deadlines=tuple(now)))
    assert change is not None
    assert (change.kind, change.summary) == (Kind.DEADLINE_MOVED, summary)


def test_the_line_tells_first_what_readers_act_on() -> None:
    now = replace(
        NOTICE,
        title="关于开展乙工作的通知",
        deadlines=(due(10, 31),),
        body=NOTICE.body.replace("15日", "31日").replace("三份", "两份"),
        attachments=(FORM, file("指南.pdf")),
    )
    change = diff(NOTICE, now)
    assert change is not None
    assert change.fields == ("title", "deadlines", "body", "attachments")
    assert change.summary == "截止时间由 10月15日 改为 10月31日；标题改动；新增附件 1 个；正文改动 2 处"


def test_paragraphs_that_were_only_numbered_anew_are_one_place() -> None:
    rows = [f"{name}有限公司" for name in "甲乙丙丁戊己"]
    before = replace(NOTICE, body="\n".join(f"{n} | {row}" for n, row in enumerate(rows, 1)))
    now = replace(NOTICE, body="\n".join(f"{n} | {row}" for n, row in enumerate(rows[1:], 1)))
    change = diff(before, now)
    assert change is not None
    assert change.summary == "正文改动 2 处"


def test_a_field_that_was_never_read_does_not_enter_the_fingerprint() -> None:
    bare = Notice(url="u", title="甲")
    assert meaning(bare) == meaning(replace(bare, effective_on=None, issuers=(), body=""))


def version(number: int, notice: Notice) -> Version:
    at = datetime(2019, 9, number, tzinfo=UTC)
    return Version(id=number, notice_id=1, at=at, notice=notice, fingerprint=meaning(notice), raw=None)


def test_the_last_edit_is_that_between_the_newest_versions_that_differ() -> None:
    edited = replace(NOTICE, title="关于开展乙工作的通知")
    read = replace(edited, attachments=(replace(FORM, digest="a"),))
    edit = last_edit([version(3, read), version(2, edited), version(1, NOTICE)])
    assert edit is not None
    assert plain(edit) == ["标题：关于开展甲工作的通知 → 关于开展乙工作的通知"]


def test_one_version_or_a_page_that_could_be_read_at_last_is_no_edit() -> None:
    row = replace(NOTICE, body="", unread=True)
    assert last_edit([version(1, NOTICE)]) is None
    assert last_edit([version(2, NOTICE), version(1, row)]) is None
