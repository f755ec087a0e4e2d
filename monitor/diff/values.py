"""What a comparison is made of: blocks of a body in reading order, and the fields beside it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Mark(Enum):
    """What became of a stretch of text."""

    KEPT = "kept"
    GONE = "gone"
    COME = "come"


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text within a paragraph or a cell; what was kept is printed as it stands now."""

    mark: Mark
    text: str


Pieces = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Kept:
    """A paragraph in which nothing but spacing or width differs."""

    text: str


@dataclass(frozen=True, slots=True)
class Gone:
    """A paragraph that was there before."""

    text: str


@dataclass(frozen=True, slots=True)
class Come:
    """A paragraph that is there now."""

    text: str


@dataclass(frozen=True, slots=True)
class Changed:
    """A paragraph that says something else now."""

    pieces: Pieces


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table in which something else is said now, cell by cell."""

    cells: tuple[Pieces, ...]


@dataclass(frozen=True, slots=True)
class Renumbered:
    """A paragraph or row in which nothing differs but the number that it bears."""

    block: Changed | Row


@dataclass(frozen=True, slots=True)
class Moved:
    """A paragraph at another place: once where it stood, once (`here`) where it stands.

    `was` and `now` count paragraphs from 1. The pieces show an enumerator that changed on the way.
    """

    pieces: Pieces
    was: int
    now: int
    here: bool


Block = Kept | Gone | Come | Changed | Row | Renumbered | Moved


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field beside the body: 标题：旧 → 新.

    A side is "" where there is nothing to show of it; both are alike where only the label tells.
    """

    label: str
    before: str
    now: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two readings of a notice side by side."""

    fields: tuple[FieldChange, ...]
    blocks: tuple[Block, ...]

    @property
    def body_edited(self) -> bool:
        """Whether a paragraph differs."""
        return not all(isinstance(block, Kept) for block in self.blocks)

    def __bool__(self) -> bool:
        """Whether anything differs."""
        return bool(self.fields) or self.body_edited
