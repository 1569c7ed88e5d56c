"""The chat page's server side: files of the page, what a chat holds, live events, and what a person does there.

Whoever opens a foreign web site must not thereby act here: the page's API answers only to loopback host names (DNS
rebinding), and changes things only for requests whose Origin is the page's own.
"""

import asyncio
import ipaddress
import json
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from importlib.resources import files
from urllib.parse import urlsplit

from aiohttp import web

from bot.sandbox.changes import Change
from bot.sandbox.errors import SandboxError
from bot.sandbox.page_json import chat_state, message_state
from bot.sandbox.people import Person
from bot.sandbox.state import World

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
PersonMaker = Callable[..., Person]

_TYPES = {".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
_SAFE_HEADERS = {
    "Content-Security-Policy": "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}
_HEARTBEAT = 15.0
"""Seconds between signs of life on an event stream, so that a dead one is noticed."""
_PICTURES = frozenset({"image/png", "image/jpeg"})


def is_loopback(host: str) -> bool:
    """Whether a Host header, with or without a port, names this machine itself."""
    name = urlsplit(f"//{host}").hostname or ""
    if name == "localhost":
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


@web.middleware
async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Lets only this machine's own page use the page's API; the Bot API has its token instead."""
    if request.path.startswith(("/bot", "/file/bot")):
        return await handler(request)
    if not is_loopback(request.host):
        raise web.HTTPForbidden(text="Only loopback host names are served here.")
    if request.method not in {"GET", "HEAD"} and request.headers.get("Origin") != f"http://{request.host}":
        raise web.HTTPForbidden(text="Only the page itself may do that.")
    return await handler(request)


class ChatPage:
    """Serves the page and acts for the person chosen there."""

    def __init__(self, world: World, people: Mapping[int, Person], new_person: PersonMaker) -> None:
        self._world = world
        self._people = people
        self._new_person = new_person
        self._closed = False

    def add_routes(self, app: web.Application) -> None:
        """Puts the page and its API into an application, behind the guard."""
        app.middlewares.append(guard)
        router = app.router
        router.add_get("/", self._file)
        router.add_get("/page/{name}", self._file)
        router.add_get("/api/people", self._list_people)
        router.add_post("/api/people", self._add_person)
        router.add_get(r"/api/people/{id:\d+}", self._chat)
        router.add_get(r"/api/people/{id:\d+}/events", self._events)
        router.add_post(r"/api/people/{id:\d+}/{act:send|press|forward|block}", self._act)
        router.add_get("/api/files/{unique_id}", self._download)

    def close(self) -> None:
        """Ends all event streams."""
        self._closed = True
        self._world.changes.publish(Change(kind="closed", chat_id=0))

    async def _file(self, request: web.Request) -> web.Response:
        name = request.match_info.get("name", "index.html")
        source = files("bot.sandbox").joinpath("page", name)
        suffix = name[name.rfind(".") :]
        if "/" in name or "\\" in name or suffix not in _TYPES or not source.is_file():
            raise web.HTTPNotFound
        return web.Response(
            body=source.read_bytes(), content_type=_TYPES[suffix], charset="utf-8", headers=_SAFE_HEADERS
        )

    def _person(self, request: web.Request) -> Person:
        person = self._people.get(int(request.match_info["id"]))
        if person is None:
            raise web.HTTPNotFound(text="There is no such person.")
        return person

    async def _list_people(self, _: web.Request) -> web.Response:
        people = [
            {"id": person.id, "name": person.name, "language": person.user.language_code}
            for person in self._people.values()
        ]
        return _json({"bot": self._world.profile.text("name", ""), "people": people})

    async def _add_person(self, request: web.Request) -> web.Response:
        body = await _body(request)
        name = str(body.get("name") or "").strip()[:64]
        if not name:
            raise web.HTTPBadRequest(text="A person needs a name.")
        number = str(body.get("id") or "")
        if number and not (number.isascii() and number.isdigit()):
            raise web.HTTPBadRequest(text="An id is a whole number.")
        try:
            person = self._new_person(
                name, language=str(body.get("language") or "en"), user_id=int(number) if number else None
            )
        except SandboxError as error:
            raise web.HTTPBadRequest(text=str(error)) from error
        return _json({"id": person.id})

    async def _chat(self, request: web.Request) -> web.Response:
        return _json(chat_state(self._world, self._person(request)))

    async def _act(self, request: web.Request) -> web.Response:
        person = self._person(request)
        body = await _body(request)
        try:
            match request.match_info["act"]:
                case "send":
                    await person.send(str(body.get("text", "")))
                case "forward":
                    await person.forward(
                        str(body.get("text", "")), from_channel=str(body.get("channel") or "A channel")
                    )
                case "block" if body.get("blocked"):
                    person.block()
                case "block":
                    person.unblock()
                case _:
                    return _json({"id": await _press(person, body)})
        except SandboxError as error:
            raise web.HTTPBadRequest(text=str(error)) from error
        return _json({})

    async def _download(self, request: web.Request) -> web.Response:
        wanted = request.match_info["unique_id"]
        file = next((file for file in self._world.files.values() if file.unique_id == wanted), None)
        if file is None:
            raise web.HTTPNotFound
        # Only pictures are shown; anything else could be a page with scripts of its own.
        shown = file.mime_type in _PICTURES
        headers = _SAFE_HEADERS if shown else {**_SAFE_HEADERS, "Content-Disposition": "attachment"}
        content_type = file.mime_type if shown else "application/octet-stream"
        return web.Response(body=file.data, content_type=content_type, headers=headers)

    async def _events(self, request: web.Request) -> web.StreamResponse:
        """Server-Sent Events of one chat; the first says that listening has begun, so nothing falls in between."""
        person = self._person(request)
        response = web.StreamResponse(headers={**_SAFE_HEADERS, "Content-Type": "text/event-stream"})
        await response.prepare(request)
        # A page that was closed shows itself only in the next write.
        with suppress(ConnectionResetError), self._world.changes.listen(person.chat_id) as changes:
            await response.write(_event("ready", {}))
            while not self._closed:
                try:
                    async with asyncio.timeout(_HEARTBEAT):
                        event = self._event_of(await changes.get())
                except TimeoutError:
                    event = b": still here\n\n"
                await response.write(event)
        return response

    def _event_of(self, change: Change) -> bytes:
        if change.kind in {"new", "edited"}:
            message = self._world.chats[change.chat_id].messages.get(change.message_id)
            if message is None:
                return b": gone meanwhile\n\n"
            return _event("message", message_state(self._world, message))
        return _event(change.kind, {"id": change.message_id, **change.details})


async def _press(person: Person, body: Mapping[str, object]) -> str:
    number = body.get("message_id")
    message = next((message for message in person.messages if message.id == number), None)
    if message is None:
        raise SandboxError("there is no such message any more")
    press = await person.press(data=str(body.get("data", "")), message=message)
    return press.id


async def _body(request: web.Request) -> Mapping[str, object]:
    try:
        body = await request.json()
    except ValueError as error:
        raise web.HTTPBadRequest(text="The request is no JSON.") from error
    if not isinstance(body, dict):
        raise web.HTTPBadRequest(text="The request is no JSON object.")
    return body


def _json(body: object) -> web.Response:
    return web.json_response(body, headers=_SAFE_HEADERS)


def _event(kind: str, body: object) -> bytes:
    return f"event: {kind}\ndata: {json.dumps(body, ensure_ascii=False)}\n\n".encode()
