"""Pieces with files; dead letters of which operators were called, and those that were told anew."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

AT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Add the columns. Of what died before, operators hear now; only what died lately is told anew."""
    with op.batch_alter_table("delivery") as delivery:
        delivery.add_column(sa.Column("attachments", sa.Text(), nullable=False, server_default="[]"))
        delivery.add_column(sa.Column("called_at", AT, nullable=True))
        delivery.add_column(sa.Column("replaced_by", sa.Integer(), nullable=True))
        delivery.create_foreign_key("fk_delivery_replaced_by", "telling", ["replaced_by"], ["id"])
        delivery.create_index("ix_delivery_replaced_by", ["replaced_by"])


def downgrade() -> None:
    """Forget them."""
    with op.batch_alter_table("delivery") as delivery:
        delivery.drop_index("ix_delivery_replaced_by")
        delivery.drop_constraint("fk_delivery_replaced_by", type_="foreignkey")
        delivery.drop_column("replaced_by")
        delivery.drop_column("called_at")
        delivery.drop_column("attachments")
