"""The archive can be searched: SQLite's full-text index over the stems of articles."""

import json

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    connection = op.get_bind()
    if connection.dialect.name != "sqlite":
        return
    op.execute("CREATE VIRTUAL TABLE article_search USING fts5(stems)")
    op.execute(
        "CREATE TRIGGER article_search_forgets AFTER DELETE ON articles "
        "BEGIN DELETE FROM article_search WHERE rowid = old.id; END"
    )
    # Of what was read before, the stems of title and beginning are known.
    rows = connection.execute(sa.text("SELECT id, fingerprint FROM articles"))
    for article_id, fingerprint in rows.fetchall():
        stems = " ".join(json.loads(fingerprint)["terms"])
        statement = sa.text("INSERT INTO article_search (rowid, stems) VALUES (:id, :stems)")
        connection.execute(statement, {"id": article_id, "stems": stems})


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER article_search_forgets")
        op.execute("DROP TABLE article_search")
