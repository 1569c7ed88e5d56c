"""What feeds ask for, where they move to, and what they change."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("feeds", schema=None) as batch_op:
        batch_op.add_column(sa.Column("is_stopped", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column("ttl", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("skip_hours", sa.JSON(), server_default="[]", nullable=False))
        batch_op.add_column(sa.Column("moved_to", sa.Text(), server_default=sa.text("''"), nullable=False))
        batch_op.add_column(sa.Column("moved_since", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("moved_polls", sa.Integer(), server_default="0", nullable=False))
    with op.batch_alter_table("entries", schema=None) as batch_op:
        batch_op.add_column(sa.Column("content_hash", sa.Text(), server_default=sa.text("''"), nullable=False))
        batch_op.add_column(sa.Column("edits", sa.Integer(), server_default="0", nullable=False))
        batch_op.create_index(
            batch_op.f("ix_entries_gathered_at_feed_id_state"), ["gathered_at", "feed_id", "state"], unique=False
        )


def downgrade() -> None:
    with op.batch_alter_table("entries", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_entries_gathered_at_feed_id_state"))
        batch_op.drop_column("edits")
        batch_op.drop_column("content_hash")
    with op.batch_alter_table("feeds", schema=None) as batch_op:
        for name in ("moved_polls", "moved_since", "moved_to", "skip_hours", "ttl", "is_stopped"):
            batch_op.drop_column(name)
