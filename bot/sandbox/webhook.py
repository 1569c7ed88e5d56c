"""Updates delivered by POST, as Telegram does: in order within a chat, tried again until the bot answers 2xx."""

import asyncio
import ssl
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

import aiohttp

from bot.sandbox.model import JsonObject
from bot.sandbox.updates import Update, UpdateQueue

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the header's name, not a secret
LONGEST_PAUSE = 60.0
"""Seconds to which the growing pause between attempts is bounded."""
ANSWER_TIME = 60.0
"""Seconds that the bot has to answer."""
_TAKEN = range(200, 300)  # a redirect confirms nothing
_MESSAGE_KINDS = frozenset({"message", "edited_message", "channel_post", "edited_channel_post"})

MethodAnswer = Callable[[str, JsonObject], Awaitable[None]]
Lane = tuple[int, bool]


@dataclass(frozen=True, kw_only=True)
class WebhookSettings:
    """What setWebhook said. certificate: PEM of a self-signed one, empty for none."""

    url: str
    secret: str = ""
    max_connections: int = 40
    certificate: str = ""


class WebhookSender:
    """Takes the queue over as long as it runs.

    first_pause: seconds before the third attempt; the second follows at once, later pauses double (the Bot API
        server's WebhookActor.cpp: 2, 4, 8 ...).
    on_method: called with a method and its parameters when the bot answers a delivery with a method call.
    """

    def __init__(
        self,
        settings: WebhookSettings,
        queue: UpdateQueue,
        clock: Callable[[], datetime],
        on_method: MethodAnswer,
        first_pause: float,
    ) -> None:
        self.settings = settings
        self.last_error = ""
        self.last_error_at: datetime | None = None
        self._queue = queue
        self._clock = clock
        self._on_method = on_method
        self._first_pause = first_pause
        self._lanes: dict[Lane, deque[Update]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._slots = asyncio.Semaphore(settings.max_connections)
        context = ssl.create_default_context(cadata=settings.certificate) if settings.certificate else True
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(ssl=context), timeout=aiohttp.ClientTimeout(total=ANSWER_TIME)
        )

    def start(self) -> None:
        """Delivers what waits already, then all that comes."""
        self._queue.on_add = self._add
        for update in self._queue.pending.values():
            self._add(update)

    async def stop(self) -> None:
        """Gives the queue back; what was not delivered stays in it."""
        self._queue.on_add = None
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self._session.close()

    def _add(self, update: Update) -> None:
        # Telegram keeps callbacks and membership in queues apart from messages, so one cannot hold up the other.
        lane = (update.chat_id, update.kind in _MESSAGE_KINDS)
        if lane in self._lanes:
            self._lanes[lane].append(update)
            return
        self._lanes[lane] = deque([update])
        task = asyncio.create_task(self._deliver_lane(lane))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _deliver_lane(self, lane: Lane) -> None:
        waiting = self._lanes[lane]
        while waiting:
            await self._deliver(waiting[0])
            self._queue.pending.pop(waiting.popleft().id, None)
        del self._lanes[lane]

    async def _deliver(self, update: Update) -> None:
        """Tries until the bot takes it."""
        pause = 0.0
        while not await self._attempt(update):
            await asyncio.sleep(pause)
            pause = min(2 * pause or self._first_pause, LONGEST_PAUSE)

    async def _attempt(self, update: Update) -> bool:
        headers = {SECRET_HEADER: self.settings.secret} if self.settings.secret else {}
        try:
            async with (
                self._slots,
                self._session.post(
                    self.settings.url, json=update.to_json(), headers=headers, allow_redirects=False
                ) as answer,
            ):
                taken = answer.status in _TAKEN
                body = await answer.json() if taken and answer.content_type == "application/json" else None
                reason = f"Wrong response from the webhook: {answer.status} {answer.reason}"
        except (aiohttp.ClientError, TimeoutError, ValueError) as error:
            taken, body, reason = False, None, str(error) or "Connection timed out"
        if not taken:
            self.last_error, self.last_error_at = reason, self._clock()
        elif isinstance(body, dict) and isinstance(body.get("method"), str):
            await self._on_method(body.pop("method"), body)
        return taken


class Delivery:
    """How updates reach the bot now: polled from `queue`, or by `sender` where a webhook is set.

    on_method: must be set before a webhook is.
    """

    def __init__(self, clock: Callable[[], datetime], first_pause: float) -> None:
        self.queue = UpdateQueue()
        self.sender: WebhookSender | None = None
        self.on_method: MethodAnswer | None = None
        self._clock = clock
        self._first_pause = first_pause

    async def set_webhook(self, settings: WebhookSettings) -> None:
        """Delivers by POST from now on; a waiting poll ends with 409."""
        assert self.on_method is not None  # the sandbox sets it before it serves
        await self.remove_webhook()
        self.queue.end_poll("terminated by setWebhook request")
        self.sender = WebhookSender(settings, self.queue, self._clock, self.on_method, self._first_pause)
        self.sender.start()

    async def remove_webhook(self) -> None:
        """Back to polling; nothing undelivered is lost."""
        sender, self.sender = self.sender, None
        if sender is not None:
            await sender.stop()
