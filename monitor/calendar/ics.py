"""Appointments as an iCalendar file (RFC 5545) that Outlook, Apple, Foxmail and WeCom read alike.

Instants are written in UTC: no VTIMEZONE that some program reads another way. There is no METHOD: it is
a list of appointments, not an invitation, and then DTSTAMP is when they were last changed, not a clock's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from icalendar import Alarm, Calendar, Event

from monitor.calendar.appointment import NO_KIND, Appointment, end
from monitor.dates import SHANGHAI
from monitor.escape import link, mask
from monitor.model import Deadline
from monitor.text import clean

MEDIA_TYPE = "text/calendar; charset=utf-8"
# A deadline is an instant; what has no length is drawn as a hairline, or on the day after 24:00.
LENGTH = timedelta(minutes=30)
REMIND_AT = time(9)
REMIND_DAYS = 3
REFRESH = timedelta(hours=1)
LONGEST_TITLE = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """When people are to be reminded: working days before the day, `works` says which days are."""

    days: int
    works: Callable[[date], bool]

    def before(self, day: date) -> datetime:
        """Nine o'clock in Beijing so many working days before `day`."""
        left = self.days
        while left > 0:
            day -= timedelta(days=1)
            left -= self.works(day)
        return datetime.combine(day, REMIND_AT, SHANGHAI)


def write(appointments: Iterable[Appointment], *, name: str, reminder: Reminder) -> bytes:
    """The file: one event an appointment, in the order given. The same appointments give the same bytes."""
    calendar = Calendar()
    calendar.add("prodid", "-//kuaixun//deadlines//ZH")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    for label in ("name", "x-wr-calname"):
        calendar.add(label, clean(name))
    calendar.add("x-wr-timezone", str(SHANGHAI))
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    for each in appointments:
        calendar.add_component(_event(each, reminder))
    written: bytes = calendar.to_ical(sorted=False)
    return written


def _event(appointment: Appointment, reminder: Reminder) -> Event:
    event = Event()
    event.add("uid", appointment.uid)
    event.add("sequence", appointment.sequence)
    event.add("dtstamp", _second(appointment.modified_at))
    event.add("last-modified", _second(appointment.modified_at))
    event.add("created", _second(appointment.created_at))
    first, last = _span(appointment.deadline)
    event.add("dtstart", first)
    event.add("dtend", last)
    event.add("summary", _summary(appointment))
    event.add("description", "\n".join(_description(appointment)))
    event.add("status", "CANCELLED" if appointment.cancelled else "CONFIRMED")
    event.add("categories", [clean(appointment.last.section)])
    if url := link(appointment.last.notice.url):
        event.add("url", url)
    # Nobody is busy because something is due.
    event.add("transp", "TRANSPARENT")
    event.add("x-microsoft-cdo-busystatus", "FREE")
    if alarm := _alarm(appointment, reminder):
        event.add_component(alarm)
    return event


def _span(deadline: Deadline) -> tuple[date, date]:
    """A whole day where no time is known, else the half hour that ends with it: 24:00 ends its own day."""
    if deadline.time is None:
        return deadline.date, deadline.date + timedelta(days=1)
    return end(deadline) - LENGTH, end(deadline)


def _summary(appointment: Appointment) -> str:
    """【申报截止】关于组织申报…的通知"""
    title = mask(clean(appointment.last.notice.title)) or "（无标题）"
    short = title if len(title) <= LONGEST_TITLE else title[: LONGEST_TITLE - 1] + "…"
    return f"【{_kind(appointment.deadline)}截止{'·已取消' if appointment.cancelled else ''}】{short}"


def _description(appointment: Appointment) -> Iterable[str]:
    notice, deadline = appointment.last.notice, appointment.deadline
    if appointment.cancelled:
        yield "已取消：原通知已撤回，或不再列出这一截止时间。"
    yield f"截止：{_moment(deadline)}（北京时间）"
    if appointment.before:
        yield f"原定：{_moment(appointment.before)}"
    said = (("事项", deadline.what), ("通知", notice.title), ("原文", deadline.raw), ("出处", deadline.place))
    yield from (f"{label}：{mask(clean(text))}" for label, text in said if clean(text))
    facts = [mask(clean("、".join(notice.issuers))), clean(notice.doc_number or "")]
    if any(facts):
        yield f"发文：{' · '.join(filter(None, facts))}"
    if url := link(notice.url):
        yield url


def _kind(deadline: Deadline) -> str:
    return "" if deadline.kind == NO_KIND else clean(deadline.kind)


def _moment(deadline: Deadline) -> str:
    day = deadline.date
    return f"{day.year}年{day.month}月{day.day}日{f' {deadline.time}' if deadline.time else ''}"


def _alarm(appointment: Appointment, reminder: Reminder) -> Alarm | None:
    """None where its time was over before the date was known, and for what is cancelled.

    As a span before the start: the one form that every program has to read (MS-OXCICAL 2.1.3.1.1.20.62).
    """
    at = reminder.before(appointment.deadline.date)
    if appointment.cancelled or at <= appointment.since:
        return None
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", _summary(appointment))
    alarm.add("trigger", at - _start(appointment.deadline))
    return alarm


def _start(deadline: Deadline) -> datetime:
    """Where the event begins; a whole day at its first midnight, in Beijing as for most who read it."""
    if deadline.time is None:
        return datetime.combine(deadline.date, time(), SHANGHAI)
    return end(deadline) - LENGTH


def _second(at: datetime) -> datetime:
    return at.astimezone(UTC).replace(microsecond=0)
