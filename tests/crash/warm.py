"""`victim`, in a process that has done it all once: what is forked from it need import, parse and compile nothing."""

from __future__ import annotations

import gc
import tempfile
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

from monitor.cli import run as run_command
from tests.crash.victim import run
from tests.hostile import bot, bot_channel, column, hostile_web, write_config
from tests.process import words

__all__ = ["run"]

ROW = ("关于组织申报第1批项目的通知", "2026-09-16", 1)


def _live_once(folder: Path) -> None:
    with hostile_web() as web, redirect_stdout(StringIO()):
        web.behaviours = {"a.test": column([("关于往年事项的通知", "2026-09-01", 9)]), "127.0.0.1": bot([])}
        write_config(folder, web, {"a": "http://a.test/tzgg/"}, **bot_channel(web))
        for rows in ([], [ROW]):
            web.behaviours["a.test"] = column([*rows, ("关于往年事项的通知", "2026-09-01", 9)])
            assert run_command(words(folder, "check", "--send")) == 0


with tempfile.TemporaryDirectory() as _folder:
    _live_once(Path(_folder))
gc.freeze()  # else each child looks through all of this for garbage, and copies it in doing so
