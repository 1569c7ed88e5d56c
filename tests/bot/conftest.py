import pytest

from bot.sandbox import Sandbox
from builders import NOW
from fakes import FakeClock
from stage import on_stage


@pytest.fixture
async def sandbox(clock):
    async with Sandbox(flood=None, clock=clock) as sandbox:
        yield sandbox


@pytest.fixture
def folder(tmp_path, empty_database):
    (tmp_path / "newsdigest.sqlite3").write_bytes(empty_database.read_bytes())
    return tmp_path


@pytest.fixture
def clock():
    return FakeClock(NOW)


@pytest.fixture
async def stage(sandbox, folder, clock):
    async with on_stage(sandbox, folder, clock) as stage:
        stage.add_topics()
        yield stage
