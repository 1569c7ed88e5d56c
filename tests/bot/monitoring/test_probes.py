"""What a supervisor and Prometheus are told."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import aiohttp
import pytest
from prometheus_client.openmetrics.parser import text_string_to_metric_families as read_openmetrics
from prometheus_client.parser import text_string_to_metric_families

from bot.monitoring import asking
from bot.monitoring.metrics import Metrics
from bot.monitoring.probes import monitored
from bot.monitoring.status import Status
from bot.settings import SettingsError, load
from builders import NOW
from digests.store.engine import open_engine
from digests.store.unit_of_work import Store


@pytest.fixture
def status():
    return Status()


@pytest.fixture
def metrics():
    return Metrics()


@pytest.fixture
async def address(status, metrics, clock):
    settings = load(_env_file=None, metrics_listen="127.0.0.1:0")
    async with monitored(settings, status, metrics, clock) as port:
        yield f"127.0.0.1:{port}"


@pytest.fixture
async def get(address):
    """Asks a path; gives status and body, as JSON where it is."""
    async with aiohttp.ClientSession() as session:

        async def ask(path, **headers):
            async with session.get(f"http://{address}{path}", headers=headers) as answer:
                return answer.status, await (answer.json() if "json" in answer.content_type else answer.text())

        yield ask


async def test_whoever_answers_is_alive(get):
    status, told = await get("/healthz")
    assert status == 200
    assert (told["alive"], told["role"]) == (True, "starting")


async def test_before_telegram_knows_the_bot_it_is_not_ready(get):
    status, told = await get("/readyz")
    assert status == 503
    assert told == {
        "ready": False,
        "role": "starting",
        "checks": {"telegram": False, "database": False, "gathering": False},
    }


async def test_ready_are_both_the_one_that_runs_and_the_one_that_waits(get, status, metrics, store):
    with status.ready(store):
        assert (await get("/readyz"))[1]["role"] == "standby"
        with status.running(metrics.active):
            code, told = await get("/readyz")
            assert (code, told["ready"], told["role"]) == (200, True, "active")
            assert "newsdigest_active 1.0" in (await get("/metrics"))[1]
        assert "newsdigest_active 0.0" in (await get("/metrics"))[1]


async def test_without_its_database_it_is_not_ready(get, status, tmp_path):
    broken = Store(open_engine(f"sqlite:///{tmp_path}/none/x.sqlite3"))
    with status.ready(broken):
        code, told = await get("/readyz")
        assert code == 503
        assert told["checks"] == {"telegram": True, "database": False, "gathering": False}
        assert "newsdigest_database_up 0.0" in (await get("/metrics"))[1]
    broken.close()


@pytest.mark.parametrize(
    ("hours", "code"), [pytest.param(5, 200, id="some hours ago"), pytest.param(7, 503, id="long ago")]
)
async def test_when_gathering_stands_still_it_is_not_ready(get, status, store, hours, code):
    with store.begin() as work:
        feed = work.feeds.add("https://agency.example/feed", title="Agency", site_url="", now=NOW)
        work.feeds.save([replace(feed, last_success_at=NOW - timedelta(hours=hours))])
    with status.ready(store):
        assert (await get("/readyz"))[0] == code


async def test_metrics_can_be_read_in_both_formats(get, status, store):
    with status.ready(store):
        told = {family.name for family in text_string_to_metric_families((await get("/metrics"))[1])}
        assert {"newsdigest_feeds_late", "newsdigest_polls", "process_resident_memory_bytes"} <= told
        openmetrics = (await get("/metrics", Accept="application/openmetrics-text; version=1.0.0"))[1]
        assert {"newsdigest_polls", "newsdigest_build_info"} <= {one.name for one in read_openmetrics(openmetrics)}


async def test_without_an_address_nobody_listens(status, metrics, clock):
    async with monitored(load(_env_file=None), status, metrics, clock) as port:
        assert port is None


async def test_an_address_that_is_taken_is_said_in_one_line(address, status, clock):
    settings = load(_env_file=None, metrics_listen=address)
    with pytest.raises(SettingsError, match=r"METRICS_LISTEN: can't listen on 127\.0\.0\.1:"):
        async with monitored(settings, status, Metrics(), clock):
            pytest.fail("it can't listen there")


async def test_the_command_line_asks_too(address):
    everywhere = address.replace("127.0.0.1", "0.0.0.0")
    assert await asyncio.to_thread(asking.ask, everywhere) == asking.Answer(
        alive=True, role="starting", checks={"telegram": False, "database": False, "gathering": False}
    )


def test_where_nobody_answers_nobody_is_alive(unused_tcp_port):
    assert not asking.ask(f"127.0.0.1:{unused_tcp_port}").alive
