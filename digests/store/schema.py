"""Bringing a database to the newest schema."""

from importlib.resources import as_file, files

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine


def upgrade(engine: Engine) -> None:
    """Apply every migration that the database lacks; a database that lacks none is left alone."""
    with as_file(files("digests.store") / "migrations") as scripts, engine.connect() as connection:
        config = Config()
        config.set_main_option("script_location", str(scripts).replace("%", "%%"))
        config.attributes["connection"] = connection.execution_options(writes=True)
        command.upgrade(config, "head")
