import asyncio

import pytest

from digests.pipeline.books import Books


class Called:
    """What was stored, call by call."""

    def __init__(self):
        self.calls = []
        self.books = Books(self._settle)

    async def _settle(self, items):
        self.calls.append(list(items))
        await asyncio.sleep(0)
        if "broken" in items:
            raise ValueError("it can't be stored")
        return [item.upper() for item in items]


@pytest.fixture
def called():
    return Called()


async def test_what_is_entered_while_one_call_is_under_way_shares_the_next(called):
    assert await asyncio.gather(*map(called.books.enter, "abc")) == ["A", "B", "C"]
    assert called.calls == [["a", "b", "c"]]


async def test_what_may_wait_shares_the_call_of_what_may_not(called):
    waiting = asyncio.create_task(called.books.enter("sent", within=60))
    await asyncio.sleep(0.01)
    assert called.calls == []
    assert await called.books.enter("claim") == "CLAIM"
    assert await waiting == "SENT"
    assert called.calls == [["sent", "claim"]]


async def test_what_may_wait_does_not_do_so_for_ever(called):
    assert await called.books.enter("sent", within=0.01) == "SENT"
    assert await called.books.enter("again", within=0.01) == "AGAIN"


async def test_what_can_t_be_stored_is_no_reason_to_store_none_of_the_others(called):
    results = await asyncio.gather(*map(called.books.enter, ("a", "broken", "b")), return_exceptions=True)
    assert [results[0], results[2]] == ["A", "B"]
    assert isinstance(results[1], ValueError)
