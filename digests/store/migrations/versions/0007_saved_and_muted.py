"""What readers save, and what they want to hear nothing of."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("subscriptions", schema=None) as batch_op:
        batch_op.add_column(sa.Column("muted", sa.JSON(), server_default=sa.text("'[]'"), nullable=False))
        batch_op.add_column(sa.Column("excluded", sa.JSON(), server_default=sa.text("'[]'"), nullable=False))
    op.create_table(
        "saved_articles",
        sa.Column("chat_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["chat_id"],
            ["subscribers.chat_id"],
            name=op.f("fk_saved_articles_chat_id_subscribers"),
            onupdate="CASCADE",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("chat_id", "url", name=op.f("pk_saved_articles")),
    )


def downgrade() -> None:
    op.drop_table("saved_articles")
    with op.batch_alter_table("subscriptions", schema=None) as batch_op:
        batch_op.drop_column("excluded")
        batch_op.drop_column("muted")
