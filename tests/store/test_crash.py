"""Real processes: killed in the middle, or two at once."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from monitor.store import Store
from tests.store.conftest import IMPATIENT
from tests.store.make import HOUR, NOW, source

ROOT = Path(__file__).resolve().parents[2]

SEEN = """
from tests.store.make import owe
owe(store, "1", "2")
ready()
"""
HALF_APPLIED = """
from monitor.store.settle import settle
from tests.store.make import NOW, owe, settlement
first, second = owe(store, "1", "2")
with store._database.writing() as connection:
    settle(connection, settlement(first.id), NOW)
    ready()
"""
CLAIM = """
from tests.store.make import HOUR, NOW
ready()
while claimed := store.sources.due(NOW, ids=IDS, limit=3, owner=sys.argv[2], lease=HOUR):
    print(*claimed, sep="\\n")
"""
PRELUDE = """
import sys
from pathlib import Path
from monitor.store import Store
store = Store.open("", folder=Path(sys.argv[1]))
IDS = [f"s{number}" for number in range(60)]
def ready():
    print("ready", flush=True)
    sys.stdin.readline()
"""


def _start(folder: Path, script: str, name: str = "me") -> subprocess.Popen[str]:
    """A process with a store open, stopped where the script says `ready()`."""
    process = subprocess.Popen(
        [sys.executable, "-c", PRELUDE + script, folder, name],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


@pytest.mark.parametrize("script", [SEEN, HALF_APPLIED], ids=["after seen", "in the middle of apply"])
def test_what_was_listed_is_owed_after_a_kill(folder: Path, script: str) -> None:
    process = _start(folder, script)
    process.kill()
    process.communicate()
    store = Store.open("", folder=folder, patience=IMPATIENT)
    assert len(store.notices.owed("miit", NOW, 9)) == 2
    assert store.notices.counts().notices == 0
    store.close()


def test_two_processes_share_the_due_sources(folder: Path) -> None:
    ids = [f"s{number}" for number in range(60)]
    store = Store.open("", folder=folder, patience=IMPATIENT)
    store.sources.ensure([source(each) for each in ids], NOW)
    processes = [_start(folder, CLAIM, name) for name in ("first", "second")]
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    claimed = [process.communicate()[0].split() for process in processes]
    assert [process.returncode for process in processes] == [0, 0]
    assert sorted(claimed[0] + claimed[1]) == sorted(ids)
    assert store.sources.due(NOW, ids=ids, limit=9, owner="third", lease=HOUR) == ()
    store.close()
