"""Which entries are one article, however their feeds number, link and edit them."""

import asyncio
from datetime import timedelta
from email.utils import format_datetime

import pytest

from builders import NOW, page, rss
from digests.pipeline.reading import PAUSES
from newsroom import AGENCY, BRIDGE, COMET, PAPER, Newsroom

LATER = timedelta(hours=13)
BRIDGE_TEXT, COMET_TEXT = " ".join(BRIDGE), " ".join(COMET)


@pytest.fixture
def newsroom(store, clock):
    return Newsroom(store, clock)


def item(guid, title, text, *, link="", at=NOW):
    dated = f"<pubDate>{format_datetime(at)}</pubDate>" if at else ""
    linked = f"<link>{link}</link>" if link else ""
    return (
        f'<item><title>{title}</title>{linked}<guid isPermaLink="false">{guid}</guid>'
        f"<description>{text}</description>{dated}</item>"
    )


async def later(newsroom, *items, url=AGENCY):
    newsroom.web.bodies[url] = rss(*items)
    newsroom.clock.now += LATER
    return await newsroom.gather(all_feeds=True)


def told(newsroom):
    return {(story.lead.title, story.lead.summary[0].split()[1]) for story in newsroom.stories()}


async def test_entries_without_a_link_are_articles_of_their_own(newsroom):
    newsroom.follow(
        AGENCY,
        item("1", "Weather forecast for eastern districts", BRIDGE_TEXT),
        item("2", "Weather forecast for eastern districts", COMET_TEXT),
    )
    assert (await newsroom.gather()).read == 2
    assert told(newsroom) == {
        ("Weather forecast for eastern districts", "bridge"),
        ("Weather forecast for eastern districts", "comet"),
    }


@pytest.mark.parametrize("at", [NOW, None])
async def test_an_edit_of_an_entry_without_a_link_revises_its_article(newsroom, at):
    newsroom.follow(AGENCY, item("1", "Weather forecast for eastern districts", BRIDGE_TEXT, at=at))
    await newsroom.gather()
    report = await later(newsroom, item("1", "Weather forecast for eastern districts", COMET_TEXT, at=at))
    assert (report.edited, report.revised, report.read) == (1, 1, 0)
    assert told(newsroom) == {("Weather forecast for eastern districts", "comet")}


async def test_places_of_one_page_are_articles_of_their_own(newsroom):
    notes = "https://agency.example/notes"
    newsroom.web.bodies[notes] = page("Notes", *BRIDGE, *COMET)
    first = item("1", "Opening night: version one of tonight's report", BRIDGE_TEXT, link=f"{notes}#v1")
    newsroom.follow(AGENCY, first)
    await newsroom.gather()
    report = await later(
        newsroom, item("2", "Opening night: version two of tonight's report", COMET_TEXT, link=f"{notes}#v2"), first
    )
    assert (report.read, report.known) == (1, 0)
    assert told(newsroom) == {
        ("Opening night: version one of tonight's report", "bridge"),
        ("Opening night: version two of tonight's report", "comet"),
    }


async def test_entries_that_all_link_the_home_of_their_site_are_articles_of_their_own(newsroom):
    home = "https://agency.example/"
    newsroom.web.bodies[home] = page("Agency", "All the news of the lake, every day and for everyone around it.")
    newsroom.follow(
        AGENCY, item("1", "Bridge opens", BRIDGE_TEXT, link=home), item("2", "Comet", COMET_TEXT, link=home)
    )
    assert (await newsroom.gather()).read == 2
    assert told(newsroom) == {("Bridge opens", "bridge"), ("Comet", "comet")}


async def test_a_feed_that_gives_one_id_to_all_it_says_still_brings_news(newsroom):
    bridge = item("same", "Bridge opens", BRIDGE_TEXT, link="https://agency.example/1")
    newsroom.follow(AGENCY, bridge)
    await newsroom.gather()
    comet = item("same", "Comet seen", COMET_TEXT, link="https://agency.example/2", at=NOW + timedelta(hours=12))
    report = await later(newsroom, comet)
    assert (report.new, report.edited, report.read) == (1, 0, 1)
    assert told(newsroom) == {("Bridge opens", "bridge"), ("Comet seen", "comet")}
    again = await later(newsroom, comet)
    assert (again.new, again.edited, again.read) == (0, 0, 0)


async def test_an_edit_of_headline_and_address_revises_the_article(newsroom):
    newsroom.follow(AGENCY, item("1", "Bridge opens", BRIDGE_TEXT, link="https://agency.example/bridge"))
    await newsroom.gather()
    (before,) = newsroom.stories()
    report = await later(
        newsroom, item("1", "Bridge opens today", BRIDGE_TEXT, link="https://agency.example/bridge-today")
    )
    assert (report.edited, report.revised, report.read) == (1, 1, 0)
    (after,) = newsroom.stories()
    assert (after.id, after.lead.title) == (before.id, "Bridge opens today")


async def test_an_entry_edited_while_it_is_read_ends_as_its_feed_has_it(newsroom):
    link = "https://agency.example/1"
    newsroom.follow(AGENCY, item("1", "Bridge opens", BRIDGE_TEXT, link=link))
    await newsroom.gather(reading=False)
    newsroom.web.bodies[AGENCY] = rss(item("1", "Bridge opens: corrected", BRIDGE_TEXT, link=link))
    get = newsroom.web.get

    async def slow(url, *args, **options):
        await asyncio.sleep(0.2 if url == link else 0.05)  # the feed answers while the page is waited for
        return await get(url, *args, **options)

    newsroom.web.get = slow
    await newsroom.gather(all_feeds=True)
    assert told(newsroom) == {("Bridge opens: corrected", "bridge")}


async def test_what_gave_no_text_is_read_when_the_feed_carries_it(newsroom):
    link = "https://agency.example/1"
    newsroom.follow(AGENCY, item("1", "Bridge opens", "", link=link))
    await newsroom.gather()
    for pause in PAUSES:
        newsroom.clock.now += pause
        await newsroom.gather()
    report = await later(newsroom, item("1", "Bridge opens", BRIDGE_TEXT, link=link))
    assert (report.edited, report.read) == (1, 1)


async def test_an_entry_that_breaks_its_reading_stops_no_other(newsroom):
    def broken():
        raise IndexError("of a library")

    newsroom.follow(AGENCY, item("1", "Bridge opens", BRIDGE_TEXT, link="https://agency.example/1"))
    newsroom.follow(PAPER, item("2", "Comet", COMET_TEXT, link="https://paper.example/2"))
    newsroom.web.bodies["https://agency.example/1"] = broken
    report = await newsroom.gather()
    assert (report.new, report.read, report.postponed) == (2, 1, 1)


async def test_a_pass_that_is_cancelled_leaves_nothing_running(newsroom):
    ended = []

    async def endless(_url, *_args, **_options):
        try:
            await asyncio.sleep(60)
        finally:
            await asyncio.sleep(0.01)
            ended.append(True)

    newsroom.follow(AGENCY)
    newsroom.web.get = endless
    gathering = asyncio.create_task(newsroom.gather())
    await asyncio.sleep(0.1)
    gathering.cancel()
    with pytest.raises(asyncio.CancelledError):
        await gathering
    assert ended == [True]


async def test_an_article_of_two_feeds_is_fetched_and_read_once(newsroom):
    link = "https://agency.example/1"
    newsroom.web.bodies[link] = page("Bridge opens", *BRIDGE)
    newsroom.follow(AGENCY, item("1", "Bridge opens", BRIDGE_TEXT, link=link))
    newsroom.follow(PAPER, item("7", "Bridge opens", BRIDGE_TEXT, link=f"{link}?utm_source=paper"))
    report = await newsroom.gather()
    assert (report.new, report.read, report.known) == (2, 1, 1)
    assert newsroom.worker.calls["read_entry"] == 1
