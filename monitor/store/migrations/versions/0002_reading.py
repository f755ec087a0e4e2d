"""What reading a notice adds: how a version was read, keys of identity, links, attachments and their text."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

AT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Add the columns and tables; versions that are there were read from nobody knows which row."""
    with op.batch_alter_table("version") as version:
        version.add_column(sa.Column("bodies", sa.Text(), nullable=False, server_default="[]"))
        version.add_column(sa.Column("doubts", sa.Text(), nullable=False, server_default="[]"))
        version.add_column(sa.Column("printed_number", sa.Text(), nullable=True))
        version.add_column(sa.Column("posting_id", sa.Integer(), nullable=True))
        version.add_column(sa.Column("reading", sa.Text(), nullable=True))
        version.create_foreign_key("fk_version_posting_id", "posting", ["posting_id"], ["id"])
        version.create_index("ix_version_posting_id", ["posting_id"])
    _identity()
    _files()


def downgrade() -> None:
    """Forget them."""
    for table in ("file", "attachment", "link", "notice_key"):
        op.drop_table(table)
    with op.batch_alter_table("version") as version:
        version.drop_index("ix_version_posting_id")
        version.drop_constraint("fk_version_posting_id", type_="foreignkey")
        for column in ("reading", "posting_id", "printed_number", "doubts", "bodies"):
            version.drop_column(column)


def _identity() -> None:
    op.create_table(
        "notice_key",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("notice_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["notice_id"], ["notice.id"], name="fk_notice_key_notice_id"),
        sa.PrimaryKeyConstraint("key", "notice_id", name="pk_notice_key"),
    )
    op.create_index("ix_notice_key_notice_id", "notice_key", ["notice_id"])
    op.create_table(
        "link",
        sa.Column("from_id", sa.Integer(), nullable=False),
        sa.Column("to_id", sa.Integer(), nullable=False),
        sa.Column("relation", sa.Text(), nullable=False),
        sa.Column("at", AT, nullable=False),
        sa.ForeignKeyConstraint(["from_id"], ["notice.id"], name="fk_link_from_id"),
        sa.ForeignKeyConstraint(["to_id"], ["notice.id"], name="fk_link_to_id"),
        sa.PrimaryKeyConstraint("from_id", "to_id", name="pk_link"),
    )
    op.create_index("ix_link_to_id", "link", ["to_id"])


def _files() -> None:
    op.create_table(
        "attachment",
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=True),
        sa.Column("etag", sa.Text(), nullable=True),
        sa.Column("last_modified", sa.Text(), nullable=True),
        sa.Column("fetched_at", AT, nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("retry_at", AT, nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("url", name="pk_attachment"),
    )
    op.create_table(
        "file",
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("reader", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_file"),
    )
