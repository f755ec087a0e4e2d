"""`make bench`: each bar of the issue with its figure, program and loop in turn, medians of five."""

from __future__ import annotations

import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.bench import diffs, digests, printing
from tests.bench.loop import AT_ONCE
from tests.bench.reading import reading

RUNS = 5
ROUNDS = 20
MB = 1024 * 1024
NOW = "2026-09-16T09:00"


@dataclass(frozen=True, slots=True)
class Cost:
    """What one process tree took: seconds of processor and of wall, peak resident bytes of the tree."""

    cpu: float
    wall: float
    peak: int


def main() -> None:
    """Measure everything and print a table for docs/benchmarks.md."""
    print(f"{platform.python_version()}, {os.cpu_count()} cores, {platform.system()}; medians of {RUNS}\n")
    with server(rows=25) as port:
        unchanged(port, 500)
    with server(
        rows=3
    ) as port:  # few rows: what is measured comes after the first check, which reads them all
        scale(port)
        flat(port)
    with server(rows=20) as port:
        backfill(port)
    reading()
    diffs.main()
    digests.main()
    printing.main()
    start_up()


def unchanged(port: int, lists: int) -> None:
    with folder() as ours, folder() as theirs:
        config = write_config(ours, port, lists)
        program(config, "check")
        loop(port, lists, theirs)
        pairs = [(program(config, "check"), loop(port, lists, theirs)) for _ in range(RUNS)]
    ratio = statistics.median(mine.cpu / bare.cpu for mine, bare in pairs)
    show(
        f"{lists} unchanged lists, CPU",
        median(m.cpu for m, _ in pairs),
        median(b.cpu for _, b in pairs),
        ratio,
        "≤ 1.2, aim 0.7",
    )
    peak = max(mine.peak for mine, _ in pairs) / MB
    print(
        f"  peak memory of the process tree {peak:.0f} MB (bar ≤ 250); wall {median(m.wall for m, _ in pairs):.2f} s"
    )


def scale(port: int) -> None:
    costs = {}
    for lists in (500, 5000):
        with folder() as ours:
            config = write_config(ours, port, lists)
            program(config, "check")
            costs[lists] = median(program(config, "check").cpu for _ in range(3))
    print(f"5,000 lists cost {costs[5000] / costs[500]:.1f} times 500 ({costs[5000]:.2f} s; bar ≤ 12)")


def flat(port: int) -> None:
    with folder() as ours:
        config = write_config(ours, port, 500)
        program(config, "check")
        said = run([sys.executable, "-m", "tests.bench.rounds", str(config), str(ROUNDS)], keep=True)[1]
        found = json.loads(said)
    memory = [resident / MB for resident, _ in found]
    grown = (found[-2][1] - found[0][1]) / (500 * (ROUNDS - 1))
    print(
        f"{ROUNDS} rounds in one process: {memory[1]:.0f} MB after round 2, {memory[-2]:.0f} MB after round {ROUNDS}; "
        f"storage grows {grown:.0f} bytes a poll while running (bar < 1,000), "
        f"{(found[-1][1] - found[0][1]) / (500 * (ROUNDS - 1)):.0f} after closing"
    )


def backfill(port: int) -> None:
    pairs = []
    for _ in range(RUNS):
        with folder() as ours, folder() as theirs:
            config = write_config(ours, port, 50)
            pairs.append((program(config, "check"), loop(port, 50, theirs, notices=True)))
            archived = sum(1 for path in (ours / "storage" / "pages").rglob("*") if path.is_file())
    for name, attribute in (("CPU", "cpu"), ("wall", "wall")):
        mine = median(getattr(m, attribute) for m, _ in pairs)
        bare = median(getattr(b, attribute) for _, b in pairs)
        ratio = statistics.median(getattr(m, attribute) / getattr(b, attribute) for m, b in pairs)
        show(f"backfill of 50 lists and 1,000 notices, {name}", mine, bare, ratio, "≤ 2")
    print(f"  {archived} raw pages kept")


def start_up() -> None:
    costs = [run([command(), "--help"])[0] for _ in range(RUNS)]
    print(f"kuaixun --help: {median(c.wall for c in costs):.2f} s wall (bar < 0.3)")


def median(values: Iterator[float]) -> float:
    return statistics.median(values)


def show(what: str, mine: float, bare: float, ratio: float, bar: str) -> None:
    print(f"{what}: {mine:.2f} s, loop {bare:.2f} s, ratio {ratio:.2f} (bar {bar})")


def command() -> str:
    return str(Path(sys.executable).with_name("kuaixun"))


def program(config: Path, *arguments: str) -> Cost:
    cost, _ = run([command(), "--config", str(config), "--now", NOW, *arguments])
    return cost


def loop(port: int, lists: int, where: Path, *, notices: bool = False) -> Cost:
    return run(
        [
            sys.executable,
            "-m",
            "tests.bench.loop",
            str(port),
            str(lists),
            str(where),
            *(["notices"] if notices else []),
        ]
    )[0]


def run(arguments: Sequence[str], *, keep: bool = False) -> tuple[Cost, str]:
    """Run a process to its end and account for its whole tree. A failure stops the bench."""
    begin = time.perf_counter()
    with tempfile.TemporaryFile("w+") as out:
        child = subprocess.Popen(arguments, stdout=out, stderr=subprocess.PIPE if not keep else None)
        peak = Peak(child.pid)
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        wall = time.perf_counter() - begin
        peak.stop()
        out.seek(0)
        said = out.read()
    if child.returncode != 0:
        complaint = child.stderr.read().decode() if child.stderr else ""
        raise SystemExit(
            f"{' '.join(arguments)} ended with {child.returncode}\n{said[-2000:]}{complaint[-2000:]}"
        )
    if child.stderr:
        child.stderr.close()
    return Cost(usage.ru_utime + usage.ru_stime, wall, max(peak.bytes, usage.ru_maxrss * 1024)), said


class Peak:
    """Watches the resident memory of a process and its children, fifty times a second."""

    def __init__(self, pid: int) -> None:
        self.bytes = 0
        self._pid = pid
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._over.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._over.wait(0.02):
            self.bytes = max(self.bytes, sum(_resident(pid) for pid in _tree(self._pid)))


def _tree(pid: int) -> list[int]:
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return []
    return [pid, *(below for child in children for below in _tree(int(child)))]


def _resident(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 0


def write_config(where: Path, port: int, lists: int) -> Path:
    """A sources.yaml of so many columns at the bench's server, twenty at a time as the loop does."""
    lines = [
        "fetch:",
        f"  {{contact: bench@example.org, concurrency: {AT_ONCE}, per_host: {AT_ONCE}, delay: 0, per_day: 1000000,",
        f'   allow_hosts: ["127.0.0.1:{port}"]}}',
        "sources:",
        *(
            f"- {{id: s{number}, name: 某厅 {number}, url: 'http://127.0.0.1:{port}/{number}/', family: trs, level: provincial, region: 某省}}"
            for number in range(lists)
        ),
    ]
    file = where / "sources.yaml"
    file.write_text("\n".join(lines), "utf-8")
    return file


@contextmanager
def server(rows: int) -> Iterator[int]:
    child = subprocess.Popen(
        [sys.executable, "-m", "tests.bench.server", str(rows)], stdout=subprocess.PIPE, text=True
    )
    assert child.stdout
    try:
        yield int(child.stdout.readline())
    finally:
        child.kill()
        child.wait()
        child.stdout.close()


@contextmanager
def folder() -> Iterator[Path]:
    path = Path(tempfile.mkdtemp(prefix="kuaixun-bench-"))
    try:
        yield path
    finally:
        shutil.rmtree(path)


if __name__ == "__main__":
    main()
