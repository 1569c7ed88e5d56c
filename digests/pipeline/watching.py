"""Telling owners and admins that feeds are broken, or well again: once each, however often the bot is started."""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from digests.alarms import Alarm, alarm
from digests.errors import DeliveryDelayedError, DeliveryError
from digests.model import EditionKind, Part, SubscriberState
from digests.ports import Clock, Sender
from digests.staff import Staffing
from digests.store.staff import StaffMessage
from digests.store.unit_of_work import Store

log = logging.getLogger(__name__)

TOLD_AT = "feeds_told_at"
"""The fact that remembers when admins were last told of feeds."""

PAUSES = (timedelta(minutes=1), timedelta(minutes=10), timedelta(hours=1), timedelta(hours=6))
"""Before a message that was not accepted is tried again; then it is given up: the list of feeds says the same."""

AlarmRenderer = Callable[[Alarm, str], Part]
"""Writes the message in a language."""


class FeedWatch:
    """Looks at the feeds, and tells whoever is to know: those with rights whose own chat with the bot is open."""

    def __init__(
        self,
        store: Store,
        staffing: Staffing,
        renderer: AlarmRenderer,
        sender: Sender,
        clock: Clock,
        *,
        interval: timedelta,
    ) -> None:
        """interval: between two polls of the busiest feeds."""
        self._store = store
        self._staffing = staffing
        self._renderer = renderer
        self._sender = sender
        self._clock = clock
        self._interval = interval

    async def look(self) -> int:
        """Queue what is to be told, and send what is due; how many messages were accepted."""
        await asyncio.to_thread(self.plan)
        return await self.send()

    def plan(self) -> bool:
        """Queue a message for each of them, where there is something to tell; whether there was."""
        now = self._clock()
        with self._store.read() as work:
            feeds = work.feeds.in_question()
        if not feeds:
            return False
        members = self._staffing.notified_ids()
        with self._store.begin() as work:
            written = work.fact(TOLD_AT)
            last = datetime.fromisoformat(written) if written else None
            told = alarm(work.feeds.in_question(), now, interval=self._interval, last_told_at=last)
            if told is None:
                return False
            known = [work.readers.find(user_id) for user_id in members]  # a person's chat has the person's number
            reached = [one for one in known if one is not None and one.state is not SubscriberState.GONE]
            if not reached:
                return False  # told once somebody can be
            work.feeds.told((feed.id for feed in told.broken), now)
            work.feeds.told((feed.id for feed in told.back), None)
            work.remember(TOLD_AT, now.isoformat())
            for reader in reached:
                work.staff_messages.add(reader.chat_id, self._renderer(told, reader.language), now=now)
        return True

    async def send(self) -> int:
        """Send what is due; how many messages were accepted. What may have arrived is never sent again."""
        sent = 0
        while True:
            now = self._clock()
            message = await asyncio.to_thread(self._take, now)
            if message is None:
                return sent
            try:
                await self._sender.wait_for_turn(message.chat_id, EditionKind.NOTICE)
                await self._sender.send(message.chat_id, message.part)
                sent += 1
            except DeliveryDelayedError as error:
                if message.attempts >= len(PAUSES):
                    log.warning("chat %d is not told of feeds: %s", message.chat_id, error)
                    continue
                until = now + max(error.retry_in, PAUSES[message.attempts])
                await asyncio.to_thread(self._put_back, message, until)
            except DeliveryError as error:
                log.warning("chat %d is not told of feeds: %s %s", message.chat_id, type(error).__name__, error)

    def _take(self, now: datetime) -> StaffMessage | None:
        with self._store.read() as work:
            if not work.staff_messages.is_due(now):
                return None
        with self._store.begin() as work:
            return work.staff_messages.take(now)

    def _put_back(self, message: StaffMessage, until: datetime) -> None:
        with self._store.begin() as work:
            work.staff_messages.put_back(message, until=until)
