"""Deadlines as appointments: a moved one is the same one, and every program reads the file alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Alarm, Calendar, Component, Event

from monitor.calendar import Appointment, History, State, appointments, upcoming
from monitor.calendar.ics import Reminder, write
from monitor.dates import SHANGHAI
from monitor.decide.workdays import workday
from monitor.model import ChangeRecord, Deadline, Kind, Notice, Verdict

NOW = datetime(2026, 9, 16, 1, 0, tzinfo=UTC)
DAY = timedelta(days=1)
REMINDER = Reminder(days=3, works=lambda day: workday(day).works)


def due(on: str, hour: str | None = None, what: str = "提交申报材料", kind: str = "申报") -> Deadline:
    return Deadline(date=date.fromisoformat(on), time=hour, what=what, kind=kind, raw=f"于{on}前")


def at(text: str) -> datetime:
    """An instant in Beijing."""
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def history(*told: tuple[Kind, Sequence[Deadline]], title: str = "关于组织申报的通知") -> History:
    """A notice through its changes, one a day, the last one yesterday or today."""
    first = NOW - len(told) * DAY
    states = tuple(
        State(at=first + place * DAY, kind=kind, deadlines=tuple(deadlines))
        for place, (kind, deadlines) in enumerate(told)
    )
    kind, deadlines = told[-1]
    notice = Notice(
        url="https://miit.example/1",
        title=title,
        doc_number="演示函〔2026〕1号",
        issuers=("演示部门",),
        deadlines=tuple(deadlines),
    )
    last = ChangeRecord(
        id=9,
        kind=kind,
        at=states[-1].at,
        source_id="miit",
        notice_id=12,
        notice=notice,
        section="申报通知",
        verdict=Verdict(section="申报通知", confidence=1.0),
    )
    return History(last=last, created_at=first, modified_at=states[-1].at, states=states)


def read(*found: Appointment, reminder: Reminder = REMINDER) -> Calendar:
    calendar = Calendar.from_ical(write(found, name="快讯截止", reminder=reminder))
    assert isinstance(calendar, Calendar)
    return calendar


def said(component: Component, name: str) -> str:
    """A property as the file says it, without its escapes where it is text."""
    found = component[name]
    if isinstance(found, str):
        return found
    written = found.to_ical()
    return written.decode() if isinstance(written, bytes) else str(written)


def before(alarm: Component) -> timedelta:
    """How long before the start an alarm rings; negative."""
    assert isinstance(alarm, Alarm)
    assert isinstance(alarm.TRIGGER, timedelta)
    return alarm.TRIGGER


def event(of: History) -> Event:
    (found,) = read(*appointments(of)).walk("VEVENT")
    assert isinstance(found, Event)
    return found


A, B = due("2026-09-30"), due("2026-10-20", "17:00", "报送总结", "报送")
LATER = due("2026-10-15")


def test_a_moved_deadline_is_the_same_appointment_with_a_higher_sequence() -> None:
    before = appointments(history((Kind.NEW, [A, B])))
    after = appointments(history((Kind.NEW, [A, B]), (Kind.DEADLINE_MOVED, [LATER, B])))
    assert [each.uid.split("-")[:3] for each in after] == [["12", "apply", "1"], ["12", "submit", "1"]]
    assert [(each.sequence, each.deadline, each.before) for each in after] == [(1, LATER, A), (0, B, None)]
    assert [each.sequence for each in before] == [0, 0]
    assert "20260930" not in after[0].uid


def test_the_uid_does_not_know_the_date_but_the_notice_and_its_installation() -> None:
    one = history((Kind.NEW, [A]))
    assert appointments(one)[0].uid == "12-apply-1-20260915T010000@kuaixun.invalid"
    other = replace(one, created_at=one.created_at - DAY)
    assert appointments(other)[0].uid != appointments(one)[0].uid


FIRST, SECOND = due("2026-09-30", what="网上填报"), due("2026-10-10", what="寄送纸质材料")


@pytest.mark.parametrize(
    ("then", "expected"),
    [
        ([SECOND], [("1", True), ("2", False)]),
        ([SECOND, FIRST], [("1", False), ("2", False)]),
        ([due("2026-11-01", what="寄送纸质材料"), FIRST], [("1", False), ("2", False)]),
        ([FIRST, SECOND, due("2026-12-01", what="答辩")], [("1", False), ("2", False), ("3", False)]),
        ([], [("1", True), ("2", True)]),
    ],
)
def test_which_one_of_today_is_which_one_of_yesterday(
    then: list[Deadline], expected: list[tuple[str, bool]]
) -> None:
    found = appointments(history((Kind.NEW, [FIRST, SECOND]), (Kind.DEADLINE_MOVED, then)))
    assert [(each.uid.split("-")[2], each.cancelled) for each in found] == expected
    assert [each.deadline.what for each in found[:2]] == ["网上填报", "寄送纸质材料"]


def test_what_vanishes_is_cancelled_and_what_comes_back_is_not() -> None:
    told = [(Kind.NEW, [A]), (Kind.REVISED, []), (Kind.REVISED, [A])]
    seen = [appointments(history(*told[:count]))[0] for count in (1, 2, 3)]
    assert [(each.sequence, each.cancelled) for each in seen] == [(0, False), (1, True), (2, False)]
    assert len({each.uid.split("-2026")[0] for each in seen}) == 1


def test_a_withdrawn_notice_cancels_all_and_a_restored_one_brings_them_back_even_if_moved() -> None:
    told = [(Kind.BASELINE, [A, B]), (Kind.WITHDRAWN, [A, B]), (Kind.RESTORED, [LATER, B])]
    gone, back = (appointments(history(*told[:count])) for count in (2, 3))
    assert [(each.cancelled, each.sequence) for each in gone] == [(True, 1), (True, 1)]
    assert [(each.cancelled, each.sequence, each.deadline) for each in back] == [
        (False, 3, LATER),
        (False, 2, B),
    ]


def test_what_the_page_and_its_attachment_both_say_is_one_appointment() -> None:
    assert len(appointments(history((Kind.NEW, [A, replace(A, place="附件1.docx")])))) == 1


_dues = st.builds(
    lambda day, hour, what, kind: due(f"2026-10-{day:02d}", hour, what, kind),
    st.integers(1, 28),
    st.sampled_from([None, "09:00", "24:00"]),
    st.sampled_from(["", "填报", "寄送"]),
    st.sampled_from(["申报", "公示", "其他", "闻所未闻"]),
)
_told = st.lists(
    st.tuples(
        st.sampled_from([Kind.REVISED, Kind.DEADLINE_MOVED, Kind.WITHDRAWN, Kind.RESTORED]),
        st.lists(_dues, max_size=4),
    ),
    max_size=5,
)


@given(first=st.lists(_dues, max_size=4), told=_told)
def test_uids_are_unique_never_lost_and_sequences_never_fall(
    first: list[Deadline], told: list[tuple[Kind, list[Deadline]]]
) -> None:
    whole = history((Kind.NEW, first), *told)
    before: dict[str, Appointment] = {}
    for count in range(1, len(whole.states) + 1):
        now = {each.uid: each for each in appointments(replace(whole, states=whole.states[:count]))}
        for uid, old in before.items():
            moved = (old.deadline.date, old.deadline.time) != (now[uid].deadline.date, now[uid].deadline.time)
            assert now[uid].sequence >= old.sequence + (moved or old.cancelled is not now[uid].cancelled)
        before = now
    live = [each for each in before.values() if not each.cancelled]
    last = whole.states[-1]
    wanted = {(d.date, d.time, d.what) for d in last.deadlines} if last.kind is not Kind.WITHDRAWN else set()
    assert {(each.deadline.date, each.deadline.time, each.deadline.what) for each in live} == wanted
    assert len(read(*before.values()).walk("VEVENT")) == len(before)


@pytest.mark.parametrize(
    ("hour", "starts", "ends"),
    [
        (None, date(2026, 9, 30), date(2026, 10, 1)),
        ("17:00", at("2026-09-30 16:30"), at("2026-09-30 17:00")),
        ("24:00", at("2026-09-30 23:30"), at("2026-10-01 00:00")),
        ("00:00", at("2026-09-29 23:30"), at("2026-09-30 00:00")),
    ],
)
def test_an_event_ends_when_the_deadline_passes(hour: str | None, starts: date, ends: date) -> None:
    found = event(history((Kind.NEW, [due("2026-09-30", hour)])))
    assert (found.start, found.end) == (starts, ends)
    assert said(found, "DTSTART").endswith("Z") is (hour is not None)


def test_what_an_event_says() -> None:
    found = event(history((Kind.NEW, [A]), (Kind.DEADLINE_MOVED, [due("2026-10-15", "17:00")])))
    assert said(found, "SUMMARY") == "【申报截止】关于组织申报的通知"
    assert said(found, "DESCRIPTION").splitlines() == [
        "截止：2026年10月15日 17:00（北京时间）",
        "原定：2026年9月30日",
        "事项：提交申报材料",
        "通知：关于组织申报的通知",
        "原文：于2026-10-15前",
        "发文：演示部门 · 演示函〔2026〕1号",
        "https://miit.example/1",
    ]
    assert (said(found, "STATUS"), said(found, "SEQUENCE"), said(found, "URL")) == (
        "CONFIRMED",
        "1",
        "https://miit.example/1",
    )
    assert found.categories == ["申报通知"]
    assert found.stamp == found.LAST_MODIFIED == datetime(2026, 9, 15, 1, 0, tzinfo=UTC)
    assert (said(found, "TRANSP"), "METHOD" in read()) == ("TRANSPARENT", False)


def test_a_cancelled_event_says_so_in_its_title_too_and_rings_no_more() -> None:
    found = event(history((Kind.NEW, [A]), (Kind.WITHDRAWN, [A])))
    assert (said(found, "STATUS"), said(found, "SEQUENCE")) == ("CANCELLED", "1")
    assert said(found, "SUMMARY") == "【申报截止·已取消】关于组织申报的通知"
    assert "已取消" in said(found, "DESCRIPTION")
    assert found.walk("VALARM") == []


@pytest.mark.parametrize(
    ("deadline", "rings"),
    [
        # Thursday; National Day until the 7th, and Saturday the 10th is a make-up day.
        (due("2026-10-15"), at("2026-10-12 09:00")),
        (due("2026-10-12"), at("2026-10-08 09:00")),
        (due("2026-10-12", "17:00"), at("2026-10-08 09:00")),
        (due("2026-10-12", "24:00"), at("2026-10-08 09:00")),
        (due("2026-10-09"), at("2026-09-29 09:00")),
    ],
)
def test_the_alarm_rings_at_nine_three_working_days_before(deadline: Deadline, rings: datetime) -> None:
    found = event(history((Kind.NEW, [deadline])))
    (alarm,) = found.walk("VALARM")
    midnight = datetime.combine(deadline.date, time(), SHANGHAI)
    start = found.start if isinstance(found.start, datetime) else midnight
    assert start + before(alarm) == rings
    assert said(alarm, "ACTION") == "DISPLAY"


def test_an_alarm_that_would_have_rung_before_the_date_was_known_is_left_out() -> None:
    assert event(history((Kind.NEW, [due("2026-09-17")]))).walk("VALARM") == []


def test_the_days_before_are_an_argument() -> None:
    one_day = Reminder(days=1, works=lambda _day: True)
    (alarm,) = read(*appointments(history((Kind.NEW, [A]))), reminder=one_day).walk("VALARM")
    assert before(alarm) == -timedelta(hours=15)


def test_open_ones_come_soonest_first_and_what_has_passed_is_left_out() -> None:
    past, today = due("2026-09-15"), due("2026-09-16", what="今天")
    early = due("2026-09-16", "08:59", what="刚过")
    found = upcoming([history((Kind.NEW, [B, past, A, early, today]))], NOW)
    assert [each.deadline for each in found] == [today, A, B]


def test_every_kind_of_deadline_has_a_title() -> None:
    for kind, label in (("公示", "【公示截止】"), ("征求意见", "【征求意见截止】"), ("其他", "【截止】")):
        assert said(event(history((Kind.NEW, [due("2026-09-30", kind=kind)]))), "SUMMARY").startswith(label)


EVIL = 'a;b,c\\n"d" [点我](http://evil)\r\nEND:VEVENT\r\nBEGIN:VALARM\x00\x1b\ud800<@all>{{ 7*7 }}😀]]>'


def test_what_a_page_said_arrives_literally() -> None:
    evil = due("2026-09-30", what=EVIL)
    told = history((Kind.NEW, [evil]), title=EVIL)
    bad = replace(told.last, notice=replace(told.last.notice, url="javascript:alert(1)", issuers=(EVIL,)))
    found = event(replace(told, last=bad))
    literal = 'a;b,c\\n"d" [点我](http://evil) END:VEVENT BEGIN:VALARM<@all>{{ 7*7 }}😀]]>'
    assert said(found, "SUMMARY") == f"【申报截止】{literal}"
    assert f"事项：{literal}" in said(found, "DESCRIPTION").splitlines()
    assert "URL" not in found
    assert len(found.walk("VALARM")) == 1


def test_telephones_of_people_are_masked() -> None:
    told = history((Kind.NEW, [due("2026-09-30", what="联系 138\u200b12345678")]), title="请致电13812345678")
    written = write(appointments(told), name="x", reminder=REMINDER).decode()
    assert "12345678" not in written.replace("\r\n ", "")
    assert "138****5678" in written.replace("\r\n ", "")


@given(title=st.text(max_size=200), what=st.text(max_size=200))
def test_lines_are_folded_at_75_bytes_between_characters(title: str, what: str) -> None:
    written = write(
        appointments(history((Kind.NEW, [due("2026-09-30", what=what)]), title=title * 3)),
        name=title,
        reminder=REMINDER,
    )
    assert written.endswith(b"END:VCALENDAR\r\n")
    for line in written.removesuffix(b"\r\n").split(b"\r\n"):
        assert len(line) <= 75
        text = line.decode()
        assert "\n" not in text
        assert "\r" not in text
    assert len(Calendar.from_ical(written).walk("VEVENT")) == 1


def test_the_same_appointments_give_the_same_bytes() -> None:
    found = appointments(history((Kind.NEW, [A, B])))
    assert write(found, name="x", reminder=REMINDER) == write(found, name="x", reminder=REMINDER)
