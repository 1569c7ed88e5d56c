"""One feed in the chat: how it is, every change of it by line and by button, and who is told when it breaks."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.callbacks import Press
from bot.source_screens import WEIGHTS, alarm_part
from bot.texts import texts_in
from builders import NOW, page, rss, rss_item
from digests.alarms import BETWEEN, Alarm
from digests.errors import HttpStatusError
from digests.gather.polling import STILL_NEWS

OLD, NEW = "https://agency.example/feed.xml", "https://news.example/feed.xml"


@pytest.fixture
async def admin(stage):
    admin = stage.admin()
    await admin.send("/start")
    await admin.next_message()
    return admin


SHORT = rss(rss_item("1", "Rocket"), rss_item("2", "Bank"), title="The Agency")
LONG = rss(
    rss_item("1", "Rocket flies over Larton", url="https://agency.example/1"),
    rss_item("2", "Bank of Larton opens", url="https://agency.example/2", html="The bank opens at noon. " * 20),
    title="The Agency",
)


@pytest.fixture
async def feed(stage):
    """A feed that has been polled; what it says is too short to be read."""
    return await polled(stage, SHORT)


@pytest.fixture
async def told(stage):
    """A feed that has been read, with one article of its page and one of the feed alone."""
    stage.web.bodies["https://agency.example/1"] = page("Rocket flies", "The rocket flew over the sea. " * 10)
    return await polled(stage, LONG)


async def polled(stage, body):
    stage.web.bodies[OLD] = body
    with stage.store.begin() as work:
        work.feeds.add(OLD, title="The Agency", site_url="", now=NOW)
        work.feeds.add("https://paper.example/rss", title="Paper", site_url="", now=NOW + timedelta(days=1))
    await stage.bot.services.gatherer.gather()
    return now(stage)


def now(stage):
    """The feed as it is stored."""
    return min(
        (one.feed for one in stage.bot.services.desk.feeds() if one.feed.title != "Paper"), key=lambda one: one.id
    )


async def ask(person, text):
    await person.send(text)
    return (await person.next_message()).text


async def pressed(person, button):
    await person.press(button)
    return await person.next_message()


async def test_a_feed_tells_how_it_is(stage, admin, told):
    await ask(admin, "/feeds")
    shown = (await pressed(admin, "1")).text
    assert shown.startswith(f"📡 1. The Agency\n{OLD}\nSite: https://agency.example/\n\n🟢 Read 1 minute ago.")
    assert re.search(r"Its next turn: in \d+ (minutes|hours)\.", shown)
    assert "2 entries in the last 24 hours" in shown
    assert "Articles of 7 days: 2. From their pages 50 %, from the feed alone 1, headlines only 0." in shown
    assert "Weight: 1" in shown


async def test_the_list_tells_what_is_broken_first_and_keeps_its_numbers(stage, admin, feed):
    with stage.store.begin() as work:
        work.feeds.save([replace(feed, error="status:404", failures=2, failing_since=NOW)])
    told = await ask(admin, "/feeds")
    assert told.startswith("📡 Feeds: 2 · 🔴 1\n1. 🔴 The Agency – 2 times in a row, last read 1 minute ago\n")
    assert told.index("1. 🔴") < told.index("2. ⚪️ Paper")
    assert "the feed is not there, or no longer" in (await pressed(admin, "1")).text


@pytest.mark.parametrize(
    ("line", "told", "change"),
    [
        ("rename 1 The  Herald", "“The Agency” is called “The Herald” from now on", {"title": "The Herald"}),
        (
            "credit 1 By <kind> permission",
            "stands from now on: “By <kind> permission”",
            {"credit": "By <kind> permission"},
        ),
        ("language 1 KK", "count as Kazakh from now on", {"language": "kk"}),
        ("weight 1 0,5", "counts 0.5 from now on", {"weight": 0.5}),
        ("pause 1", "The Agency is paused", {"is_paused": True}),
        (f"rename {OLD}/ Herald", "is called “Herald”", {"title": "Herald"}),
        ('rename "the ag" Herald', "is called “Herald”", {"title": "Herald"}),
        ("pause the agency", "The Agency is paused", {"is_paused": True}),
    ],
)
async def test_a_line_changes_a_feed_and_is_taken_back_by_a_button(stage, admin, feed, line, told, change):
    assert told in await ask(admin, f"/feeds {line}")
    assert now(stage) == replace(feed, **change)
    assert (await pressed(admin, "Undo")).text.startswith("Taken back.")
    assert now(stage) == feed
    first, second = stage.bot.services.staffing.log()[:2]
    assert (first.by.user_id, second.by.user_id, second.reverted_by) == (admin.id, admin.id, first.id)


async def test_a_credit_without_words_takes_it_away(stage, admin, feed):
    await ask(admin, "/feeds credit 1 By permission")
    assert "stands nothing but its name" in await ask(admin, "/feeds credit 1")
    assert now(stage).credit == ""


async def test_what_is_so_already_is_no_change(stage, admin, feed):
    assert (await ask(admin, "/feeds weight 1 1")).startswith("It was so already.")
    assert stage.bot.services.staffing.log() == ()


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("pause 3", "There is no such feed"),
        ("pause 0", "There is no such feed"),
        ("pause 99999999999999999999", "There is no such feed"),
        ("pause nothing", "There is no such feed"),
        ("nothing", "There is no such feed"),
        ("pause https://agency.example/other", "There is no such feed"),
        ("pause p", "Several feeds may be meant: Paper, Press"),
        ("rename 1", "/feeds rename https://agency.example/feed.xml New name"),
        (f"rename 1 {'x' * 201}", "1 to 200 characters"),
        (f"credit 1 {'x' * 121}", "120 characters at most"),
        ("credit 1", "/feeds credit https://agency.example/feed.xml Reprinted"),
        ("language 1 kazakh", "a code of two letters"),
        ("move 1", "/feeds move https://agency.example/feed.xml https://example.com/new.xml"),
        ("move 1 ftp://x", "“ftp://x” is not an address"),
        ("move 1 https://nowhere.example/", "answered with an error (404)"),
        ("move 1 https://paper.example/rss", "Paper is followed already"),
        ("move", "Lines about feeds"),
        ("help", "/feeds credit 3"),
    ],
)
async def test_a_line_that_can_not_be_done_says_why_and_changes_nothing(stage, admin, feed, line, answer):
    if line.endswith(" p"):
        with stage.store.begin() as work:
            work.feeds.add("https://press.example/rss", title="Press", site_url="", now=NOW)
    assert answer in await ask(admin, f"/feeds {line}")
    assert now(stage) == feed
    assert stage.bot.services.staffing.log() == ()


async def test_a_feed_moves_with_all_it_told_and_nothing_comes_twice(stage, admin, told):
    with stage.store.begin() as work:
        topic = work.topics.get("science")
        work.topics.replace(replace(topic, feed_urls=(OLD,)))
    stage.web.bodies[NEW] = rss(
        rss_item("https://news.example/a", "Comet seen", url="https://news.example/a", html="A comet was seen. " * 20),
        rss_item("https://news.example/b", "Rocket flies over Larton", url="https://news.example/b"),
        rss_item("2", "Bank of Larton opens", url="https://news.example/c"),
    )
    assert f"is read at its new address from now on: {NEW}" in await ask(admin, f"/feeds move 1 {NEW}")
    while not stage.bot.services.desk.feeds()[1].feed.last_success_at or stage.bot.services.gatherer.is_gathering:
        await stage.settle()
    await stage.bot.services.gatherer.gather()
    with stage.store.read() as work:
        stories = [one.lead.title for one in work.articles.stories(NOW - STILL_NEWS)]
    assert sorted(stories) == ["Bank of Larton opens", "Comet seen", "Rocket flies over Larton"]
    assert stage.bot.services.desk.topic("science").feed_urls == (NEW,)
    assert (now(stage).id, now(stage).url) == (told.id, NEW)
    assert (await pressed(admin, "Undo")).text.startswith("Taken back.")
    assert (now(stage).url, stage.bot.services.desk.topic("science").feed_urls) == (OLD, (OLD,))


async def test_of_several_feeds_at_the_new_address_one_is_to_be_named(stage, admin, feed):
    links = "".join(f'<link rel="alternate" type="application/rss+xml" href="/{name}">' for name in ("a", "b"))
    stage.web.bodies["https://news.example/"] = page("News", "News.").replace(b"<head>", f"<head>{links}".encode())
    stage.web.bodies |= {f"https://news.example/{name}": rss(rss_item(name), title=name) for name in ("a", "b")}
    told = await ask(admin, "/feeds move 1 https://news.example/")
    assert "There are several feeds there" in told
    assert "https://news.example/a\nhttps://news.example/b" in told
    assert now(stage) == feed


async def test_a_paused_feed_is_asked_for_nothing_until_it_goes_on(stage, admin, feed):
    await ask(admin, "/feeds pause 1")
    assert "1. ⏸ The Agency – paused" in await ask(admin, "/feeds")
    stage.web.requests.clear()
    stage.clock.now += timedelta(days=2)
    with stage.store.begin() as work:
        work.feeds.poll_soon(stage.clock())
    await stage.bot.services.gatherer.gather()
    await stage.bot.services.gatherer.gather(all_feeds=True)
    assert stage.web.count(OLD) == 0
    assert "is paused. /feeds resume first" in await ask(admin, "/feeds retry 1")
    assert "is read again" in await ask(admin, "/feeds resume 1")
    while not stage.web.count(OLD):
        await stage.settle()


async def test_a_feed_is_asked_for_at_once_and_tells_what_came(stage, admin, feed):
    stage.web.bodies[OLD] = HttpStatusError(500)
    await ask(admin, "/feeds 1")
    assert "asking for The Agency" in (await pressed(admin, "Retry now")).text
    assert "🔴 Failed 1 time, last read" in (await admin.next_message()).text
    stage.web.bodies[OLD] = rss(rss_item("9", "Comet"), title="The Agency")
    assert "🟢 Read 1 minute ago" in await ask(admin, "/feeds retry 1")


async def test_a_feed_given_up_is_asked_for_once_more(stage, admin, feed):
    with stage.store.begin() as work:
        work.feeds.save([replace(feed, error="status:410", failures=1, failing_since=NOW, is_stopped=True)])
    assert "I no longer ask for it by myself" in await ask(admin, "/feeds 1")
    assert "🟢 Read 1 minute ago" in await ask(admin, "/feeds retry 1")
    assert now(stage).failing_since is None


async def test_buttons_do_what_lines_do(stage, admin, feed):
    await ask(admin, "/feeds 1")
    await pressed(admin, "Weight")
    assert "counts 2 from now on" in (await pressed(admin, "2")).text
    assert now(stage).weight == 2
    await pressed(admin, "Language")
    assert "count as Russian" in (await pressed(admin, "Russian")).text
    await pressed(admin, "Language")
    assert "only what they show" in (await pressed(admin, "As recognized")).text
    assert now(stage).language == ""
    assert "/feeds rename https://agency.example/feed.xml" in (await pressed(admin, "Rename")).text
    await pressed(admin, "Back")
    latest = (await pressed(admin, "Latest three")).text
    assert "• Rocket" in latest
    assert "• Bank" in latest
    await pressed(admin, "Back")
    assert "is paused" in (await pressed(admin, "Pause")).text
    assert "is read again" in (await pressed(admin, "Go on")).text


async def test_a_removed_feed_comes_back_as_it_was(stage, admin, feed):
    await ask(admin, "/feeds rename 1 Herald")
    await ask(admin, "/feeds credit Herald By permission")
    await pressed(admin, "Remove")
    assert "Feed Herald is removed" in (await pressed(admin, "Yes, remove")).text
    assert len(stage.bot.services.desk.feeds()) == 1
    assert "Herald" in (await pressed(admin, "Undo")).text
    assert (now(stage).title, now(stage).credit, now(stage).url) == ("Herald", "By permission", OLD)


async def test_what_another_admin_has_changed_since_is_not_taken_back(stage, admin, feed):
    await admin.send("/feeds rename 1 Herald")
    mine = await admin.next_message()
    await ask(admin, "/feeds rename herald Tribune")
    await admin.press("Undo", message=mine)
    assert "can't be taken back" in (await admin.next_message()).text
    assert now(stage).title == "Tribune"


async def test_a_button_of_a_feed_that_is_gone_says_so(stage, admin, feed):
    await ask(admin, "/feeds 1")
    stage.bot.services.sources.remove(feed.id)
    assert "There is no such feed" in (await pressed(admin, "Pause")).text


BUTTONS = [
    "fdp:0",
    "fdu:1",
    "fdh:1.rename",
    "fdw:1.2",
    "fdl:1.kk",
    *(f"{one}:1" for one in ("fd", "fdo", "fdr", "fdz")),
]
BUTTONS += [f"{one}:1" for one in ("fdg", "fdn", "fdx", "fdw", "fdl", "rf")]


@pytest.mark.parametrize("data", BUTTONS)
async def test_a_forged_button_of_a_reader_is_refused_and_noted(stage, feed, caplog, data):
    alice = await stage.reader()
    answer = await (await alice.press(data=data)).answered()
    assert (answer.alert, "Only admins" in answer.text) == (True, True)
    assert f"was refused: {data}" in caplog.text
    assert now(stage) == feed


@pytest.mark.parametrize(
    "action", ["1", "rename 1 x", "move 1 https://x.example", "credit 1 x", "language 1 kk", "help"]
)
async def test_a_line_of_a_reader_is_refused(stage, feed, action):
    alice = await stage.reader()
    assert "Only admins" in await ask(alice, f"/feeds {action}")
    assert now(stage) == feed


@pytest.mark.parametrize(
    "data", ["fd:x", "fd:", "fd:9", f"fd:{'9' * 40}", "fdw:1.x", "fdl:1.xxx", "fdh:1.x", "fdu:x", "fdp:x"]
)
async def test_a_button_that_was_never_shown_changes_nothing(stage, admin, feed, data):
    await admin.press(data=data)
    assert (await admin.next_message()).text
    assert now(stage) == feed
    assert not stage.sandbox.journal.refused()


async def test_a_credit_stands_beside_the_news_and_their_summaries(stage, admin, told):
    alice = await stage.reader("science")
    await ask(admin, "/feeds credit 1 <By> permission")
    await alice.send("/digest")
    assert re.search(r"The Agency · <By> permission · ", (await alice.next_message()).text)
    stage.web.bodies["https://agency.example/old"] = page("Old news", "The bridge over the lake was closed. " * 9)
    for link in ("https://agency.example/1", "https://agency.example/old"):
        assert "<By> permission" in await ask(alice, link)


@pytest.mark.parametrize("language", ["en", "ru", "kk"])
async def test_every_screen_fits_and_speaks_the_admins_language(stage, sandbox, language):
    admin = stage.admin(language=language)
    await admin.send("/start")
    await admin.next_message()
    with stage.store.begin() as work:
        for number in range(12):
            feed = work.feeds.add(f"https://a.example/{number}{'x' * 1900}", title="я" * 500, site_url="", now=NOW)
            work.feeds.save([replace(feed, error="status:403", failures=5, failing_since=NOW)])
    for line in ("", "12", "help", "rename 1", "move 1", "language 1", "latest 1", "remove 1", "credit 1", "pause 1"):
        told = await ask(admin, f"/feeds {line}")
        assert language == "en" or not re.search(
            r"\b(feed|entries|paused|articles)\b", re.sub(r"https?:\S+|/\S+", "", told)
        )
    assert not sandbox.journal.refused()
    broken = tuple(one.feed for one in stage.bot.services.desk.feeds())
    part = alarm_part(Alarm(broken=broken, back=broken), language)
    assert len(part.text) < 4096
    assert texts_in(language).plain("list-more", count=2) in part.text


def test_every_weight_that_is_offered_fits_a_button():
    assert all(len(Press("fdw", f"{2**62}.{one}").data()) <= 64 for one in WEIGHTS)


async def break_it(stage, feed, *, hours=4):
    stage.web.bodies[feed.url] = HttpStatusError(404)
    for _ in range(4):
        with stage.store.begin() as work:
            work.feeds.poll_soon(stage.clock(), [feed.id])
        await stage.bot.services.gatherer.gather()
        stage.clock.now += timedelta(hours=hours / 4)


async def test_admins_hear_once_that_a_feed_broke_and_once_that_it_is_back(stage, admin, feed):
    alice = await stage.reader()
    await break_it(stage, feed)
    assert await stage.bot.services.watch.look() == 1
    assert await stage.bot.services.watch.look() == 0
    notice = await admin.next_message()
    assert notice.text.startswith("🔴 A feed can't be read any more\n• The Agency: Its site answers with")
    assert "📡 1. The Agency" in (await pressed(admin, "The Agency")).text
    stage.web.bodies[OLD] = rss(rss_item("9", "Comet"), title="The Agency")
    await ask(admin, "/feeds retry 1")
    stage.clock.now += BETWEEN
    assert await stage.bot.services.watch.look() == 1
    assert (await admin.next_message()).text == "🟢 Read again: The Agency"
    assert await stage.bot.services.watch.look() == 0
    sent = [call.params for call in stage.sandbox.journal.of("sendMessage")]
    assert not [one for one in sent if one["chat_id"] == alice.id and "Agency" in one["text"]]
