"""Trouble from below and from beside: a locked database, a full disk, kill -9, a second process, Ctrl-C.

What must hold afterwards: every change is told at least once to each channel, and exactly once unless a
crash fell between sending and writing it down; the baseline is told to nobody; nothing is there twice.
"""

from __future__ import annotations

import random
import re
import signal
import socket
import sqlite3
import subprocess
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from monitor.cli import run
from tests.hostile import Asked, Row, Web, bot, bot_channel, column, hostile_web, silence, write_config
from tests.process import Life, Nursery, Said, nursery, words

OLD: list[Row] = [(f"关于往年第{n}号事项的通知", "2026-09-01", n) for n in range(100, 125)]
START = datetime(2026, 9, 16, 1, 0, tzinfo=UTC)


def news(*numbers: int) -> list[Row]:
    """Rows for the digest, newest first."""
    return [(f"关于组织申报第{n}批项目的通知", "2026-09-16", n) for n in sorted(numbers, reverse=True)]


@dataclass(slots=True)
class Stage:
    """One source, one bot, one folder."""

    folder: Path
    web: Web
    nursery: Nursery
    capture: pytest.CaptureFixture[str]
    received: list[str] = field(default_factory=list)

    def shows(self, *numbers: int) -> None:
        self.web.behaviours["a.test"] = column([*news(*numbers), *OLD])

    def run(self, *arguments: str, hours: float = 0) -> Said:
        """In this process: quicker than one of its own, and nothing dies."""
        code = run(["--config", str(self.folder / "sources.yaml"), "--now", at(hours), *arguments])
        said = self.capture.readouterr()
        return Said(code, said.out, said.err)

    def start(self, *arguments: str, hours: float = 0) -> Life:
        """In a process of its own."""
        return self.nursery.bear(words(self.folder, *arguments, now=at(hours)))

    def titles(self, *more: str, hours: float = 999) -> list[str]:
        """Titles in the change log."""
        changes = self.run("changes", "--json", *more, hours=hours).data["changes"]
        return [change["notice"]["title"] for change in changes]  # type: ignore[index]

    def told(self) -> Counter[str]:
        """How often each title was in a message that the bot took."""
        return Counter(title for message in self.received for title in re.findall(r"\[([^\]]+)\]\(", message))


def at(hours: float) -> str:
    return (START + timedelta(hours=hours)).isoformat()


@pytest.fixture(scope="module")
def processes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nursery]:
    with nursery(tmp_path_factory.mktemp("processes")) as found:
        yield found


@pytest.fixture
def stage(tmp_path: Path, processes: Nursery, capfd: pytest.CaptureFixture[str]) -> Iterator[Stage]:
    with hostile_web() as web:
        stage = Stage(tmp_path, web, processes, capfd)
        web.behaviours["127.0.0.1"] = bot(stage.received)
        stage.shows()
        write_config(tmp_path, web, {"a": "http://a.test/tzgg/"}, **bot_channel(web))
        yield stage


def assert_all_is_told_once(stage: Stage, *numbers: int, hours: float) -> None:
    """Catch up, tell, tell again: each piece of news once, nothing else ever."""
    titles = sorted(title for title, _, _ in news(*numbers))
    assert stage.run("check", "--json", hours=hours).code == 0
    assert sorted(stage.titles()) == titles
    for _ in range(2):
        assert stage.run("digest", "send", hours=hours).code == 0
    assert stage.told() == dict.fromkeys(titles, 1)


def assert_is_a_sentence(said: Said, sentence: str) -> None:
    assert said.code == 1, said
    assert sentence in said.err
    assert "Traceback" not in said.err
    assert said.out == ""


def test_a_database_locked_in_the_middle_of_a_check(stage: Stage) -> None:
    assert stage.run("check").code == 0
    stage.shows(1, 2)
    database = stage.folder / "storage" / "monitor.db"
    with closing(sqlite3.connect(database, isolation_level=None, check_same_thread=False)) as other:
        first = len(stage.web.asked) + 1

        def lock(number: int, _asked: Asked) -> None:
            if number == first:
                other.execute("BEGIN EXCLUSIVE")

        stage.web.on_request = lock
        said = stage.run("check", "--json", hours=1)
        assert stage.titles() == []  # who only reads need not wait
        other.execute("ROLLBACK")
    assert_is_a_sentence(said, "the database is locked by another process; try again when it has finished")
    assert_all_is_told_once(stage, 1, 2, hours=2)


@contextmanager
def small_disk(folder: Path) -> Iterator[Path]:
    """A disk of two megabytes; skips where none can be mounted."""
    mount = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(folder)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("needs the right to mount a tmpfs")
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def fill(ballast: Path) -> None:
    """Not one more block."""
    with ballast.open("ab", buffering=0) as file, suppress(OSError):
        while file.write(bytes(4096)):
            pass


def test_a_full_disk_is_a_sentence_and_later_all_is_caught_up(stage: Stage) -> None:
    storage = stage.folder / "storage"
    storage.mkdir()
    with small_disk(storage):
        assert stage.run("check").code == 0
        stage.shows(1, 2, 3)
        ballast = storage / "ballast"
        stage.web.on_request = lambda _number, _asked: fill(ballast)
        in_the_middle = stage.run("check", "--json", hours=1)
        at_the_start = stage.run("check", "--json", hours=1)
        for said in (in_the_middle, at_the_start):
            assert_is_a_sentence(said, "disk is full")
        stage.web.on_request = lambda _number, _asked: None
        ballast.unlink()
        assert_all_is_told_once(stage, 1, 2, 3, hours=2)


def test_a_disk_that_became_read_only_is_a_sentence(stage: Stage) -> None:
    storage = stage.folder / "storage"
    storage.mkdir()
    with small_disk(storage):
        assert stage.run("check").code == 0
        stage.shows(1)
        subprocess.run(["mount", "-o", "remount,ro", str(storage)], check=True)
        said = stage.run("check", "--json", hours=1)
        assert_is_a_sentence(said, "not writable")
        subprocess.run(["mount", "-o", "remount,rw", str(storage)], check=True)
        assert_all_is_told_once(stage, 1, hours=2)


def test_two_checks_and_two_digests_at_once_tell_everything_once(stage: Stage) -> None:
    assert stage.run("check").code == 0
    stage.shows(1, 2, 3)
    # Both have listed the rows and read the first page before either may write what it read.
    meeting, pages = threading.Barrier(2), set[int]()

    def meet(number: int, asked: Asked) -> None:
        if asked.path != "/tzgg/" and len(pages) < 2:
            pages.add(number)
            meeting.wait(20)

    stage.web.on_request = meet
    for said in [life.end() for life in [stage.start("check", hours=1) for _ in range(2)]]:
        assert (said.code, said.err) == (0, "")
    stage.web.on_request = lambda _number, _asked: None
    senders = [stage.start("digest", "send", hours=1) for _ in range(2)]
    assert [(said.code, said.err) for said in (life.end() for life in senders)] == [(0, ""), (0, "")]
    assert_all_is_told_once(stage, 1, 2, 3, hours=2)


def test_two_rereads_at_once_are_one_revision(stage: Stage) -> None:
    stage.web.behaviours["a.test"] = column(OLD[:1])
    assert stage.run("check").code == 0
    page = column([("关于往年第100号事项的通知（修订）", "2026-09-01", 100)])
    meeting = threading.Barrier(2)

    def behave(conversation: object, asked: Asked) -> None:
        if asked.path != "/tzgg/":
            meeting.wait(20)
        page(conversation, asked)  # type: ignore[arg-type]

    stage.web.behaviours["a.test"] = behave
    checks = [stage.start("check", "--reread", hours=9) for _ in range(2)]
    assert [(said.code, said.err) for said in (life.end() for life in checks)] == [(0, ""), (0, "")]
    assert stage.titles() == ["关于往年第100号事项的通知（修订）"]


def test_a_check_beside_the_service(stage: Stage) -> None:
    beginning, stopped = threading.Event(), threading.Event()

    def hold(number: int, asked: Asked) -> None:
        if number == 1:  # the service has begun its check, and goes on when the other has ended
            beginning.set()
            stopped.wait(20)

    stage.web.on_request = hold
    service = stage.start("run", "--no-web")
    assert beginning.wait(20)
    assert stage.start("check", "--json").end().code == 0
    stopped.set()
    stage.shows(1, 2)
    assert stage.start("check", "--json", hours=1).end().code == 0
    service.kill(signal.SIGTERM)
    said = service.end()
    assert said.code == 0
    assert "ERROR" not in said.err
    assert_all_is_told_once(stage, 1, 2, hours=2)


def test_control_c_in_the_middle_of_a_check_loses_nothing(stage: Stage) -> None:
    assert stage.run("check").code == 0
    stage.shows(1, 2)
    talk = stage.web.behaviours["a.test"]
    assert callable(talk)
    first, born = len(stage.web.asked) + 2, threading.Event()  # the list, then this page

    def interrupt(number: int, _asked: Asked) -> None:
        if number == first:
            stage.web.behaviours["a.test"] = silence
            born.wait(5)
            check.kill(signal.SIGINT)

    stage.web.on_request = interrupt
    check = stage.start("check", "--json", hours=1)
    born.set()
    said = check.end()
    assert (said.code, said.out) == (130, "")
    assert "Traceback" not in said.err
    with closing(sqlite3.connect(stage.folder / "storage" / "monitor.db")) as database:
        (asked,) = database.execute("SELECT sum(requests) FROM budget WHERE host = 'a.test'").fetchone()
    assert asked >= 28  # what was asked counts for the day, however the check ended
    stage.shows(1, 2)
    assert_all_is_told_once(stage, 1, 2, hours=2)


@dataclass(slots=True)
class Death:
    """Kills a process at a request of its own, at once or a little later."""

    when: int
    later: float
    life: Life | None = None
    seen: int = 0
    after_post: bool = False
    born: threading.Event = field(default_factory=threading.Event)

    def __call__(self, _number: int, asked: Asked) -> None:
        self.seen += 1
        self.after_post = self.after_post or asked.host == "127.0.0.1"
        if self.seen == self.when:
            self.born.wait(5)
            assert self.life is not None
            threading.Timer(self.later, self.life.kill).start() if self.later else self.life.kill()


@pytest.mark.parametrize("has_it", [True, False], ids=["the bot has it", "the bot has it not"])
def test_a_kill_while_sending_tells_again_and_says_that_it_may_be_twice(stage: Stage, has_it: bool) -> None:
    assert stage.run("check").code == 0
    stage.shows(1)
    assert stage.run("check", hours=1).code == 0
    takes, born = stage.web.behaviours["127.0.0.1"], threading.Event()
    assert callable(takes)

    def kill(conversation: socket.socket, asked: Asked) -> None:
        if has_it:
            takes(conversation, asked)
        born.wait(5)
        life.kill()

    stage.web.behaviours["127.0.0.1"] = kill
    life = stage.start("digest", "send", hours=1)
    born.set()
    assert life.end().code == -signal.SIGKILL
    stage.web.behaviours["127.0.0.1"] = takes
    for hours in (2, 3):
        assert stage.run("digest", "send", hours=hours).code == 0
    assert [message.startswith("（可能重复）") for message in stage.received] == [False, True][not has_it :]


def test_killed_again_and_again_it_tells_every_change_and_no_baseline(stage: Stage) -> None:
    chance, published, perhaps_twice, codes = random.Random(5), 0, 0, list[int]()
    for hours in range(11):
        if hours >= 4:  # the first four die in their baseline, which takes 26 requests
            published += 1
            stage.shows(*range(1, published + 1))
        death = Death(when=chance.randint(1, 5), later=chance.choice([0, 0.005, 0.02, 0.05]))
        codes.append(_live(stage, death, hours))
        perhaps_twice += death.after_post and codes[-1] < 0
        if hours == 3:
            assert stage.run("check", hours=hours).code == 0
            assert stage.titles() == []
    assert codes.count(-signal.SIGKILL) >= 5
    for hours in (100, 101):
        for line in (["check"], ["digest", "send"]):
            assert stage.run(*line, hours=hours).code == 0
    expected = sorted(title for title, _, _ in news(*range(1, published + 1)))
    assert sorted(stage.titles()) == expected
    assert len(stage.titles("--kind", "baseline")) == len(OLD)
    assert sorted(stage.told()) == expected
    _assert_second_tellings_say_so(stage.received, at_most=perhaps_twice)


def _live(stage: Stage, death: Death, hours: float) -> int:
    stage.web.on_request = death
    lines = [words(stage.folder, *line, now=at(hours)) for line in (["check"], ["digest", "send"])]
    death.life = stage.nursery.bear(*lines)
    death.born.set()
    code = death.life.end().code
    stage.web.on_request = lambda _number, _asked: None
    return code


def _assert_second_tellings_say_so(received: list[str], *, at_most: int) -> None:
    seen: set[str] = set()
    repeated = 0
    for message in received:
        titles = set(re.findall(r"\[([^\]]+)\]\(", message))
        if titles & seen:
            repeated += 1
            assert message.startswith("（可能重复）")
        seen |= titles
    assert repeated <= at_most
