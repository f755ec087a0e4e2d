"""Runs the scripts in versions/ on the connection that monitor.store.schema hands over.

One small step a script, numbered 0001, 0002 …; never change one that has been released. A new one:
change tables.py, write the script from script.py.mako, raise `schema.HEAD`.
"""

from __future__ import annotations

from alembic import context

from monitor.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
