"""The client of a language model's endpoint, against a real one on loopback that misbehaves."""

import asyncio
import json
import time
from datetime import timedelta

import pytest
from aiohttp import web

from digests.errors import ModelAwayError, ModelRefusedError, ModelUnreadableError
from digests.ports import Answer
from digests.retell.endpoint import MAX_BODY, OpenAiModel
from model_server import completion, model_server


@pytest.fixture
async def ask():
    """Asks an endpoint that answers so."""
    opened = []

    async def asked(url, *, key="", within=timedelta(seconds=20)):
        model = OpenAiModel(url, key=key, name="tiny", timeout=within)
        opened.append(model)
        return await model.ask("Do it.", "data", limit=50)

    yield asked
    for model in opened:
        await model.close()


async def test_the_question_goes_as_instruction_and_data(ask):
    async with model_server(lambda _asked: "Done.") as server:
        assert await ask(server.url, key="secret") == Answer(text="Done.", tokens=100)
    (asked,) = server.requests
    assert asked["model"] == "tiny"
    assert asked["messages"] == [{"role": "system", "content": "Do it."}, {"role": "user", "content": "data"}]
    assert asked["max_tokens"] == 50
    assert server.keys == ["Bearer secret"]


async def test_a_model_that_calls_the_limit_otherwise_is_asked_its_way(ask):
    def answer(asked):
        if "max_tokens" in asked:
            return web.json_response({"error": {"message": "Use 'max_completion_tokens' instead."}}, status=400)
        return "Done."

    async with model_server(answer) as server:
        assert (await ask(server.url)).text == "Done."
    assert server.requests[-1]["max_completion_tokens"] == 50


async def test_an_answer_without_its_cost_is_an_answer(ask):
    async with model_server(lambda _asked: web.json_response(completion("Done.") | {"usage": None})) as server:
        assert await ask(server.url) == Answer(text="Done.", tokens=None)


def said(body, **headers):
    return lambda _asked: web.Response(body=body, headers={"Content-Type": "application/json", **headers})


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(said(b""), id="nothing"),
        pytest.param(said(b"{"), id="broken JSON"),
        pytest.param(said(b"[" * 100_000), id="nested JSON"),
        pytest.param(said(b"<html>Welcome</html>"), id="a page"),
        pytest.param(said(b"\xff\xfe\x00"), id="no text"),
        pytest.param(said(b"[]"), id="a list"),
        pytest.param(said(b'{"choices": []}'), id="no choice"),
        pytest.param(said(b'{"choices": [{"message": {"content": 7}}]}'), id="a number"),
        pytest.param(said(json.dumps(completion("")).encode()), id="an empty text"),
        pytest.param(said(b"x" * (MAX_BODY + 1)), id="too long"),
    ],
)
async def test_an_answer_that_is_none_is_told_from_one(ask, answer):
    async with model_server(answer) as server:
        with pytest.raises(ModelUnreadableError):
            await ask(server.url)


async def test_an_endless_answer_is_read_no_further_than_it_may_be_long(ask):
    async def endless(asked):
        response = web.StreamResponse(headers={"Content-Type": "application/json"})
        await response.prepare(asked)
        while True:
            await response.write(b" " * 65_536)

    app = web.Application()
    app.router.add_post("/v1/chat/completions", endless)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = site._server.sockets[0].getsockname()[1]
    try:
        with pytest.raises(ModelUnreadableError):
            await ask(f"http://127.0.0.1:{port}/v1")
    finally:
        await runner.cleanup()


@pytest.mark.parametrize("status", [500, 502, 503, 504, 408])
async def test_what_passes_by_itself_may_be_tried_again(ask, status):
    async with model_server(lambda _asked: web.Response(status=status, text="oops")) as server:
        with pytest.raises(ModelAwayError) as raised:
            await ask(server.url)
    assert raised.value.retry_in is None
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    ("header", "pause"),
    [("30", timedelta(seconds=30)), ("1.5", timedelta(seconds=1.5)), ("soon", None), ("-1", None), ("9" * 30, None)],
)
async def test_a_pause_that_is_asked_for_is_told(ask, header, pause):
    async with model_server(lambda _asked: web.Response(status=429, headers={"Retry-After": header})) as server:
        with pytest.raises(ModelAwayError) as raised:
            await ask(server.url)
    assert raised.value.retry_in == (pause or (timedelta(days=1) if header.startswith("9") else None))


@pytest.mark.parametrize("status", [400, 401, 403, 404, 422, 301])
async def test_what_the_operator_has_to_mend_is_told_apart(ask, status):
    headers = {"Location": "http://127.0.0.1:9/"} if status == 301 else {}
    answer = web.json_response({"error": {"message": "no"}}, status=status, headers=headers)
    async with model_server(lambda _asked: answer) as server:
        with pytest.raises(ModelRefusedError):
            await ask(server.url)


async def test_a_slow_model_is_given_up_and_holds_up_nobody(ask):
    async with model_server(lambda _asked: asyncio.sleep(30)) as server:
        began, beats = time.monotonic(), 0
        asking = asyncio.create_task(ask(server.url, within=timedelta(seconds=1)))
        while not asking.done():
            await asyncio.sleep(0.05)
            beats += 1
        with pytest.raises(ModelAwayError):
            await asking
        assert beats > 5
        assert time.monotonic() - began < 20


async def test_nobody_there_is_out_of_reach(ask, unused_tcp_port):
    with pytest.raises(ModelAwayError):
        await ask(f"http://127.0.0.1:{unused_tcp_port}/v1")
