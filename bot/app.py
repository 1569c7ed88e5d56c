"""The composition root: the only place that builds adapters and wires them to the use cases."""

import asyncio
import contextlib
import logging
import os
import random
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from telegram import Update
from telegram.ext import Application, ContextTypes, ExtBot, TypeHandler

from bot import health, scheduler
from bot.context import BotApplication, BotContext, Services
from bot.doubts import Doubts
from bot.keepers import Keepers
from bot.limiter import TurnLimiter
from bot.log_lines import prepare_worker
from bot.menu import publish_menu
from bot.monitoring import metering
from bot.monitoring.metrics import Metrics
from bot.offers import Offers
from bot.pace import PAID_PER_SECOND, PER_SECOND, Pace
from bot.render import digest_messages
from bot.request import AiohttpRequest
from bot.routing import add_handlers
from bot.sender import TelegramSender
from bot.settings import Settings
from bot.source_screens import alarm_part
from bot.updates import PerChatProcessor
from bot.webhook import receiving
from bot.workers import ProcessBenches, ProcessWorker
from digests.broadcasting import Broadcasting
from digests.browsing import Browsing
from digests.desk import Desk
from digests.errors import TopicsFileError, UnfinishedCopyError
from digests.figures import FigureDesk
from digests.gather.addresses import AddressPolicy
from digests.gather.fetch import HttpFetcher
from digests.gather.robots import AGENT, Robots
from digests.on_demand import Summaries
from digests.pipeline.dispatching import Dispatcher
from digests.pipeline.gathering import Gatherer
from digests.pipeline.matching import Matching
from digests.pipeline.notices import Notices
from digests.pipeline.planning import Planner
from digests.pipeline.pruning import Pruner
from digests.pipeline.publishing import Publisher
from digests.pipeline.reading import Reader
from digests.pipeline.regrouping import BEFORE_EDITIONS, Regrouper
from digests.pipeline.retelling import Reteller
from digests.pipeline.watching import FeedWatch
from digests.places import Places
from digests.ports import Clock, Fetcher, LanguageModel, Sender, Worker
from digests.reading import prepare
from digests.retell.endpoint import OpenAiModel
from digests.sharing import Sharing
from digests.sources import Sources
from digests.staff import Staffing
from digests.store.copying import is_unfinished
from digests.store.engine import open_engine
from digests.store.schema import upgrade
from digests.store.tasks import LockOf
from digests.store.unit_of_work import Store
from digests.subscribers import Subscribers
from digests.topics_file import TopicsFile
from digests.topics_file import read as read_topics_file
from digests.workbench import Workbench

log = logging.getLogger(__name__)

LAST_MESSAGES = timedelta(seconds=2.5)
"""For messages on their way when the bot is told to stop."""

LAST_ANSWERS = 1.0
"""Seconds for answers on their way then, and as many for telling Telegram which updates were taken."""

USERNAME = "bot_username"
"""The fact that remembers under which name Telegram knows the bot."""

CONNECTIONS = 256
"""To Telegram at a time; a call that finds none free fails, so there are more than are ever used at once."""


def utc_now() -> datetime:
    """The real clock."""
    return datetime.now(UTC)


@dataclass(frozen=True, kw_only=True)
class News:
    """Everything but Telegram: what the commands of the terminal need."""

    store: Store
    fetcher: Fetcher
    worker: Worker
    desk: Desk
    gatherer: Gatherer
    dispatcher: Dispatcher | None
    planner: Planner
    regrouper: Regrouper
    summaries: Summaries
    workbench: Workbench
    reteller: Reteller | None
    model: LanguageModel | None
    clock: Clock


@dataclass(frozen=True, kw_only=True)
class Bot:
    """The whole product, running."""

    news: News
    services: Services
    application: BotApplication
    scheduler: AsyncIOScheduler
    metrics: Metrics


def open_store(settings: Settings) -> Store:
    """The database, on the newest schema; a SQLite file is made where there is none.

    Raises:
        DatabaseError: it can't be used.
    """
    if not settings.database_url:
        settings.data_dir.mkdir(parents=True, exist_ok=True)
    store = open_at(settings.database, lock_of=_lock_of(settings) if settings.workers == "external" else None)
    if is_unfinished(store.engine):
        store.close()
        raise UnfinishedCopyError
    return store


def open_at(url: str, *, lock_of: LockOf | None = None) -> Store:
    """The database at an address, on the newest schema. lock_of: as `Store` takes it."""
    engine = open_engine(url)
    upgrade(engine)
    return Store(engine, lock_of)


def _lock_of(settings: Settings) -> LockOf:
    """Strangers' hosts are asked for one thing at a time; the operator's own bear more."""
    policy = AddressPolicy(settings.fetch_allow_private)

    def lock_of(url: str) -> str | None:
        try:
            host = urlsplit(url).hostname
        except ValueError:  # whoever asks for it will say what is wrong with it
            return None
        return host if host and not policy.is_own(host) else None

    return lock_of


@asynccontextmanager
async def open_news(
    settings: Settings,
    clock: Clock = utc_now,
    *,
    fetcher: Fetcher | None = None,
    worker: Worker | None = None,
    metrics: Metrics | None = None,
) -> AsyncIterator[News]:
    """The news, wired; the topics file is taken in if it never was. fetcher, worker: in place of the real ones.

    metrics: where to count what is done; None for nowhere.

    Raises:
        TopicsFileError: the topics file can't be taken.
    """
    seed = _seed(settings.topics_file) if settings.topics_file else None
    async with AsyncExitStack() as stack:
        store = open_store(settings)
        stack.callback(store.close)
        if worker is None:
            worker = processes = ProcessWorker(prepare=partial(prepare_worker, settings.log_format, prepare))
            stack.callback(processes.close)
        if metrics is not None:
            worker = metering.MeteredWorker(worker, metrics)
        if fetcher is None:
            with store.read() as work:
                username = work.fact(USERNAME) or ""
            policy = AddressPolicy(settings.fetch_allow_private)
            http = HttpFetcher(policy, user_agent=user_agent(settings, username), clock=clock)
            fetcher = await stack.enter_async_context(http)
        model = await stack.enter_async_context(open_model(settings))
        news = _wired(settings, store, fetcher, worker, model, clock)
        stack.push_async_callback(news.regrouper.close)
        if metrics is not None:
            news.gatherer.on_report = metering.count_report(metrics)
            if news.reteller is not None:
                news.reteller.on_result = metering.count_retellings(metrics)
        if seed is not None:
            await news.desk.seed(seed)
        yield news


def _made(data_dir: Path) -> Path | None:
    """DATA_DIR, made where it is not there: with PostgreSQL nothing else has. None, and said so, where it can't be."""
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        log.warning("DATA_DIR can't be made (%s); texts are compared by their words alone", error)
        return None
    return data_dir


def _wired(
    settings: Settings, store: Store, fetcher: Fetcher, worker: Worker, model: LanguageModel | None, clock: Clock
) -> News:
    """The use cases over what was opened for them."""
    engine, sentences = settings.summarizer, settings.summary_sentences
    robots = Robots(fetcher, worker, clock)
    data_dir = _made(settings.data_dir)
    thorough = settings.embeddings == "encoder"
    matching = Matching(store, worker, clock, data_dir=data_dir, thorough=thorough)
    reader = Reader(store, fetcher, worker, matching, clock, gate=robots.check, engine=engine, sentences=sentences)
    regrouper = Regrouper(store, worker, clock, data_dir=data_dir, thorough=thorough)
    chance = random.Random()  # noqa: S311 - spreads polls, guards nothing
    desk = Desk(store, fetcher, worker, matching, clock)
    interval = settings.gather_interval
    reteller = None
    if model is not None:
        reteller = Reteller(store, model, worker, clock, daily_tokens=settings.llm_daily_tokens)
    return News(
        store=store,
        fetcher=fetcher,
        worker=worker,
        desk=desk,
        gatherer=Gatherer(store, fetcher, worker, reader, regrouper, clock, interval=interval, chance=chance),
        dispatcher=Dispatcher(store, clock) if settings.workers == "external" else None,
        planner=Planner(store, digest_messages, clock, open_benches=ProcessBenches),
        regrouper=regrouper,
        summaries=Summaries(fetcher, worker, engine=engine, sentences=sentences),
        workbench=Workbench(store, worker, matching, desk, clock),
        reteller=reteller,
        model=model,
        clock=clock,
    )


@asynccontextmanager
async def open_model(settings: Settings) -> AsyncIterator[LanguageModel | None]:
    """The language model that the settings name; None where they name none."""
    if not settings.llm_base_url:
        yield None
        return
    key = settings.llm_api_key.get_secret_value()
    model = OpenAiModel(settings.llm_base_url, key=key, name=settings.llm_model, timeout=settings.llm_timeout)
    try:
        yield model
    finally:
        await model.close()


@asynccontextmanager
async def open_reading(settings: Settings) -> AsyncIterator[Summaries]:
    """Summaries alone, without a database."""
    worker = ProcessWorker(1, prepare=partial(prepare_worker, settings.log_format, prepare))
    fetcher = HttpFetcher(AddressPolicy(settings.fetch_allow_private), user_agent=user_agent(settings))
    try:
        async with fetcher:
            yield Summaries(fetcher, worker, engine=settings.summarizer, sentences=settings.summary_sentences)
    finally:
        worker.close()


@asynccontextmanager
async def open_bot(
    settings: Settings,
    clock: Clock = utc_now,
    *,
    speed: float = 1,
    fetcher: Fetcher | None = None,
    worker: Worker | None = None,
    metrics: Metrics | None = None,
) -> AsyncIterator[Bot]:
    """The bot, wired and initialized, its jobs not yet started, no update taken yet.

    speed: how many times faster than real time `clock` runs. fetcher, worker: in place of the real ones. metrics: where
    to count what is done; None for its own.

    Raises:
        TelegramError: Telegram does not accept the token, or is out of reach.
    """
    metrics = metrics or Metrics()
    async with open_news(settings, clock, fetcher=fetcher, worker=worker, metrics=metrics) as news:
        pace = Pace(PAID_PER_SECOND if settings.paid_broadcast else PER_SECOND)
        requests = AiohttpRequest(connections=CONNECTIONS), AiohttpRequest(connections=1, is_patient=True)
        application = _application(settings, pace, metrics, *requests)
        sender = metering.MeteredSender(TelegramSender(application.bot, pace, is_paid=settings.paid_broadcast), metrics)
        services = _services(news, settings, application.bot, sender)
        application.bot_data["services"] = services
        add_handlers(application)
        _count(application, metrics)
        async with _closing(*requests), application:
            _introduce(news, settings, application.bot.username)
            jobs = _jobs(news, services, settings, speed=speed)
            metering.count_jobs(jobs, metrics)
            yield Bot(news=news, services=services, application=application, scheduler=jobs, metrics=metrics)


def _services(news: News, settings: Settings, bot: ExtBot[Any], sender: Sender) -> Services:
    """What the handlers and the timed jobs call."""
    store, clock, language = news.store, news.clock, settings.default_lang
    subscribers, places = Subscribers(store, clock, zone=settings.default_tz), Places(store)
    keepers = Keepers(bot, subscribers, places, language=language)
    staffing = Staffing(store, clock, owner_ids=frozenset(settings.admin_ids))
    return Services(
        subscribers=subscribers,
        desk=news.desk,
        sources=Sources(store, news.desk, news.fetcher, news.worker, clock),
        browsing=Browsing(store, clock),
        offers=Offers(clock),
        searches=Offers(clock),
        sharing=Sharing(store),
        places=places,
        keepers=keepers,
        summaries=news.summaries,
        publisher=_publisher(news, sender, keepers, Doubts(subscribers, keepers.write, language=language)),
        notices=Notices(store, digest_messages, clock),
        gatherer=news.dispatcher or news.gatherer,
        sender=sender,
        clock=clock,
        figures=FigureDesk(store, clock),
        broadcasting=Broadcasting(store, clock),
        worker=news.worker,
        examine=lambda: health.examine(settings, bot, store, clock(), news.model),
        staffing=staffing,
        watch=FeedWatch(store, staffing, alarm_part, sender, clock, interval=settings.gather_interval),
        workbench=news.workbench,
        default_language=language,
        asks_a_model=news.model is not None,
    )


def _publisher(news: News, sender: Sender, keepers: Keepers, doubts: Doubts) -> Publisher:
    return Publisher(
        news.store,
        digest_messages,
        sender,
        news.clock,
        on_barred=keepers.barred,
        on_doubt=doubts.tell,
        chance=random.random,
        open_benches=ProcessBenches,
    )


def _jobs(news: News, services: Services, settings: Settings, *, speed: float) -> AsyncIOScheduler:
    """The timed jobs, not started yet."""
    jobs = scheduler.build(
        news.gatherer.gather if news.dispatcher is None else news.dispatcher.dispatch,
        partial(_plan, news, services.publisher),
        services.publisher,
        services.notices,
        services.subscribers,
        services.watch,
        check=scheduler.DISPATCH_CHECK if news.dispatcher else min(scheduler.GATHER_CHECK, settings.gather_interval),
        speed=speed,
    )
    pruner = Pruner(news.store, news.clock, keep=timedelta(days=settings.keep_days))
    scheduler.add_pruning(jobs, pruner, speed=speed)
    if news.reteller is not None:
        scheduler.add_retelling(jobs, news.reteller, speed=speed)
    return jobs


@asynccontextmanager
async def running(bot: Bot, settings: Settings) -> AsyncIterator[None]:
    """Take updates, by webhook where the settings name one, and do the timed jobs, until the block ends."""
    bot.services.publisher.recover()
    await asyncio.to_thread(bot.services.broadcasting.resume)
    application, services = bot.application, bot.services
    await application.start()
    members = await asyncio.to_thread(services.staffing.members)
    menu = publish_menu(application.bot, services.staffing.owner_ids, members, services.default_language)
    application.create_task(menu)
    try:
        async with _taking_updates(bot, settings):
            bot.scheduler.start()
            try:
                yield
            finally:
                bot.scheduler.shutdown(wait=False)
                await services.publisher.close(LAST_MESSAGES)
    finally:
        # Stopping waits for answers under way; one that waits for a hanging site is not worth it.
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(application.stop(), LAST_ANSWERS)


@asynccontextmanager
async def _taking_updates(bot: Bot, settings: Settings) -> AsyncIterator[None]:
    """Either way begins by telling Telegram which it is, so that changing it needs nobody's hand and loses nothing."""
    if settings.webhook_url:
        async with receiving(
            bot.application, settings, bot.news.store, updates=_UPDATES, count=bot.metrics.webhook_requests
        ):
            yield
        return
    updater = bot.application.updater
    assert updater is not None  # _application builds one
    try:
        await updater.start_polling(allowed_updates=_UPDATES)
        yield
    finally:
        if updater.running:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(updater.stop(), LAST_ANSWERS)


def _seed(file: Path) -> TopicsFile:
    try:
        return read_topics_file(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise TopicsFileError([f"TOPICS_FILE: {file} can't be read: {error}"]) from error


def user_agent(settings: Settings, username: str = "") -> str:
    """How the fetcher introduces itself to sites. username: of the bot, which its people can be reached by."""
    contact = f" (+https://t.me/{username})" if username else ""
    return settings.user_agent or f"{AGENT}/{version('news-digest-bot')}{contact}"


async def _plan(news: News, publisher: Publisher) -> None:
    """Plan the editions that are due: by a worker where there are some, or here."""

    async def here() -> None:
        await news.regrouper.regroup(patience=BEFORE_EDITIONS)
        await asyncio.to_thread(publisher.plan)

    if news.dispatcher is None:
        await here()
    else:
        await asyncio.to_thread(publisher.drop_stale)  # as `publisher.plan` does first
        await news.dispatcher.plan(otherwise=here)


def _introduce(news: News, settings: Settings, username: str) -> None:
    """Tell sites whom to write to: now, and when next something is fetched without the bot."""
    with news.store.begin() as work:
        work.remember(USERNAME, username)
    if isinstance(news.fetcher, HttpFetcher):
        news.fetcher.user_agent = user_agent(settings, username)


_UPDATES = [Update.MESSAGE, Update.CALLBACK_QUERY, Update.MY_CHAT_MEMBER, Update.INLINE_QUERY]


@asynccontextmanager
async def _closing(*requests: AiohttpRequest) -> AsyncIterator[None]:
    """An application that is given up while it waits for its first answer does not close these."""
    try:
        yield
    finally:
        for request in requests:
            await request.shutdown()


def _application(
    settings: Settings, pace: Pace, metrics: Metrics, request: AiohttpRequest, polling: AiohttpRequest
) -> BotApplication:
    api = settings.telegram_api_url
    # The library's pauses as timedelta, as its next version will have them; it reads this when it meets the first.
    os.environ.setdefault("PTB_TIMEDELTA", "true")
    return (
        Application.builder()
        .token(settings.telegram_bot_token.get_secret_value())
        .base_url(f"{api}/bot")
        .base_file_url(f"{api}/file/bot")
        .context_types(ContextTypes(context=BotContext))
        .concurrent_updates(PerChatProcessor())
        .request(request)
        .get_updates_request(polling)
        .job_queue(None)
        .rate_limiter(metering.MeteredLimiter(TurnLimiter(pace), metrics))
        .build()
    )


def _count(application: BotApplication, metrics: Metrics) -> None:
    application.add_handler(TypeHandler(Update, metering.count_updates(metrics)), group=-2)
    application.add_error_handler(metering.count_failures(metrics))
    processor = application.update_processor
    metrics.updates_waiting.set_function(lambda: processor.current_concurrent_updates)
