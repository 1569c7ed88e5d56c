"""The index of the search is to know which words a digest tells of an article; see `digests.store.told`."""

from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("INSERT INTO facts (name, value) SELECT 'index.told', '0' WHERE EXISTS (SELECT 1 FROM articles)")


def downgrade() -> None:
    """What was read since then is found no longer by the words that a digest tells of it."""
    op.execute("DELETE FROM facts WHERE name = 'index.told'")
