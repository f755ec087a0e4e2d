"""`kuaixun init`: a folder to begin with."""

from __future__ import annotations

from pathlib import Path

from monitor.errors import StoreError
from monitor.settings.places import shipped

STORAGE = "storage"


def write_start(folder: Path) -> tuple[tuple[Path, bool], ...]:
    """A commented sources.yaml and storage/ in a folder; whether each was written. Never overwrites."""
    config, storage = folder / "sources.yaml", folder / STORAGE
    try:
        folder.mkdir(parents=True, exist_ok=True)
        made = not storage.is_dir()
        storage.mkdir(exist_ok=True)
        try:
            with config.open("x", encoding="utf-8") as file:
                file.write(shipped("sources.yaml").read_text("utf-8"))
            written = True
        except FileExistsError:
            written = False
    except OSError as error:
        raise StoreError(f"cannot write in {folder}: {error.strerror}") from error
    return (config, written), (storage, made)
