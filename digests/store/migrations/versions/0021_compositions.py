"""What an edition says is kept once for all who get the same; what readers have had follows from their deliveries."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def _id() -> sa.Column[int]:
    return sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False)


def upgrade() -> None:
    op.create_table(
        "compositions",
        _id(),
        sa.Column("edition_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tally", sa.JSON(), server_default=sa.text("'{}'"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_compositions")),
    )
    op.create_table(
        "composition_parts",
        sa.Column("composition_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("keyboard", sa.Text(), nullable=False),
        sa.Column("silent", sa.Boolean(), nullable=False),
        sa.Column("is_page", sa.Boolean(), nullable=False),
        sa.Column("reply_to", sa.BigInteger(), nullable=True),
        sa.Column("follows", sa.BigInteger(), nullable=True),
        sa.Column("thread_id", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["composition_id"],
            ["compositions.id"],
            name=op.f("fk_composition_parts_composition_id_compositions"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("composition_id", "number", name=op.f("pk_composition_parts")),
    )
    op.create_table(
        "told_stories",
        sa.Column("composition_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("story_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("message", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["composition_id"],
            ["compositions.id"],
            name=op.f("fk_told_stories_composition_id_compositions"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["story_id"], ["stories.id"], name=op.f("fk_told_stories_story_id_stories"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("composition_id", "story_id", name=op.f("pk_told_stories")),
    )
    op.create_index(op.f("ix_told_stories_story_id"), "told_stories", ["story_id"])
    for table in ("deliveries", "broadcasts"):
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.add_column(sa.Column("composition_id", sa.BigInteger(), server_default="0", nullable=False))
    _keep_what_was_said()
    with op.batch_alter_table("deliveries", schema=None) as batch_op:
        batch_op.drop_column("tally")
        batch_op.create_index(batch_op.f("ix_deliveries_composition_id"), ["composition_id"])
    with op.batch_alter_table("parts", schema=None) as batch_op:
        for column in ("text", "keyboard", "silent", "reply_to", "thread_id"):
            batch_op.drop_column(column)
    op.drop_table("seen_stories")


def _keep_what_was_said() -> None:
    """Each delivery until now has a composition of its own, of the same number; a broadcast gets one for new readers."""
    for statement in (
        """INSERT INTO compositions (id, edition_at, created_at, tally)
            SELECT id, edition_at, created_at, tally FROM deliveries""",
        """INSERT INTO composition_parts
            (composition_id, number, text, keyboard, silent, is_page, reply_to, thread_id)
            SELECT delivery_id, number, text, keyboard, silent, state = 'page', reply_to, thread_id FROM parts""",
        """INSERT INTO told_stories (composition_id, story_id, part, message)
            SELECT delivery_id, story_id, part, coalesce((
                SELECT max(number) FROM composition_parts AS sent
                WHERE sent.composition_id = seen_stories.delivery_id
                AND sent.number <= seen_stories.part AND NOT sent.is_page), part)
            FROM seen_stories""",
        "UPDATE deliveries SET composition_id = id",
        "DELETE FROM parts WHERE state IN ('queued', 'page')",
    ):
        op.execute(statement)
    connection = op.get_bind()
    for broadcast_id, text, begun_at in connection.execute(sa.text("SELECT id, text, begun_at FROM broadcasts")).all():
        values = {"at": begun_at, "text": text, "id": broadcast_id}
        for statement in (
            "INSERT INTO compositions (edition_at, created_at) VALUES (:at, :at)",
            """INSERT INTO composition_parts (composition_id, number, text, keyboard, silent, is_page)
                SELECT max(id), 0, :text, '', false, false FROM compositions""",
            "UPDATE broadcasts SET composition_id = (SELECT max(id) FROM compositions) WHERE id = :id",
        ):
            used = {name: value for name, value in values.items() if f":{name}" in statement}
            connection.execute(sa.text(statement), used)


def downgrade() -> None:
    raise NotImplementedError("What readers have had can't be told apart any more: restore the backup made before.")
