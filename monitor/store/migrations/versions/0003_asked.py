"""What was asked when a list's validators were given: they are no use for another question."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; nobody knows what the validators that are there belong to, so none is sent."""
    with op.batch_alter_table("source") as source:
        source.add_column(sa.Column("asked", sa.Text(), nullable=False, server_default=""))


def downgrade() -> None:
    """Forget it."""
    with op.batch_alter_table("source") as source:
        source.drop_column("asked")
