import math
from dataclasses import replace
from datetime import timedelta

import pytest

from bot import health
from bot.health import Level
from bot.settings import LANGUAGES
from bot.texts import texts_in
from builders import NOW
from digests.store.tasks import Workload


async def ask(person, text):
    await person.send(text)
    return await person.next_message()


async def test_an_admin_has_a_home(stage):
    message = await ask(stage.admin(), "/admin")
    for command in ("/topic", "/feeds", "/stats", "/broadcast", "/admins"):
        assert command in message.text
    assert [button.text for button in message.buttons] == [
        "🏷 Topics",
        "🩺 Is all well?",
        "👥 Who may do what, and the log",
    ]


async def test_the_doctor_in_the_chat_names_faults_first_and_what_to_do(stage, database_kind):
    def kept():
        if database_kind == "sqlite":
            return "1 MB"
        with stage.store.read() as work:
            return f"{math.ceil(work.size().total / 2**20)} MB"

    admin = stage.admin()
    await ask(admin, "/admin")
    await admin.press("Is all well?")
    told = (await admin.wait_for(lambda message: "fault" in message.text)).text
    assert "There are no feeds\n    → Add one in the chat: /feeds add ADDRESS" in told
    assert told.index("There are no feeds") < told.index("Telegram knows")
    assert "MB of disk are free" in told
    assert "Nothing is late; 0 wait to be sent" in told
    assert f"No articles are kept yet; the database takes {kept()}" in told
    stage.publish("Rocket lands")
    await admin.press("Is all well?")
    told = (await admin.wait_for(lambda message: "since 2026-03-02" in message.text)).text
    assert f"1 article is kept, since 2026-03-02; the database takes {kept()}, 0 of them free for what comes" in told


async def test_the_home_and_the_doctor_are_for_staff(stage):
    alice = await stage.reader("science")
    assert "Only admins" in (await ask(alice, "/admin")).text
    for data in ("ah", "dr"):
        assert "Only admins" in (await (await alice.press(data=data)).told())


def found(store, now=NOW):
    return {one.key: one for one in health.of_store(store, now)}


async def test_what_is_late_is_a_fault(stage):
    await stage.reader("science")
    stage.publish("Rocket lands")
    stage.clock.now = NOW.replace(hour=8)
    stage.bot.services.publisher.plan()
    assert found(stage.store, stage.clock())["outbox"].values["waiting"] == 1
    late = found(stage.store, stage.clock() + timedelta(minutes=6))["outbox-late"]
    assert late.level is Level.FAULT


@pytest.mark.parametrize(
    ("has_workers", "workload", "key", "level"),
    [
        pytest.param(True, Workload(workers=2, waiting={"poll": 1}), "workers", Level.OK, id="all is well"),
        pytest.param(True, Workload(waiting={"poll": 1}), "workers-none", Level.FAULT, id="nobody works"),
        pytest.param(True, None, "workers-none", Level.FAULT, id="nobody ever worked"),
        pytest.param(True, Workload(workers=1, stalled=2), "workers-stalled", Level.HINT, id="one is gone"),
        pytest.param(False, Workload(workers=1), "workers-idle", Level.HINT, id="nobody gives them work"),
    ],
)
def test_workers_are_told_of(store, monkeypatch, has_workers, workload, key, level):
    monkeypatch.setattr("digests.store.tasks.Tasks.workload", lambda _: workload)
    findings = {one.key: one for one in health.of_store(store, NOW, has_workers=has_workers)}
    assert {name for name in findings if name.startswith("workers")} == {key}
    assert findings[key].level is level
    for language in ("en", "ru", "kk"):
        texts = texts_in(language)
        counted = (
            sum(workload.waiting.values()) if workload and key == "workers-none" else workload and workload.workers
        )
        assert str(counted or 0) in texts.finding(key, **findings[key].values)
        assert level is Level.OK or texts.advice(key, **findings[key].values)


def test_without_workers_nothing_is_told_of_them(store):
    assert not [one for one in health.of_store(store, NOW) if one.key.startswith("workers")]


def test_before_the_first_start_the_topics_file_is_what_is_missing(store, tmp_path):
    file = tmp_path / "topics.toml"
    assert {"no-topics", "no-feeds"} <= {one.key for one in health.of_store(store, NOW, topics_file=file)}
    file.touch()
    findings = {one.key: one for one in health.of_store(store, NOW, topics_file=file)}
    assert "no-topics" not in findings
    assert findings["topics-waiting"].level is Level.HINT


async def test_feeds_that_fail_and_gathering_that_stands_still_are_faults(stage):
    stage.publish("Rocket lands")
    assert found(stage.store)["gathered-never"].level is Level.HINT
    with stage.store.begin() as work:
        (feed,) = work.feeds.all()
        work.feeds.save([replace(feed, last_success_at=NOW - timedelta(hours=7), error="timeout", failures=3)])
    findings = found(stage.store)
    assert findings["gathered-late"].level is Level.FAULT
    assert "too long to answer" in texts_in("en").advice("feed", **findings["feed"].values)


KEYS = {
    "token": {"name": "@a"},
    "telegram-away": {"error": "x"},
    "webhook": {"url": "x"},
    "webhook-fails": {"url": "x", "error": "x", "waiting": 1},
    "clock-alone": {"now": "x"},
    "clock-off": {"seconds": "+40"},
    "disk": {"megabytes": 5},
    "disk-full": {"megabytes": 5},
    "disk-unknown": {"error": "x"},
    "database": {"readers": 1, "topics": 2, "feeds": 3},
    "no-database": {"error": "x"},
    "feed": {"title": "Agency", "url": "https://a.example", "code": "timeout"},
    "gathered": {"at": "x"},
    "gathered-late": {"at": "x"},
    "outbox": {"waiting": 1, "at": "x"},
    "outbox-full": {"waiting": 1, "at": "x"},
    "outbox-late": {"waiting": 1, "at": "x"},
}
WELL = {"token", "inline", "groups", "webhook", "clock", "clock-alone", "disk", "database", "gathered", "outbox"}
BARE = {
    "token-missing",
    "token-unknown",
    "inline",
    "inline-off",
    "groups",
    "groups-off",
    "webhook-other",
    "clock",
    "no-topics",
    "no-feeds",
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", sorted(KEYS.keys() | BARE | {"gathered-never"}))
def test_every_finding_has_its_sentence_and_every_fault_its_advice(key, language):
    texts, values = texts_in(language), KEYS.get(key, {})
    assert texts.finding(key, **values)
    if key not in WELL:
        assert texts.advice(key, **values)
