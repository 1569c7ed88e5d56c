"""Indexes of articles that tell of stories without their rows."""

from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

_BEFORE = {
    "ix_articles_story_id": ["story_id"],
    "ix_articles_published_at": ["published_at"],
    "ix_articles_gathered_at": ["gathered_at"],
}
_NOW = {
    "ix_articles_outline": ["story_id", "published_at", "gathered_at", "language", "feed_id"],
    "ix_articles_published_at_story_id": ["published_at", "story_id"],
    "ix_articles_gathered_at_story_id": ["gathered_at", "story_id"],
}


def upgrade() -> None:
    _replace(_BEFORE, _NOW)


def downgrade() -> None:
    _replace(_NOW, _BEFORE)


def _replace(old: dict[str, list[str]], new: dict[str, list[str]]) -> None:
    for name in old:
        op.drop_index(op.f(name), "articles")
    for name, columns in new.items():
        op.create_index(op.f(name), "articles", columns)
