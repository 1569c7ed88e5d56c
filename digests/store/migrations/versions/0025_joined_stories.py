"""What became of stories that were given up; deliveries that are of no broadcast are no longer in the index of those."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

_NAME, _COLUMNS = "ix_deliveries_broadcast_id_state", ["broadcast_id", "state"]
_OF_ONE = sa.text("broadcast_id IS NOT NULL")


def upgrade() -> None:
    op.add_column("stories", sa.Column("joined_to", sa.BigInteger(), nullable=True))
    op.drop_index(op.f(_NAME), "deliveries")
    op.create_index(op.f(_NAME), "deliveries", _COLUMNS, sqlite_where=_OF_ONE, postgresql_where=_OF_ONE)


def downgrade() -> None:
    op.drop_index(op.f(_NAME), "deliveries")
    op.create_index(op.f(_NAME), "deliveries", _COLUMNS)
    op.drop_column("stories", "joined_to")
