"""Updates by webhook, as the sandbox delivers them."""

import asyncio
import logging

import aiohttp
import pytest

from bot import health, webhook
from bot.sandbox import Rules, Sandbox
from bot.settings import SettingsError, load
from bot.webhook import SECRET_HEADER, secret_of
from stage import on_stage, settings_for


@pytest.fixture
async def sandbox(clock):
    async with Sandbox(flood=None, clock=clock, rules=Rules(webhook_pause=0.01)) as sandbox:
        yield sandbox


@pytest.fixture
def by_webhook(unused_tcp_port):
    """Settings for a webhook on loopback."""
    listen = f"127.0.0.1:{unused_tcp_port}"
    return {"webhook_url": f"http://{listen}/hook/bot", "webhook_listen": listen}


@pytest.fixture
async def stage(sandbox, folder, clock, by_webhook):
    async with on_stage(sandbox, folder, clock, webhook_secret="s-1", **by_webhook) as stage:
        stage.add_topics()
        yield stage


@pytest.fixture
async def post(by_webhook):
    """Posts a body to the webhook as a stranger or Telegram would; gives the status."""
    async with aiohttp.ClientSession() as session:

        async def send(body="{}", secret="s-1", **headers):
            if secret is not None:
                headers[SECRET_HEADER] = secret
            async with session.post(by_webhook["webhook_url"], data=body, headers=headers) as answer:
                return answer.status

        yield send


def start_of(number, user_id=77):
    """/start of somebody, as Telegram writes it."""
    person = f'{{"id":{user_id},"is_bot":false,"first_name":"Bob","type":"private"}}'
    command = '"text":"/start","entities":[{"type":"bot_command","offset":0,"length":6}]'
    return f'{{"update_id":{number},"message":{{"message_id":1,"date":1,"from":{person},"chat":{person},{command}}}}}'


async def test_a_reader_joins_and_gets_a_digest(stage):
    alice = await stage.reader("science")
    stage.publish("A rocket flies", "The rocket flew over the sea.")
    await alice.send("/digest")
    assert "A rocket flies" in (await alice.next_message()).text


async def test_either_way_follows_the_other_and_what_was_said_between_is_answered_once(
    sandbox, folder, clock, by_webhook
):
    alice = sandbox.person("Alice")
    ways = ({}, by_webhook, {}, by_webhook)
    for values in ways:
        await alice.send("/help")
        async with on_stage(sandbox, folder, clock, **values):
            assert "/digest" in (await alice.next_message()).text
            await alice.send("/privacy")
            assert "/digest" not in (await alice.next_message()).text
    assert len(alice.from_bot) == 2 * len(ways)


@pytest.mark.parametrize(
    ("secret", "status"), [pytest.param(None, 401, id="none"), pytest.param("s-2", 403, id="another"), ("", 403)]
)
async def test_who_lacks_the_secret_is_refused_and_changes_nothing(stage, post, secret, status):
    assert await post(start_of(1), secret=secret) == status
    await stage.settle()
    with stage.store.read() as work:
        assert work.readers.find(77) is None


async def test_a_flood_of_strangers_is_one_line_of_the_log(stage, post, caplog):
    for _ in range(20):
        assert await post(secret="guess") == 403
    lines = [record for record in caplog.records if record.name == "bot.webhook"]
    assert [(line.levelno, line.getMessage()) for line in lines] == [
        (logging.WARNING, "refused 1 requests without the webhook's secret")
    ]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        pytest.param("{", 400, id="no JSON"),
        pytest.param(b"\xff", 400, id="no UTF-8"),
        pytest.param("[]", 200, id="no update"),
        pytest.param('{"update_id": "x"}', 200, id="no number"),
        pytest.param('{"update_id": 3, "message": {"text": "private words"}}', 200, id="half an update"),
        pytest.param(b" " * (webhook.MAX_BYTES + 1), 413, id="far too much"),
    ],
)
async def test_what_is_no_update_breaks_nothing_and_is_not_quoted(stage, post, caplog, body, status):
    assert await post(body) == status
    assert "private words" not in caplog.text
    alice = stage.person("Alice")
    await alice.send("/start")
    assert (await alice.next_message()).text


async def test_an_update_that_comes_twice_is_handled_once(stage, post):
    alice = stage.person("Alice")
    await alice.send("/help")
    await alice.next_message()
    for number in (1001, 1001, 1002, 1001):
        assert await post(start_of(number, user_id=alice.id)) == 200
    await stage.until(lambda: len(alice.from_bot) == 3)
    await alice.send("/help")
    assert "/digest" in (await alice.next_message()).text
    assert len(alice.from_bot) == 4


async def test_what_is_too_much_stays_at_telegram(stage, post, monkeypatch):
    monkeypatch.setattr(webhook, "MOST_AT_ONCE", 0)
    assert await post(start_of(1)) == 503
    alice = stage.person("Alice")
    await alice.send("/start")
    await stage.settle()
    monkeypatch.undo()
    assert (await alice.next_message()).text


async def test_a_secret_is_made_at_random_and_kept(store):
    made = secret_of(load(_env_file=None), store)
    assert len(made) >= 32
    assert secret_of(load(_env_file=None), store) == made
    assert secret_of(load(_env_file=None, webhook_secret="mine"), store) == "mine"


async def test_a_secret_of_its_own_is_made_where_none_is_set(sandbox, folder, clock, by_webhook, post):
    async with on_stage(sandbox, folder, clock, **by_webhook) as stage:
        assert await post(start_of(1), secret="") == 403
        alice = sandbox.person("Alice")
        await alice.send("/start")
        await alice.next_message()
        with stage.store.read() as work:
            assert await post("[]", secret=work.fact(webhook.SECRET)) == 200


async def looked_at(stage, values):
    """What the doctor says of the webhook: key -> values."""
    settings = settings_for(stage.sandbox, "unused", **values)
    found = await health.of_webhook(settings, stage.bot.application.bot, stage.clock())
    return {one.key: one.values for one in found}


async def test_the_doctor_knows_how_the_webhook_is(stage, by_webhook, monkeypatch):
    url = by_webhook["webhook_url"]
    assert await looked_at(stage, by_webhook) == {"webhook": {"url": url}}
    assert await looked_at(stage, by_webhook | {"webhook_url": "https://elsewhere.example/hook"}) == {
        "webhook-other": {}
    }
    assert await looked_at(stage, {}) == {}
    monkeypatch.setattr(webhook, "MOST_AT_ONCE", 0)
    await stage.person("Alice").send("/start")
    async with asyncio.timeout(5):
        while "webhook-fails" not in (found := await looked_at(stage, by_webhook)):
            await stage.settle()
    assert found["webhook-fails"]["waiting"] == 1
    assert "503" in found["webhook-fails"]["error"]


async def test_a_port_that_is_taken_is_said_in_one_line(stage, sandbox, tmp_path, clock, by_webhook):
    (tmp_path / "other").mkdir()
    with pytest.raises(SettingsError, match=r"WEBHOOK_LISTEN: can.t listen on 127\.0\.0\.1:"):
        async with on_stage(sandbox, tmp_path / "other", clock, **by_webhook):
            pytest.fail("it can't listen there")
