"""The index of the archive knows which words a digest tells of an article, for readers who wish for some or for none."""

import json

from alembic import op
from sqlalchemy import text

from digests.language.words import stems
from digests.model import as_told
from digests.store.search import Search

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

_NEXT = text("SELECT id, title, summary, language FROM articles WHERE id > :after ORDER BY id LIMIT 500")


def upgrade() -> None:
    search, after = Search(op.get_bind()), 0
    while rows := op.get_bind().execute(_NEXT, {"after": after}).all():
        search.add_all([(row.id, _told(row.title, row.summary, row.language)) for row in rows])
        after = rows[-1].id


def _told(title: str, summary: str | list[str], language: str) -> str:
    sentences = json.loads(summary) if isinstance(summary, str) else summary  # databases differ
    return " ".join(dict.fromkeys(map(as_told, stems("\n".join((title, *sentences)), language))))


def downgrade() -> None:
    """What is not asked for does no harm."""
