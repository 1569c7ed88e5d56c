"""The Bot API over HTTP: tokens, faults, answers in Telegram's shape, the journal, file downloads."""

import asyncio
import logging
import secrets
from collections.abc import Mapping
from http import HTTPStatus

from aiohttp import web

from bot.sandbox.api import Api
from bot.sandbox.errors import ApiError, TooManyRequestsError
from bot.sandbox.faults import Fault, Faults
from bot.sandbox.journal import Call, Journal
from bot.sandbox.methods import Method
from bot.sandbox.params import Params, read_params
from bot.sandbox.state import World

UPLOAD_BYTES = 50 * 1024 * 1024
"""Largest body of a request: what Telegram lets a bot send."""
_REFUSING = frozenset({"status", "page", "drop_before", "flood"})

_PAGE = "<html><body><h1>Something is wrong</h1></body></html>"

logger = logging.getLogger(__name__)


class BotApiServer:
    """Answers `/bot<token>/<method>` and `/file/bot<token>/<path>`."""

    def __init__(self, token: str, world: World, api: Api, *, faults: Faults, journal: Journal) -> None:
        self._token = token
        self._world = world
        self._api = api
        self._faults = faults
        self._journal = journal

    def add_routes(self, router: web.UrlDispatcher) -> None:
        """Puts the routes of the Bot API into an application."""
        router.add_route("*", "/bot{token}/{method}", self._handle_method)
        router.add_get("/file/bot{token}/{path:.+}", self._handle_file)

    async def call_from_webhook(self, name: str, values: Mapping[str, object]) -> None:
        """A method call with which the bot answered a delivery; nobody is told its result, only the journal."""
        params = Params(values)
        try:
            method = self._api.method(name)
        except ApiError:
            logger.warning("webhook answered with an unknown method: %s", name)
            return
        await self._run(method, params, None)

    def _knows(self, request: web.Request) -> bool:
        return secrets.compare_digest(request.match_info["token"].encode(), self._token.encode())

    async def _handle_method(self, request: web.Request) -> web.StreamResponse:
        if not self._knows(request):
            return _refusal(ApiError(401, "Unauthorized"))
        try:
            method = self._api.method(request.match_info["method"])
            params = await read_params(request)
        except ApiError as error:
            return _refusal(error)
        fault = self._faults.take(method.name, params.readable())
        answer = await self._run(method, params, fault)
        if fault is not None and fault.kind.startswith("drop"):
            _drop(request)
        if fault is not None and fault.kind == "slow":
            await asyncio.sleep(fault.seconds)
        return answer

    async def _run(self, method: Method, params: Params, fault: Fault | None) -> web.Response:
        """Carries the call out, unless the fault refuses it, and writes it down."""
        at, seconds = self._world.clock(), self._world.timer()
        result: object = None
        refusal: ApiError | None = None
        try:
            if fault is not None and fault.kind in _REFUSING:
                raise _injected(fault)
            result = await self._api.call(method, params)
        except ApiError as error:
            refusal = error
        answer = web.json_response({"ok": True, "result": result}) if refusal is None else _refusal(refusal)
        if fault is not None and fault.kind == "garbled":
            answer = web.Response(text='{"ok":true,"result":', content_type="application/json")
        if fault is not None and fault.kind == "page":
            answer = web.Response(text=_PAGE, status=fault.status, content_type="text/html")
        dropped = fault is not None and fault.kind.startswith("drop")
        self._journal.add(
            Call(
                method=method.name,
                params=params.readable(),
                accepted=refusal is None,
                status=0 if dropped else answer.status,
                at=at,
                seconds=seconds,
                description="" if refusal is None else refusal.description,
                fault="" if fault is None else fault.kind,
                result=result,
            )
        )
        return answer

    async def _handle_file(self, request: web.Request) -> web.StreamResponse:
        if not self._knows(request):
            return _refusal(ApiError(401, "Unauthorized"))
        path = request.match_info["path"]
        file = next((file for file in self._world.files.values() if file.path == path), None)
        if file is None:
            return _refusal(ApiError(404, "Not Found"))
        # As Telegram does: the type is not told, so that a browser never shows a foreign file as a page.
        return web.Response(body=file.data, content_type="application/octet-stream")


def _refusal(error: ApiError) -> web.Response:
    body: dict[str, object] = {"ok": False, "error_code": error.status, "description": error.description}
    headers = {}
    if error.parameters:
        body["parameters"] = error.parameters
    if isinstance(error, TooManyRequestsError):
        headers["Retry-After"] = str(error.retry_after)
    return web.json_response(body, status=error.status, headers=headers)


def _injected(fault: Fault) -> ApiError:
    if fault.kind == "flood":
        return TooManyRequestsError(int(fault.seconds))
    if fault.kind == "status":
        return ApiError(fault.status, fault.text or HTTPStatus(fault.status).phrase)
    if fault.kind == "page":
        return ApiError(fault.status, "a page of HTML")
    return ApiError(502, "connection dropped")


def _drop(request: web.Request) -> None:
    """Ends the connection without an answer; aiohttp notices by itself that there is nobody to answer."""
    if request.transport is not None:
        request.transport.abort()
