"""Whose turn it is, without looking at everybody."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("subscriptions", schema=None) as batch_op:
        batch_op.add_column(sa.Column("next_edition_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("is_listening", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.create_index(batch_op.f("ix_subscriptions_next_edition_at"), ["next_edition_at"])
        batch_op.create_index(batch_op.f("ix_subscriptions_is_listening"), ["is_listening"])
    with op.batch_alter_table("subscribers", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_subscribers_state_paused_until"), ["state", "paused_until"])
    op.create_index(op.f("ix_seen_stories_story_id"), "seen_stories", ["story_id"])
    # Looked at in the next minute, which finds out when each is due.
    subscriptions = sa.table("subscriptions", sa.column("next_edition_at"), sa.column("planned_until"))
    op.execute(subscriptions.update().values(next_edition_at=subscriptions.c.planned_until))


def downgrade() -> None:
    op.drop_index(op.f("ix_seen_stories_story_id"), "seen_stories")
    with op.batch_alter_table("subscribers", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_subscribers_state_paused_until"))
    with op.batch_alter_table("subscriptions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_subscriptions_is_listening"))
        batch_op.drop_index(batch_op.f("ix_subscriptions_next_edition_at"))
        batch_op.drop_column("is_listening")
        batch_op.drop_column("next_edition_at")
