"""How tables are declared: their common root, and the kinds of columns that they are made of."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from sqlalchemy import MetaData
from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel

from monitor.store.columns import UTCDateTime, Words

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Row(SQLModel, registry=registry(metadata=MetaData(naming_convention=NAMES))):
    """Root of all tables, with a metadata of our own."""

    __tablename__: ClassVar[str]


def instant() -> datetime:
    """An instant that must be there."""
    field: datetime = Field(sa_type=UTCDateTime)
    return field


def perhaps_instant() -> datetime | None:
    """An instant that may not be there (yet)."""
    field: datetime | None = Field(default=None, sa_type=UTCDateTime)
    return field


def words(default: str = "") -> str:
    """Text, "" (or what is given) where nothing is known."""
    field: str = Field(default=default, sa_type=Words)
    return field


def perhaps_words() -> str | None:
    """Text that may not be there."""
    field: str | None = Field(default=None, sa_type=Words)
    return field


def key_words() -> str:
    """Text that is (part of) the key."""
    field: str = Field(primary_key=True, sa_type=Words)
    return field


def own_id() -> int | None:
    """A number of its own, given by the database."""
    field: int | None = Field(default=None, primary_key=True)
    return field


def points_to(column: str, *, index: bool = False) -> int:
    """A row of another table."""
    field: int = Field(foreign_key=column, index=index)
    return field
