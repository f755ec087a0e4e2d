"""Changes that can be trusted: absences, unsteady pages, held polls, alarms, how long a list usually is."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

AT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Add the columns and tables; what a list had when it was last read is what is usual so far."""
    with op.batch_alter_table("posting") as posting:
        posting.add_column(sa.Column("gone_at", AT, nullable=True))
        posting.add_column(sa.Column("unsteady_since", AT, nullable=True))
    with op.batch_alter_table("source") as source:
        source.add_column(sa.Column("usual", sa.Integer(), nullable=False, server_default="0"))
    op.execute("UPDATE source SET usual = items")
    _held()
    _alarm()


def downgrade() -> None:
    """Forget them."""
    for table in ("alarm", "held"):
        op.drop_table(table)
    with op.batch_alter_table("source") as source:
        source.drop_column("usual")
    with op.batch_alter_table("posting") as posting:
        posting.drop_column("unsteady_since")
        posting.drop_column("gone_at")


def _held() -> None:
    op.create_table(
        "held",
        sa.Column("source_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("since", AT, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.Column("rows_fingerprint", sa.Text(), nullable=False),
        sa.Column("raw", sa.Text(), nullable=True),
        sa.Column("decided", sa.Text(), nullable=False),
        sa.Column("decided_at", AT, nullable=True),
        sa.Column("decided_by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name="fk_held_source_id"),
        sa.PrimaryKeyConstraint("source_id", name="pk_held"),
    )


def _alarm() -> None:
    op.create_table(
        "alarm",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Text(), nullable=False),
        sa.Column("condition", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("since", AT, nullable=False),
        sa.Column("told_at", AT, nullable=True),
        sa.Column("until", AT, nullable=True),
        sa.Column("ended_told_at", AT, nullable=True),
        sa.Column("acknowledged_at", AT, nullable=True),
        sa.Column("acknowledged_by", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name="fk_alarm_source_id"),
        sa.PrimaryKeyConstraint("id", name="pk_alarm"),
    )
    op.create_index("ix_alarm_source_id_until", "alarm", ["source_id", "until"])
