from datetime import UTC, datetime, timedelta

import pytest

from bot.sandbox import Rules, Sandbox

NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current "
    "content and reply markup of the message"
)
KEYS = {"inline_keyboard": [[{"text": "Topics", "callback_data": "t"}, {"text": "Site", "url": "https://a.kz"}]]}


@pytest.fixture
async def sent(api, alice):
    return await api.result("sendMessage", chat_id=alice.id, text="<b>x</b>", parse_mode="HTML", reply_markup=KEYS)


@pytest.mark.parametrize(
    ("params", "description"),
    [
        pytest.param({"text": "<b>x</b>", "parse_mode": "HTML", "reply_markup": KEYS}, NOT_MODIFIED, id="the same"),
        pytest.param({"text": "x" * 4097}, "MESSAGE_TOO_LONG", id="too long"),
        pytest.param({"text": "x", "message_id": 999}, "message to edit not found", id="unknown message"),
        pytest.param({"text": "x", "message_id": 1}, "message can't be edited", id="a person's message"),
        pytest.param({"text": "x", "message_id": 0}, "message identifier is not specified", id="no number"),
        pytest.param({"text": ""}, "message text is empty", id="no text"),
    ],
)
async def test_an_edit_is_refused(api, alice, sent, params, description):
    params = {"message_id": sent["message_id"], **params}
    assert await api.refusal("editMessageText", chat_id=alice.id, **params) == f"Bad Request: {description}"
    assert alice.last.edited_at is None


async def test_an_edit_without_markup_removes_the_keyboard(api, alice, sent):
    edited = await api.result("editMessageText", chat_id=alice.id, message_id=sent["message_id"], text="y")
    assert (alice.last.text, alice.last.keyboard) == ("y", ())
    assert edited["edit_date"] >= edited["date"]


async def test_the_keyboard_alone_can_go_once(api, alice, sent):
    place = {"chat_id": alice.id, "message_id": sent["message_id"]}
    await api.result("editMessageReplyMarkup", **place)
    assert alice.last.keyboard == ()
    assert await api.refusal("editMessageReplyMarkup", **place) == f"Bad Request: {NOT_MODIFIED}"


async def test_messages_are_deleted(api, alice, sent):
    place = {"chat_id": alice.id, "message_id": sent["message_id"]}
    await api.result("deleteMessage", **place)
    assert await api.refusal("deleteMessage", **place) == "Bad Request: message to delete not found"
    await api.result("deleteMessages", chat_id=alice.id, message_ids=[1, 2, 3])
    assert alice.messages == []


async def test_old_private_messages_stay():
    now = datetime(2026, 11, 23, tzinfo=UTC)
    async with Sandbox(clock=lambda: now) as sandbox:
        alice = sandbox.person("Alice")
        await alice.send("hello")
        now += timedelta(hours=49)
        from telegram import Bot
        from telegram.error import BadRequest

        async with Bot(sandbox.token, base_url=f"{sandbox.url}/bot") as bot:
            with pytest.raises(BadRequest, match="can't be deleted for everyone"):
                await bot.delete_message(alice.id, alice.messages[0].id)


async def test_a_press_is_answered_once(bot, api, alice, sent):
    press = await alice.press("Topics")
    assert press.answer is None
    await bot.answer_callback_query(press.id, "Done", show_alert=True)
    answer = await press.answered()
    assert (answer.text, answer.alert) == ("Done", True)
    again = await api.refusal("answerCallbackQuery", callback_query_id=press.id)
    assert again == "Bad Request: query is too old and response timeout expired or query ID is invalid"


@pytest.mark.parametrize(
    ("params", "description"),
    [
        pytest.param({"text": "x" * 201}, "MESSAGE_TOO_LONG", id="201 units"),
        pytest.param({"url": "https://a.kz"}, "URL_INVALID", id="a foreign address"),
        pytest.param(
            {"callback_query_id": "7"},
            "query is too old and response timeout expired or query ID is invalid",
            id="unknown query",
        ),
    ],
)
async def test_an_answer_is_refused(api, alice, sent, params, description):
    press = await alice.press(data="t")
    refusal = await api.refusal("answerCallbackQuery", **{"callback_query_id": press.id, **params})
    assert refusal == f"Bad Request: {description}"


async def test_a_press_grows_too_old():
    now = 0.0
    async with Sandbox(timer=lambda: now, rules=Rules(callback_seconds=15)) as sandbox:
        alice = sandbox.person("Alice")
        press = await alice.press(data="t", message=await alice.send("/start"))
        now = 16.0
        from telegram import Bot
        from telegram.error import BadRequest

        async with Bot(sandbox.token, base_url=f"{sandbox.url}/bot") as bot:
            with pytest.raises(BadRequest, match="too old"):
                await bot.answer_callback_query(press.id)


async def test_pinning(api, bot, alice, sent):
    await api.result("pinChatMessage", chat_id=alice.id, message_id=sent["message_id"])
    assert (await bot.get_chat(alice.id)).pinned_message.message_id == sent["message_id"]
    await api.result("unpinChatMessage", chat_id=alice.id)
    assert (await bot.get_chat(alice.id)).pinned_message is None
