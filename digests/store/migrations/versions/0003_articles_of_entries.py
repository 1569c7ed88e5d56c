"""Which entry an article was made of, and how its publisher asks to be cited."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("articles", schema=None) as batch_op:
        batch_op.add_column(sa.Column("entry_id", sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column("citation", sa.Text(), server_default=sa.text("''"), nullable=False))
        batch_op.create_index(batch_op.f("ix_articles_entry_id"), ["entry_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("articles", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_articles_entry_id"))
        batch_op.drop_column("citation")
        batch_op.drop_column("entry_id")
