"""When feeds listed their entries last: what they do not list any more can be forgotten."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("entries", schema=None) as batch_op:
        batch_op.add_column(sa.Column("listed_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.create_index(batch_op.f("ix_entries_feed_id_listed_at"), ["feed_id", "listed_at"])
    # What each feed lists shows when it says something new; until then it may be any of them.
    entries = sa.table("entries", sa.column("listed_at", sa.DateTime(timezone=True)))
    op.execute(entries.update().values(listed_at=sa.func.current_timestamp()))


def downgrade() -> None:
    with op.batch_alter_table("entries", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_entries_feed_id_listed_at"))
        batch_op.drop_column("listed_at")
