"""What the bot needs, looked at: token and rights, clock, disk, database, feeds, gathering, and what waits to be sent.

What was found is told in the catalogues' words, by the terminal and in the chat: `health-KEY` says how it is, and
`health-KEY-advice` what to do.
"""

import asyncio
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

import aiohttp
from telegram import Bot
from telegram.error import InvalidToken, TelegramError

from bot.settings import Settings
from bot.texts import NONE
from digests.errors import ModelError
from digests.model import Feed
from digests.ports import LanguageModel
from digests.store.backlog import EDITION_LATE
from digests.store.sizes import Size
from digests.store.tasks import Workload
from digests.store.unit_of_work import Store

LEAST_DISK = 200 * 1024 * 1024
"""Bytes; SQLite stops writing when nothing is left."""

WRONG_CLOCK = timedelta(seconds=30)

STILL_FAILING = timedelta(minutes=10)
"""A webhook that failed longer ago is well: the longest pause between attempts is two minutes."""

GATHERED = timedelta(hours=6)
"""Without a successful poll of any feed for so long, gathering stands still."""

_WORD_TOKENS = 200  # for one word: some models think first

MOST_WAITING = 1_000
"""Deliveries that may wait at a time; more take longer than half a minute to send."""


class Level(StrEnum):
    """ok: all is well; hint: the bot works without it; fault: something is to be mended."""

    OK = "ok"
    HINT = "hint"
    FAULT = "fault"


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What one look found. key: of the catalogues' sentences, with these values."""

    key: str
    level: Level = Level.OK
    values: Mapping[str, str | int] = field(default_factory=dict)


def _fault(key: str, **values: str | int) -> Finding:
    return Finding(key=key, level=Level.FAULT, values=values)


async def of_telegram(bot: Bot | None) -> list[Finding]:
    """Whether Telegram knows the bot, and what it may do. bot: not initialized; None without a token.

    The bot is told of only as the person asking would be: what it may do in a chat of theirs is not looked at.
    """
    if bot is None:
        return [_fault("token-missing")]
    try:
        me = await bot.get_me()
    except InvalidToken:
        return [_fault("token-unknown")]
    except TelegramError as error:
        return [_fault("telegram-away", error=str(error))]
    found = [Finding(key="token", values={"name": f"@{me.username}"})]
    if me.supports_inline_queries:
        found.append(Finding(key="inline"))
    else:
        found.append(Finding(key="inline-off", level=Level.HINT))
    if me.can_join_groups:
        found.append(Finding(key="groups"))
    else:
        found.append(Finding(key="groups-off", level=Level.HINT))
    return found


async def of_webhook(settings: Settings, bot: Bot | None, now: datetime) -> list[Finding]:
    """Whether Telegram posts updates where the settings say, and arrives there; nothing where they are asked for."""
    if bot is None or not settings.webhook_url:
        return []
    try:
        info = await bot.get_webhook_info()
    except TelegramError:  # told already by `of_telegram`
        return []
    if info.url != settings.webhook_url:
        return [_fault("webhook-other")]
    failed_at = info.last_error_date
    # Telegram remembers the latest failure for ever, so an old one, or one with nothing left to post, is over.
    if info.pending_update_count and failed_at is not None and now - failed_at <= STILL_FAILING:
        error = info.last_error_message or ""
        return [_fault("webhook-fails", url=info.url, error=error, waiting=info.pending_update_count)]
    return [Finding(key="webhook", values={"url": info.url})]


async def of_clock(settings: Settings, now: datetime) -> Finding:
    """Whether this machine's clock agrees with Telegram's. now: by this machine's."""
    try:
        async with (
            aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=10)) as session,
            session.get(settings.telegram_api_url, allow_redirects=False) as answer,
        ):
            told = parsedate_to_datetime(answer.headers.get("Date", ""))
    except (aiohttp.ClientError, TimeoutError, ValueError):
        return Finding(key="clock-alone", values={"now": f"{now:%Y-%m-%d %H:%M:%S}"})
    off = now - told
    if abs(off) > WRONG_CLOCK:
        return _fault("clock-off", seconds=f"{off.total_seconds():+.0f}")
    return Finding(key="clock")


def of_disk(settings: Settings) -> Finding:
    """Whether there is room for the database."""
    place = settings.data_dir if settings.data_dir.exists() else settings.data_dir.absolute().parent
    try:
        free = shutil.disk_usage(place).free
    except OSError as error:
        return _fault("disk-unknown", error=str(error))
    megabytes = free // 1024**2
    return (
        _fault("disk-full", megabytes=megabytes)
        if free < LEAST_DISK
        else Finding(key="disk", values={"megabytes": megabytes})
    )


def of_store(
    store: Store, now: datetime, *, topics_file: Path | None = None, has_workers: bool = False
) -> list[Finding]:
    """How the database, the feeds, gathering and the outbox are at `now`.

    topics_file: from which the first start takes topics and feeds; None for none. has_workers: whether workers gather.
    """
    with store.read() as work:
        feeds, topics, size = work.feeds.all(), work.topics.all(), work.size()
        backlog = work.backlog(now)
    counted = {"readers": sum(backlog.subscribers.values()), "topics": len(topics), "feeds": len(feeds)}
    found = [Finding(key="database", values=counted), _of_size(size)]
    if not topics and not feeds and topics_file is not None and topics_file.is_file():
        found.append(Finding(key="topics-waiting", level=Level.HINT, values={"file": str(topics_file)}))
    else:
        found.extend([] if topics else [_fault("no-topics")])
        found.extend(_of_feeds(feeds, now))
    found.append(_of_outbox(backlog.oldest_edition_at, sum(backlog.deliveries.values()), now))
    found.extend(_of_workers(backlog.workload or Workload(), has_workers=has_workers))
    return found


def _of_size(size: Size) -> Finding:
    """How much is kept, and what it takes on the disk."""
    values: dict[str, str | int] = {
        "articles": size.articles,
        "since": NONE if size.since is None else f"{size.since:%Y-%m-%d}",
        "megabytes": -(-size.total // 1024**2),
        "free": size.free // 1024**2,
    }
    return Finding(key="kept", values=values)


def _of_feeds(feeds: tuple[Feed, ...], now: datetime) -> Iterator[Finding]:
    if not feeds:
        yield _fault("no-feeds")
        return
    for feed in feeds:
        if feed.error and not feed.is_paused:
            values = {"title": feed.name, "url": feed.url, "code": feed.error}
            yield _fault("feed", **values)
    polled = [feed.last_success_at for feed in feeds if feed.last_success_at is not None]
    if not polled:
        yield Finding(key="gathered-never", level=Level.HINT)
    elif now - max(polled) > GATHERED:
        yield _fault("gathered-late", at=f"{max(polled):%Y-%m-%d %H:%M}")
    else:
        yield Finding(key="gathered", values={"at": f"{max(polled):%Y-%m-%d %H:%M}"})


def _of_outbox(oldest: datetime | None, waiting: int, now: datetime) -> Finding:
    values: dict[str, Any] = {"waiting": waiting, "at": NONE if oldest is None else f"{oldest:%Y-%m-%d %H:%M}"}
    if oldest is not None and now - oldest >= EDITION_LATE:
        return _fault("outbox-late", **values)
    if waiting > MOST_WAITING:
        return Finding(key="outbox-full", level=Level.HINT, values=values)
    return Finding(key="outbox", values=values)


def _of_workers(workload: Workload, *, has_workers: bool) -> Iterator[Finding]:
    values = {
        "workers": workload.workers,
        "waiting": sum(workload.waiting.values()),
        "under_way": workload.under_way,
        "stalled": workload.stalled,
    }
    if has_workers and not workload.workers:
        yield _fault("workers-none", **values)
    elif has_workers and workload.stalled:
        yield Finding(key="workers-stalled", level=Level.HINT, values=values)
    elif has_workers:
        yield Finding(key="workers", values=values)
    elif workload.workers:
        yield Finding(key="workers-idle", level=Level.HINT, values=values)


async def of_model(settings: Settings, model: LanguageModel | None, store: Store, now: datetime) -> list[Finding]:
    """Whether the language model answers, and what of the day's budget is used; nothing where there is none."""
    if model is None:
        return []
    values: dict[str, str | int] = {"model": settings.llm_model, "used": await asyncio.to_thread(_spent, store, now)}
    values["budget"] = settings.llm_daily_tokens
    try:
        await model.ask("Answer with one word: ready.", "Are you ready?", limit=_WORD_TOKENS)
    except ModelError as error:
        return [Finding(key="model-away", level=Level.HINT, values={**values, "error": str(error)})]
    return [Finding(key="model", values=values)]


def _spent(store: Store, now: datetime) -> int:
    with store.read() as work:
        return work.retellings.spent(now)


async def examine(
    settings: Settings, bot: Bot | None, store: Store, now: datetime, model: LanguageModel | None
) -> list[Finding]:
    """Everything, for a bot that runs on that database. model: None where there is none."""
    telegram, webhook, clock, asked = await asyncio.gather(
        of_telegram(bot), of_webhook(settings, bot, now), of_clock(settings, now), of_model(settings, model, store, now)
    )
    has_workers = settings.workers == "external"
    stored = await asyncio.to_thread(of_store, store, now, topics_file=settings.topics_file, has_workers=has_workers)
    return [*telegram, *webhook, clock, of_disk(settings), *stored, *asked]
