"""Ids of feeds and readers that are given once; how far a broadcast is queued; what a feed told before it was removed."""

from typing import Literal

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

ONCE = {"sqlite_autoincrement": True}


def upgrade() -> None:
    # Other databases give an id once as it is.
    anew: Literal["always", "never"] = "always" if op.get_bind().dialect.name == "sqlite" else "never"
    with op.batch_alter_table("feeds", schema=None, recreate=anew, table_kwargs=ONCE) as batch_op:
        batch_op.add_column(sa.Column("told_until", sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table("subscriptions", schema=None, recreate=anew, table_kwargs=ONCE):
        pass
    with op.batch_alter_table("broadcasts", schema=None) as batch_op:
        batch_op.add_column(sa.Column("queued_after", sa.BigInteger(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("is_queued", sa.Boolean(), server_default=sa.true(), nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("broadcasts", schema=None) as batch_op:
        batch_op.drop_column("is_queued")
        batch_op.drop_column("queued_after")
    with op.batch_alter_table("feeds", schema=None) as batch_op:
        batch_op.drop_column("told_until")
