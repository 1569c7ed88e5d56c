"""What admins say of a feed besides its weight, whether they know that it is broken, and what they are to be told."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("feeds", schema=None) as batch_op:
        batch_op.add_column(sa.Column("language", sa.Text(), server_default=sa.text("''"), nullable=False))
        batch_op.add_column(sa.Column("credit", sa.Text(), server_default=sa.text("''"), nullable=False))
        batch_op.add_column(sa.Column("is_paused", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column("failing_since", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("told_broken_at", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "staff_messages",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("keyboard", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_attempt_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_messages")),
    )


def downgrade() -> None:
    op.drop_table("staff_messages")
    with op.batch_alter_table("feeds", schema=None) as batch_op:
        for name in ("told_broken_at", "failing_since", "is_paused", "credit", "language"):
            batch_op.drop_column(name)
