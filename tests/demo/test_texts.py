"""The twelve texts against the facts of the founding bulletin."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import TypedDict

import pytest

from monitor.demo.rows import Row, Text, all_rows
from monitor.demo.truth import EXPECTED, Expected

SECTIONS = ["政策文件"] * 5 + ["绿色制造"] * 3 + ["申报通知"] * 4


class SeedDeadline(TypedDict):
    date: str
    time: str | None
    raw: str


class SeedItem(TypedDict):
    n: int
    title: str
    section: str
    doc_number: str | None
    issuers: list[str]
    signed_date: str | None
    url: str
    deadlines: list[SeedDeadline]
    attachments: list[str]


@pytest.fixture
def seed(shared: Callable[[str], Path]) -> list[SeedItem]:
    items: list[SeedItem] = json.loads(shared("seed/bulletin-2019-0901.json").read_text("utf-8"))["items"]
    return items


def test_the_truth_says_what_the_founding_bulletin_says(seed: list[SeedItem]) -> None:
    for expected, item in zip(EXPECTED, seed, strict=True):
        assert (expected.n, expected.section, expected.doc_number) == (
            item["n"],
            item["section"],
            item["doc_number"],
        )
        assert list(expected.issuers) == item["issuers"]
        assert str(expected.signed_on or "") == (item["signed_date"] or "")
        deadlines = [(d["date"], d["time"]) for d in item["deadlines"]]
        assert [(str(day), hour) for day, hour in expected.deadlines] == deadlines
        # the editors put a region before the titles of some: the site's own is shorter
        assert item["title"].endswith(expected.title.removeprefix("市工业和信息化局"))


def test_every_text_holds_the_facts_of_its_notice(seed: list[SeedItem]) -> None:
    for expected, item in zip(EXPECTED, seed, strict=True):
        text = _text(expected)
        printed = "\n".join(_lines(text))
        for deadline in item["deadlines"]:
            assert deadline["raw"] in printed
        assert [file.name for file in text.attachments] == item["attachments"]
        assert "".join(item["issuers"]) in re.sub(r"\s", "", printed)


def test_numbers_are_printed_as_their_sites_print_them() -> None:
    numbers = {expected.n: _text(expected).number for expected in EXPECTED}
    assert numbers[2] == "工信部科〔2019〕188 号"
    assert numbers[7] == "（京经信发〔2019〕60号）"
    assert numbers[9] == "国科办高（2019）74 号"
    assert [n for n, number in numbers.items() if not number] == [4, 10, 11, 12]


def test_signatures_are_as_odd_as_the_real_ones() -> None:
    signatures = {expected.n: _text(expected).signature for expected in EXPECTED}
    assert signatures[5] == ("科技 部",)
    assert signatures[8] == ()
    assert _text(EXPECTED[7]).heading == ("天津市工业和信息化局文件",)
    assert (signatures[10], _text(EXPECTED[9]).date) == ((), "")


@pytest.mark.parametrize("expected", EXPECTED, ids=lambda e: str(e.n))
def test_texts_are_of_a_real_length_and_their_telephones_are_invented(expected: Expected) -> None:
    text = _text(expected)
    assert 8 <= len(_lines(text)) <= 30
    phones = re.findall(r"\b0\d{2,3}-(\d+)", "\n".join(_lines(text)))
    assert all(number.startswith("00000") for number in phones)


def test_old_rows_say_that_they_are_invented() -> None:
    old = [row for row in all_rows() if row.listed is None]
    assert len(old) == 150
    assert all("标题和文字都是虚构的" in "\n".join(row.text.body) for row in old)


def test_the_truth_files_the_twelve_as_the_founders_did() -> None:
    assert [expected.section for expected in EXPECTED] == SECTIONS


def _row(expected: Expected) -> Row:
    return next(row for row in all_rows() if row.title == expected.title)


def _text(expected: Expected) -> Text:
    return _row(expected).text


def _lines(text: Text) -> list[str]:
    return [*text.heading, text.number, text.to, *text.body, *text.signature, text.date, *text.after]
