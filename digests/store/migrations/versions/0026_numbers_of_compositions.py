"""What an edition says has a number that is never given again, also when it is forgotten."""

from typing import Literal

from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _rebuild(autoincrement=True)


def downgrade() -> None:
    _rebuild(autoincrement=False)


def _rebuild(*, autoincrement: bool) -> None:
    # Other databases give an id once as it is.
    anew: Literal["always", "never"] = "always" if op.get_bind().dialect.name == "sqlite" else "never"
    kept = {"sqlite_autoincrement": autoincrement}
    with op.batch_alter_table("compositions", schema=None, recreate=anew, table_kwargs=kept):
        pass
