"""`kuaixun deadlines` as an editor runs it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from icalendar import Calendar

from monitor.model import Deadline, Kind
from monitor.store import Store
from tests.cli.conftest import Answer
from tests.store.make import HOUR, NOW, apply, intent, owe, settlement

Command = Callable[..., Answer]


@pytest.fixture
def notice(folder: Path) -> int:
    """A baseline notice of the source `site` with deadlines that are past, near and far; one was moved."""
    with closing(Store.open("", folder=folder / "storage")) as store:
        (posting,) = owe(store, "1")
        told = intent(Kind.BASELINE)
        past, near, far = (
            Deadline(date=date(2026, month, 30), time=time, what=what, kind="申报", raw="原文")
            for month, time, what in (
                (8, None, "预报名"),
                (9, "17:00", "网上填报"),
                (11, None, "答辩\x1b[2J"),
            )
        )
        told = replace(told, notice=replace(told.notice, deadlines=(past, near, far)))
        (one,) = apply(store, settlement(posting.id, decided=told))
        far = replace(far, date=date(2026, 12, 1))
        moved = replace(intent(Kind.DEADLINE_MOVED), notice=replace(told.notice, deadlines=(past, near, far)))
        apply(store, settlement(posting.id, notice_id=one, decided=moved), at=NOW + HOUR)
    return one


def test_what_is_open_soonest_first(kuaixun: Command, notice: int) -> None:
    answer = kuaixun("deadlines")
    assert (answer.code, answer.err) == (0, "")
    assert answer.out.splitlines() == [
        f"申报截止 9月30日 17:00（还有 14 天）  [申报通知]  #{notice} 关于组织申报的通知",
        "    网上填报",
        f"申报截止 12月1日（还有 76 天）  [申报通知]  #{notice} 关于组织申报的通知",
        "    答辩 [2J；原定 2026-11-30",
    ]


@pytest.mark.parametrize(
    ("span", "count"), [("14d", 1), ("13d", 0), ("14", 1), ("2w", 1), ("76d", 2), ("75d", 1), ("0d", 0)]
)
@pytest.mark.usefixtures("notice")
def test_within_counts_days_from_today_both_included(kuaixun: Command, span: str, count: int) -> None:
    assert len(kuaixun("deadlines", "--within", span, "--json").data["deadlines"]) == count


def test_the_json_has_the_deadline_and_its_notice(kuaixun: Command, notice: int) -> None:
    near, far = kuaixun("deadlines", "--json").data["deadlines"]
    assert (near["date"], near["time"], near["what"], near["kind"], near["days_left"]) == (
        "2026-09-30",
        "17:00",
        "网上填报",
        "申报",
        14,
    )
    assert (near["ends"], near["moved_from"]) == ("2026-09-30T09:00:00+00:00", None)
    assert far["moved_from"] == {"date": "2026-11-30", "time": None}
    assert isinstance(near["notice"], dict)
    assert (near["notice"]["id"], near["notice"]["sources"]) == (notice, ["miit"])


@pytest.mark.parametrize("file", ["to.ics", "-"])
def test_the_calendar_is_written(kuaixun: Command, notice: int, folder: Path, file: str) -> None:
    target = file if file == "-" else str(folder / file)
    answer = kuaixun("deadlines", "--ics", target)
    assert answer.code == 0
    written = answer.out if file == "-" else (folder / file).read_bytes()
    events = Calendar.from_ical(written).walk("VEVENT")
    assert [(str(each["UID"])[: len(f"{notice}-apply-2")], each["SEQUENCE"]) for each in events] == [
        (f"{notice}-apply-2", 0),
        (f"{notice}-apply-3", 1),
    ]


def test_a_withdrawn_notice_is_cancelled_in_the_file_and_not_listed(
    kuaixun: Command, notice: int, folder: Path
) -> None:
    with closing(Store.open("", folder=folder / "storage")) as store:
        record = store.notices.record(notice)
        assert record is not None
        taken = replace(
            intent(Kind.WITHDRAWN), notice=record.notice, fingerprint=record.versions[0].fingerprint
        )
        apply(store, settlement(record.postings[0].id, notice_id=notice, decided=taken), at=NOW + 2 * HOUR)
    target = folder / "to.ics"
    answer = kuaixun("deadlines", "--json", "--ics", str(target))
    assert answer.data == {"deadlines": []}
    events = Calendar.from_ical(target.read_bytes()).walk("VEVENT")
    assert [str(each["STATUS"]) for each in events] == ["CANCELLED", "CANCELLED"]
    assert kuaixun("deadlines").out == "没有尚未截止的事项。\n"


@pytest.mark.parametrize(
    ("arguments", "count"),
    [(("--section", "申报通知"), 2), (("--section", "其他"), 0), (("--region", "全国"), 0)],
)
@pytest.mark.usefixtures("notice")
def test_of_a_section_or_region(kuaixun: Command, arguments: tuple[str, ...], count: int) -> None:
    # The notice stands at a source that is configured no more: it belongs to no region.
    assert len(kuaixun("deadlines", "--json", *arguments).data["deadlines"]) == count


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--within", "soon"), "30d"),
        (("--within", "-3d"), "30d"),
        (("--within", "99999d"), "30d"),
        (("--section", "申报"), "申报通知"),
        (("--region", "火星"), "全国"),
        (("--ics", "-", "--json"), "--json"),
    ],
)
def test_what_cannot_be_meant_is_an_error_of_usage(
    kuaixun: Command, arguments: tuple[str, ...], said: str
) -> None:
    answer = kuaixun("deadlines", *arguments)
    assert (answer.code, answer.out) == (2, "")
    assert said in answer.err


def test_a_file_that_cannot_be_written_is_an_error(kuaixun: Command, folder: Path) -> None:
    answer = kuaixun("deadlines", "--ics", str(folder / "nowhere" / "to.ics"))
    assert answer.code == 1
    assert "cannot write" in answer.err
