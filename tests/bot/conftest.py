import pytest

import databases
from bot.sandbox import Sandbox
from builders import NOW
from digests.embed.table import ensure_table
from fakes import FakeClock
from stage import on_stage


@pytest.fixture
async def sandbox(clock):
    async with Sandbox(flood=None, clock=clock) as sandbox:
        yield sandbox


@pytest.fixture
def folder(tmp_path, database_url):
    """The data directory of a bot, whose database is not necessarily in it."""
    databases.in_folder[tmp_path] = database_url
    yield tmp_path
    del databases.in_folder[tmp_path]


@pytest.fixture(scope="session")
def table_of_meanings(tmp_path_factory):
    """Where the table lies that a bot cuts once, when a topic is first described; it takes some seconds."""
    folder = tmp_path_factory.mktemp("meanings")
    ensure_table(folder)
    return folder


@pytest.fixture
def meanings(folder, table_of_meanings):
    """A bot that has cut its table before."""
    (folder / "embedding").symlink_to(table_of_meanings, target_is_directory=True)


@pytest.fixture
def clock():
    return FakeClock(NOW)


@pytest.fixture
async def stage(sandbox, folder, clock):
    async with on_stage(sandbox, folder, clock) as stage:
        stage.add_topics()
        yield stage
