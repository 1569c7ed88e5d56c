"""Editions by the week, length in minutes, and pauses that end by themselves."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("subscriptions", schema=None) as batch_op:
        batch_op.add_column(sa.Column("days", sa.JSON(), server_default=sa.text("'[0,1,2,3,4,5,6]'"), nullable=False))
        batch_op.add_column(sa.Column("weekend_times", sa.JSON(), server_default=sa.text("'[]'"), nullable=False))
        batch_op.add_column(sa.Column("minutes", sa.Integer(), server_default="5", nullable=False))
    with op.batch_alter_table("subscribers", schema=None) as batch_op:
        batch_op.add_column(sa.Column("paused_until", sa.DateTime(timezone=True), nullable=True))
    # Who chose few stories wants to read for two minutes, who chose many for ten.
    op.execute("UPDATE subscriptions SET minutes = CASE max_stories WHEN 5 THEN 2 WHEN 15 THEN 10 ELSE 5 END")
    op.execute("UPDATE subscriptions SET max_stories = 40")


def downgrade() -> None:
    op.execute("UPDATE subscriptions SET max_stories = CASE minutes WHEN 2 THEN 5 WHEN 10 THEN 15 ELSE 9 END")
    with op.batch_alter_table("subscribers", schema=None) as batch_op:
        batch_op.drop_column("paused_until")
    with op.batch_alter_table("subscriptions", schema=None) as batch_op:
        batch_op.drop_column("minutes")
        batch_op.drop_column("weekend_times")
        batch_op.drop_column("days")
