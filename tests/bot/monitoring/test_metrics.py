"""What the product counts while it does its work."""

import asyncio
import json
import re
import time
from datetime import timedelta
from pathlib import Path

import pytest
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from prometheus_client import CollectorRegistry, ProcessCollector

import digests.reading
from bot.monitoring.lag import watching_lag
from bot.monitoring.lookout import Lookout
from bot.monitoring.metering import SUMMARIZING, MeteredSender, MeteredWorker, count_jobs
from bot.monitoring.metrics import Metrics
from bot.monitoring.status import Status
from builders import NOW, page, rss, rss_item
from digests.errors import (
    DeliveryDelayedError,
    DeliveryUnknownError,
    SubscriberGoneError,
    UnreadablePageError,
    WorkerError,
    WorkTimedOutError,
)
from digests.model import Part
from fakes import FakeClock, FakeSender, InlineWorker

ROOT = Path(__file__).parents[3]


def value(metrics, name, **labels):
    """Of one sample; 0 before the first."""
    return metrics.registry.get_sample_value(f"newsdigest_{name}", labels) or 0


def families():
    """Every metric that a running bot may tell: name -> (type, labels, samples' names)."""
    registry = Metrics().registry
    registry.register(Lookout(Status(), FakeClock()))
    return {one.name: one for one in registry.collect()}


async def test_a_digest_on_demand_is_counted(stage):
    alice = await stage.reader("science")
    stage.publish("A rocket flies")
    await alice.send("/digest")
    await alice.next_message()
    metrics = stage.bot.metrics
    await stage.until(lambda: value(metrics, "sends_total", result="accepted") == 1)
    assert value(metrics, "updates_total", kind="message") == 2
    assert value(metrics, "updates_total", kind="callback_query") == 2
    assert value(metrics, "telegram_requests_total", method="sendMessage", result="ok") >= 2
    assert value(metrics, "telegram_request_seconds_count") > 0
    assert value(metrics, "update_failures_total") == 0


async def test_waits_that_telegram_asks_for_are_counted(stage):
    alice = stage.person("Alice")
    stage.sandbox.faults.flood("sendMessage", retry_after=1)
    await alice.send("/start")
    await alice.next_message()
    metrics = stage.bot.metrics
    assert value(metrics, "flood_waits_total") == 1
    assert value(metrics, "flood_wait_seconds_total") == 1
    assert value(metrics, "telegram_requests_total", method="sendMessage", result="flood") == 1


async def test_a_gathering_pass_is_counted(stage):
    stage.web.bodies |= {
        "https://agency.example/feed": rss(rss_item("1", "A rocket flies"), rss_item("2", "A rocket lands")),
        **{
            f"https://agency.example/{number}": page(title, f"{title}. The rocket flew over the sea. " * 10)
            for number, title in (("1", "A rocket flies"), ("2", "A rocket lands"))
        },
    }
    with stage.store.begin() as work:
        for url in ("https://agency.example/feed", "https://silent.example/feed"):
            work.feeds.add(url, title="Agency", site_url="", now=stage.clock())
    await stage.bot.services.gatherer.gather()
    metrics = stage.bot.metrics
    # The timed job may have been the one that did it.
    await stage.until(lambda: value(metrics, "articles_total", result="read") == 2)
    assert value(metrics, "polls_total", result="changed") == 1
    assert value(metrics, "polls_total", result="status:404") == 1
    assert value(metrics, "entries_total", kind="new") == 2
    assert value(metrics, "summaries_total") == 2
    assert value(metrics, "work_total", work="parse", result="done") == 1


async def test_timed_jobs_are_counted(stage):
    metrics = stage.bot.metrics
    await stage.until(lambda: value(metrics, "jobs_total", job="gather", result="done") > 0)


async def test_a_job_that_fails_is_counted_as_such():
    async def breaks():
        raise RuntimeError

    metrics, scheduler = Metrics(), AsyncIOScheduler()
    count_jobs(scheduler, metrics)
    scheduler.add_job(breaks, id="gather")
    scheduler.start()
    async with asyncio.timeout(5):
        while not value(metrics, "jobs_total", job="gather", result="failed"):  # noqa: ASYNC110 - has no event
            await asyncio.sleep(0.01)
    scheduler.shutdown(wait=False)


@pytest.mark.parametrize(
    ("outcome", "result"),
    [
        pytest.param(None, "accepted", id="accepted"),
        pytest.param(SubscriberGoneError(1), "gone", id="gone"),
        pytest.param(DeliveryDelayedError(1, retry_in=timedelta()), "delayed", id="delayed"),
        pytest.param(DeliveryUnknownError(1), "unknown", id="unknown"),
    ],
)
async def test_a_message_is_counted_by_what_came_of_it(outcome, result):
    metrics = Metrics()
    sender = MeteredSender(FakeSender(outcome), metrics)
    if outcome is None:
        assert await sender.send(1, Part(text="x")) == 1
    else:
        with pytest.raises(type(outcome)):
            await sender.send(1, Part(text="x"))
    assert value(metrics, "sends_total", result=result) == 1


@pytest.mark.parametrize(
    ("error", "result"),
    [
        pytest.param(WorkTimedOutError("x"), "timeout", id="too long"),
        pytest.param(WorkerError("x"), "failed", id="died"),
        pytest.param(UnreadablePageError("x"), "declined", id="no article"),
    ],
)
async def test_work_is_counted_by_what_came_of_it(error, result):
    def read_entry():
        raise error

    metrics = Metrics()
    with pytest.raises(type(error)):
        await MeteredWorker(InlineWorker(), metrics).run(read_entry)
    assert value(metrics, "work_total", work="read_entry", result=result) == 1
    assert value(metrics, "summaries_total") == 0


def test_what_summarizes_is_there():
    assert all(callable(getattr(digests.reading, name)) for name in SUMMARIZING)


async def test_a_loop_that_was_held_up_is_noticed():
    metrics = Metrics()
    async with watching_lag(metrics.lag_seconds):
        await asyncio.sleep(0)
        time.sleep(0.5)  # noqa: ASYNC251 - what is not to happen
        async with asyncio.timeout(5):
            while not value(metrics, "event_loop_lag_seconds_count"):  # noqa: ASYNC110 - has no event
                await asyncio.sleep(0.01)
    assert value(metrics, "event_loop_lag_seconds_sum") >= 0.2


def test_names_keep_the_conventions():
    for name, family in families().items():
        assert re.fullmatch(r"newsdigest(_[a-z]+)+", name), name
        assert family.documentation, name
        assert family.type in {"counter", "gauge", "histogram"}, name
        assert family.type != "counter" or not name.endswith("_total"), f"{name}: the library adds it"
        assert not re.search(r"_(ms|milliseconds|minutes|kb|mb)\b", name), name


def test_the_operators_page_names_every_metric():
    listed = re.findall(
        r"^\| `(newsdigest_\w+)", (ROOT / "docs/operations.md").read_text(encoding="utf-8"), re.MULTILINE
    )
    told = {f"{name}_total" if family.type == "counter" else name for name, family in families().items()}
    assert sorted(listed) == sorted(told)


def expressions():
    board = json.loads((ROOT / "deploy/grafana.json").read_text(encoding="utf-8"))
    return [target["expr"] for panel in board["panels"] for target in panel.get("targets", ())]


def samples():
    """What may stand in a query: name -> labels that it has."""
    found = {}
    registry = CollectorRegistry()
    ProcessCollector(registry=registry)
    others = {sample.name: set() for family in registry.collect() for sample in family.samples}
    for name, family in families().items():
        labels = LABELS.get(name.removeprefix("newsdigest_"), set())
        ends = {"counter": ["_total"], "histogram": ["_bucket", "_sum", "_count"], "gauge": [""]}[family.type]
        found |= {name + end: labels | ({"le"} if end == "_bucket" else set()) for end in ends}
    return found | others


def labels_of_everything():
    everything = [one for one in vars(Metrics()).values() if hasattr(one, "_labelnames")]
    everything += Lookout(Status(), FakeClock()).collect()
    names = {getattr(one, "name", None) or one._name: set(one._labelnames) for one in everything}
    return {name.removeprefix("newsdigest_"): labels for name, labels in names.items()}


LABELS = labels_of_everything()


@pytest.mark.parametrize("expression", expressions())
def test_the_dashboard_asks_for_what_is_told(expression):
    known = samples()
    named = set(re.findall(r"\b(?:newsdigest|process)_\w+", expression))
    assert named
    assert named <= set(known)
    grouped = re.findall(r"by \(([^)]*)\)", expression)
    matched = re.findall(r'(\w+)(?:=~|!=|!~|=)"', expression)
    labels = {one.strip() for group in grouped for one in group.split(",")} | set(matched)
    assert labels - {"instance"} <= set.union(*(known[name] for name in named))
    assert expression.count("(") == expression.count(")")


def test_the_dashboard_shows_every_metric():
    everything = " ".join(expressions())
    assert [name for name in families() if name not in everything] == []


def test_now_is_told_in_the_products_own_time(store):
    clock, status = FakeClock(NOW), Status(store=store)
    lookout = Lookout(status, clock)
    registry = CollectorRegistry()
    registry.register(lookout)
    assert registry.get_sample_value("newsdigest_feeds_due") is None
    with store.begin() as work:
        work.feeds.add("https://agency.example/feed", title="Agency", site_url="", now=NOW)
    assert asyncio.run(lookout.look()).feeds_due == 1
    assert registry.get_sample_value("newsdigest_feeds_due") == 1
    assert registry.get_sample_value("newsdigest_subscribers", {"state": "active"}) == 0
