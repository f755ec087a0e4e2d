"""Keys from before www. was folded are found again after the upgrade."""

from __future__ import annotations

from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, text

from monitor.store import schema
from monitor.urls import canonical

KEYS = (
    ("a", "http://www.gxt.example.gov.cn/tzgg/1.html"),
    ("a", "http://gxt.example.gov.cn/tzgg/2.html"),
    ("a", "http://www.gxt.example.gov.cn/tzgg/2.html"),
    ("b", "http://www.gxt.example.gov.cn/tzgg/2.html"),
    ("b", "http://www2.example.gov.cn/1.html"),
)


@pytest.fixture
def upgraded(tmp_path: Path) -> list[tuple[str, str]]:
    """The keys above, written by the program before, then brought to today's schema."""
    config = Config()
    config.set_main_option("script_location", str(schema.SCRIPTS))
    engine = create_engine(f"sqlite:///{tmp_path}/x.db")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0004")
        for source in ("a", "b"):
            _insert(connection, "source", id=source)
        for source, key in KEYS:
            _insert(connection, "posting", source_id=source, key=key)
        command.upgrade(config, "0005")
        rows = connection.execute(text("SELECT source_id, key FROM posting ORDER BY id")).all()
    engine.dispose()
    return [(row.source_id, row.key) for row in rows]


def _insert(connection: object, table: str, **values: str) -> None:
    """A row with these values, whatever else the table insists on being empty."""
    columns = connection.execute(text(f"PRAGMA table_info({table})")).all()  # type: ignore[attr-defined]
    needed = {
        column.name: ""
        for column in columns
        if column.notnull and column.dflt_value is None and not column.pk
    }
    row = {**needed, **values}
    names = ", ".join(row)
    holes = ", ".join(f":{name}" for name in row)
    connection.execute(text(f"INSERT INTO {table} ({names}) VALUES ({holes})"), row)  # type: ignore[attr-defined]


def test_keys_are_what_a_list_would_be_asked_for_today(upgraded: list[tuple[str, str]]) -> None:
    assert upgraded[0] == ("a", canonical(KEYS[0][1]))
    assert upgraded[3] == ("b", canonical(KEYS[3][1]))
    assert upgraded[4] == KEYS[4]


def test_a_row_that_is_there_twice_keeps_both_keys(upgraded: list[tuple[str, str]]) -> None:
    assert upgraded[1:3] == list(KEYS[1:3])
