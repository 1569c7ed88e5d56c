import aiohttp
import pytest
from telegram import Bot

from bot.sandbox import Sandbox


class Raw:
    """The Bot API without a library, for what a library would not send."""

    def __init__(self, session, sandbox):
        self.session = session
        self.sandbox = sandbox

    async def __call__(self, method, *, token=None, **params):
        url = f"{self.sandbox.url}/bot{token or self.sandbox.token}/{method}"
        async with self.session.post(url, json=params) as answer:
            return answer.status, await answer.json()

    async def refusal(self, method, **params):
        status, body = await self(method, **params)
        assert not body["ok"]
        assert body["error_code"] == status
        return body["description"]

    async def result(self, method, **params):
        status, body = await self(method, **params)
        assert (status, body["ok"]) == (200, True), body
        return body["result"]


@pytest.fixture
async def sandbox():
    async with Sandbox(flood=None) as running:
        yield running


@pytest.fixture
async def api(sandbox):
    async with aiohttp.ClientSession() as session:
        yield Raw(session, sandbox)


@pytest.fixture
async def bot(sandbox):
    async with Bot(sandbox.token, base_url=f"{sandbox.url}/bot", base_file_url=f"{sandbox.url}/file/bot") as client:
        yield client


@pytest.fixture
async def alice(sandbox):
    person = sandbox.person("Alice", language="ru")
    await person.send("/start")
    return person
