"""Digests, alerts and the calendar of sources.yaml: what may be said, and what is wrong by line and key."""

from __future__ import annotations

from datetime import date, time
from pathlib import Path

import pytest

from monitor.errors import ConfigError
from monitor.model import Digest, Kind, Level, Quiet, Wants
from monitor.settings import Settings, load
from monitor.settings.places import find_places

GOOD = """\
sources:
  - {id: mee, name: 生态环境部, url: "https://www.mee.gov.cn/zcwj/"}
  - {id: bj, name: 北京市经信局, url: "https://jxj.example.gov.cn/", level: provincial, region: 北京}
channels:
  - name: editors
calendar:
  holidays: [2027-02-08..2027-02-10, 2027-02-11]
  workdays: [2027-02-13]
digests:
  - name: daily
    to: [editors]
    sections: [申报通知, 其他]
    regions: [全国, 北京, 其他]
    levels: [national, provincial]
    kinds: [new, deadline_moved]
    keywords: [绿色工厂]
    exclude: [" 公示 "]
    quiet: "22:00-07:00"
    remind: [5, 1, 5]
    remind_only: kept
    empty: heartbeat
alerts:
  - name: daily
    to: [editors]
    deadline_within: 3d
    remind: [1]
"""


def read(folder: Path, text: str) -> Settings:
    (folder / "sources.yaml").write_text(text, "utf-8")
    return load(find_places({}, config=folder / "sources.yaml", storage=None, database=None))


def test_everything_that_can_be_said_is_understood(tmp_path: Path) -> None:
    settings = read(tmp_path, GOOD)
    assert settings.digests == (
        Digest(
            name="daily",
            to=("editors",),
            at="30 8 * * *",
            sections=("申报通知", "其他"),
            wants=Wants(
                regions=("全国", "北京", "其他"),
                levels=(Level.NATIONAL, Level.PROVINCIAL),
                kinds=(Kind.NEW, Kind.DEADLINE_MOVED),
                keywords=("绿色工厂",),
                without=("公示",),
            ),
            quiet=Quiet(since=time(22), until=time(7)),
            remind=(1, 5),
            remind_kept_only=True,
            heartbeat=True,
        ),
    )
    (alert,) = settings.alerts
    assert (alert.name, alert.title, alert.is_alert) == ("alert:daily", "daily", True)
    assert (alert.wants, alert.remind) == (Wants(within=3), (1,))
    assert settings.calendar.holidays == {date(2027, 2, day) for day in (8, 9, 10, 11)}
    assert settings.calendar.workdays == {date(2027, 2, 13)}


def test_what_is_left_out_chooses_nothing(tmp_path: Path) -> None:
    settings = read(tmp_path, "digests: [{name: daily}]\nalerts: [{name: now}]\n")
    (digest,), (alert,) = settings.digests, settings.alerts
    assert digest.wants == alert.wants == Wants()
    assert (digest.quiet, digest.remind, digest.heartbeat, digest.is_alert) == (None, (), False, False)
    assert (settings.calendar.holidays, settings.calendar.workdays) == (frozenset(), frozenset())


@pytest.mark.parametrize(
    ("change", "line", "key", "expected"),
    [
        (("[申报通知, 其他]", "[申报]"), 12, "digests[0].sections[0]", "one of: 政策文件、绿色制造"),
        (("[全国, 北京, 其他]", "[全国, 上海]"), 13, "digests[0].regions[1]", "one of: 全国、北京、其他"),
        (("[全国, 北京, 其他]", "[]"), 13, "digests[0].regions", "at least 1"),
        (("[national, provincial]", "[county]"), 14, "digests[0].levels[0]", "'national'"),
        (("[new, deadline_moved]", "[new, moved]"), 15, "digests[0].kinds[1]", "deadline_moved"),
        (("[new, deadline_moved]", "[baseline]"), 15, "digests[0].kinds[0]", "deadline_moved"),
        (("[绿色工厂]", "['']"), 16, "digests[0].keywords[0]", "a word"),
        (('" 公示 "', "2019"), 17, "digests[0].exclude[0]", "a text"),
        (("22:00-07:00", "22-7"), 18, "digests[0].quiet", "22:00-07:00"),
        (("22:00-07:00", "22:00-24:00"), 18, "digests[0].quiet", "22:00-07:00"),
        (("22:00-07:00", "07:00-07:00"), 18, "digests[0].quiet", "22:00-07:00"),
        (("[5, 1, 5]", "[-1]"), 19, "digests[0].remind[0]", "0"),
        (("[5, 1, 5]", "[5d]"), 19, "digests[0].remind[0]", "whole number"),
        (("remind_only: kept", "remind_only: some"), 20, "digests[0].remind_only", "'kept'"),
        (("empty: heartbeat", "empty: yes"), 21, "digests[0].empty", "'heartbeat'"),
        (("empty: heartbeat", "deadline_within: 3d"), 21, "digests[0].deadline_within", "unknown key"),
        (("deadline_within: 3d", "deadline_within: 3h"), 25, "alerts[0].deadline_within", "3d"),
        (("deadline_within: 3d", "at: '30 8 * * *'"), 25, "alerts[0].at", "unknown key"),
        (("deadline_within: 3d", "sections: [x]"), 25, "alerts[0].sections[0]", "one of: "),
        (("deadline_within: 3d", "regions: [x]"), 25, "alerts[0].regions[0]", "one of: "),
        (("    deadline_within: 3d", "  - name: daily"), 25, "alerts[1].name", "unique"),
        (("[2027-02-13]", "[2027-02-09]"), 8, "calendar.workdays[0]", "2027-02-09 is among the holidays too"),
        (("[2027-02-13]", "[soon]"), 8, "calendar.workdays[0]", "2027-02-15"),
        (("[2027-02-13]", "['2027-02-30']"), 8, "calendar.workdays[0]", "2027-02-15"),
        (("2027-02-08..2027-02-10", "2027-02-10..2027-02-08"), 7, "calendar.holidays[0]", "2027-02-15"),
        (("2027-02-08..2027-02-10", "2027-01-01..2027-12-31"), 7, "calendar.holidays[0]", "2027-02-15"),
        (("  holidays:", "  holiday:"), 7, "calendar.holiday", "unknown key"),
    ],
)
def test_what_is_wrong_is_named_by_line_and_key(
    tmp_path: Path, change: tuple[str, str], line: int, key: str, expected: str
) -> None:
    assert change[0] in GOOD
    with pytest.raises(ConfigError) as raised:
        read(tmp_path, GOOD.replace(*change))
    assert raised.value.where == f"sources.yaml:{line}, {key}"
    assert expected in raised.value.expected


def test_an_alert_to_nobody_known_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no channel is called 'x'") as raised:
        read(tmp_path, GOOD + "  - name: other\n    to: [x]\n")
    assert raised.value.where == "sources.yaml:28, alerts[1].to[0]"
