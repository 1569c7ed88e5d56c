"""The way to Telegram, against servers that answer anything."""

import asyncio
import json

import pytest
from aiohttp import web
from telegram import Bot
from telegram.error import Forbidden, InvalidToken, NetworkError, RetryAfter, TelegramError, TimedOut

from bot.pace import Pace
from bot.request import AiohttpRequest, NoAnswerError, NotSentError, ServerAwayError, was_not_accepted

TOKEN = "123:abc"


class Server:
    """Answers every call with what stands in its list: a response, or a coroutine function of the request."""

    def __init__(self, url=""):
        self.url, self.answers = url, []

    async def answer(self, request):
        given = self.answers.pop(0)
        return await given(request) if callable(given) else given


@pytest.fixture
async def server():
    app, server = web.Application(), Server()

    app.router.add_route("*", "/{path:.*}", server.answer)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    server.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield server
    await runner.cleanup()


async def ask(server, *answers, patient=False, method="log_out", **options):
    """What one call of a real Bot gives."""
    server.answers.extend(answers)
    request = AiohttpRequest(connections=2, read_timeout=0.3, connect_timeout=0.3, is_patient=patient)
    bot = Bot(TOKEN, f"{server.url}/bot", request=request, get_updates_request=AiohttpRequest(connections=1))
    await request.initialize()
    try:
        return await getattr(bot, method)(**options)
    finally:
        await request.shutdown()


def told(body, status=200, **headers):
    text = body if isinstance(body, str) else json.dumps(body)
    return web.Response(text=text, status=status, content_type="application/json", headers=headers)


def refused(code, description="no", status=None):
    return told({"ok": False, "error_code": code, "description": description}, status or code)


async def test_a_call_gives_its_result(server):
    assert await ask(server, told({"ok": True, "result": True})) is True


async def test_of_a_message_that_was_sent_nothing_is_taken_in_that_was_given(server):
    buttons = {"inline_keyboard": [[{"text": "1", "callback_data": "o:1"}]]}
    entities = [{"type": "bold", "offset": 0, "length": 7}]
    chat = {"id": 5, "type": "private", "first_name": "Alice"}
    sent = {"message_id": 7, "date": 1, "chat": chat, "text": "Morning", "entities": entities, "reply_markup": buttons}
    message = await ask(server, told({"ok": True, "result": sent}), method="send_message", chat_id=5, text="Morning")
    assert (message.message_id, message.chat.id, message.text) == (7, 5, "Morning")
    assert (message.entities, message.reply_markup) == ((), None)


async def test_of_what_others_wrote_everything_is_taken_in(server):
    entities = [{"type": "bold", "offset": 0, "length": 7}]
    chat = {"id": 5, "type": "private", "first_name": "Alice"}
    written = {"message_id": 7, "date": 1, "chat": chat, "text": "Morning", "entities": entities}
    updates = told({"ok": True, "result": [{"update_id": 1, "message": written}]})
    server.answers.append(updates)
    async with AiohttpRequest(connections=1) as request:
        found = await request.post(f"{server.url}/bot/getUpdates")
    assert found[0]["message"]["entities"] == entities


async def test_parameters_and_files_arrive_as_they_were(server):
    seen = {}

    async def look(request):
        form = await request.post()
        seen.update({name: one if isinstance(one, str) else one.file.read() for name, one in form.items()})
        return told({"ok": True, "result": True})

    await ask(server, look, method="set_webhook", url="https://ы.example/?a=1&b=2", certificate=b"\0file")
    assert seen == {"url": "https://ы.example/?a=1&b=2", "certificate": b"\0file"}


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        pytest.param(refused(403), Forbidden, id="refused"),
        pytest.param(refused(403, status=200), Forbidden, id="refused under a status of success"),
        pytest.param(refused(401), InvalidToken, id="token not known"),
        pytest.param(told("<html>", 403), ServerAwayError, id="a proxy's page"),
        pytest.param(told("[]", 404), ServerAwayError, id="JSON of somebody else"),
        pytest.param(told('{"error": "x"}', 500), ServerAwayError, id="an object of somebody else"),
        pytest.param(told("<html>", 429, **{"Retry-After": "7"}), RetryAfter, id="a proxy that asks for a pause"),
        pytest.param(told("<html>"), NoAnswerError, id="a page of success"),
        pytest.param(told('{"ok":true,"res'), NoAnswerError, id="cut"),
        pytest.param(told({"ok": True}), NoAnswerError, id="no result"),
        pytest.param(told("", 200), NoAnswerError, id="nothing"),
        pytest.param(refused(504), NoAnswerError, id="a gateway that waited in vain"),
    ],
)
async def test_an_answer_is_taken_for_what_it_is(server, answer, error):
    with pytest.raises(TelegramError) as caught:
        await ask(server, answer)
    assert type(caught.value) is error


async def test_a_fault_that_telegram_tells_of_was_not_accepted(server):
    with pytest.raises(NetworkError) as caught:
        await ask(server, refused(500, "Internal Server Error"))
    assert was_not_accepted(caught.value)


@pytest.mark.parametrize(("patient", "error"), [(False, InvalidToken), (True, ServerAwayError)])
async def test_polling_outlives_a_token_that_is_doubted(server, patient, error):
    with pytest.raises(error):
        await ask(server, refused(401), patient=patient)


async def test_an_answer_that_stays_away_is_awaited_for_the_time_given(server):
    async def sleep(request):
        await asyncio.sleep(2)

    with pytest.raises(TimedOut) as caught:
        await ask(server, sleep)
    assert not was_not_accepted(caught.value)


async def test_a_connection_that_breaks_off_leaves_it_open_what_became_of_the_call(server):
    async def hang_up(request):
        request.transport.abort()
        return told({"ok": True, "result": True})

    with pytest.raises(NoAnswerError) as caught:
        await ask(server, hang_up)
    assert not was_not_accepted(caught.value)
    assert TOKEN not in str(caught.value)


async def test_where_nobody_listens_nothing_is_sent():
    with pytest.raises(NotSentError) as caught:
        await ask(Server("http://127.0.0.1:1"))
    assert was_not_accepted(caught.value)


class Watched(Pace):
    """Says when calls left and when they were taken for answered."""

    def __init__(self, seen):
        super().__init__()
        self.seen = seen

    async def leave(self, chat_id):
        self.seen.append(f"{chat_id} leaves")

    def ended(self, chat_id):
        self.seen.append(f"{chat_id} is answered")


async def test_a_message_leaves_right_before_it_is_written_and_is_answered_as_soon_as_the_answer_begins(server):
    seen = []

    async def answer(request):
        await request.read()
        seen.append("telegram has it")
        response = web.StreamResponse(headers={"Content-Type": "application/json"})
        await response.prepare(request)
        await asyncio.sleep(0.05)
        seen.append("telegram has said all")
        await response.write(b'{"ok": true, "result": true}')
        return response

    with Watched(seen).passing(7):
        await ask(server, answer)
    assert seen == ["7 leaves", "telegram has it", "7 is answered", "telegram has said all"]


async def test_a_message_that_never_reached_the_wire_is_over_all_the_same():
    seen = []
    with pytest.raises(NotSentError), Watched(seen).passing(7):
        await ask(Server("http://127.0.0.1:1"))
    assert seen == ["7 leaves", "7 is answered"]


async def test_calls_that_have_no_turn_pass_as_they_come(server):
    seen = []
    with Watched(seen).passing(7):
        pass
    assert await ask(server, told({"ok": True, "result": True})) is True
    assert seen == ["7 is answered"]
