"""Deadlines that come near are told once more: by working days, once, and anew when they move."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from monitor.model import Decision, Delivery, Kind
from monitor.store import Store
from tests.jobs.telling import Service, at, serve
from tests.store.make import apply, intent, owe, review, settlement, tell_of

# What is told has deadlines on 30 September (24:00) and 8 October. Five working days before them are
# the 22nd and the 23rd, one is the 29th and the 30th: two holidays lie in between.
DAILY = "digests: [{name: daily, at: '30 8 * * *', remind: [5, 1]%s}]\n"
ALERT = "alerts: [{name: near, kinds: [withdrawn], remind: [1]%s}]\n"


def texts(pieces: list[Delivery]) -> str:
    return "\n".join(each.piece.text for each in pieces)


def test_each_distance_is_told_once_on_its_day(tmp_path: Path) -> None:
    async def story(service: Service) -> None:
        tell_of(service.store, at=at("16 07:00"))
        assert "新 1" in texts(await service.pump("16 08:30"))
        assert await service.pumps("17 08:30", "18 08:30", "21 08:30") == [0, 0, 0]
        (five,) = await service.pump("22 08:30")
        assert "提醒 1" in five.piece.text
        assert "申报截止 9月30日 24:00（还有 8 天）" in five.piece.text
        assert "还剩 5 个工作日" in five.piece.text
        second = texts(await service.pump("23 08:30"))
        assert "报送截止 10月8日（还有 15 天）" in second
        assert "9月30日" not in second
        assert await service.pumps("24 08:30", "28 08:30") == [0, 0]
        last = texts(await service.pump("29 08:30"))
        assert "申报截止 9月30日 24:00（明天）" in last
        assert "还剩 1 个工作日" in last
        assert "还剩 1 个工作日" in texts(await service.pump("30 08:30"))
        assert await service.pumps("10-08 08:30", "10-09 08:30") == [0, 0]
        sent = service.store.notices.record(1)
        assert sent is not None
        assert len(sent.deliveries) == 5
        assert all(each.sent_at for each in sent.deliveries)

    serve(tmp_path, DAILY % "", "16 06:00", story)


def test_a_reminder_that_was_missed_is_made_up_for_and_two_of_them_are_one(tmp_path: Path) -> None:
    async def story(service: Service) -> None:
        tell_of(service.store, at=at("16 07:00"))
        await service.pump("16 08:30")
        late = texts(await service.pump("29 10:00"))
        assert late.count("9月30日 24:00") == 1
        assert "提醒 2" in late
        assert await service.pumps("29 10:01") == [0]

    serve(tmp_path, DAILY % "", "16 06:00", story)


def test_a_deadline_that_moves_is_told_and_reminded_of_anew(tmp_path: Path) -> None:
    async def story(service: Service) -> None:
        notice = tell_of(service.store, at=at("16 07:00"))
        await service.pumps("16 08:30", "22 08:30")
        move(service.store, notice, date(2026, 9, 29), when=at("22 15:00"))
        assert "截止变更 1" in texts(await service.pump("23 08:30"))
        assert "9月29日" in texts(await service.pump("28 08:30"))

    serve(tmp_path, DAILY % "", "16 06:00", story)


def move(store: Store, notice: int, day: date, *, when: datetime) -> None:
    record = store.notices.record(notice)
    assert record is not None
    moved = intent(Kind.DEADLINE_MOVED)
    first, second = moved.notice.deadlines
    changed = replace(moved.notice, deadlines=(replace(first, date=day), second))
    decided = replace(moved, notice=changed, fingerprint="1:moved")
    apply(store, settlement(record.postings[0].id, notice_id=notice, decided=decided), at=when)


def test_what_is_told_as_new_on_the_very_day_is_not_reminded_of(tmp_path: Path) -> None:
    async def story(service: Service) -> None:
        tell_of(service.store, at=at("22 07:00"))
        assert "提醒" not in texts(await service.pump("22 08:30"))
        assert "提醒 1" in texts(await service.pump("23 08:30"))

    serve(tmp_path, DAILY % "", "21 06:00", story)


def test_of_what_was_there_before_us_readers_are_reminded_too(tmp_path: Path) -> None:
    async def story(service: Service) -> None:
        tell_of(service.store, Kind.BASELINE, at=at("23 07:00"))
        assert "提醒 2" in texts(await service.pump("23 08:30"))

    serve(tmp_path, DAILY % "", "22 09:00", story)


def test_what_was_withdrawn_or_dropped_or_is_no_business_of_the_digest_is_not_reminded_of(
    tmp_path: Path,
) -> None:
    async def story(service: Service) -> None:
        kinds = tell_of(service.store, Kind.WITHDRAWN, at=at("16 07:00"))
        dropped = tell_of(service.store, at=at("16 07:00"))
        other = tell_of(service.store, at=at("16 07:00"), section="其他")
        service.store.reviews.add(review(dropped, Decision.DROP))
        await service.pump("16 08:30")
        assert await service.pumps("22 08:30", "29 08:30") == [0, 0]
        assert len({kinds, dropped, other}) == 3

    serve(tmp_path, DAILY % "", "16 06:00", story)


def test_of_kept_notices_only_if_so_configured(tmp_path: Path) -> None:
    async def story(service: Service) -> None:
        kept, _ = tell_of(service.store, at=at("16 07:00")), tell_of(service.store, at=at("16 07:00"))
        service.store.reviews.add(review(kept, Decision.KEEP))
        await service.pump("16 08:30")
        assert "提醒 1" in texts(await service.pump("22 08:30"))

    serve(tmp_path, DAILY % ", remind_only: kept", "16 06:00", story)


def test_an_alert_reminds_at_nine_and_not_in_quiet_hours(tmp_path: Path) -> None:
    async def story(service: Service) -> None:
        tell_of(service.store, at=at("16 07:00"))
        assert await service.pumps("28 23:00", "29 00:00", "29 08:59") == [0, 0, 0]
        assert "申报截止 9月30日 24:00（明天）" in texts(await service.pump("29 09:00"))
        assert await service.pumps("29 09:01", "29 23:00") == [0, 0]

    serve(tmp_path, ALERT % "", "16 06:00", story)


def test_quiet_hours_put_a_reminder_off(tmp_path: Path) -> None:
    async def story(service: Service) -> None:
        tell_of(service.store, at=at("16 07:00"))
        assert await service.pumps("29 09:00", "29 09:30") == [0, 1]

    serve(tmp_path, ALERT % ", quiet: '20:00-09:30'", "16 06:00", story)


def test_a_service_that_starts_again_reminds_of_nothing_twice(tmp_path: Path) -> None:
    async def before(service: Service) -> None:
        tell_of(service.store, at=at("16 07:00"))
        assert await service.pumps("29 09:00") == [1]

    async def after(service: Service) -> None:
        assert await service.pumps("29 12:00:15", "29 12:01") == [0, 0]

    serve(tmp_path, ALERT % "", "16 06:00", before)
    serve(tmp_path, ALERT % "", "29 12:00", after)


def test_a_notice_owed_at_one_source_is_reminded_of_by_its_region(tmp_path: Path) -> None:
    async def story(service: Service) -> None:
        (posting,) = owe(service.store, "n0", at=at("16 07:00"))
        apply(service.store, settlement(posting.id, decided=intent()), at=at("16 07:00"))
        await service.pump("16 08:30")
        assert [each.digest for each in await service.pump("22 08:30")] == ["all"]

    both = (
        "digests: [{name: all, remind: [5], regions: [全国]}, {name: none, remind: [5], regions: [其他]}]\n"
    )
    serve(tmp_path, both, "16 06:00", story)
