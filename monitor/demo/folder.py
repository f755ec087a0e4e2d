"""The folder that the demo leaves behind: a temporary one, or one given that is empty or was its own."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from monitor.errors import ConfigError, StoreError

STAMP = "DEMO.txt"
_SAYS = "本文件夹由 kuaixun demo 生成，内容为演示文本，非官方文件。再次运行演示会重写整个文件夹。\n"


def claim(given: Path | None) -> Path:
    """An empty folder with the demo's stamp in it; what an earlier demo left there is gone.

    ConfigError for a folder that holds anything of somebody else's.
    """
    if given is None:
        folder = Path(tempfile.mkdtemp(prefix="kuaixun-demo-"))
    else:
        folder = given.absolute()
        _make_room(folder)
    try:
        (folder / STAMP).write_text(_SAYS, "utf-8")
    except OSError as error:
        raise StoreError(f"cannot write in {folder}: {error.strerror}") from error
    return folder


def _make_room(folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise ConfigError(f"--storage {folder}", "a folder, not a file")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        left = list(folder.iterdir())
        if left and not _is_own(folder):
            raise ConfigError(f"--storage {folder}", "a folder that is empty or that an earlier demo made")
        for path in left:
            _remove(path)
    except OSError as error:
        raise StoreError(f"cannot use {folder}: {error.strerror}") from error


def _is_own(folder: Path) -> bool:
    stamp = folder / STAMP
    return stamp.is_file() and stamp.read_text("utf-8", "replace") == _SAYS


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink()
