"""sources.yaml: what is wrong is named by file, line and key, and no secret is ever printed."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from monitor.errors import ConfigError
from monitor.settings import load, read_file
from monitor.settings.places import find_places

FILE = Path("sources.yaml")
GOOD = """\
fetch:
  delay: 0
sources:
  - id: mee
    name: 生态环境部
    url: https://www.mee.gov.cn/zcwj/
    family: trs
    every: 90m
channels:
  - name: editors
    url: ${MAIL:-}
digests:
  - name: daily
    to: [editors]
    at: "30 8 * * mon-fri"
"""


def test_a_good_file_is_read() -> None:
    keys = read_file(GOOD, FILE, {})
    assert keys.sources[0].every == timedelta(minutes=90)
    assert keys.channels[0].url == ""


@pytest.mark.parametrize(
    ("change", "line", "key", "expected"),
    [
        (("delay: 0", "dealy: 0"), 2, "fetch.dealy", "unknown key"),
        (("every: 90m", "every: often"), 8, "sources[0].every", "30m, 2h or 1d"),
        (("every: 90m", "every: 5s"), 8, "sources[0].every", "1m"),
        (("url: https://www.mee.gov.cn/zcwj/", "url: ftp://mee/"), 6, "sources[0].url", "http"),
        (("url: https://www.mee.gov.cn/zcwj/", "url: 'https://a b/'"), 6, "sources[0].url", "http"),
        (("id: mee", "id: ../x"), 4, "sources[0].id", "pattern"),
        (("family: trs", "family: wordpress"), 7, "sources[0].family", "one of: generic"),
        (("family: trs", "options: {rows: li}"), 7, "sources[0].options", "family"),
        (
            ("family: trs", "family: trs\n    options: {bogus: 1}"),
            8,
            "sources[0].options.bogus",
            "unknown key",
        ),
        (("30 8 * * mon-fri", "30 8 * * 1-5"), 15, "digests[0].at", "weekday"),
        (("30 8 * * mon-fri", "61 8 * * *"), 15, "digests[0].at", "minute"),
        (("30 8 * * mon-fri", "8:30"), 15, "digests[0].at", "five fields"),
        (("to: [editors]", "to: [nobody]"), 14, "digests[0].to[0]", "no channel"),
        (("url: ${MAIL:-}", "url: ${MAIL}"), 11, "channels[0].url", "MAIL is not set"),
    ],
)
def test_what_is_wrong_is_named_by_line_and_key(
    change: tuple[str, str], line: int, key: str, expected: str
) -> None:
    with pytest.raises(ConfigError) as raised:
        read_file(GOOD.replace(*change), FILE, {})
    assert raised.value.where == f"sources.yaml:{line}, {key}"
    assert expected in raised.value.expected


def test_a_bad_selector_is_refused_when_the_file_is_read() -> None:
    text = GOOD.replace("family: trs", "family: selectors\n    options: {rows: 'li[', link: a}")
    with pytest.raises(ConfigError) as raised:
        read_file(text, FILE, {})
    assert raised.value.where == "sources.yaml:8, sources[0].options.rows"


def test_an_id_given_twice_is_named_where_it_stands_the_second_time() -> None:
    block = GOOD[GOOD.index("  - id: mee") : GOOD.index("channels:")]
    with pytest.raises(ConfigError, match="unique") as raised:
        read_file(GOOD.replace("channels:", block + "channels:"), FILE, {})
    assert raised.value.where == "sources.yaml:9, sources[1].id"


def test_a_key_given_twice_is_an_error_and_not_the_second_value() -> None:
    with pytest.raises(ConfigError, match="twice") as raised:
        read_file(GOOD.replace("  delay: 0", "  delay: 0\n  delay: 5"), FILE, {})
    assert raised.value.where == "sources.yaml:3"


@pytest.mark.parametrize("text", ["sources: [", "a: b: c", "\x00", "- 1", "'"])
def test_bad_yaml_is_a_configuration_error(text: str) -> None:
    with pytest.raises(ConfigError, match=r"sources\.yaml"):
        read_file(text, FILE, {})


def test_secrets_are_never_printed() -> None:
    text = GOOD.replace("${MAIL:-}", "${MAIL}").replace("to: [editors]", "to: ${MAIL}")
    with pytest.raises(ConfigError) as raised:
        read_file(text, FILE, {"MAIL": "mailtos://user:hunter2@host"})
    assert "hunter2" not in str(raised.value)
    assert "hunter2" not in repr(read_file(GOOD, FILE, {"MAIL": "mailtos://user:hunter2@host"}))


def test_an_empty_file_is_a_program_without_sources() -> None:
    assert read_file("", FILE, {}).sources == ()


def test_the_shipped_file_is_good() -> None:
    root = Path(__file__).resolve().parents[2]
    settings = load(find_places({}, config=root / "sources.yaml", storage=None, database=None))
    assert len(settings.enabled) >= 10
    assert len([address for source in settings.sources for address in source.replaces]) == 12
    assert all(source.note for source in settings.sources if not source.enabled)
    assert all(not channel.url for channel in settings.channels)


def test_a_missing_file_says_how_to_get_one(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="kuaixun init"):
        load(find_places({}, config=tmp_path / "none.yaml", storage=None, database=None))
