import asyncio

import pytest


async def test_unconfirmed_updates_come_again(api, alice):
    await alice.send("two")
    first = await api.result("getUpdates")
    assert [update["message"]["text"] for update in first] == ["/start", "two"]
    assert await api.result("getUpdates") == first
    assert await api.result("getUpdates", offset=first[-1]["update_id"] + 1) == []


async def test_limit_and_negative_offset(api, alice):
    for number in range(5):
        await alice.send(str(number))
    assert len(await api.result("getUpdates", limit=2)) == 2
    kept = await api.result("getUpdates", offset=-1)
    assert [update["message"]["text"] for update in kept] == ["4"]
    assert api.sandbox.pending_updates == 1


async def test_a_negative_offset_on_an_empty_queue(api):
    assert await api.result("getUpdates", offset=-1) == []


async def test_a_waiting_poll_gets_the_update_at_once(api, alice):
    pending = await api.result("getUpdates")
    poll = asyncio.create_task(api.result("getUpdates", offset=pending[-1]["update_id"] + 1, timeout=30))
    await asyncio.sleep(0.05)
    await alice.send("now")
    (update,) = await asyncio.wait_for(poll, 1)
    assert update["message"]["text"] == "now"


async def test_a_second_poller_ends_the_first(api):
    first = asyncio.create_task(api("getUpdates", timeout=30))
    await asyncio.sleep(0.05)
    assert await api.result("getUpdates") == []
    status, body = await asyncio.wait_for(first, 1)
    assert status == 409
    assert body["description"] == (
        "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
    )


async def test_allowed_updates_stay_until_changed(api, alice):
    await api.result("getUpdates", offset=-1, allowed_updates=["callback_query"])
    await alice.send("unheard")
    await alice.press(data="x", message=alice.messages[0])
    updates = await api.result("getUpdates")
    assert "callback_query" in updates[-1]
    assert not any(update.get("message", {}).get("text") == "unheard" for update in updates)
    await api.result("getUpdates", allowed_updates=[])
    await alice.send("heard")
    assert (await api.result("getUpdates"))[-1]["message"]["text"] == "heard"


@pytest.mark.parametrize("method", ["logOut", "close"])
async def test_the_end_of_a_session(api, method):
    assert await api.result(method) is True


@pytest.mark.parametrize("act", ["block", "unblock"])
async def test_blocking_is_told_as_my_chat_member(api, alice, act):
    alice.block()
    if act == "unblock":
        alice.unblock()
    change = (await api.result("getUpdates"))[-1]["my_chat_member"]
    assert change["new_chat_member"]["status"] == {"block": "kicked", "unblock": "member"}[act]
    assert change["from"]["id"] == alice.id


async def test_stopping_does_not_wait_for_a_poll(sandbox, api):
    poll = asyncio.create_task(api("getUpdates", timeout=50))
    await asyncio.sleep(0.05)
    await asyncio.wait_for(sandbox.stop(), 2)
    assert (await poll)[1]["result"] == []
