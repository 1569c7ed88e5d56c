from datetime import UTC, datetime

import pytest
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, MessageOriginChannel, MessageOriginHiddenUser
from telegram.ext import Application, CallbackQueryHandler, CommandHandler

from bot.sandbox import Sandbox, SandboxError
from bot.sandbox.sandbox import utc_now

KEYS = InlineKeyboardMarkup(
    [[InlineKeyboardButton("Technology ✓", callback_data="t"), InlineKeyboardButton("Site", url="https://a.kz")]]
)


@pytest.fixture
async def application(sandbox):
    async def start(update, context):
        await update.message.reply_html(f"Hello <b>{''.join(context.args)}</b>", reply_markup=KEYS)

    async def press(update, _):
        await update.callback_query.answer("Saved")
        await update.callback_query.edit_message_text(f"data {update.callback_query.data}", reply_markup=KEYS)

    app = Application.builder().token(sandbox.token).base_url(f"{sandbox.url}/bot").build()
    app.add_handlers([CommandHandler("start", start), CallbackQueryHandler(press)])
    async with app:
        await app.start()
        await app.updater.start_polling(poll_interval=0)
        yield app
        await app.updater.stop()
        await app.stop()


async def test_a_conversation_with_a_real_application(sandbox, application):
    alice = sandbox.person("Alice")
    await alice.start("promo_7")
    greeting = await alice.next_message()
    assert greeting.html == "Hello <b>promo_7</b>"
    press = await alice.press("Technology")
    assert (await press.answered()).text == "Saved"
    edited = await alice.wait_for(lambda message: message.text == "data t")
    assert edited.id == greeting.id
    assert edited.edited_at is not None


async def test_forged_and_late_presses_reach_the_bot(sandbox, application):
    alice = sandbox.person("Alice")
    await alice.start()
    greeting = await alice.next_message()
    await alice.press(data="admin:drop", message=greeting)
    assert (await alice.next_message()).text == "data admin:drop"
    alice.clear_history()
    press = await alice.press("Technology", message=greeting)
    assert (await press.answered()).text == "Saved"


@pytest.mark.parametrize("button", ["Nothing", "Site"])
async def test_only_callback_buttons_can_be_pressed(bot, alice, button):
    await bot.send_message(alice.id, "x", reply_markup=KEYS)
    with pytest.raises(SandboxError, match=r"no button"):
        await alice.press(button)


async def test_waiting_says_what_came_instead(bot, alice):
    await bot.send_message(alice.id, "something else")
    with pytest.raises(TimeoutError, match="something else"):
        await alice.wait_for(lambda message: message.text == "wanted", timeout=0.05)


async def test_an_older_message_is_no_answer(bot, alice):
    await bot.send_message(alice.id, "old")
    await alice.send("again")
    with pytest.raises(TimeoutError):
        await alice.next_message(timeout=0.05)


@pytest.mark.parametrize(
    ("source", "origin"),
    [
        pytest.param({"from_channel": "City"}, MessageOriginChannel, id="a channel"),
        pytest.param({"from_name": "Bob"}, MessageOriginHiddenUser, id="a hidden person"),
    ],
)
async def test_forwards_carry_their_origin(bot, alice, source, origin):
    await alice.forward("news https://a.kz", **source)
    message = (await bot.get_updates())[-1].message
    assert isinstance(message.forward_origin, origin)
    assert message.entities[0].type == "url"


async def test_a_message_of_the_bot_is_forwarded(bot, alice):
    await bot.send_message(alice.id, "x", reply_markup=KEYS)
    await alice.forward(alice.last)
    message = (await bot.get_updates())[-1].message
    assert message.forward_origin.sender_user.is_bot
    assert message.reply_markup is None


async def test_a_person_edits_a_message(bot, alice):
    sent = await alice.send("helo")
    await alice.edit(sent, "hello")
    assert (await bot.get_updates())[-1].edited_message.text == "hello"
    await bot.send_message(alice.id, "x")
    with pytest.raises(SandboxError):
        await alice.edit(alice.last, "mine now")


async def test_the_update_tells_who_writes(bot, alice):
    message = (await bot.get_updates())[0].message
    assert (message.from_user.language_code, message.chat.type) == ("ru", "private")
    assert message.parse_entity(message.entities[0]) == "/start"


@pytest.mark.parametrize("text", ["", "  \n", "x" * 4097])
async def test_apps_do_not_send_such_texts(alice, text):
    with pytest.raises(SandboxError):
        await alice.send(text)


async def test_outsiders_do_not_write_to_groups(sandbox, alice):
    group = sandbox.group("G", admins=[sandbox.person("Bob")])
    with pytest.raises(SandboxError, match="not a member"):
        await alice.send("x", to=group)


async def test_numbers_of_people_are_unique(sandbox):
    assert sandbox.person("Early", user_id=1001).id != sandbox.person("Next").id
    assert sandbox.person("Admin", user_id=42).id == 42
    with pytest.raises(SandboxError):
        sandbox.person("Other", user_id=42)
    with pytest.raises(SandboxError):
        sandbox.group("Nobody")


async def test_messages_carry_the_clocks_time():
    at = datetime(2030, 1, 2, 3, 4, 5, tzinfo=UTC)
    async with Sandbox(clock=lambda: at) as sandbox:
        alice = sandbox.person("Alice")
        sent = await alice.send("/start")
        assert sent.sent_at == at
        with pytest.raises(SandboxError, match="sent nothing"):
            _ = alice.last
    with pytest.raises(SandboxError, match="does not run"):
        _ = sandbox.url


def test_the_real_clock_is_in_utc():
    assert utc_now().tzinfo is UTC
