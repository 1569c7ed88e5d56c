"""`newsdigest doctor`: looks at everything the bot needs, and says what to do about each fault."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime

import aiohttp
from rich.console import Console
from rich.table import Table
from rich.text import Text
from sqlalchemy.exc import SQLAlchemyError
from telegram import Bot
from telegram.error import InvalidToken, TelegramError

from bot.app import open_store, utc_now
from bot.settings import Settings
from bot.texts import texts_in
from digests.store.unit_of_work import Store

LEAST_DISK = 200 * 1024 * 1024
"""Bytes; SQLite stops writing when nothing is left."""

WRONG_CLOCK = timedelta(seconds=30)
LATE = timedelta(minutes=5)


@dataclass(frozen=True)
class Finding:
    """What one look found. advice: "" when all is well. is_hint: the bot works without it."""

    what: str
    state: str
    advice: str = ""
    is_hint: bool = False

    @property
    def is_fault(self) -> bool:
        """Whether something is to be mended."""
        return bool(self.advice) and not self.is_hint

    @property
    def mark(self) -> Text:
        """What stands in front of it."""
        if self.is_fault:
            return Text("fault", style="bold red")
        return Text("hint", style="yellow") if self.advice else Text("ok", style="green")


async def examine(settings: Settings, out: Console) -> bool:
    """Show a line for each thing looked at; whether all is well."""
    table = Table(box=None, pad_edge=False, show_header=False)
    healthy = True
    async for finding in _findings(settings):
        table.add_row(finding.mark, finding.what, finding.state)
        if finding.advice:
            table.add_row("", "", Text(f"→ {finding.advice}", style="yellow"))
        healthy = healthy and not finding.is_fault
    out.print(table)
    return healthy


async def _findings(settings: Settings) -> AsyncIterator[Finding]:
    for finding in await _telegram(settings):
        yield finding
    yield await _clock(settings)
    yield _disk(settings)
    try:
        store = await asyncio.to_thread(open_store, settings)
    except (SQLAlchemyError, OSError) as error:
        reason = str(error).splitlines()[0]
        yield Finding("database", reason, "check DATABASE_URL and DATA_DIR, and that this user may write there")
        return
    try:
        for finding in await asyncio.to_thread(_contents, store):
            yield finding
    finally:
        store.close()


async def _telegram(settings: Settings) -> list[Finding]:
    token = settings.telegram_bot_token.get_secret_value()
    if not token:
        return [Finding("token", "missing", "set TELEGRAM_BOT_TOKEN; @BotFather gives one")]
    try:
        async with Bot(token, base_url=f"{settings.telegram_api_url}/bot") as bot:
            inline = (
                Finding("inline mode", "on")
                if bot.bot.supports_inline_queries
                else Finding("inline mode", "off", "/setinline in @BotFather lets people share stories", is_hint=True)
            )
            return [Finding("token", f"@{bot.username}"), inline]
    except InvalidToken:
        return [Finding("token", "unknown to Telegram", "copy TELEGRAM_BOT_TOKEN from @BotFather again")]
    except TelegramError as error:
        return [Finding("token", f"Telegram is out of reach: {error}", "check the network and TELEGRAM_API_URL")]


async def _clock(settings: Settings) -> Finding:
    try:
        async with (
            aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=10)) as session,
            session.get(settings.telegram_api_url, allow_redirects=False) as answer,
        ):
            told = parsedate_to_datetime(answer.headers.get("Date", ""))
    except (aiohttp.ClientError, TimeoutError, ValueError):
        return Finding("clock", f"{utc_now():%Y-%m-%d %H:%M:%S} UTC, compared with nothing")
    off = utc_now() - told
    if abs(off) > WRONG_CLOCK:
        return Finding("clock", f"{off.total_seconds():+.0f} s off", "set the clock of this machine by NTP")
    return Finding("clock", "right")


def _disk(settings: Settings) -> Finding:
    place = settings.data_dir if settings.data_dir.exists() else settings.data_dir.absolute().parent
    try:
        free = shutil.disk_usage(place).free
    except OSError as error:
        return Finding("disk", str(error), "check DATA_DIR")
    state = f"{free // 1024**2} MB free"
    return Finding("disk", state, "make room" if free < LEAST_DISK else "")


def _contents(store: Store) -> list[Finding]:
    now = utc_now()
    with store.read() as work:
        feeds, topics, readers = work.feeds.all(), work.topics.all(), work.readers.count_by_state()
        oldest = work.outbox.oldest_due()
    found = [Finding("database", f"{sum(readers.values())} readers, {len(topics)} topics, {len(feeds)} feeds")]
    if not feeds:
        found.append(Finding("feeds", "none", "add one in the chat: /feeds add ADDRESS, or import a topics file"))
    if not topics:
        found.append(Finding("topics", "none", "add one in the chat: /topic add NAME, or import a topics file"))
    texts = texts_in("en")
    for feed in feeds:
        if feed.error:
            advice = f"{texts.feed_trouble(feed.error)} Open {feed.url} in a browser."
            found.append(Finding("feed", f"{feed.title or feed.url}: {feed.error}", advice))
    found.append(_outbox(oldest, now))
    return found


def _outbox(oldest: datetime | None, now: datetime) -> Finding:
    if oldest is None or now - oldest < LATE:
        return Finding("outbox", "nothing is late")
    return Finding("outbox", f"waiting since {oldest:%Y-%m-%d %H:%M} UTC", "is `newsdigest run` running?")
