"""`newsdigest run`: the bot until somebody stops it."""

import asyncio
import contextlib
import gc
import logging
import signal

from telegram.error import BadRequest, InvalidToken, NetworkError, RetryAfter

from bot.app import open_bot, running
from bot.settings import Settings, SettingsError
from bot.standby import holding, lease_of_this_process

log = logging.getLogger(__name__)

PAUSES = (1, 2, 5, 10, 30)
"""Seconds between attempts to reach Telegram at the start; the last one repeats."""


async def run_bot(settings: Settings) -> None:
    """Run until SIGINT or SIGTERM.

    Raises:
        SettingsError: Telegram does not know the token.
        TopicsFileError: the topics file can't be taken.
    """
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        with contextlib.suppress(NotImplementedError):  # Windows has no handlers of this kind
            loop.add_signal_handler(number, stop.set)
    try:
        for attempt in range(1_000_000):
            try:
                async with open_bot(settings) as bot:
                    set_imports_aside()
                    lease = lease_of_this_process(bot.news.store, bot.news.clock)
                    async with holding(lease, stop) as over:
                        if stop.is_set():
                            return
                        async with running(bot, settings):
                            log.info("@%s is running; %s", bot.application.bot.username, _way(settings))
                            await over.wait()
                            log.info("stopping")
            except BadRequest as error:  # a NetworkError by descent, but no trouble of the network
                raise SettingsError([f"WEBHOOK_URL: Telegram refuses it: {error}"]) from error
            except (NetworkError, RetryAfter) as error:
                pause = PAUSES[min(attempt, len(PAUSES) - 1)]
                log.warning("Telegram could not be reached (%s); again in %d s", error, pause)
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(stop.wait(), pause)
            if stop.is_set():
                return
    except InvalidToken as error:
        raise SettingsError(["TELEGRAM_BOT_TOKEN: Telegram does not know this token"]) from error


def set_imports_aside() -> None:
    """Spare the garbage collector what imports have made: a look through all of it stops the event loop for 0.1 s.

    For the process, once everything is open: it's no part of opening, which tests do a thousand times in one process.
    """
    gc.collect()
    gc.freeze()


def _way(settings: Settings) -> str:
    return f"webhook {settings.webhook_url}" if settings.webhook_url else "polling"
