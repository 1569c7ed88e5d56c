"""One of several processes holds the lease; it stops in time when it can't renew it."""

import asyncio
import time

import pytest

from bot import standby
from bot.log_lines import without_token
from digests.lease import LASTS
from outside import until


class Database:
    """A lease in a database that can be made to fail, or not to answer."""

    def __init__(self):
        self.trouble = None
        self.taken = 0
        self.other = None

    def take(self):
        self.taken += 1
        self._suffer()
        return self.other

    def give_up(self):
        self._suffer()

    def _suffer(self):
        if self.trouble == "fails":
            raise OSError("connection refused")
        if self.trouble == "hangs":
            time.sleep(1.5)


@pytest.fixture
def database(monkeypatch):
    monkeypatch.setattr(standby, "SURE", 0.5)
    monkeypatch.setattr(standby, "RENEWED_EVERY", standby.RENEWED_EVERY / 100)
    monkeypatch.setattr(standby, "BETWEEN_LOOKS", 0.02)
    return Database()


def test_a_process_counts_on_its_lease_for_less_than_it_lasts():
    assert 3 < LASTS.total_seconds() - standby.SURE < 10


def test_the_log_can_tell_who_holds_the_lease(monkeypatch):
    monkeypatch.setattr(standby.socket, "gethostname", lambda: "bot123")
    monkeypatch.setattr(standby, "_SEEN", ("1bba3a7e-437f-4cab-854f-73b6dfae1234", "pid:[4026532259]"))
    assert without_token(standby._here()) == standby._here()


@pytest.mark.parametrize("trouble", ["fails", "hangs"])
async def test_a_process_that_can_not_renew_its_lease_stops_before_that_runs_out(database, trouble):
    loop = asyncio.get_running_loop()
    async with standby.holding(database, asyncio.Event()) as over:
        await asyncio.sleep(0.2)
        assert not over.is_set()
        database.trouble = trouble
        began_at = loop.time()
        async with asyncio.timeout(1.2):
            await over.wait()
        assert loop.time() - began_at > 0.2, "a fault that passes is no reason to stop"


async def test_a_fault_that_passes_stops_nobody(database):
    async with standby.holding(database, asyncio.Event()) as over:
        database.trouble = "fails"
        await asyncio.sleep(0.2)
        database.trouble = None
        await asyncio.sleep(0.8)
        assert not over.is_set()


async def test_a_process_that_stands_by_does_so_through_faults_of_the_database(database):
    database.trouble, database.other = "fails", "a:1:x"

    async def stand_by():
        async with standby.holding(database, asyncio.Event()):
            return

    waiting = asyncio.create_task(stand_by())

    async def has_asked_again():
        return database.taken > 3

    await until(has_asked_again, 5, "it asks again")
    database.trouble = None
    await asyncio.sleep(0.1)
    assert not waiting.done()
    database.other = None
    async with asyncio.timeout(5):
        await waiting
