"""Where things are: configuration, storage, database, seeds. The only reader of the environment."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """Paths and addresses, absolute, and the environment that ${NAME} in the file refers to."""

    config: Path
    storage: Path
    database: str = field(repr=False)
    secret: str | None = field(repr=False)
    environment: Mapping[str, str] = field(repr=False)


def environment() -> Mapping[str, str]:
    """The process environment as it is now. Called once, by the command line."""
    return dict(os.environ)  # noqa: TID251 - its one home


def find_places(
    environ: Mapping[str, str], *, config: Path | None, storage: Path | None, database: str | None
) -> Places:
    """Command line before environment before the usual places: ./sources.yaml, and storage/ beside it."""
    file = (config or Path(environ.get("KUAIXUN_CONFIG") or "sources.yaml")).absolute()
    given = storage or (Path(environ["KUAIXUN_STORAGE"]) if environ.get("KUAIXUN_STORAGE") else None)
    folder = (given or file.parent / "storage").absolute()
    address = database or environ.get("KUAIXUN_DATABASE_URL") or f"sqlite:///{folder / 'monitor.db'}"
    return Places(
        config=file,
        storage=folder,
        database=address,
        secret=environ.get("KUAIXUN_SECRET"),
        environment=environ,
    )


def seeds_folder(config: Path) -> Path:
    """seeds/ beside the configuration, else the one that came with the program."""
    beside = config.parent / "seeds"
    return beside if (beside / "sections.yaml").is_file() else shipped("seeds")


def shipped(name: str) -> Path:
    """A file or folder that came with the program: in the checkout, or packed into the wheel."""
    packed = PACKAGE / "_shipped" / name
    return packed if packed.exists() else PACKAGE.parent / name
