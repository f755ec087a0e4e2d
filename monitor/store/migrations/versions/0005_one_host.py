"""www.x.gov.cn and x.gov.cn are one site: keys of rows are written as `urls.canonical` writes them now.

Without this every row of a www host would be one that nobody has seen.
"""

from __future__ import annotations

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

WWW, PLAIN = "http://www.", "http://"


def upgrade() -> None:
    """Rewrite the keys; of a row that is there under both names, the other stays and is not asked for."""
    bare = f"'{PLAIN}' || substr(key, {len(WWW) + 1})"
    op.execute(
        f"UPDATE posting SET key = {bare} WHERE key LIKE '{WWW}%.%/%' AND NOT EXISTS ("  # noqa: S608
        "SELECT 1 FROM posting AS twin WHERE twin.source_id = posting.source_id"
        f" AND twin.key = '{PLAIN}' || substr(posting.key, {len(WWW) + 1}))"
    )


def downgrade() -> None:
    """Nothing: which hosts were called www is in the addresses, and an older program lists its rows anew."""
