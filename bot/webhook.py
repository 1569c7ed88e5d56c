"""Updates by webhook: taken by HTTP from whoever knows the secret, usually behind a proxy that ends TLS.

What the server of the Bot API does with the answers is known from its source, WebhookActor.cpp: any 2xx confirms, all
else is tried again for a day, within a chat in order; Retry-After is obeyed. So what can't be taken now is left there.
"""

import asyncio
import hmac
import json
import logging
import secrets
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware
from cachetools import FIFOCache
from prometheus_client import Counter
from telegram import Update
from yarl import URL

from bot.context import BotApplication
from bot.listening import listening
from bot.settings import Settings
from digests.store.unit_of_work import Store

log = logging.getLogger(__name__)

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the header's name, not a secret

SECRET = "webhook_secret"  # noqa: S105 - likewise the fact's
"""The fact that remembers the secret that was made here, so that a restart refuses nothing of what is on its way."""

MAX_BYTES = 1024 * 1024
"""Of a body; updates are a few kilobytes, and the longest text of a message 32."""

MOST_AT_ONCE = 10_000
"""Updates that may wait here to be handled; Telegram keeps the others, and unlike us it keeps them over a crash."""

PAUSE_WHEN_FULL = 5
"""Seconds that Telegram is asked to wait then."""

REMEMBERED = 10_000
"""Updates that are known again when Telegram has missed our answer and sends them twice."""

BETWEEN_COMPLAINTS = 60.0
"""Seconds between two lines of the log about strangers who know the address but not the secret."""


class Webhook:
    """The far end of Telegram's deliveries."""

    def __init__(self, application: BotApplication, secret: str) -> None:
        self._application = application
        self._secret = secret.encode()
        self._taken: FIFOCache[int, bool] = FIFOCache(REMEMBERED)
        self._strangers = 0
        self._complained_at: float | None = None

    async def receive(self, request: web.Request) -> web.Response:
        """Put one update into the application's queue, and answer at once.

        401 without the secret, 403 with another, 400 for what is no JSON, 413 for too much, 503 while too much waits.
        """
        said = request.headers.get(SECRET_HEADER)
        if said is None or not hmac.compare_digest(said.encode("utf-8", "surrogateescape"), self._secret):
            self._complain()
            return web.Response(status=401 if said is None else 403)
        try:
            update = self._read(json.loads(await request.read()))
        except ValueError:  # also what is no UTF-8
            log.warning("a body with the right secret is no JSON; is the proxy changing it?")
            return web.Response(status=400)
        if update is None or update.update_id in self._taken:
            return web.Response()
        if self._waiting() >= MOST_AT_ONCE:
            return web.Response(status=503, headers={"Retry-After": str(PAUSE_WHEN_FULL)})
        self._taken[update.update_id] = True
        await self._application.update_queue.put(update)
        return web.Response()

    def _read(self, body: object) -> Update | None:
        """None for what is of no use, now or when it comes again; told in the log by its number alone."""
        number = body.get("update_id") if isinstance(body, dict) else None
        if not isinstance(body, dict) or not isinstance(number, int):
            log.error("a body with the right secret is no update")
            return None
        try:
            return Update.de_json(body, self._application.bot)
        except Exception as error:  # noqa: BLE001 - asked for again it would hold up its chat for a day
            # No trace: its last line may quote what people wrote.
            log.error("update %d can't be understood: %s", number, type(error).__name__)  # noqa: TRY400
            return None

    def _waiting(self) -> int:
        application = self._application
        return application.update_queue.qsize() + application.update_processor.current_concurrent_updates

    def _complain(self) -> None:
        self._strangers += 1
        now = asyncio.get_running_loop().time()
        if self._complained_at is None or now - self._complained_at >= BETWEEN_COMPLAINTS:
            log.warning("refused %d requests without the webhook's secret", self._strangers)
            self._strangers, self._complained_at = 0, now


@asynccontextmanager
async def receiving(
    application: BotApplication, settings: Settings, store: Store, *, updates: Sequence[str], count: Counter
) -> AsyncIterator[None]:
    """Take updates where `settings` say, until the block ends; Telegram is told the address, and keeps it afterwards.

    updates: the kinds that are wanted. What waits at Telegram comes too, whichever way it was to be fetched.
    count: of requests, by the status of our answer.

    Raises:
        SettingsError: nobody can listen there.
        BadRequest: Telegram refuses the address.
    """
    secret = await asyncio.to_thread(secret_of, settings, store)
    hook = Webhook(application, secret)
    async with listening("WEBHOOK_LISTEN", settings.webhook_listen, _routes(settings, hook, count)):
        await application.bot.set_webhook(
            settings.webhook_url, secret_token=secret, allowed_updates=updates, drop_pending_updates=False
        )
        yield


def _routes(settings: Settings, hook: Webhook, count: Counter) -> web.Application:
    app = web.Application(client_max_size=MAX_BYTES, middlewares=[_counting(count)])
    app.router.add_post(URL(settings.webhook_url).path, hook.receive)
    return app


def _counting(count: Counter) -> Middleware:
    @web.middleware
    async def counted(request: web.Request, handler: Handler) -> web.StreamResponse:
        status = 500
        try:
            answer = await handler(request)
            status = answer.status
        except web.HTTPException as error:
            status = error.status
            raise
        finally:
            count.labels(str(status)).inc()
        return answer

    return counted


def secret_of(settings: Settings, store: Store) -> str:
    """The secret that Telegram proves itself by: of the settings, else one that is made at random and kept."""
    if given := settings.webhook_secret.get_secret_value():
        return given
    with store.begin() as work:
        kept = work.fact(SECRET)
        if kept is None:
            kept = secrets.token_urlsafe(32)
            work.remember(SECRET, kept)
        return kept
