"""`newsdigest run`: the bot until somebody stops it."""

import asyncio
import contextlib
import gc
import logging
import os
import signal
import sys
import threading
from collections.abc import Callable

from telegram.error import BadRequest, InvalidToken, TelegramError

from bot.app import Bot, open_bot, running, utc_now
from bot.monitoring.metrics import Metrics
from bot.monitoring.probes import monitored
from bot.monitoring.status import Status
from bot.settings import Settings, SettingsError
from bot.standby import holding, lease_of_this_process
from digests.errors import DatabaseAwayError, DatabaseLostError

log = logging.getLogger(__name__)

LEAVES_WITHIN, LEAVES_AT_LAST = 4.0, 0.5
"""Seconds for all that is under way when the bot is told to stop, and then for tidying up; it is gone after five."""

GONE_AFTER = 4.8
"""Seconds after which nothing is waited for any more."""

GIVES_WAY_AFTER = 0.0005
"""Seconds after which a thread that computes lets the event loop go on (`sys.setswitchinterval`).

With Python's own 5 ms the answers that arrive while rows are written wait ten times as long, and the next messages
with them: that alone is 0.3 % of Telegram's rate.
"""

PAUSES = (1, 2, 5, 10, 30)
"""Seconds between attempts to reach Telegram or the database; the last one repeats.

A run that lasted longer than that was well, so that counting begins anew.
"""


class Attempts:
    """Counts failures in a row."""

    def __init__(self, seconds: Callable[[], float]) -> None:
        """seconds: a clock that goes evenly, as the event loop's."""
        self._seconds = seconds
        self._failed = 0
        self._began_at: float | None = None

    def begin(self) -> None:
        """What was attempted has begun to run."""
        self._began_at = self._seconds()

    def pause(self) -> int:
        """The attempt has failed: seconds to wait before the next one. One that ran for long was well until then."""
        if self._began_at is not None and self._seconds() - self._began_at > PAUSES[-1]:
            self._failed = 0
        self._began_at = None
        self._failed += 1
        return PAUSES[min(self._failed, len(PAUSES)) - 1]


def told_to_stop() -> asyncio.Event:
    """Set as soon as the process gets SIGINT or SIGTERM; it is gone `GONE_AFTER` that, whatever its threads are at."""
    stop = asyncio.Event()

    def stopping() -> None:
        if not stop.is_set():
            last = threading.Timer(GONE_AFTER, _leave_at_once)
            last.daemon = True
            last.start()
        stop.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        with contextlib.suppress(NotImplementedError):  # Windows has no handlers of this kind
            asyncio.get_running_loop().add_signal_handler(number, stopping)
    return stop


def _leave_at_once() -> None:
    """Python waits for threads that compute, or for a database that does not answer; whoever stops us does not."""
    log.warning("leaving although a thread is still at work; what it was doing is due still")
    logging.shutdown()
    os._exit(0)


async def run_bot(settings: Settings) -> None:
    """Run until SIGINT or SIGTERM.

    Raises:
        SettingsError: Telegram does not know the token, or nobody can listen where the settings say.
        TopicsFileError: the topics file can't be taken.
    """
    stop = told_to_stop()
    status, metrics = Status(), Metrics()
    async with monitored(settings, status, metrics, utc_now):
        try:
            is_open = asyncio.Event()
            running = asyncio.create_task(_run(settings, status, metrics, stop, is_open))
            await _leave_in_time(running, stop, is_open)
        except InvalidToken as error:
            raise SettingsError(["TELEGRAM_BOT_TOKEN: Telegram does not know this token"]) from error


async def _run(
    settings: Settings, status: Status, metrics: Metrics, stop: asyncio.Event, is_open: asyncio.Event
) -> None:
    """is_open: set while there may be something under way that is not to be cut off."""
    has_run = False
    attempts = Attempts(asyncio.get_running_loop().time)
    while not stop.is_set():
        try:
            async with open_bot(settings, metrics=metrics) as bot:
                has_run = True
                attempts.begin()
                is_open.set()
                set_imports_aside()
                let_the_event_loop_go_first()
                with status.ready(bot.news.store):
                    await _take_turn(bot, settings, status, stop)
        except BadRequest as error:  # a NetworkError by descent, but no trouble of the network
            raise SettingsError([f"WEBHOOK_URL: Telegram refuses it: {error}"]) from error
        except InvalidToken:
            raise
        except (TelegramError, DatabaseAwayError, DatabaseLostError) as error:
            is_open.clear()
            if not isinstance(error, TelegramError) and not has_run:
                raise  # the address may be wrong, and whoever has given it is to hear of it
            pause = attempts.pause()
            away = "Telegram" if isinstance(error, TelegramError) else "the database"
            log.warning("%s could not be reached (%s); again in %d s", away, error, pause)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), pause)


async def _leave_in_time(running: asyncio.Task[None], stop: asyncio.Event, is_open: asyncio.Event) -> None:
    """Wait for the bot; once it is told to stop, for `LEAVES_WITHIN` at most, whatever it waits for itself.

    is_open: as in `_run`; a bot that Telegram has not answered yet has nothing to bring to an end.
    """
    told = asyncio.create_task(stop.wait())
    try:
        await asyncio.wait({running, told}, return_when=asyncio.FIRST_COMPLETED)
        if not running.done():
            if not is_open.is_set():
                running.cancel()
            await asyncio.wait({running}, timeout=LEAVES_WITHIN)
        if not running.done():
            log.warning("leaving although something is still under way; what was being sent is not sent again")
            running.cancel()
            await asyncio.wait({running}, timeout=LEAVES_AT_LAST)
    finally:
        told.cancel()
    if running.done() and not running.cancelled():
        running.result()


async def _take_turn(bot: Bot, settings: Settings, status: Status, stop: asyncio.Event) -> None:
    """Wait until no other process runs the bot, then run it, until the turn is over."""
    async with holding(lease_of_this_process(bot.news.store, bot.news.clock), stop) as over:
        if stop.is_set():
            return
        with status.running(bot.metrics.active):
            async with running(bot, settings):
                log.info("@%s is running; %s", bot.application.bot.username, _way(settings))
                await over.wait()
                log.info("stopping")


def set_imports_aside() -> None:
    """Spare the garbage collector what imports have made: a look through all of it stops the event loop for 0.1 s.

    For the process, once everything is open: it's no part of opening, which tests do a thousand times in one process.
    """
    gc.collect()
    gc.freeze()


def let_the_event_loop_go_first() -> None:
    """For the process, likewise."""
    sys.setswitchinterval(GIVES_WAY_AFTER)


def _way(settings: Settings) -> str:
    return f"webhook {settings.webhook_url}" if settings.webhook_url else "polling"
