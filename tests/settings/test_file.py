"""sources.yaml: what is wrong is named by file, line and key, and no secret is ever printed."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from monitor.errors import ConfigError
from monitor.model import Http
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
    ("said", "most", "megabytes"),
    [("", 20, 20), ("attachments: {most: 0}", 0, 20), ("attachments: {most: 5, megabytes: 3}", 5, 3)],
)
def test_how_many_files_of_a_notice_are_fetched_and_how_large(
    tmp_path: Path, said: str, most: int, megabytes: int
) -> None:
    (tmp_path / "sources.yaml").write_text(f"fetch:\n  delay: 0\n  {said}\n")
    limits = load(find_places({}, config=tmp_path / "sources.yaml", storage=None, database=None)).limits
    assert (limits.most_files, limits.max_file) == (most, megabytes * 1024 * 1024)


@pytest.mark.parametrize(
    ("change", "line", "key", "expected"),
    [
        (("delay: 0", "dealy: 0"), 2, "fetch.dealy", "unknown key"),
        (("delay: 0", "attachments: {most: -1}"), 2, "fetch.attachments.most", "0"),
        (("every: 90m", "every: often"), 8, "sources[0].every", "30m, 2h or 1d"),
        (("every: 90m", "every: 5s"), 8, "sources[0].every", "1m"),
        (("url: https://www.mee.gov.cn/zcwj/", "url: ftp://mee/"), 6, "sources[0].url", "http"),
        (("url: https://www.mee.gov.cn/zcwj/", "url: 'https://a b/'"), 6, "sources[0].url", "http"),
        (("id: mee", "id: ../x"), 4, "sources[0].id", "pattern"),
        (("family: trs", "family: wordpress"), 7, "sources[0].family", "one of: "),
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


HTTP = """\
    http:
      headers: {Referer: "https://www.mee.gov.cn/"}
      proxy: http://me:hunter2@10.0.0.1:3128
      tls: legacy
      transport: stdlib
      robots: {ignore: "信息公开条例要求公开"}
      echo_cookie: true
"""


def with_http(lines: str) -> str:
    return GOOD.replace("    every: 90m\n", lines)


def test_how_a_source_is_asked_can_be_said(tmp_path: Path) -> None:
    (tmp_path / "sources.yaml").write_text(with_http(HTTP), "utf-8")
    settings = load(find_places({}, config=tmp_path / "sources.yaml", storage=None, database=None))
    assert settings.sources[0].http == Http(
        headers={"Referer": "https://www.mee.gov.cn/"},
        source="mee",
        proxy="http://me:hunter2@10.0.0.1:3128",
        legacy_tls=frozenset({"www.mee.gov.cn"}),
        stdlib=True,
        ignore_robots="信息公开条例要求公开",
        echo_cookie=True,
    )


def test_unless_said_a_source_is_asked_like_any_other(tmp_path: Path) -> None:
    (tmp_path / "sources.yaml").write_text(GOOD, "utf-8")
    settings = load(find_places({}, config=tmp_path / "sources.yaml", storage=None, database=None))
    assert settings.sources[0].http == Http(source="mee")


@pytest.mark.parametrize(
    ("lines", "key", "expected"),
    [
        ("http: {proxy: 'socks5://10.0.0.1:1080'}", "proxy", "http://host:port"),
        ("http: {proxy: 'https://10.0.0.1:3128'}", "proxy", "http://host:port"),
        ("http: {proxy: 'http://10.0.0.1'}", "proxy", "http://host:port"),
        ("http: {proxy: 'http://10.0.0.1:70000'}", "proxy", "http://host:port"),
        ("http: {proxy: 'http://10.0.0.1:3128/path'}", "proxy", "http://host:port"),
        ("http: {proxy: 'http://a b:3128'}", "proxy", "http://host:port"),
        ("http: {tls: none}", "tls", "'legacy'"),
        ("http: {transport: curl}", "transport", "'stdlib'"),
        ("http: {robots: ignore}", "robots", "a mapping"),
        ("http: {robots: {ignore: true}}", "robots.ignore", "a text"),
        ("http: {robots: {ignore: '  '}}", "robots.ignore", "in words"),
        ("http: {robots: {}}", "robots.ignore", "required"),
        ("http: {echo_cookie: always}", "echo_cookie", "true or false"),
        ("http: {cookies: {}}", "cookies", "unknown key"),
    ],
)
def test_what_is_wrong_with_the_way_is_named(lines: str, key: str, expected: str) -> None:
    with pytest.raises(ConfigError) as raised:
        read_file(with_http(f"    {lines}\n"), FILE, {})
    assert raised.value.where == f"sources.yaml:8, sources[0].http.{key}"
    assert expected in raised.value.expected


def test_the_password_of_a_proxy_is_never_printed() -> None:
    keys = read_file(with_http(HTTP), FILE, {})
    assert "hunter2" not in repr(keys)
    with pytest.raises(ConfigError) as raised:
        read_file(with_http(HTTP.replace("3128", "x")), FILE, {})
    assert "hunter2" not in str(raised.value)


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
