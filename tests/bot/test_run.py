"""`newsdigest run` and `newsdigest demo` as processes of their own."""

import asyncio
import json
import os
import signal
import sys

import aiohttp
import pytest
from aiohttp import web

from bot.sandbox import Rules, Sandbox
from builders import page, rss, rss_item


@pytest.fixture
async def proxy(unused_tcp_port_factory):
    """A proxy on loopback as nginx would be: hands all on, 502 where nobody listens. Gives its address and theirs."""
    behind = f"127.0.0.1:{unused_tcp_port_factory()}"

    async def hand_on(request):
        headers = {name: value for name, value in request.headers.items() if name.lower() != "host"}
        try:
            async with aiohttp.request(
                "POST", f"http://{behind}{request.path}", data=await request.read(), headers=headers
            ) as answer:
                return web.Response(status=answer.status, body=await answer.read())
        except aiohttp.ClientConnectionError:
            return web.Response(status=502)

    app = web.Application()
    app.router.add_post("/{path:.*}", hand_on)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}", behind
    await runner.cleanup()


@pytest.fixture
async def site():
    """An agency of one feed and one article, on loopback."""
    body = page("A rocket flies", "The rocket flew over the sea and came back. " * 10)

    async def answer(request):
        base = f"http://{request.host}"
        item = rss_item("1", "A rocket flies", url=f"{base}/1", published_at=None)
        feed = rss(item, title="Agency", link=base)
        return web.Response(body=feed if request.path == "/feed" else body, content_type="text/html")

    app = web.Application()
    app.router.add_get("/{path}", answer)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"127.0.0.1:{runner.addresses[0][1]}"
    await runner.cleanup()


async def start(sandbox, site, folder, **more):
    (folder / "topics.toml").write_text(
        f'[[topics]]\nname = "Space"\nwords = ["rocket"]\nfeeds = ["http://{site}/feed"]\n', encoding="utf-8"
    )
    environment = {
        "PATH": os.environ["PATH"],
        "TELEGRAM_BOT_TOKEN": sandbox.token,
        "TELEGRAM_API_URL": sandbox.url,
        "TOPICS_FILE": "topics.toml",
        "FETCH_ALLOW_PRIVATE": site,
        **more,
    }
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "run"), cwd=folder, env=environment, stderr=asyncio.subprocess.PIPE
    )


async def test_a_reader_is_served_and_a_killed_bot_comes_back_without_repeating(site, tmp_path):
    async with Sandbox() as sandbox:
        process = await start(sandbox, site, tmp_path)
        alice = sandbox.person("Alice")
        await alice.send("/start")
        await alice.next_message(timeout=30)
        await alice.press("Space")
        await alice.next_message()
        await alice.press(data="ok")
        await alice.next_message()
        await alice.send("/digest")
        digest = await alice.next_message(timeout=40)
        assert f"http://{site}/1" in [entity.url for entity in digest.entities]
        process.send_signal(signal.SIGKILL)
        await process.wait()

        process = await start(sandbox, site, tmp_path)
        await alice.send("/digest")
        told = (await alice.next_message(timeout=30)).text
        if "gave no answer" in told:  # it was killed before it had stored that the digest arrived, and offers it
            told = (await alice.next_message(timeout=30)).text
        assert "Nothing new" in told
        assert sum(f"http://{site}/1" in str(message.entities) for message in alice.from_bot) == 1
        process.send_signal(signal.SIGTERM)
        _, log = await asyncio.wait_for(process.communicate(), 5)
        assert process.returncode == 0
        assert sandbox.token not in log.decode()


async def test_the_log_of_a_whole_run_names_ids_and_no_token_and_nothing_that_was_written(site, tmp_path):
    async with Sandbox() as sandbox:
        process = await start(sandbox, site, tmp_path, LOG_FORMAT="json", LOG_LEVEL="debug", ADMIN_IDS="5")
        alice = sandbox.person("Alice Liddell", user_id=5)
        for said in ("/start", "/search whispered", "/topic add Whispers\nwords: whispered", "-whispered"):
            await alice.send(said)
            await alice.next_message(timeout=40)
        await alice.send("/start")
        await alice.next_message(timeout=30)
        await alice.press("Space")
        await alice.next_message()
        await alice.press(data="ok")
        await alice.next_message()
        for said in ("/digest", f"http://{site}/whispered", "http://whispered.invalid/", "Whispered words. " * 30):
            await alice.send(said)
            await alice.next_message(timeout=40)
        sandbox.faults.status("sendMessage", 400)
        await alice.send("/help whispered")
        await alice.send("/help")
        await alice.next_message(timeout=30)
        process.send_signal(signal.SIGTERM)
        _, log = await asyncio.wait_for(process.communicate(), 10)
    told = log.decode()
    lines = [json.loads(line) for line in told.splitlines()]
    assert {"feed", "delivery", "chat"} <= set().union(*lines)
    assert alice.id in {line.get("chat") for line in lines}
    for private in (sandbox.token, sandbox.token.partition(":")[2], "hispered", "Liddell", "ocket", "came back"):
        assert private not in told


async def test_a_second_bot_on_one_database_waits_says_so_and_takes_over(site, tmp_path):
    async with Sandbox() as sandbox:
        first = await start(sandbox, site, tmp_path)
        alice = sandbox.person("Alice")
        await alice.send("/start")
        await alice.next_message(timeout=30)
        second = await start(sandbox, site, tmp_path)
        line = b""
        async with asyncio.timeout(30):
            while b"another process" not in line:
                line = await second.stderr.readline()
        first.send_signal(signal.SIGKILL)
        await first.wait()
        await alice.send("/help")
        assert "/digest" in (await alice.next_message(timeout=30)).text
        second.send_signal(signal.SIGTERM)
        await asyncio.wait_for(second.communicate(), 5)
        assert second.returncode == 0


async def asked(listen, path):
    """What the process that answers there says; None where none does."""
    try:
        async with aiohttp.request("GET", f"http://{listen}{path}") as answer:
            return answer.status, await answer.text()
    except aiohttp.ClientConnectionError:
        return None


async def test_behind_a_proxy_a_killed_bot_is_succeeded_by_the_one_that_waited(
    site, proxy, tmp_path, unused_tcp_port_factory
):
    public, listen = proxy
    webhook = {"WEBHOOK_URL": f"{public}/hook", "WEBHOOK_LISTEN": listen}
    watched = [f"127.0.0.1:{unused_tcp_port_factory()}" for _ in range(2)]
    async with Sandbox(rules=Rules(webhook_pause=0.1)) as sandbox:
        first = await start(sandbox, site, tmp_path, METRICS_LISTEN=watched[0], **webhook)
        alice = sandbox.person("Alice")
        await alice.send("/help")
        await alice.next_message(timeout=30)
        second = await start(sandbox, site, tmp_path, METRICS_LISTEN=watched[1], **webhook)
        line = b""
        async with asyncio.timeout(30):
            while b"another process" not in line:
                line = await second.stderr.readline()
        for address, role in zip(watched, ("active", "standby"), strict=True):
            status, told = await asked(address, "/readyz")
            assert (status, json.loads(told)["role"]) == (200, role)
        first.send_signal(signal.SIGKILL)
        await first.wait()
        assert await asked(watched[0], "/healthz") is None
        await alice.send("/help")
        assert "/digest" in (await alice.next_message(timeout=30)).text
        assert len(alice.from_bot) == 2
        told = (await asked(watched[1], "/metrics"))[1]
        assert "newsdigest_active 1.0" in told
        assert 'newsdigest_webhook_requests_total{status="200"} 1.0' in told
        second.send_signal(signal.SIGTERM)
        _, log = await asyncio.wait_for(second.communicate(), 5)
        assert second.returncode == 0
        assert b"webhook" in log


async def test_the_rehearsal_plays_to_its_end(tmp_path):
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "demo"), cwd=tmp_path, stdout=asyncio.subprocess.PIPE
    )
    out, _ = await asyncio.wait_for(process.communicate(), 60)
    assert process.returncode == 0
    told = out.decode()
    assert all(part in told for part in ("TECHNOLOGY", "Morning digest", "Животные", "The next edition comes"))
