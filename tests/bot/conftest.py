import pytest

import databases
from bot.sandbox import Sandbox
from builders import NOW
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


@pytest.fixture
def clock():
    return FakeClock(NOW)


@pytest.fixture
async def stage(sandbox, folder, clock):
    async with on_stage(sandbox, folder, clock) as stage:
        stage.add_topics()
        yield stage
