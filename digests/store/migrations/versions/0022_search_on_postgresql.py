"""The archive can be searched on PostgreSQL too: an index over the stems of articles, as SQLite has one since 0008."""

from alembic import op
from sqlalchemy import text

from digests.store.search import Search

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

_NEXT = text(
    "SELECT id, ARRAY(SELECT json_object_keys(fingerprint -> 'terms')) AS stems FROM articles WHERE id > :after "
    "ORDER BY id LIMIT 500"
)


def upgrade() -> None:
    if op.get_bind().dialect.name != "postgresql":
        return
    op.execute(
        "CREATE TABLE article_search "
        "(article_id bigint PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE, stems tsvector NOT NULL)"
    )
    op.execute("CREATE INDEX ix_article_search_stems ON article_search USING gin (stems)")
    # Of what was read before, the stems of title and beginning are known. They are put in as all others are, for words
    # that are searched are reduced likewise.
    search, after = Search(op.get_bind()), 0
    while rows := op.get_bind().execute(_NEXT, {"after": after}).all():
        search.index_all([(row.id, " ".join(row.stems)) for row in rows])
        after = rows[-1].id


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP TABLE article_search")
