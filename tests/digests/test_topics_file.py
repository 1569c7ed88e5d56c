import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.differences import differences
from builders import topic
from digests import topics_file
from digests.desk import Desk
from digests.errors import TopicsFileError
from digests.model import LEAST_WEIGHT, MAX_CREDIT, MOST_WEIGHT, Strictness, Topic
from digests.pipeline.matching import Matching
from digests.sources import Sources
from digests.store.engine import open_engine
from digests.store.unit_of_work import Store
from digests.topics_file import TopicsFile
from fakes import FakeFetcher, InlineWorker

WHOLE = """
[[feeds]]
url = "https://agency.example/feed.xml#top"
title = "Agency"

[[topics]]
slug = "space"
name = { en = "Space", ru = "Космос" }
description = "Rockets and telescopes."
words = ["rocket", "orbit*", '"space station"']
must = ["NASA OR ESA"]
exclude = ["horoscope"]
languages = ["en", "ru"]
feeds = ["https://agency.example/feed.xml", "https://paper.example/feed.xml"]

[[topics]]
name = "Наука и жизнь"
words = ["наука"]
"""


def test_a_file_says_topics_and_feeds():
    assert topics_file.read(WHOLE) == TopicsFile(
        topics=(
            Topic(
                slug="space",
                names={"en": "Space", "ru": "Космос"},
                descriptions={"en": "Rockets and telescopes."},
                words=("rocket", "orbit*", '"space station"'),
                must=("NASA OR ESA",),
                exclude=("horoscope",),
                languages=("en", "ru"),
                feed_urls=("https://agency.example/feed.xml", "https://paper.example/feed.xml"),
            ),
            Topic(slug="nauka-i-zhizn", names={"en": "Наука и жизнь"}, words=("наука",)),
        ),
        feeds={"https://agency.example/feed.xml": "Agency", "https://paper.example/feed.xml": ""},
    )


def test_an_empty_file_says_nothing():
    assert topics_file.read("") == TopicsFile(topics=(), feeds={})


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        pytest.param("[[topics", ["not TOML"], id="no TOML"),
        pytest.param("[[topic]]\nname = 'a'", ["unknown key 'topic'"], id="a key nobody knows"),
        pytest.param("[topics]\nname = 'a'", ["topics: write [[topics]] before each"], id="one table for all"),
        pytest.param("feeds = 'a'", ["feeds: write [[feeds]] before each"], id="a text for feeds"),
        pytest.param("feeds = ['https://a.example/']", ["feeds, number 1: not a table"], id="addresses alone"),
        pytest.param("[[feeds]]", ["feeds, number 1: not an http(s) address: None"], id="a feed without address"),
        pytest.param(
            "[[feeds]]\nurl = 'ftp://a.example/'\n[[feeds]]\nurl = 'https://b.example/'\ntitle = 1\nlink = 'c'",
            [
                "feeds, number 1: not an http(s) address: 'ftp://a.example/'",
                "feeds, number 2: unknown key 'link'",
                "feeds, number 2: title must be text",
            ],
            id="two bad feeds",
        ),
        pytest.param("[[topics]]\nwords = ['a']", ["topics, number 1: a topic needs a name"], id="no name"),
        pytest.param("[[topics]]\nname = 1\nwords = ['a']", ["name must be text", "needs a name"], id="name no text"),
        pytest.param("[[topics]]\nname = 'A'", ["invalid topic (empty): a"], id="neither words nor feeds"),
        pytest.param("[[topics]]\nname = '!'\nwords = ['a']", ["invalid topic (slug): !"], id="no slug from the name"),
        pytest.param("[[topics]]\nname = 'A'\nslug = 'B C'\nwords = ['a']", ["(slug): B C"], id="a bad slug"),
        pytest.param("[[topics]]\nname = 'A'\nwords = 'a'", ["words must be a list", "(empty)"], id="a word, no list"),
        pytest.param("[[topics]]\nname = 'A'\nwords = ['a', 1]", ["words must be a list", "(empty)"], id="a number"),
        pytest.param("[[topics]]\nname = 'A'\nwords = ['*']", ["invalid topic (word): *"], id="a bad word"),
        pytest.param(
            "[[topics]]\nname = 'A'\nwords = ['a']\nfeeds = ['x', 'y']",
            ["not an http(s) address: 'x'", "not an http(s) address: 'y'"],
            id="bad feeds of a topic",
        ),
        pytest.param(
            "[[topics]]\nname = 'A'\nwords = ['a']\n[[topics]]\nname = 'a'\nwords = ['b']",
            ["topic 'a' is defined more than once"],
            id="one slug twice",
        ),
        pytest.param(
            "other = 1\n[[feeds]]\nurl = 'x'\n[[topics]]\nname = 'A'\nwords = ['*']\n[[topics]]\nwords = ['b']",
            ["unknown key 'other'", "feeds, number 1", "topics, number 1", "topics, number 2"],
            id="faults everywhere, told at once",
        ),
    ],
)
def test_every_fault_is_told_and_names_its_place(text, faults):
    with pytest.raises(TopicsFileError) as refused:
        topics_file.read(text)
    assert len(refused.value.faults) == len(faults)
    assert all(part in fault for part, fault in zip(faults, refused.value.faults, strict=True))


async def test_a_file_with_a_fault_changes_nothing(store, clock):
    desk = Desk(store, FakeFetcher(), worker := InlineWorker(), Matching(store, worker, clock), clock)
    await desk.add_topic(topic("roads", "bridge"))
    with pytest.raises(TopicsFileError):
        await desk.take(topics_file.read(WHOLE + "[[topics]]\nname = 'B'\nwords = ['*']"))
    assert desk.everything() == TopicsFile(topics=(topic("roads", "bridge"),), feeds={})


line = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20)
name = line.filter(str.strip)
url = st.integers(0, 5).map("https://agency.example/{}".format)
languages = st.sampled_from(["en", "ru", "kk"])
word = st.sampled_from(["rocket", '"space station"', "orbit*", "ғарыш", "«Ёлка»", "a\\b"])
topics = st.lists(
    st.builds(
        Topic,
        slug=st.from_regex(r"[a-z0-9]{1,8}(-[a-z0-9]{1,8}){0,2}", fullmatch=True),
        names=st.dictionaries(languages, name, min_size=1),
        descriptions=st.dictionaries(languages, line),
        words=st.lists(word, min_size=1, max_size=4).map(tuple),
        must=st.lists(word, max_size=2).map(tuple),
        exclude=st.lists(word, max_size=4).map(tuple),
        languages=st.lists(languages, max_size=2).map(tuple),
        feed_urls=st.lists(url, max_size=3).map(tuple),
        liked=st.lists(name, max_size=2).map(tuple),
        disliked=st.lists(name, max_size=2).map(tuple),
        strictness=st.sampled_from([None, *Strictness]),
    ),
    unique_by=lambda one: one.slug,
    max_size=4,
)


said = st.fixed_dictionaries(
    {},
    optional={
        "weights": st.floats(LEAST_WEIGHT, MOST_WEIGHT),
        "languages": languages | st.just(""),
        "credits": st.text(max_size=MAX_CREDIT).filter(str.isprintable),
        "paused": st.booleans(),
    },
)


@given(topics, st.dictionaries(url, st.tuples(line | st.just(""), said)))
def test_what_is_written_is_read_back(several, feeds):
    named = {one: "" for topic in several for one in topic.feed_urls}
    fields = {
        name: {one: values[name] for one, (_, values) in feeds.items() if name in values}
        for name in ("weights", "languages", "credits", "paused")
    }
    titles = {one: title for one, (title, _) in feeds.items()}
    kept = TopicsFile(topics=tuple(several), feeds=named | titles, **fields)
    assert topics_file.read(topics_file.write(kept)) == kept


async def test_all_that_the_chat_can_set_goes_out_and_comes_in_elsewhere(store, clock, new_database):
    desk = Desk(store, FakeFetcher(), worker := InlineWorker(), Matching(store, worker, clock), clock)
    sources = Sources(store, desk, FakeFetcher(), worker, clock)
    with store.begin() as work:
        feed = work.feeds.add("https://agency.example/feed.xml", title="Agency", site_url="", now=clock())
    sources.rename(feed.id, "Herald")
    sources.credit(feed.id, "By permission")
    sources.speak(feed.id, "kk")
    sources.weigh(feed.id, 2)
    sources.pause(feed.id)
    await desk.add_topic(topic("roads", "bridge", feed_urls=(feed.url,), liked=("A bridge opens",), must=("road",)))
    written = topics_file.write(desk.everything())
    other = Store(open_engine(new_database()))
    there = Desk(other, FakeFetcher(), worker, Matching(other, worker, clock), clock)
    try:
        await there.take(topics_file.read(written))
        assert there.everything() == desk.everything()
        assert [one.subject for one in there.would_take(topics_file.read(written))] == []
    finally:
        other.close()


async def test_what_a_file_would_change_is_told_and_not_done(store, clock):
    desk = Desk(store, FakeFetcher(), worker := InlineWorker(), Matching(store, worker, clock), clock)
    await desk.take(topics_file.read(WHOLE))
    before = desk.everything()
    wanted = topics_file.read(
        "[[feeds]]\nurl = 'https://agency.example/feed.xml'\nweight = 2\ntitle = 'Herald'\n"
        "[[feeds]]\nurl = 'https://new.example/feed.xml'\npaused = true\n"
        "[[topics]]\nslug = 'space'\nname = 'Space'\nwords = ['rocket']\n"
        "[[topics]]\nname = 'Наука и жизнь'\nwords = ['наука']\n"
    )
    told = list(differences(desk.would_take(wanted), total=4))
    assert told[:4] == [
        "+ feed https://new.example/feed.xml",
        "    is_paused: true",
        "~ feed https://agency.example/feed.xml",
        '    title: "Agency" -> "Herald"',
    ]
    assert "    weight: 1.0 -> 2" in [one.removesuffix(".0") for one in told]
    assert "~ topic space" in told
    assert '    words: ["rocket", "orbit*", "\\"space station\\""] -> ["rocket"]' in told
    assert told[-1] == "1 to be added, 2 to be changed, 1 as they are; nothing was changed"
    assert desk.everything() == before
    assert [one.subject for one in desk.would_take(wanted)] == [
        "https://new.example/feed.xml",
        "https://agency.example/feed.xml",
        "space",
    ]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("a = 1\nb = }", "line 2, column"),
        ("a = 1\nb = [", "line 2, the end of the file"),
        ("[[feeds]]\nurl = 'https://a.example/'\n\n[[feeds]]\nurl = 'x'", "line 4: feeds, number 2: not an http"),
        ("[[feeds]]\nurl = 'https://a.example/'\nlanguage = 'kaz'", "language must be a code of two letters"),
        ("[[feeds]]\nurl = 'https://a.example/'\nlanguage = 7", "language must be a code of two letters"),
        ("[[feeds]]\nurl = 'https://a.example/'\npaused = 1", "paused must be true or false"),
        (f"[[feeds]]\nurl = 'https://a.example/'\ncredit = '{'x' * 121}'", "credit must be text of at most 120"),
        ("[[feeds]]\nurl = 'https://a.example/'\ncredit = \"a\\nb\"", "in one line"),
        ("[[feeds]]\nurl = 'https://a.example/'\n" * 2, "feed https://a.example/ is there more than once"),
        ("x = " + "[" * 5000, "not TOML"),
    ],
)
def test_a_fault_names_its_line_and_what_has_to_be_there(text, fault):
    with pytest.raises(TopicsFileError) as refused:
        topics_file.read(text)
    assert any(fault in one for one in refused.value.faults)


@pytest.mark.parametrize("weight", ["0", "0.09", "3.1", "nan", "inf", "true", "'2'"])
def test_a_weight_that_no_feed_can_have_is_a_fault(weight):
    with pytest.raises(TopicsFileError, match=r"feeds, number 1: weight must be a number from 0\.1 to 3"):
        topics_file.read(f"[[feeds]]\nurl = 'https://agency.example/feed'\nweight = {weight}")
