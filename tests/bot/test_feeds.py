"""Feeds in the chat: found, chosen, undone, listed, taken from a file and given as one."""

import html
import re
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.offers import LIFETIME
from builders import NOW, page, rss, rss_item
from digests import opml

SITE = "https://agency.example/"
FEED = "https://agency.example/feed.xml"
SPORT = "https://agency.example/sport/feed.xml"
COMMENTS = "https://agency.example/comments.xml"


@pytest.fixture
async def admin(stage):
    admin = stage.admin()
    await admin.send("/start")
    await admin.next_message()
    return admin


async def ask(person, text):
    await person.send(text)
    return (await person.next_message()).text


async def pressed(person, button):
    await person.press(button)
    return await person.next_message()


def naming(*addresses):
    links = "".join(f'<link rel="alternate" type="application/rss+xml" href="{one}">' for one in addresses)
    return page("Agency", "News.").replace(b"<head>", f"<head>{links}".encode())


@pytest.fixture
def web(stage):
    items = [
        rss_item(str(number), f"Rocket {number}", published_at=NOW - timedelta(hours=number)) for number in (3, 4, 5, 6)
    ]
    stage.web.bodies |= {
        SITE: naming(COMMENTS, "/feed.xml", "/sport/feed.xml"),
        FEED: rss(*items, title="The Agency"),
        SPORT: rss(rss_item("s1", "A race"), title="Agency: Sport"),
        COMMENTS: rss(title="Comments on The Agency"),
    }
    return stage.web


async def follow(admin, address):
    """Have a feed previewed and follow it; the answer."""
    await ask(admin, f"/feeds add {address}")
    return (await pressed(admin, "Follow")).text


def followed(stage):
    return [one.feed.url for one in stage.bot.services.desk.feeds()]


async def test_a_feed_shows_its_latest_titles_before_it_is_followed(stage, admin, web):
    await admin.send(f"/feeds add {FEED}")
    offer = await admin.next_message()
    assert offer.text.startswith(f"🔎 The Agency\n{FEED}\nShall I follow it?\nRSS · 4 entries · the newest 3 hours ago")
    assert offer.text.endswith("– Rocket 3\n– Rocket 4\n– Rocket 5")
    assert [button.text for button in offer.buttons] == ["✅ Follow", "Cancel"]
    assert followed(stage) == []
    told = (await pressed(admin, "Follow")).text
    assert "Following The Agency" in told
    assert "– Rocket 3\n– Rocket 4\n– Rocket 5" in told
    assert followed(stage) == [FEED]


async def test_a_feed_that_was_shown_need_not_be_followed(stage, admin, web):
    await ask(admin, f"/feeds add {FEED}")
    assert "Nothing was changed" in (await pressed(admin, "Cancel")).text
    assert followed(stage) == []


async def test_a_feed_that_two_admins_were_shown_is_followed_once(stage, admin, web):
    await admin.send(f"/feeds add {FEED}")
    first = await admin.next_message()
    await admin.send(f"/feeds add {FEED}")
    second = await admin.next_message()
    await admin.press("Follow", message=first)
    await admin.next_message()
    await admin.press("Follow", message=second)
    assert "The Agency is followed already" in (await admin.next_message()).text
    assert followed(stage) == [FEED]


async def test_of_a_site_with_several_feeds_one_is_chosen(stage, admin, web):
    told = await ask(admin, "/feeds add agency.example/")
    assert "agency.example has 3 feeds" in told
    assert "1. The Agency\nRSS · 4 entries · the newest 3 hours ago\n/feed.xml\n– Rocket 3\n– Rocket 4" in told
    assert "2. Agency: Sport\nRSS · 1 entry · the newest 1 minute ago\n/sport/feed.xml" in told
    assert "3. Comments on The Agency\nRSS · no entries yet\n/comments.xml" in told
    assert followed(stage) == []
    told = (await pressed(admin, "Follow 2")).text
    assert "Following Agency: Sport" in told
    assert "– A race" in told
    assert followed(stage) == [SPORT]


async def test_more_feeds_of_the_same_site_may_be_chosen(stage, admin, web):
    await ask(admin, f"/feeds add {SITE}")
    first = await pressed(admin, "Follow 2")
    assert [button.text for button in first.buttons] == ["Follow 1", "Follow 3", "✅ Done"]
    assert "1. The Agency" in first.text
    second = await pressed(admin, "Follow 1")
    assert [button.text for button in second.buttons] == ["Follow 3", "✅ Done"]
    last = await pressed(admin, "Done")
    assert (last.text, last.buttons) == ("✅ Following The Agency, Agency: Sport", ())
    assert sorted(followed(stage)) == [FEED, SPORT]


async def test_a_choice_may_be_declined(stage, admin, web):
    await ask(admin, f"/feeds add {SITE}")
    assert "Nothing was changed" in (await pressed(admin, "Cancel")).text
    assert followed(stage) == []


async def test_a_button_pressed_twice_follows_once(stage, admin, web):
    await admin.send(f"/feeds add {SITE}")
    offer = await admin.next_message()
    await admin.press("Follow 1", message=offer)
    await admin.next_message()
    await admin.press("Follow 1", message=offer)
    assert "followed already" in (await admin.next_message()).text
    assert followed(stage) == [FEED]


async def test_what_is_followed_already_is_marked_among_several(stage, admin, web):
    await follow(admin, SPORT)
    await admin.send(f"/feeds add {SITE}")
    offer = await admin.next_message()
    assert re.search(r"2\. Agency: Sport\n.*✅ followed", offer.text)
    assert [button.text for button in offer.buttons] == ["Follow 1", "Follow 3", "Cancel"]


async def test_a_choice_left_too_long_is_to_be_asked_again(stage, admin, web):
    await ask(admin, f"/feeds add {SITE}")
    stage.clock.now += LIFETIME + timedelta(seconds=1)
    assert "no longer open" in (await pressed(admin, "Follow 1")).text
    assert followed(stage) == []


@pytest.mark.parametrize("data", ["ff:nothing.1", "ff:", "ff:x.99", "fl:nothing", "fc:nothing"])
async def test_a_choice_that_was_never_offered_is_none(stage, admin, web, data):
    await admin.press(data=data)
    assert "no longer open" in (await admin.next_message()).text


@pytest.mark.parametrize("data", ["fu:x.1", "fu:", "rf:x", "rf:99"])
async def test_a_feed_that_is_not_there_cannot_be_removed(admin, data):
    await admin.press(data=data)
    assert "no such feed" in (await admin.next_message()).text


async def test_what_was_followed_just_now_can_be_undone(stage, admin, web):
    await follow(admin, FEED)
    assert "The Agency is removed" in (await pressed(admin, "Undo")).text
    assert followed(stage) == []


async def test_to_undo_what_was_followed_long_ago_is_asked_first(stage, admin, web):
    await follow(admin, FEED)
    stage.clock.now += LIFETIME + timedelta(seconds=1)
    assert "Remove the feed The Agency with all its articles?" in (await pressed(admin, "Undo")).text
    assert followed(stage) == [FEED]
    assert "is removed" in (await pressed(admin, "Yes, remove")).text


async def test_several_addresses_are_taken_each_for_itself(stage, admin, web):
    web.bodies["https://old.example/rss"] = rss(title="Old")
    await follow(admin, "https://old.example/rss")
    await admin.send(f"/feeds add {FEED}\nhttps://nowhere.example {SITE} old.example/rss ftp://x {FEED}/")
    told = [(await admin.next_message()).text for _ in range(6)]
    assert told[-1] == "In all: followed 1, followed already 1, to choose from 1, failed 2."
    assert sum("Following The Agency" in one for one in told) == 1
    assert sum("https://nowhere.example: The site answered with an error (404)" in one for one in told) == 1
    assert sum("Old is followed already" in one for one in told) == 1
    assert sum("“ftp://x” is not an address" in one for one in told) == 1
    assert sum("agency.example has 3 feeds" in one for one in told) == 1


async def test_more_addresses_than_can_be_looked_up_belong_in_a_file(stage, admin):
    many = " ".join(f"a{number}.example" for number in range(31))
    assert "At most 30 addresses" in await ask(admin, f"/feeds add {many}")
    assert stage.web.requests == []


@pytest.mark.parametrize("written", ["2.5", "2,5"])
async def test_a_feed_is_weighed_by_its_number_and_listed_with_its_weight(stage, admin, web, written):
    await follow(admin, FEED)
    assert "What The Agency tells counts 2.5 from now on" in await ask(admin, f"/feeds weight 1 {written}")
    assert "1. 🟢 The Agency · weight 2.5 – 4 entries" in await ask(admin, "/feeds")
    assert [one.feed.weight for one in stage.bot.services.desk.feeds()] == [2.5]


@pytest.mark.parametrize(
    ("command", "answer"),
    [
        ("/feeds weight", "from 0.1 to 3"),
        ("/feeds weight 1", "from 0.1 to 3"),
        ("/feeds weight 1 much", "from 0.1 to 3"),
        ("/feeds weight 1 0", "from 0.1 to 3"),
        ("/feeds weight 1 3.5", "from 0.1 to 3"),
        ("/feeds weight 1 nan", "from 0.1 to 3"),
        ("/feeds weight 1 2 3", "from 0.1 to 3"),
        ("/feeds weight 2 1", "There is no such feed"),
    ],
)
async def test_a_weight_that_can_not_be_is_refused(stage, admin, web, command, answer):
    await follow(admin, FEED)
    assert answer in await ask(admin, command)
    assert [one.feed.weight for one in stage.bot.services.desk.feeds()] == [1.0]


async def test_the_word_add_may_be_left_out(stage, admin, web):
    assert "Shall I follow it?" in await ask(admin, "/feeds agency.example/feed.xml")


async def test_titles_of_strangers_are_no_markup(stage, admin, web):
    web.bodies[FEED] = rss(rss_item("1", html.escape("<b>bold</b> & co")), title=html.escape("<i>x</i> " + "y" * 600))
    assert "yyy…" in await ask(admin, f"/feeds add {FEED}")
    assert "yyy…" in (await pressed(admin, "Follow")).text
    assert followed(stage) == [FEED]
    assert "is called “<b>&amp;”" in await ask(admin, "/feeds rename 1 <b>&amp;")
    for line in ("/feeds", "/feeds 1", "/feeds latest 1", "/feeds remove 1", "/feeds language 1"):
        assert "<b>&amp;" in await ask(admin, line)
    assert not stage.sandbox.journal.refused()


async def test_a_long_list_of_feeds_comes_in_pages(stage, admin):
    with stage.store.begin() as work:
        for number in range(150):
            work.feeds.add(f"https://a.example/{number}", title=f"F{number:03} " + "🐳" * 40, site_url="", now=NOW)
    await admin.send("/feeds")
    seen = []
    for number in range(1, 16):
        message = await admin.next_message()
        seen += re.findall(r"^(\d+)\. ⚪️ F(\d+) ", message.text, re.MULTILINE)
        assert f"{number}/15" in [button.text for button in message.buttons]
        await admin.press("▸")
    assert seen == [(str(number + 1), f"{number:03}") for number in range(150)]
    assert not stage.sandbox.journal.refused()


async def test_a_topic_of_very_many_words_is_told_in_whole(stage, admin):
    words = [f"{'длинное' * 4}{chr(1072 + number // 26)}{chr(1072 + number % 26)}" for number in range(180)]
    with stage.store.begin() as work:
        topic = work.topics.get("science")
        work.topics.replace(type(topic)(slug="science", names=topic.names, words=tuple(words)))
    await admin.send("/topic text science")
    told = ""
    while words[-1] not in told:
        told += (await admin.next_message()).text + " "
    assert [word for word in words if word not in told] == []
    assert not stage.sandbox.journal.refused()


async def test_an_answer_about_very_long_words_of_an_admin_arrives(stage, admin):
    assert "no topic" in await ask(admin, "/topic remove " + "x" * 4000)
    assert not stage.sandbox.journal.refused()


async def test_a_topic_with_a_taken_slug_follows_nothing(stage, admin, web):
    assert "science already" in await ask(admin, f"/topic add Science\nfeeds: {FEED}")
    assert (followed(stage), web.requests) == ([], [])


LISTED = opml.write({FEED: "Agency", "https://paper.example/rss": "<Paper>", "https://herald.example/": ""})


async def test_a_list_sent_as_a_file_is_followed_after_a_question(stage, admin, web):
    await follow(admin, FEED)
    await admin.send_document("Subscriptions.OPML", LISTED)
    offer = await admin.next_message()
    assert offer.text == "📥 3 feeds in the list, 2 of them new.\n– <Paper>\n– https://herald.example/"
    assert [button.text for button in offer.buttons] == ["Follow all 2", "Cancel"]
    assert "Following 2 more feeds" in (await pressed(admin, "Follow all 2")).text
    assert sorted(followed(stage)) == [FEED, "https://herald.example/", "https://paper.example/rss"]
    await admin.send_document("feeds.xml", LISTED, caption="again")
    assert "All 3 feeds of that list are followed already" in (await admin.next_message()).text


async def test_a_list_may_be_declined_and_grows_old(stage, admin):
    await admin.send_document("feeds.opml", LISTED)
    await admin.next_message()
    assert "Nothing was changed" in (await pressed(admin, "Cancel")).text
    await admin.send_document("feeds.opml", LISTED)
    await admin.next_message()
    stage.clock.now += LIFETIME + timedelta(seconds=1)
    assert "no longer open" in (await pressed(admin, "Follow all")).text
    assert followed(stage) == []


async def test_of_a_long_list_the_first_titles_are_shown(admin):
    await admin.send_document("feeds.opml", opml.write({f"https://a.example/{n}": f"Feed {n}" for n in range(500)}))
    assert (await admin.next_message()).text.endswith("– Feed 9\n… and 490 more")


@pytest.mark.parametrize(
    ("body", "answer"),
    [
        pytest.param(b"<rss/>", "can't read that as a list of feeds", id="no list"),
        pytest.param(b"x" * (opml.MAX_BYTES + 1), "too large", id="too large"),
        pytest.param(b'<!DOCTYPE o [<!ENTITY a "a">]><opml><outline text="&a;"/></opml>', "can't read", id="a bomb"),
    ],
)
async def test_a_file_that_cannot_be_taken_is_refused(stage, admin, body, answer):
    await admin.send_document("feeds.opml", body)
    assert answer in (await admin.next_message()).text
    assert (len(stage.sandbox.journal.of("getFile")) == 0) == (len(body) > opml.MAX_BYTES)


NESTED = opml.write(
    {FEED: "Agency", "https://paper.example/rss": "Paper", "https://herald.example/": "Herald"},
    {"Наука": (FEED, "https://paper.example/rss"), "<Local>": ("https://herald.example/",)},
)


async def test_folders_of_a_list_become_topics_on_request(stage, admin, web):
    await admin.send_document("feeds.opml", NESTED)
    offer = await admin.next_message()
    assert "📁 Folders: Наука (2), <Local> (1)" in offer.text
    assert [one.text for one in offer.buttons] == [
        "Follow all 3",
        "Follow all, and make topics of the 2 folders",
        "Cancel",
    ]
    told = (await pressed(admin, "topics of the 2 folders")).text
    assert "Following 3 more feeds" in told
    assert "New topics: <Local>" in told
    assert "Left as they are: Наука" in told  # science takes from every feed
    assert stage.bot.services.desk.topic("local").feed_urls == ("https://herald.example/",)
    assert stage.bot.services.desk.topic("science").feed_urls == ()
    assert len(followed(stage)) == 3
    await admin.send_document("feeds.opml", NESTED)
    again = await admin.next_message()
    assert [one.text for one in again.buttons] == ["Follow all, and make topics of the 2 folders", "Cancel"]


async def test_folders_may_be_left_alone(stage, admin, web):
    await admin.send_document("feeds.opml", NESTED)
    await admin.next_message()
    assert "Following 3 more feeds" in (await pressed(admin, "Follow all 3")).text
    assert [one.topic.slug for one in stage.bot.services.desk.topics()] == ["science", "economy"]


async def test_topics_limited_to_feeds_are_folders_of_the_file(stage, admin):
    with stage.store.begin() as work:
        work.feeds.add(FEED, title="Agency", site_url="", now=NOW)
        work.feeds.add(SPORT, title="Sport", site_url="", now=NOW)
        work.topics.replace(replace(work.topics.get("science"), feed_urls=(FEED,)))
    await admin.send("/feeds export")
    listed = opml.read_folders((await admin.next_message()).media.file.data)
    assert listed.folders == {"Science": (FEED,)}
    assert set(listed.feeds) == {FEED, SPORT}


async def test_a_list_of_too_many_feeds_is_to_be_sent_in_parts(stage, admin):
    many = opml.write({f"https://a.example/{number}": "" for number in range(opml.MAX_FEEDS + 1)})
    await admin.send_document("feeds.opml", many)
    assert "more than 5,000 feeds. Send it in parts" in (await admin.next_message()).text


async def test_all_feeds_are_given_as_a_file(stage, admin):
    assert "no feeds yet" in await ask(admin, "/feeds export")
    with stage.store.begin() as work:
        work.feeds.add(FEED, title="Қала & село", site_url="", now=NOW)
    await admin.send("/feeds export")
    message = await admin.next_message()
    assert (message.media.file.name, message.text.startswith("1 feed.")) == ("feeds.opml", True)
    assert opml.read(message.media.file.data) == {FEED: "Қала & село"}


@pytest.mark.parametrize("data", ["ff:x.1", "fl:x", "flt:x", "fu:x.1", "fc:x"])
async def test_a_forged_button_of_a_reader_does_nothing(stage, data):
    alice = await stage.reader()
    answer = await (await alice.press(data=data)).answered()
    assert (answer.alert, "Only admins" in answer.text) == (True, True)


async def test_a_file_or_an_export_of_a_reader_does_nothing(stage):
    alice = await stage.reader()
    await alice.send_document("feeds.opml", LISTED)
    assert "Only admins" in (await alice.next_message()).text
    assert "Only admins" in await ask(alice, "/feeds export")
    assert stage.sandbox.journal.of("getFile") == []


@pytest.mark.parametrize("language", ["ru", "kk"])
async def test_a_choice_speaks_the_admins_language(stage, web, language):
    admin = stage.admin(language=language)
    await admin.send(f"/feeds add {SITE}")
    offer = await admin.next_message()
    assert len(offer.buttons) == 4
    assert not re.search(r"\b(follow|entries|feeds)\b", offer.text, re.IGNORECASE)
