"""催办: which deadlines are so near that a digest speaks of them once more. Looks at the store only.

A reminder is due on the day that lies so many working days before the deadline, and stays due until the
deadline passes: what was missed is made up for. It is told once per digest, deadline, date and distance, so
that a deadline which is moved is reminded of anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime

from monitor.calendar import Appointment, upcoming
from monitor.dates import local_date
from monitor.decide.workdays import Works, days_before, days_between
from monitor.digest import Reminder, is_wanted
from monitor.model import Decision, Digest, Kind, Source
from monitor.store import Store, Wanted


async def reminders_of(
    digest: Digest, *, store: Store, sources: Mapping[str, Source], now: datetime, works: Works
) -> tuple[Reminder, ...]:
    """Everything that this digest would remind of now, told already or not, the soonest first."""
    if not digest.remind:
        return ()
    histories = await store.run(store.agenda.histories, Wanted(), local_date(now))
    open_ones = [each for each in upcoming(histories, now) if not each.cancelled]
    wanted = (each for each in open_ones if _is_wanted(digest, each, sources, now))
    return tuple(_due(digest, wanted, now, works))


def _is_wanted(
    digest: Digest, appointment: Appointment, sources: Mapping[str, Source], now: datetime
) -> bool:
    review = appointment.last.review
    if digest.remind_kept_only and (review is None or review.decision not in (Decision.KEEP, Decision.MOVE)):
        return False
    # A reminder comes when it is due, however near an alert wants a deadline to be in what is new.
    lasting = replace(digest, wants=replace(digest.wants, within=None))
    return is_wanted(lasting, appointment.last, sources=sources, now=now)


def _due(
    digest: Digest, appointments: Iterable[Appointment], now: datetime, works: Works
) -> Iterable[Reminder]:
    today = local_date(now)
    for each in appointments:
        distances = [count for count in digest.remind if _is_time(each, count, today, works)]
        if distances:
            yield Reminder(
                last=each.last,
                deadline=each.deadline,
                days=days_between(today, each.deadline.date, works),
                keys=tuple(_key(digest, each, count) for count in distances),
            )


def _is_time(appointment: Appointment, count: int, today: date, works: Works) -> bool:
    """Whether the day has come, and readers have not just heard of the deadline anyway."""
    day = days_before(appointment.deadline.date, count, works)
    is_news = appointment.last.kind is not Kind.BASELINE and day <= local_date(appointment.since)
    return day <= today and not is_news


def _key(digest: Digest, appointment: Appointment, count: int) -> str:
    """No digest's name has a blank in it, so that no key is one."""
    deadline = appointment.deadline
    when = f"{deadline.date}T{deadline.time or ''}"
    return f"{digest.name} remind {count} {appointment.uid} {when}"
