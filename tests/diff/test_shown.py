"""What an editor is shown of an edit: golden cases, read by eye."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from monitor.diff import STYLE, Comparison, Piece, compare, compare_bodies, html, plain, terminal
from monitor.diff.values import Changed, FieldChange, Mark
from monitor.model import Attachment, Deadline, Notice
from tests.diff.cases import CASES, Case

NOTICE = Notice(
    url="http://a.example.cn/1.htm",
    title="关于组织申报绿色工厂的通知",
    doc_number="甲〔2019〕1号",
    issuers=("甲省工业和信息化厅",),
    signed_on=date(2019, 9, 1),
    deadlines=(Deadline(date=date(2019, 10, 15), time=None, what="报送", kind="申报"),),
    body="请于10月15日前报送。",
    attachments=(
        Attachment(name="1.申报书.doc", url="http://a.example.cn/1.doc", digest="a"),
        Attachment(name="2.汇总表.xls", url="http://a.example.cn/2.xls"),
        Attachment(name="3.旧指南.pdf", url="http://a.example.cn/3.pdf"),
    ),
)
EDITED = replace(
    NOTICE,
    title="关于组织申报2019年绿色工厂的通知",
    doc_number=None,
    issuers=("甲省工业和信息化厅", "甲省财政厅"),
    signed_on=date(2019, 9, 3),
    deadlines=(Deadline(date=date(2019, 10, 31), time="18:00", what="报送", kind="申报"),),
    body="请于10月31日18时前报送。",
    attachments=(
        Attachment(name="1.申报书.doc", url="http://a.example.cn/1.doc", digest="b"),
        Attachment(name="2.推荐汇总表.xls", url="http://a.example.cn/2.xls"),
        Attachment(name="4.承诺书.doc", url="http://a.example.cn/4.doc"),
    ),
)


def bodies(case: Case) -> Comparison:
    return Comparison((), compare_bodies(case.old, case.new))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_an_edit_reads_like_this(case: Case) -> None:
    assert "\n".join(plain(bodies(case))) == case.shown


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_terminal_shows_the_same_lines_in_colours(case: Case) -> None:
    lines = terminal(bodies(case))
    assert [line.lstrip("\x1b[2m")[:1] for line in lines] == [line[:1] for line in plain(bodies(case))]
    assert all(line.count("\x1b[") == 2 * line.count("\x1b[0m") for line in lines)
    assert ("\x1b[" in "".join(lines)) == bool(case.shown)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_web_shows_what_came_and_what_went(case: Case) -> None:
    shown = html(bodies(case))
    assert bool(shown) == bool(case.shown)
    assert ("<del>" in shown) == ("删" in case.shown or "→" in case.shown or "\n- " in f"\n{case.shown}")
    assert shown.count("<p") == shown.count("</p>")
    assert shown.count("<tr>") == shown.count("</tr>")


def test_fields_stand_before_the_body_with_both_their_values() -> None:
    assert plain(compare(NOTICE, EDITED)) == [
        "标题：关于组织申报绿色工厂的通知 → 关于组织申报2019年绿色工厂的通知",
        "发文字号：甲〔2019〕1号 → 无",
        "发文机关：甲省工业和信息化厅 → 甲省工业和信息化厅、甲省财政厅",
        "成文日期：2019-09-01 → 2019-09-03",
        "截止时间：2019年10月15日 → 2019年10月31日 18:00",
        "替换附件：1.申报书.doc",
        "附件改名：2.汇总表.xls → 2.推荐汇总表.xls",
        "删去附件：3.旧指南.pdf",
        "新增附件：4.承诺书.doc",
        "",
        "~ 请于【10月15日 → 10月31日18时】前报送。",
    ]


def test_fields_alone_leave_the_body_out() -> None:
    edited = compare(NOTICE, replace(NOTICE, title="另一个标题"))
    assert plain(edited) == ["标题：关于组织申报绿色工厂的通知 → 另一个标题"]
    assert "请于" not in html(edited)


def test_equal_readings_show_nothing() -> None:
    same = compare(NOTICE, replace(NOTICE, published_on=date(2020, 1, 1)))
    assert not same
    assert (plain(same), terminal(same), html(same)) == ([], [], "")


def test_html_marks_edits_and_makes_tables_of_rows() -> None:
    old = "请于10月15日前报送。\n类别 | 名额\n绿色工厂 | 30家\n绿色园区 | 2家"
    new = "请于10月31日前报送。\n类别 | 名额\n绿色工厂 | 50家"
    assert html(Comparison((), compare_bodies(old, new))) == (
        '<div class="diff">\n'
        '<p class="changed">请于<del>10月15日</del><ins>10月31日</ins>前报送。</p>\n'
        "<table>\n<tr><td>类别</td><td>名额</td></tr>\n"
        "<tr><td>绿色工厂</td><td><del>30家</del><ins>50家</ins></td></tr>\n"
        "<tr><td><del>绿色园区</del></td><td><del>2家</del></td></tr>\n</table>\n</div>\n"
    )


def test_nothing_a_page_says_is_markup_or_moves_the_cursor() -> None:
    evil = "<img src=x onerror=alert(1)>\x1b[2J\x9b31m"
    sides = (FieldChange("标题", evil, f"{evil}2"), FieldChange("替换附件", evil, evil))
    blocks = (Changed((Piece(Mark.GONE, evil), Piece(Mark.COME, evil), Piece(Mark.KEPT, evil))),)
    edit = Comparison(sides, (*blocks, *compare_bodies(evil, f"甲 | {evil}\n{evil}{evil}")))
    assert "<img" not in html(edit)
    assert "\x1b" not in html(edit)
    assert not {"\x1b", "\x9b"} & {*"".join(plain(edit))}
    assert "\x1b[2J" not in "".join(terminal(edit))
    assert "\x9b" not in "".join(terminal(edit))


def test_the_style_needs_no_escaping() -> None:
    assert not {*STYLE} & {*"<>&\"'"}


def test_a_long_kept_stretch_within_a_line_is_shortened() -> None:
    old = f"{'很长的一句话没有标点' * 20}，请于3日内报送"
    (line,) = plain(Comparison((), compare_bodies(old, old.replace("3日", "5日"))))
    assert line.endswith("请于【3日 → 5日】内报送")
    assert "……" in line
    assert len(line) < 110
