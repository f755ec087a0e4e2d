"""What people write by mistake, and where they run it: a sentence and an exit code, never a trace or a secret."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from monitor.cli import run
from tests.hostile import column, hostile_web, write_config
from tests.process import kuaixun, start, words

SECRET = "hunter2-geheim-und-lang"
SOURCE = "sources:\n- id: a\n  name: 甲\n  url: http://a.test/\n"
CHANNEL = "channels: [{name: e, url: ''}]\n"
DIGEST = CHANNEL + "digests:\n- name: d\n  to: [e]\n"


def laughs(indent: str) -> str:
    """Ten aliases of ten aliases of ten …: a billion values in half a kilobyte."""
    lines = [f"{indent}a: &a ['${{SECRET_OF_MINE}}', x, x, x, x, x, x, x, x, x]"]
    for before, name in zip("abcdefgh", "bcdefghi", strict=True):
        lines.append(f"{indent}{name}: &{name} [{', '.join(['*' + before] * 10)}]")
    return "\n".join(lines) + "\n"


WRONG: dict[str, tuple[str, str]] = {
    "tab": ("sources:\n\t- id: a\n", "sources.yaml:2"),
    "windows lines": ((SOURCE + "  bogus: 1\n").replace("\n", "\r\n"), "sources.yaml:5, sources[0].bogus: unknown key"),
    "null list": ("sources:\n", "sources.yaml:1, sources: a list"),
    "null mapping": (SOURCE + "  options:\n", "sources.yaml:5, sources[0].options: a mapping: lines of key: value; it is empty"),
    "null text": (SOURCE.replace("甲", "null"), "sources.yaml:3, sources[0].name: a text"),
    "null number": ("fetch: {delay: }\n", "sources.yaml:1, fetch.delay: a number; it is empty"),
    "null switch": (SOURCE + "  enabled:\n", "sources.yaml:5, sources[0].enabled: true or false"),
    "null in a list": ("sources:\n-\n- id: a\n", "sources.yaml:2, sources[0]: a mapping"),
    "a list for a mapping": ("- a\n", "sources.yaml:1: a mapping"),
    "a mapping for a list": ("sources: {id: a}\n", "sources.yaml:1, sources: a list"),
    "a number for a text": (SOURCE.replace("甲", "2019"), "sources.yaml:3, sources[0].name: a text"),
    "yes for a text": (SOURCE.replace("id: a", "id: yes"), "sources.yaml:2, sources[0].id: a text"),
    "a date for a text": (SOURCE.replace("甲", "2019-09-01"), "sources.yaml:3, sources[0].name: a text"),
    "no date at all": ("a: 2019-13-45\n", "sources.yaml:1"),
    "a number for a key": ("2019: x\n", "sources.yaml:1, 2019: keys are texts"),
    "a list for a key": ("? [a, b]\n: 1\n", "sources.yaml:1: not valid YAML: a key must be a text"),
    "a key twice": (SOURCE + "  id: b\n", "sources.yaml:5: not valid YAML: key 'id' is given twice"),
    "an id twice": (SOURCE + SOURCE[9:], "sources.yaml:5, sources[1].id: id 'a' is given 2 times"),
    "a secret twice": (2 * SOURCE.replace("id: a", "id: ${SECRET_OF_MINE}").removeprefix("sources:\n"), "sources.yaml"),
    "a secret id twice": (SOURCE.replace("id: a", "id: ${SECRET_OF_MINE}") + SOURCE[9:].replace("id: a", "id: ${SECRET_OF_MINE}"), "'${SECRET_OF_MINE}' is given 2 times"),
    "a secret for a channel": (DIGEST.replace("[e]", "['${SECRET_OF_MINE}']"), "digests[0].to[0]: no channel is called '${SECRET_OF_MINE}'"),
    "a secret for a url": (SOURCE.replace("http://a.test/", "http://u:${SECRET_OF_MINE}@a.test/"), "sources.yaml:4, sources[0].url: an address"),
    "a secret for a time": (DIGEST + "  at: ${SECRET_OF_MINE}\n", "sources.yaml:5, digests[0].at: five fields"),
    "a secret for a family": (SOURCE + "  family: ${SECRET_OF_MINE}\n", "sources.yaml:5, sources[0].family: one of"),
    "a secret for a gateway": ("fetch: {connect_to: {'a:80': '${SECRET_OF_MINE}'}}\n", 'fetch.connect_to: "name:port": "host:port"'),
    "a variable that is not set": (SOURCE.replace("甲", "${NOT_SET_AT_ALL}"), "NOT_SET_AT_ALL is not set"),
    "no variable": (SOURCE.replace("甲", "'${}'"), "sources.yaml:3, sources[0].name: ${NAME}, or ${NAME:-words}"),
    "half a variable": (SOURCE.replace("甲", "'${HOME'"), "sources.yaml:3, sources[0].name: ${NAME}"),
    "a shell's variable": (SOURCE.replace("甲", "'${HOME-x}'"), "sources.yaml:3, sources[0].name: ${NAME}"),
    "a variable in a variable": (SOURCE.replace("甲", "'${A:-${HOME}}'"), "sources.yaml:3, sources[0].name: ${NAME}"),
    "billion laughs": (laughs(""), "less than 50000 values"),
    "billion laughs in options": (SOURCE + "  options:\n" + laughs("    "), "sources.yaml:1, sources: less than 50000 values"),
    "an alias of itself": ("sources: &a [*a]\n", "sources.yaml:1: not valid YAML"),
    "depth": ("a: " + "[" * 100_000, "sources.yaml:1: nested deeper than 30 levels"),
    "a python object": ("a: !!python/object/apply:os.system ['true']\n", "sources.yaml:1: not valid YAML"),
    "two documents": ("sources: []\n---\nsources: []\n", "sources.yaml:2"),
    "a control character": ("sources: []\n# \x07\n", "sources.yaml:2: not valid YAML: control character"),
    "too often": (SOURCE + "  every: 5s\n", "sources[0].every: not more often than every 1m"),
    "too seldom": (SOURCE + "  every: 99999999999d\n", "sources[0].every: a number and a unit"),
    "a port that is none": (SOURCE.replace("a.test", "a.test:99999"), "sources.yaml:4, sources[0].url: an address"),
    "a number for a host": (SOURCE.replace("a.test", "2130706433"), "sources.yaml:4, sources[0].url: an address"),
    "two headers in one": (SOURCE + '  http: {headers: {X: "a\\r\\nY: b"}}\n', "sources[0].http.headers.X: plain ASCII"),
    "a Chinese contact": ("fetch: {contact: 某人}\n", "fetch.contact: plain ASCII"),
    "a host with a scheme": ("fetch: {allow_hosts: ['http://a/']}\n", "fetch.allow_hosts[0]: a host or host:port"),
    "an endless number": ("publisher: {number: '{n:>299999999}'}\n", "publisher.number: a template"),
    "a section that is none": (DIGEST + "  sections: [没有的栏目]\n", "sources.yaml:5, digests[0].sections[0]: one of: 政策文件"),
    "a channel of ours": ("channels: [{name: storage, url: 'json://localhost/'}]\n", "channels[0].name: storage is the storage folder"),
}  # fmt: skip


@pytest.fixture
def secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_OF_MINE", SECRET)


@pytest.mark.usefixtures("secret")
@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_file_is_exit_two_with_its_place(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], name: str
) -> None:
    text, said = WRONG[name]
    (tmp_path / "sources.yaml").write_bytes(text.encode())
    assert run(words(tmp_path, "check", "--json")) == 2
    out, err = capfd.readouterr()
    assert out == ""
    assert err.startswith("kuaixun: sources.yaml:")
    assert said in err
    assert len(err.splitlines()) == 1
    assert SECRET not in err
    assert not (tmp_path / "storage").exists()


def test_a_file_in_another_encoding_names_the_line(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "sources.yaml").write_bytes(SOURCE.encode("gbk"))
    assert run(words(tmp_path, "check")) == 2
    assert "sources.yaml:3: not UTF-8" in capfd.readouterr().err


@pytest.mark.usefixtures("secret")
def test_a_channel_that_cannot_be_opened_is_named_by_its_line(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    channel = "channels:\n- name: e\n  url: bogus://${SECRET_OF_MINE}\n"
    (tmp_path / "sources.yaml").write_text(channel + DIGEST.removeprefix(CHANNEL), "utf-8")
    assert run(words(tmp_path, "digest", "send")) == 2
    err = capfd.readouterr().err
    assert "sources.yaml:3, channels[0].url" in err
    assert SECRET not in err


@pytest.mark.parametrize("text", ["﻿" + SOURCE, SOURCE.replace("\n", "\r\n"), "# nothing yet\n", ""])
def test_a_file_that_only_looks_odd_is_read(tmp_path: Path, text: str) -> None:
    (tmp_path / "sources.yaml").write_bytes(text.encode())
    assert run(words(tmp_path, "sources", "list")) == 0


@pytest.mark.parametrize(
    "arguments",
    [
        ["--now", "9999-12-31T23:00", "changes"],
        ["--now", "0001-01-01", "changes"],
        ["--now", "2019-08-19T25:00", "changes"],
        ["--now", "", "changes"],
        ["changes", "--since", "2019-09-01", "--until", "2019-08-01"],
        ["changes", "--since", "0001-01-01"],
        ["changes", "--until", "9999-12-31"],
        ["changes", "--limit", "99999999999999999999"],
        ["show", "99999999999999999999"],
        ["show", "0"],
        ["bulletin", "draft", "--since", "2150-01-01"],
        ["check", "--backfill-since", "yesterday"],
        ["check", "a", "nobody"],
    ],
)
def test_nonsense_on_the_command_line_is_exit_two(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    (tmp_path / "sources.yaml").write_text(SOURCE, "utf-8")
    assert run(["--config", str(tmp_path / "sources.yaml"), *arguments]) == 2
    out, err = capfd.readouterr()
    assert out == ""
    assert "unexpected" not in err


@pytest.mark.parametrize("now", ["1970-01-01T00:00Z", "2199-12-31T23:59", "2019-08-19", "20190819T0930+08"])
def test_a_far_instant_is_an_instant(tmp_path: Path, now: str) -> None:
    (tmp_path / "sources.yaml").write_text("sources: []\n", "utf-8")
    assert run(words(tmp_path, "check", now=now)) == 0


def test_an_empty_folder_says_how_to_begin(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(words(tmp_path, "check")) == 2
    assert "kuaixun init" in capfd.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_disabled_source_is_checked_when_it_is_named(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with hostile_web() as web:
        web.behaviours["a.test"] = column([("关于某事项的通知", "2026-09-15", 1)])
        file = write_config(tmp_path, web, {"a": "http://a.test/tzgg/"})
        file.write_text(
            file.read_text("utf-8").replace("family: trs", "family: trs\n  enabled: false"), "utf-8"
        )
        for names in ([], ["a"]):
            assert run(words(tmp_path, "check", "--json", *names)) == 0
            checked = json.loads(capfd.readouterr().out)["sources"]
            assert [source["status"] for source in checked] == ["baseline"] * len(names)


def test_a_storage_of_a_newer_program_is_left_alone(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "sources.yaml").write_text(SOURCE, "utf-8")
    assert run(words(tmp_path, "sources", "list")) == 0
    file = tmp_path / "storage" / "monitor.db"
    with closing(sqlite3.connect(file)) as database, database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
    before = file.read_bytes()
    capfd.readouterr()
    assert run(words(tmp_path, "check", "--json")) == 1
    out, err = capfd.readouterr()
    assert (out, "newer version of this program" in err) == ("", True)
    assert file.read_bytes() == before


def test_chinese_is_printed_whatever_the_terminal_says(tmp_path: Path) -> None:
    (tmp_path / "sources.yaml").write_text(SOURCE, "utf-8")
    plain = {"LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    said = kuaixun(tmp_path, "sources", "list", **plain)
    assert (said.code, said.err) == (0, "")
    assert "自动识别" in said.out


def test_a_reader_that_goes_away_is_no_trace(tmp_path: Path) -> None:
    many = "".join(f"- {{id: s{n}, name: {'甲' * 90}, url: 'http://a.test/'}}\n" for n in range(700))
    (tmp_path / "sources.yaml").write_text("sources:\n" + many, "utf-8")
    with start(words(tmp_path, "sources", "list")) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode in (0, 1)


NONSENSE = {
    "KUAIXUN_CONFIG": "/nowhere/at/all.yaml",
    "KUAIXUN_STORAGE": "/dev/null/storage",
    "KUAIXUN_DATABASE_URL": "bogus://x",
    "HTTP_PROXY": "http://127.0.0.1:1",
    "HTTPS_PROXY": "http://127.0.0.1:1",
    "http_proxy": "http://127.0.0.1:1",
}


def _demo(*arguments: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "monitor", "demo", *arguments]
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={**os.environ, **NONSENSE}
    )


def test_the_demo_reads_nothing_from_outside_and_says_its_true_port(tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    with _demo("--port", "0", "--storage", str(folder)) as demo:
        assert demo.stdout is not None
        said = ""
        for line in demo.stdout:
            said += line
            if "Ctrl-C" in line:
                break
        demo.send_signal(signal.SIGTERM)
        _, err = demo.communicate(timeout=30)
    assert "✗" not in said
    assert re.search(r"http://127\.0\.0\.1:[1-9]\d{3,4}/", said)
    assert "8 条，群机器人收到的原文" in said
    assert "Traceback" not in err
    before = (folder / "monitor.db").stat().st_ino
    with (
        socket.create_server(("127.0.0.1", 0)) as busy,
        _demo("--port", str(busy.getsockname()[1]), "--storage", str(folder)) as late,
    ):
        out, err = late.communicate(timeout=30)
        assert (late.returncode, out) == (2, "")
        assert "cannot listen there" in err
    assert (folder / "monitor.db").stat().st_ino == before


def test_the_demo_refuses_a_folder_of_somebody_else(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("dear", "utf-8")
    for given in (tmp_path, letter):
        assert run(["demo", "--once", "--storage", str(given)]) == 2
    assert letter.read_text("utf-8") == "dear"
    assert list(tmp_path.iterdir()) == [letter]
    assert "empty or that an earlier demo made" in capfd.readouterr().err
