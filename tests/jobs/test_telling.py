"""What the service says by itself: on time, late rather than never, once, and not at night."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from icalendar import Calendar

from monitor.model import Kind
from tests.jobs.telling import Service, at, serve
from tests.store.make import change_again, tell_of

DAILY = "digests: [{name: daily, at: '30 8 * * *'}]\n"
ALERT = "alerts: [{name: urgent, kinds: [new, deadline_moved]%s}]\n"


def test_a_digest_is_told_when_its_time_has_come_and_once(tmp_path: Path) -> None:
    async def story(service: Service) -> None:
        tell_of(service.store, at=at("16 07:00"))
        assert await service.pumps("16 08:29", "16 08:30", "16 08:31", "17 08:30") == [0, 1, 0, 0]
        tell_of(service.store, at=at("17 09:00"))
        assert await service.pumps("17 20:00", "18 08:30:10") == [0, 1]

    serve(tmp_path, DAILY, "16 06:00", story)


def test_after_days_of_absence_one_digest_tells_everything_once_the_sources_have_been_read(
    tmp_path: Path,
) -> None:
    async def before(service: Service) -> None:
        tell_of(service.store, at=at("16 07:00"))
        assert await service.pumps("16 08:30") == [1]
        tell_of(service.store, at=at("16 09:00"))

    async def after(service: Service) -> None:
        # Three mornings were missed, and what happened meanwhile is not read yet.
        assert await service.pumps("21 10:00:15", "21 10:05") == [0, 0]
        for minute in (6, 7):
            tell_of(service.store, at=at(f"21 10:0{minute}"))
        service.read()
        (piece,) = await service.pump("21 10:08")
        assert "新 3" in piece.piece.text
        assert await service.pumps("21 10:09", "21 23:00", "22 08:30") == [0, 0, 0]

    serve(tmp_path, DAILY, "16 06:00", before)
    serve(tmp_path, DAILY, "21 10:00", after)


def test_a_source_that_never_answers_does_not_hold_a_missed_digest_for_ever(tmp_path: Path) -> None:
    async def before(service: Service) -> None:
        tell_of(service.store, at=at("16 09:00"))

    async def after(service: Service) -> None:
        assert await service.pumps("17 09:10", "17 09:29", "17 09:30") == [0, 0, 1]

    serve(tmp_path, DAILY, "16 06:00", before)
    serve(tmp_path, DAILY, "17 09:00", after)


def test_one_missed_on_a_friday_is_made_up_for_on_monday(tmp_path: Path) -> None:
    async def before(service: Service) -> None:
        tell_of(service.store, at=at("11 07:00"))

    async def after(service: Service) -> None:
        service.read()
        assert await service.pumps("12 09:00", "13 08:30", "14 00:00") == [0, 0, 1]

    serve(tmp_path, DAILY, "11 06:00", before)
    serve(tmp_path, DAILY, "12 08:00", after)


def test_an_alert_is_told_at_once_and_once_and_the_digest_tells_it_too(tmp_path: Path) -> None:
    async def story(service: Service) -> None:
        notice = tell_of(service.store, at=at("16 14:00"))
        (first,) = await service.pump("16 14:00:10")
        assert first.digest == "alert:urgent"
        assert first.piece.subject.startswith("【快讯】速报 9月16日")
        assert await service.pumps("16 14:01") == [0]
        change_again(service.store, notice, Kind.REVISED, at=at("16 14:02"))
        assert await service.pumps("16 14:03") == [0]
        change_again(service.store, notice, Kind.DEADLINE_MOVED, at=at("16 14:04"), title="截止延期")
        (moved,) = await service.pump("16 14:05")
        assert "【截止变更】截止延期" in moved.piece.text
        (digest,) = await service.pump("17 08:30")
        assert (digest.digest, "新 1" in digest.piece.text) == ("daily", True)

    serve(tmp_path, DAILY + ALERT % "", "16 09:00", story)


def test_quiet_hours_hold_alerts_until_they_end_and_then_days_left_are_those_of_the_morning(
    tmp_path: Path,
) -> None:
    async def story(service: Service) -> None:
        tell_of(service.store, at=at("29 22:30"))
        assert await service.pumps("29 22:31", "30 00:00", "30 06:59") == [0, 0, 0]
        (piece,) = await service.pump("30 07:00")
        assert "申报截止 9月30日 24:00（今天）" in piece.piece.text

    serve(tmp_path, ALERT % ", quiet: '22:00-07:00'", "29 09:00", story)


def test_what_is_to_be_tried_again_waits_for_the_end_of_the_quiet_hours_too(tmp_path: Path) -> None:
    async def story(service: Service) -> None:
        (tmp_path / "storage" / "outbox").write_text("in the way")
        tell_of(service.store, at=at("16 21:50"))
        assert await service.pumps("16 21:59", "16 22:30") == [1, 0]
        (waiting,) = service.store.outbox.deliveries(9)
        assert waiting.next_try_at == at("17 07:00")
        (tmp_path / "storage" / "outbox").unlink()
        await service.pumps("17 06:59")
        assert service.store.outbox.deliveries(9)[0].sent_at is None
        await service.pumps("17 07:00")
        assert service.store.outbox.deliveries(9)[0].sent_at == at("17 07:00")

    serve(tmp_path, ALERT % ", quiet: '22:00-07:00'", "16 09:00", story)


def test_a_heartbeat_is_sent_on_a_day_without_news_and_once(tmp_path: Path) -> None:
    async def story(service: Service) -> None:
        service.read()
        (piece,) = await service.pump("16 08:30")
        assert "今日无新变更，1 个信息源正常" in piece.piece.text
        assert await service.pumps("16 08:31", "16 18:00", "17 08:30", "19 08:30") == [0, 0, 1, 0]

    serve(tmp_path, "digests: [{name: daily, at: '30 8 * * *', empty: heartbeat}]\n", "16 06:00", story)


def test_own_days_off_are_kept_and_a_year_not_yet_published_is_said(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async def story(service: Service) -> None:
        tell_of(service.store, at=at("16 07:00"))
        assert await service.pumps("16 08:30", "17 08:30", "19 08:30") == [0, 0, 1]

    calendar = "calendar: {holidays: [2026-09-16..2026-09-18], workdays: [2026-09-19]}\n"
    with caplog.at_level(logging.WARNING, logger="monitor.app.telling"):
        serve(tmp_path, DAILY + calendar, "16 06:00", story)
        assert "workday.assumed" not in caplog.text

    async def later(service: Service) -> None:
        service.clock[0] = at("16 08:30").replace(year=2031)
        await service.teller()

    with caplog.at_level(logging.WARNING, logger="monitor.app.telling"):
        serve(tmp_path, DAILY, "20 06:00", later)
    assert "workday.assumed" in caplog.text


def test_one_digest_that_fails_does_not_stop_the_others(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    from monitor.app import tell_digest as whole
    from monitor.app import telling

    async def fragile(app: object, digest: object, **given: object) -> object:
        if getattr(digest, "name", "") == "first":
            raise RuntimeError("broken")
        return await whole(app, digest, **given)  # type: ignore[arg-type]

    async def story(service: Service) -> None:
        tell_of(service.store, at=at("16 07:00"))
        assert [each.digest for each in await service.pump("16 08:30")] == ["second"]

    monkeypatch.setattr(telling, "tell_digest", fragile)
    two = "digests: [{name: first, at: '30 8 * * *'}, {name: second, at: '30 8 * * *'}]\n"
    serve(tmp_path, two, "16 06:00", story)
    assert "digest.failed" in caplog.text


def test_a_mail_carries_the_open_deadlines_as_a_calendar_where_the_digest_says_so(tmp_path: Path) -> None:
    async def story(service: Service) -> None:
        tell_of(service.store, at=at("16 07:00"))
        (piece,) = await service.pump("16 08:30")
        (file,) = piece.piece.attachments
        assert (file.name, file.kind) == ("截止时间.ics", "text/calendar")
        days = {str(event.start) for event in Calendar.from_ical(file.content).walk("VEVENT")}
        assert days == {"2026-09-30 15:30:00+00:00", "2026-10-08"}

    serve(tmp_path, DAILY.replace("}]", ", ics: true}]"), "16 06:00", story)


def test_no_calendar_goes_along_unless_asked_for(tmp_path: Path) -> None:
    async def story(service: Service) -> None:
        tell_of(service.store, at=at("16 07:00"))
        (piece,) = await service.pump("16 08:30")
        assert piece.piece.attachments == ()

    serve(tmp_path, DAILY, "16 06:00", story)
