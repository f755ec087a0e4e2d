"""The command as a process of its own, and what it left behind."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import TextIO

ROOT = Path(__file__).resolve().parents[1]
NOW = "2026-09-16T09:00"


@dataclass(frozen=True, slots=True)
class Said:
    """How a process ended."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> dict[str, list[dict[str, object]]]:
        """The one JSON document on stdout."""
        found = json.loads(self.out)
        assert isinstance(found, dict)
        return found


def words(folder: Path, *arguments: str, now: str = NOW) -> list[str]:
    """The arguments of a command on the sources.yaml of a folder."""
    return ["--config", str(folder / "sources.yaml"), "--now", now, *arguments]


def start(arguments: Sequence[str], **env: str) -> subprocess.Popen[bytes]:
    """A process on its way, its output kept."""
    command = [sys.executable, "-m", "monitor", *arguments]
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env={**os.environ, **env}
    )


def kuaixun(folder: Path, *arguments: str, now: str = NOW, **env: str) -> Said:
    """Run a command to its end."""
    with start(words(folder, *arguments, now=now), **env) as process:
        out, err = process.communicate(timeout=60)
    return Said(process.returncode, out.decode(), err.decode())


MOTHER = """
import json, os, signal, sys
from importlib import import_module
import monitor.app.serve, monitor.jobs.check, monitor.jobs.digest, monitor.jobs.deliver, monitor.notify.apprise_
run = import_module(sys.argv[1]).run
signal.signal(signal.SIGCHLD, signal.SIG_IGN)
print("ready", flush=True)
for line in sys.stdin:
    lines, news, out, err = json.loads(line)
    if os.fork():
        continue
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    pid = os.fork()
    if pid:
        with open(news, "w") as told:
            print(pid, file=told, flush=True)
            print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), file=told)
        os._exit(0)
    os.setpgid(0, 0)
    for number, name in ((1, out), (2, err)):
        os.dup2(os.open(name, os.O_WRONLY | os.O_CREAT), number)
    code = max(run(words) for words in lines)
    sys.stdout.flush()
    os._exit(code)
"""


@dataclass(slots=True)
class Life:
    """One process, forked from one that has everything imported."""

    pid: int
    news: TextIO
    out: Path
    err: Path

    def kill(self, how: signal.Signals = signal.SIGKILL) -> None:
        """It and what it has started; nothing where it has ended by itself."""
        with suppress(ProcessLookupError):
            os.killpg(self.pid, how)

    def end(self) -> Said:
        """Wait for its end; a killed one has the number of its signal, negative."""
        with self.news:
            code = int(next(self.news))
        return Said(code, self.out.read_text("utf-8"), self.err.read_text("utf-8"))


@dataclass(slots=True)
class Nursery:
    """Where processes come from quickly: importing everything takes longer than living."""

    mother: subprocess.Popen[str]
    folder: Path
    number: Iterator[int] = field(default_factory=count)

    def bear(self, *lines: list[str]) -> Life:
        """A process that runs these command lines one after the other; its code is the largest."""
        born = next(self.number)
        fifo, out, err = (self.folder / f"{born}.{name}" for name in ("news", "out", "err"))
        os.mkfifo(fifo)
        assert self.mother.stdin is not None
        self.mother.stdin.write(json.dumps([lines, str(fifo), str(out), str(err)]) + "\n")
        self.mother.stdin.flush()
        news = fifo.open()
        return Life(int(next(news)), news, out, err)


@contextmanager
def nursery(folder: Path, *, runs: str = "monitor.cli") -> Iterator[Nursery]:
    """A mother with everything imported, for as long as the block lasts; `run` of that module is called."""
    command = [sys.executable, "-c", MOTHER, runs]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT
    ) as mother:
        assert mother.stdout is not None
        assert mother.stdout.readline() == "ready\n"
        yield Nursery(mother, folder)
        assert mother.stdin is not None
        mother.stdin.close()
