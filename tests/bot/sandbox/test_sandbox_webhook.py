import asyncio

import aiohttp
import pytest
from aiohttp import web
from telegram.ext import Application, CommandHandler

from bot.sandbox import Rules, Sandbox
from bot.sandbox.webhook import SECRET_HEADER


class Receiver:
    """A webhook that fails as ordered and remembers what it took."""

    def __init__(self):
        self.failures = []
        self.taken = asyncio.Queue()
        self.secrets = []
        self.reply = None
        self.url = ""

    async def handle(self, request):
        update = await request.json()
        self.secrets.append(request.headers.get(SECRET_HEADER))
        if self.failures:
            return web.Response(status=self.failures.pop(0), headers={"Location": "/hook"})
        self.taken.put_nowait(update)
        return web.json_response(self.reply) if self.reply else web.Response()

    async def took(self, count):
        async with asyncio.timeout(3):
            return [await self.taken.get() for _ in range(count)]


@pytest.fixture
async def sandbox():
    async with Sandbox(flood=None, rules=Rules(webhook_pause=0.01)) as running:
        yield running


@pytest.fixture
async def receiver():
    receiver = Receiver()
    app = web.Application()
    app.router.add_post("/hook", receiver.handle)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    receiver.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield receiver
    await runner.cleanup()


async def test_updates_are_delivered_with_the_secret(api, alice, receiver):
    await api.result("setWebhook", url=receiver.url, secret_token="s-1")
    await alice.send("two")
    assert [update["message"]["text"] for update in await receiver.took(2)] == ["/start", "two"]
    assert set(receiver.secrets) == {"s-1"}
    assert (await api.result("getWebhookInfo"))["pending_update_count"] == 0


async def test_failures_are_tried_again_in_order(api, alice, receiver):
    receiver.failures = [500, 302, 404]
    await api.result("setWebhook", url=receiver.url)
    for number in range(3):
        await alice.send(str(number))
    texts = [update["message"]["text"] for update in await receiver.took(4)]
    assert texts == ["/start", "0", "1", "2"]
    info = await api.result("getWebhookInfo")
    assert info["last_error_message"] == "Wrong response from the webhook: 404 Not Found"


async def test_a_slow_chat_does_not_hold_up_another(api, sandbox, alice, receiver):
    receiver.failures = [500] * 4
    await api.result("setWebhook", url=receiver.url)
    bob = sandbox.person("Bob")
    await bob.send("/start")
    senders = {update["message"]["from"]["first_name"] for update in await receiver.took(2)}
    assert senders == {"Alice", "Bob"}


async def test_an_unreachable_webhook_keeps_its_updates(api, alice):
    await api.result("setWebhook", url="http://127.0.0.1:9/hook")
    await asyncio.sleep(0.1)
    info = await api.result("getWebhookInfo")
    assert info["pending_update_count"] == 1
    assert "last_error_date" in info
    await api.result("deleteWebhook")
    assert len(await api.result("getUpdates")) == 1


async def test_a_method_call_as_the_answer(api, alice, receiver):
    receiver.reply = {"method": "sendMessage", "chat_id": alice.id, "text": "by the way"}
    await api.result("setWebhook", url=receiver.url)
    assert (await alice.next_message()).text == "by the way"


async def test_polling_is_shut_while_a_webhook_is_set(api, receiver):
    poll = asyncio.create_task(api("getUpdates", timeout=30))
    await asyncio.sleep(0.05)
    await api.result("setWebhook", url=receiver.url)
    assert (await poll)[1]["description"] == "Conflict: terminated by setWebhook request"
    assert await api.refusal("getUpdates") == (
        "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
    )
    await api.result("setWebhook", url="")
    assert await api.result("getUpdates") == []


@pytest.mark.parametrize(
    ("params", "description"),
    [
        pytest.param({"url": "x"}, "bad webhook: An HTTPS URL must be provided for webhook", id="no URL"),
        pytest.param(
            {"url": "https://bot.example.kz/hook"},
            "bad webhook: Failed to resolve host: Name or service not known",
            id="beyond this machine",
        ),
        pytest.param(
            {"url": "http://127.0.0.1:1/", "secret_token": "ж"},
            "secret token contains unallowed characters",
            id="secret of other letters",
        ),
    ],
)
async def test_a_webhook_is_refused(api, params, description):
    assert await api.refusal("setWebhook", **params) == f"Bad Request: {description}"


async def test_pending_updates_can_be_dropped(api, alice):
    await api.result("deleteWebhook", drop_pending_updates=True)
    assert await api.result("getUpdates") == []


async def test_ptb_runs_by_webhook(sandbox, alice, unused_tcp_port):
    async def start(update, _):
        await update.message.reply_text("hello")

    app = Application.builder().token(sandbox.token).base_url(f"{sandbox.url}/bot").build()
    app.add_handler(CommandHandler("start", start))
    async with app:
        await app.start()
        url = f"http://127.0.0.1:{unused_tcp_port}/hook"
        await app.updater.start_webhook(
            listen="127.0.0.1", port=unused_tcp_port, url_path="hook", webhook_url=url, secret_token="s"
        )
        assert (await alice.next_message()).text == "hello"
        async with aiohttp.ClientSession() as session, session.post(url, json={}) as answer:
            assert answer.status == 403
        await app.updater.stop()
        await app.stop()
