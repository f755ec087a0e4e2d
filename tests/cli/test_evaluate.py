"""`kuaixun evaluate`: labelled rows in, a scoreboard out; a bad row is named by file and line."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Answer

Command = Callable[..., Answer]
Json = dict[str, object]
TEXT = """\
某科〔2019〕34号
关于组织申报某专项的通知
各有关单位：
为做好某专项的组织实施工作，现将有关事项通知如下，请按照要求认真组织，于2019年9月30日18时前报送申报材料。
联系电话：010-55550101
附件：1.申报书
2.汇总表
某省科学技术厅
2019年9月2日
"""
ROW: Json = {
    "id": "001",
    "title": "关于组织申报某专项的通知",
    "text": TEXT,
    "from": "http://a.example.cn/1",
    "doc_number": "某科〔2019〕34号",
    "issuers": ["某省科学技术厅"],
    "signed_date": "2019-09-02",
    "effective_date": None,
    "deadlines": [{"date": "2019-09-30", "time": "18:00", "what": "申报", "kind": "申报"}],
    "attachments": ["申报书", "汇总表"],
    "contacts": ["01055550101"],
    "section": "申报通知",
    "cited_doc_numbers": [],
    "note": "unknown keys are left alone",
}
TITLES: list[Json] = [
    {
        "title": "关于组织申报绿色工厂的通知",
        "source": "某省工业和信息化厅",
        "section": "绿色制造",
        "alt": "申报通知",
    },
    {"title": "局领导赴企业走访慰问", "source": "某局", "section": "其他"},
]


@pytest.fixture
def rows(tmp_path: Path) -> Callable[..., str]:
    """A labelled file of these rows."""

    def write(*found: Json | str) -> str:
        path = tmp_path / "rows.jsonl"
        lines = [row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in found]
        path.write_text("\n".join(lines) + "\n", "utf-8")
        return str(path)

    return write


def fields(answer: Answer) -> dict[str, Json]:
    return {str(field["field"]): field for field in answer.data["fields"]}


def test_a_notice_that_is_read_as_labelled_scores_one(kuaixun: Command, rows: Callable[..., str]) -> None:
    answer = kuaixun("evaluate", rows(ROW), "--json")
    assert answer.code == 0
    board = fields(answer)
    for name in ("doc_number", "issuers", "signed_date", "deadlines", "attachments", "contacts"):
        assert (board[name]["precision"], board[name]["recall"], board[name]["f1"]) == (1, 1, 1), name
        assert board[name]["misses"] == []
    assert board["effective_date"]["f1"] is None
    assert "publish_date" not in board
    assert answer.data["cited_taken"] == []


def test_what_differs_from_its_label_is_told_by_row(kuaixun: Command, rows: Callable[..., str]) -> None:
    wrong = {
        **ROW,
        "contacts": ["010-55550199"],
        "attachments": ["申报书"],
        "cited_doc_numbers": ["某科[2019]34号"],
    }
    answer = kuaixun("evaluate", rows(wrong), "--json")
    board = fields(answer)
    assert board["contacts"]["misses"] == [
        {
            "row": "001",
            "expected": ["010-55550199"],
            "got": ["010-55550101"],
            "missed": ["010-55550199"],
            "extra": ["010-55550101"],
        }
    ]
    assert (board["attachments"]["precision"], board["attachments"]["recall"]) == (0.5, 1)
    assert answer.data["cited_taken"] == ["001"]


def test_titles_are_filed_and_the_sections_scored(kuaixun: Command, rows: Callable[..., str]) -> None:
    sections = kuaixun("evaluate", rows(*TITLES), "--json").data["sections"]
    assert sections["accuracy"] == {"value": 1, "count": 2, "of": 2}  # type: ignore[call-overload]
    assert {"section": "绿色制造", "value": 1, "count": 1, "of": 1} in sections["recall"]  # type: ignore[call-overload]
    assert sections["worth_put_in_other_surely"]["of"] == 1  # type: ignore[call-overload]


def test_people_read_a_table_in_chinese(kuaixun: Command, rows: Callable[..., str]) -> None:
    said = kuaixun("evaluate", rows({**ROW, "contacts": []}, *TITLES)).out
    for words in (
        "样本 3 行",
        "发文字号",
        "精确率",
        "联系方式的差错：",
        "001  多 010-55550101",
        "分栏准确率",
        "混淆表",
    ):
        assert words in said


def test_an_optional_deadline_may_be_left_out(kuaixun: Command, rows: Callable[..., str]) -> None:
    later = {"date": "2019-12-31", "time": None, "what": "", "kind": "其他", "optional": True}
    deadlines = [*ROW["deadlines"], later]  # type: ignore[misc]
    board = fields(kuaixun("evaluate", rows({**ROW, "deadlines": deadlines}), "--json"))
    assert (board["deadlines"]["f1"], board["deadlines"]["wanted"]) == (1, 1)


def test_a_row_without_title_or_issuer_is_read_all_the_same(
    kuaixun: Command, rows: Callable[..., str]
) -> None:
    assert kuaixun("evaluate", rows({"text": TEXT, "title": None, "doc_number": None})).code == 0


@pytest.mark.parametrize(
    ("row", "complaint"),
    [
        ("{", "not a line of JSON"),
        ("[1]", "an object is expected"),
        ("[" * 5000, "not a line of JSON"),
        ('{"section": "其他"}', '"text" or "title" is expected'),
        ('{"title": 5}', '"title": a string or null is expected'),
        ('{"title": "x", "section": "体育"}', "'体育' is none of 政策文件"),
        ('{"title": "x", "alt": "其他"}', '"alt" without "section"'),
        ('{"text": "x", "signed_date": "2019-13-01"}', "'2019-13-01' is no day"),
        ('{"text": "x", "issuers": [1]}', '"issuers": a list of strings is expected'),
        ('{"text": "x", "deadlines": ["2019-09-01"]}', '"deadlines": a list of objects is expected'),
        ('{"text": "x", "deadlines": [{"kind": "申报"}]}', "\"deadlines.date\": '' is no day"),
    ],
)
def test_a_bad_row_is_named_by_file_and_line(
    kuaixun: Command, rows: Callable[..., str], row: str, complaint: str
) -> None:
    answer = kuaixun("evaluate", rows(ROW, "", row), "--json")
    assert (answer.code, answer.out) == (2, "")
    assert "rows.jsonl:3: " in answer.err
    assert complaint in answer.err


def test_bytes_that_are_no_text_and_a_file_of_nothing_are_refused(kuaixun: Command, tmp_path: Path) -> None:
    (tmp_path / "gbk.jsonl").write_bytes('{"title": "关于"}'.encode("gbk"))
    (tmp_path / "empty.jsonl").write_bytes(b"\n\n")
    assert "gbk.jsonl:1: " in kuaixun("evaluate", str(tmp_path / "gbk.jsonl")).err
    empty = kuaixun("evaluate", str(tmp_path / "empty.jsonl"))
    assert (empty.code, "no labelled row" in empty.err) == (2, True)
    assert kuaixun("evaluate", str(tmp_path / "missing.jsonl")).code == 2
