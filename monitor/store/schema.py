"""Which schema a database has, and bringing it up to ours (Alembic; docs in migrations/env.py).

Importing Alembic costs a third of a second, so it is only done when there is something to migrate.
Revisions are numbered in order: one beyond ours was written by a newer program.
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from monitor.errors import StoreError
from monitor.store.engine import Database

# The newest script in migrations/versions; a test holds it to that.
HEAD = "0006"
SCRIPTS = Path(__file__).parent / "migrations"


def upgrade(database: Database) -> None:
    """Migrate to our schema; do nothing when it is there already.

    A database of a newer program raises StoreError and is not touched.
    """
    with database.reading() as connection:
        found = revision(connection)
    refuse_newer(found)
    if found != HEAD:
        _migrate(database)


def revision(connection: Connection) -> str:
    """The schema's number, "" for an empty database."""
    if not inspect(connection).has_table("alembic_version"):
        return ""
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar() or ""


def refuse_newer(found: str) -> None:
    """StoreError when the schema is one that we cannot know."""
    if found > HEAD:
        raise StoreError(
            f"the database was made by a newer version of this program (schema {found}, ours is {HEAD})"
        )


def _migrate(database: Database) -> None:
    with database.rebuilding() as connection:
        # Another process may have done it while we waited for the lock.
        if revision(connection) != HEAD:
            _run_scripts(connection)
            _check_foreign_keys(connection)


def _run_scripts(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, HEAD)


def _check_foreign_keys(connection: Connection) -> None:
    if connection.dialect.name != "sqlite":
        return
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
    if broken is not None:
        raise StoreError(f"the migration left a row of {broken[0]} without what it points to")
