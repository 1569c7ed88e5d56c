"""What readers want to hear at once, settings that are tried, messages that are turned and answered."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("subscriptions", schema=None) as batch_op:
        batch_op.add_column(sa.Column("included", sa.JSON(), server_default=sa.text("'[]'"), nullable=False))
        batch_op.add_column(sa.Column("alerts", sa.JSON(), server_default=sa.text("'[]'"), nullable=False))
        batch_op.add_column(sa.Column("quiet", sa.JSON(), server_default=sa.text("'[]'"), nullable=False))
        batch_op.add_column(sa.Column("noticed_until", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("draft", sa.JSON(), server_default=sa.text("'{}'"), nullable=False))
    with op.batch_alter_table("deliveries", schema=None) as batch_op:
        batch_op.add_column(sa.Column("tally", sa.JSON(), server_default=sa.text("'{}'"), nullable=False))
    with op.batch_alter_table("parts", schema=None) as batch_op:
        batch_op.add_column(sa.Column("reply_to", sa.BigInteger(), nullable=True))
    op.create_index(op.f("ix_articles_gathered_at"), "articles", ["gathered_at"])
    op.create_table(
        "sent_messages",
        sa.Column("delivery_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("message_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["delivery_id"],
            ["deliveries.id"],
            name=op.f("fk_sent_messages_delivery_id_deliveries"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("delivery_id", "message_id", name=op.f("pk_sent_messages")),
    )
    op.create_index(op.f("ix_sent_messages_message_id"), "sent_messages", ["message_id"])
    op.create_table(
        "followed_stories",
        sa.Column("chat_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("story_id", sa.BigInteger(), nullable=False),
        sa.Column("followed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["chat_id"],
            ["subscribers.chat_id"],
            name=op.f("fk_followed_stories_chat_id_subscribers"),
            onupdate="CASCADE",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["story_id"], ["stories.id"], name=op.f("fk_followed_stories_story_id_stories"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("chat_id", "story_id", name=op.f("pk_followed_stories")),
    )
    op.create_index(op.f("ix_followed_stories_story_id"), "followed_stories", ["story_id"])


def downgrade() -> None:
    op.drop_table("followed_stories")
    op.drop_table("sent_messages")
    op.drop_index(op.f("ix_articles_gathered_at"), "articles")
    with op.batch_alter_table("parts", schema=None) as batch_op:
        batch_op.drop_column("reply_to")
    with op.batch_alter_table("deliveries", schema=None) as batch_op:
        batch_op.drop_column("tally")
    with op.batch_alter_table("subscriptions", schema=None) as batch_op:
        for name in ("draft", "noticed_until", "quiet", "alerts", "included"):
            batch_op.drop_column(name)
