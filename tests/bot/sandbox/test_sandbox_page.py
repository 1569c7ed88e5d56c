import asyncio
import json
import re
from importlib.resources import files

import pytest


@pytest.fixture
def page(api):
    async def request(method, path, *, body=None, headers=None):
        base = {"Origin": api.sandbox.url, **(headers or {})}
        async with api.session.request(method, f"{api.sandbox.url}{path}", json=body, headers=base) as answer:
            return answer.status, await answer.text(), answer.headers

    return request


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "text/html"),
        ("/page/style.css", "text/css"),
        ("/page/app.js", "text/javascript"),
        ("/page/icon.svg", "image/svg+xml"),
    ],
)
async def test_the_page_is_served(page, path, kind):
    status, _, headers = await page("GET", path)
    assert (status, headers["Content-Type"].partition(";")[0]) == (200, kind)
    assert "default-src 'self'" in headers["Content-Security-Policy"]


@pytest.mark.parametrize("path", ["/page/..%2Fsandbox.py", "/page/nothing.js", "/page/__init__.py", "/api/people/7"])
async def test_nothing_else_is_served(page, path):
    assert (await page("GET", path))[0] == 404


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "127.0.0.1.evil.example", "localhost.evil", ""])
async def test_foreign_host_names_are_refused(page, host):
    assert (await page("GET", "/api/people", headers={"Host": host}))[0] in {400, 403}


@pytest.mark.parametrize("host", ["localhost:1", "127.0.0.1", "[::1]:8080"])
async def test_loopback_host_names_are_served(page, host):
    assert (await page("GET", "/api/people", headers={"Host": host}))[0] == 200


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1:1"])
async def test_foreign_sites_change_nothing(page, sandbox, origin):
    status, *_ = await page("POST", "/api/people", body={"name": "X"}, headers={"Origin": origin})
    assert (status, sandbox.people) == (403, {})


async def test_a_person_is_made_and_talks(page, sandbox):
    _, text, _ = await page("POST", "/api/people", body={"name": "Әлия", "language": "kk", "id": "42"})
    assert json.loads(text) == {"id": 42}
    await page("POST", "/api/people/42/send", body={"text": "/start"})
    await page("POST", "/api/people/42/forward", body={"text": "news", "channel": "City"})
    assert [message.text for message in sandbox.people[42].messages] == ["/start", "news"]
    await page("POST", "/api/people/42/block", body={"blocked": True})
    assert sandbox.people[42].has_blocked
    status, text, _ = await page("POST", "/api/people/42/send", body={"text": "x"})
    assert (status, "blocked" in text) == (400, True)
    await page("POST", "/api/people/42/block", body={"blocked": False})
    assert not sandbox.people[42].has_blocked


@pytest.mark.parametrize("body", [{}, {"name": " "}, {"name": "x", "id": "abc"}, {"name": "x", "id": "0"}, []])
async def test_a_person_is_refused(page, body):
    assert (await page("POST", "/api/people", body=body))[0] == 400


async def test_the_chat_shows_messages_commands_and_texts(page, bot, alice):
    await bot.set_my_commands([("digest", "Выпуск")], language_code="ru")
    await bot.set_my_commands([("digest", "Edition")])
    await bot.send_message(alice.id, "<b>x</b>", parse_mode="HTML")
    _, text, _ = await page("GET", f"/api/people/{alice.id}")
    state = json.loads(text)
    assert state["commands"] == [{"name": "digest", "description": "Выпуск"}]
    assert state["messages"][-1]["entities"] == [
        {"type": "bold", "offset": 0, "length": 1, "url": None, "language": None}
    ]
    assert (state["started"], state["blocked"]) == (True, False)


async def test_events_come_live(api, bot, alice):
    async def lines(answer, count):
        found = []
        async with asyncio.timeout(2):
            while len(found) < count:
                line = (await answer.content.readline()).decode()
                if line.startswith("event: "):
                    found.append(line[7:].strip())
        return found

    async with api.session.get(f"{api.sandbox.url}/api/people/{alice.id}/events") as answer:
        assert await lines(answer, 1) == ["ready"]
        await bot.send_chat_action(alice.id, "typing")
        sent = await bot.send_message(alice.id, "x")
        press = await alice.press(data="x")
        await bot.answer_callback_query(press.id, "ok")
        await bot.delete_message(alice.id, sent.message_id)
        alice.block()
        assert await lines(answer, 5) == ["action", "message", "answer", "deleted", "chat"]


async def test_pressing_on_the_page(page, alice, bot):
    sent = await bot.send_message(alice.id, "x")
    status, text, _ = await page(
        "POST", f"/api/people/{alice.id}/press", body={"message_id": sent.message_id, "data": "d"}
    )
    assert status == 200
    assert (await bot.get_updates())[-1].callback_query.id == json.loads(text)["id"]
    assert (await page("POST", f"/api/people/{alice.id}/press", body={"message_id": 99}))[0] == 400


async def test_files_are_never_shown_as_pages(page, alice):
    sent = await alice.send_document("x.html", b"<script>alert(1)</script>", mime_type="text/html")
    _, _, headers = await page("GET", f"/api/files/{sent.media.file.unique_id}")
    assert (headers["Content-Type"], headers["Content-Disposition"]) == ("application/octet-stream", "attachment")


def test_the_page_never_reads_text_as_markup():
    sources = [
        path.read_text() for path in files("bot.sandbox").joinpath("page").iterdir() if path.name.endswith(".js")
    ]
    assert sources
    assert not any(
        re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(", text) for text in sources
    )


def test_the_page_needs_nothing_from_outside():
    for path in files("bot.sandbox").joinpath("page").iterdir():
        addresses = re.findall(r"(?:src|href|url\(|from|import)\W*(https?://[^\s\"')]+)", path.read_text())
        assert addresses == []
