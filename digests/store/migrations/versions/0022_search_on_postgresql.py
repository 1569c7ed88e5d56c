"""The archive can be searched on PostgreSQL too: an index over the stems of articles, as SQLite has one since 0008."""

from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    if op.get_bind().dialect.name != "postgresql":
        return
    op.execute(
        "CREATE TABLE article_search "
        "(article_id bigint PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE, stems tsvector NOT NULL)"
    )
    op.execute("CREATE INDEX ix_article_search_stems ON article_search USING gin (stems)")
    # Of what was read before, the stems of title and beginning are known.
    op.execute(
        "INSERT INTO article_search SELECT id, "
        "array_to_tsvector(ARRAY(SELECT json_object_keys(fingerprint -> 'terms'))) FROM articles"
    )


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP TABLE article_search")
