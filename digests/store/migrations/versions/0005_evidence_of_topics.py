"""Examples and strictness of topics, and how much spoke for an article."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("topics", schema=None) as batch_op:
        batch_op.add_column(sa.Column("liked", sa.JSON(), server_default=sa.text("'[]'"), nullable=False))
        batch_op.add_column(sa.Column("disliked", sa.JSON(), server_default=sa.text("'[]'"), nullable=False))
        batch_op.add_column(sa.Column("strictness", sa.Text(), server_default=sa.text("''"), nullable=False))
    with op.batch_alter_table("article_topics", schema=None) as batch_op:
        batch_op.add_column(sa.Column("score", sa.Float(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("article_topics", schema=None) as batch_op:
        batch_op.drop_column("score")
    with op.batch_alter_table("topics", schema=None) as batch_op:
        batch_op.drop_column("strictness")
        batch_op.drop_column("disliked")
        batch_op.drop_column("liked")
