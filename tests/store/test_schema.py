"""The schema built fresh equals the schema migrated, here and in PostgreSQL's words."""

from __future__ import annotations

import importlib
import pkgutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Executable, create_engine
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateIndex, CreateTable

import monitor.store
from monitor.errors import StoreError
from monitor.store import Store, schema
from monitor.store.tables import metadata


def _scripts() -> ScriptDirectory:
    config = Config()
    config.set_main_option("script_location", str(schema.SCRIPTS))
    return ScriptDirectory.from_config(config)


def test_the_migrated_schema_is_the_one_of_the_tables(store: Store, folder: Path) -> None:
    engine = create_engine(f"sqlite:///{folder}/monitor.db")
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []
    engine.dispose()


def test_the_newest_script_is_the_one_that_the_program_knows() -> None:
    assert _scripts().get_current_head() == schema.HEAD


def test_scripts_are_numbered_in_order() -> None:
    numbers = [script.revision for script in _scripts().walk_revisions()]
    assert numbers[::-1] == [f"{number:04d}" for number in range(1, len(numbers) + 1)]


def test_a_new_script_imports_what_it_names() -> None:
    assert "import sqlmodel" in (schema.SCRIPTS / "script.py.mako").read_text()


def test_every_script_has_a_way_back(tmp_path: Path) -> None:
    from alembic import command

    config = Config()
    config.set_main_option("script_location", str(schema.SCRIPTS))
    engine = create_engine(f"sqlite:///{tmp_path}/x.db")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        command.downgrade(config, "base")
        command.upgrade(config, "head")
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    engine.dispose()


def test_upgrading_twice_changes_nothing(store: Store, folder: Path) -> None:
    before = _dump(folder)
    store.upgrade()
    assert _dump(folder) == before


def test_foreign_keys_hold(store: Store, folder: Path) -> None:
    with closing(sqlite3.connect(folder / "monitor.db")) as connection:
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []


@pytest.mark.parametrize("table", metadata.sorted_tables, ids=lambda table: str(table.name))
def test_every_table_can_be_made_in_postgresql(table: object) -> None:
    dialect = postgresql.dialect()
    assert "CREATE TABLE" in str(CreateTable(table).compile(dialect=dialect))
    for index in table.indexes:
        assert "CREATE INDEX" in str(CreateIndex(index).compile(dialect=dialect))


def test_a_migration_that_loses_what_rows_point_to_is_undone(store: Store, folder: Path) -> None:
    before = _dump(folder)
    with pytest.raises(StoreError, match="left a row of review without"):
        _lose_a_notice(store)
    assert _dump(folder) == before


def _lose_a_notice(store: Store) -> None:
    with store._database.rebuilding() as connection:
        connection.exec_driver_sql(
            "INSERT INTO review (notice_id, decision, why, who, at) VALUES (7, 'keep', '', '', '2026-09-16')"
        )
        schema._check_foreign_keys(connection)


def _statements() -> list[tuple[str, Executable]]:
    modules = [
        importlib.import_module(f"monitor.store.{found.name}")
        for found in pkgutil.iter_modules(monitor.store.__path__)
        if not found.ispkg
    ]
    return [
        (f"{module.__name__}.{name}", value)
        for module in modules
        for name, value in vars(module).items()
        if isinstance(value, Executable) and name.isupper()
    ]


def test_every_prepared_statement_can_be_said_in_postgresql() -> None:
    found = _statements()
    assert len(found) > 10
    for name, statement in found:
        assert str(statement.compile(dialect=postgresql.dialect())), name


def _dump(folder: Path) -> list[str]:
    with closing(sqlite3.connect(folder / "monitor.db")) as connection:
        return list(connection.iterdump())
