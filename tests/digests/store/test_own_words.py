"""What the index of stems says of a reader's own words: it may find too much, and misses nothing."""

import random
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from itertools import count

import pytest

from builders import NOW, read_article
from digests.curate.topics import MAX_OWN_WORDS, MOST_SOUGHT, check_words, stands_in, traces
from digests.errors import InvalidTopicError
from digests.model import OwnWords, as_told
from digests.store import told
from digests.store.engine import for_writing
from digests.store.schema import upgrade

LANGUAGES = ["en", "ru", "kk", "de", "tr", "fr", "hi", "el", "ne", "und"]
PIECES = [
    "O'Brien",
    "O’Brien",
    "l'eau",
    "café",
    "cafe",
    "naïve",
    "3.5",
    "1,000",
    "1,000.5",
    "COVID-19",
    "C++",
    "İstanbul",
    "ISTANBUL",
    "straße",
    "STRASSE",
    "ёлка",
    "Ёлки",
    "the",
    "being",
    "be",
    "over",
    "overs",
    "war",
    "данные",
    "слова",
    "ÅNGSTRÖM",
    "angstrom",
    "हिन्दी",
    "छोरी",
    "ﬁnance",
    "x²",
    "U.S.",
    "中文新闻",
    "Đỗ",
    "шұғыл",
    "шұғылға",
    "ракеты",
    "ракета",
    "running",
    "runs",
    "𞤀𞤣𞤤𞤢𞤥",
    "ꙮко",
    "étude",
    "ιού",
    "ιός",
    "ιστού",
    "қазақ's",
    '"quoted"',
    "NEAR",
    "AND-gate",
    "star*",
    "100%",
    "_",
    "-",
    "'",
    "мектептерде",
    "мектеп",
]
TEXTS = 400
DAY = timedelta(days=1)


def rules(chance):
    one, other = chance.sample(PIECES, 2)
    return chance.choice(
        [one, f'"{one} {other}"', f"{one} {other}", f"{one} AND {other}", f"{one} OR {other}", f"{one} NOT {other}"]
    )


def can_be_read(own):
    try:
        check_words(own)
    except InvalidTopicError:
        return False
    return True


@pytest.fixture
def articles(store):
    """(id, title, what is told of it, language) of articles in many languages, of pieces that are hard to compare."""
    chance = random.Random(3)
    found = []
    with store.begin() as work:
        feed = work.feeds.add("https://agency.example/feed", title="Agency", site_url="", now=NOW)
        for number in range(TEXTS):
            language = chance.choice(LANGUAGES)
            title, text = (" ".join(chance.sample(PIECES, 5)) for _ in range(2))
            read = read_article(title, f"{text}. More.", language=language, url=f"https://agency.example/{number}")
            told = " ".join(one.shown for one in read.summary.sentences)
            story_id = work.articles.new_story(NOW)
            article_id = work.articles.add(read, feed_id=feed.id, story_id=story_id, now=NOW, entry_id=number)
            found.append((article_id, title, told, language))
    return found


def having(work, asked):
    """The articles that the index finds."""
    return work.overview.stories(NOW - DAY, (), known=(), after=None, own_words=OwnWords(wanted=asked)).may_be_wanted


def test_no_article_is_missed_that_has_a_word_of_ones_own(store, articles):
    chance = random.Random(5)
    compared = told = unknown = 0
    with store.read() as work:
        for _ in range(1_200):
            own = tuple(rules(chance) for _ in range(chance.randint(1, 3)))
            if not can_be_read(own):
                continue
            with_word = {one for one, title, text, language in articles if stands_in(own, title, text, language)}
            asked = traces(own)
            if asked is None:
                unknown += 1
                continue
            found = having(work, asked)
            assert with_word <= found, own
            compared += len(with_word)
            told += len(found) < len(articles) / 2
    assert compared > 5_000
    assert told > 200
    assert unknown > 20


def test_as_many_words_of_ones_own_as_there_may_be_are_looked_for_at_once(store, articles):
    own = [" OR ".join(f"war{number}{other}" for other in range(10)) for number in range(2 * MAX_OWN_WORDS - 1)]
    with store.read() as work:
        assert having(work, traces(own)) == set()
        found = having(work, traces([*own, "naïve"]))
    with_word = {one for one, title, text, language in articles if stands_in(("naïve",), title, text, language)}
    assert with_word <= found
    assert 0 < len(found) < TEXTS / 2


@pytest.mark.parametrize(
    "own",
    [
        pytest.param(["rocket", "strike*"], id="the beginning of a word"),
        pytest.param(["strike* OR comet"], id="... or another"),
        pytest.param([" OR ".join(f"word{number}" for number in range(MOST_SOUGHT + 1))], id="too many alternatives"),
        pytest.param(
            [" OR ".join(f"but но бірақ aber {number}" for number in range(300))], id="too many words of alternatives"
        ),
        pytest.param([" AND ".join(f"word{number}" for number in range(MOST_SOUGHT + 1))], id="too many together"),
    ],
)
def test_of_some_words_the_index_says_nothing(own):
    assert traces(own) is None


@pytest.mark.parametrize("own", ["war", "over", "но", "the AND being"])
def test_of_the_text_that_a_digest_does_not_tell_nothing_is_asked_be_it_of_words_that_say_nothing(store, own):
    with store.begin() as work:
        feed = work.feeds.add("https://agency.example/feed", title="Agency", site_url="", now=NOW)
        words = own.replace("AND", "")
        texts = [
            (f"Comet {words}", "It came."),
            ("Comet", f"It came {words}."),
            ("Comet", f"It came. It {words} went."),
        ]
        ids = []
        for number, (title, text) in enumerate(texts):
            read = read_article(title, text, language="en", url=f"https://agency.example/{number}")
            story_id = work.articles.new_story(NOW)
            ids.append(work.articles.add(read, feed_id=feed.id, story_id=story_id, now=NOW, entry_id=number))
        assert having(work, traces([own])) == set(ids[:2])


def cut_short_at(number):
    """As `as_told`, but that somebody stops the program when it is called for the so many-th time."""
    calls = count(1)

    def cut_short(stem):
        if next(calls) > number:
            raise KeyboardInterrupt
        return as_told(stem)

    return cut_short


def test_two_processes_complete_the_index_together_each_article_once(store, monkeypatch):
    with store.begin() as work:
        feed = work.feeds.add("https://agency.example/feed", title="Agency", site_url="", now=NOW)
        ids = set()
        for number in range(20):
            read = replace(read_article("The ferry is late", url=f"https://a.example/{number}"), stems="ferri late")
            story_id = work.articles.new_story(NOW)
            ids.add(work.articles.add(read, feed_id=feed.id, story_id=story_id, now=NOW, entry_id=number))
        work.remember(told.DONE, "0")
    done, telling = [], told._told

    def counted(title, *others):
        done.append(title)
        return telling(title, *others)

    def complete(_):
        with for_writing(store.engine).connect() as connection:
            told.complete_index(connection)

    monkeypatch.setattr(told, "_told", counted)
    monkeypatch.setattr(told, "BATCH", 3)
    monkeypatch.setattr(told, "BREATH", 0.005)
    with ThreadPoolExecutor(2) as two:
        list(two.map(complete, range(2)))
    assert len(done) == len(ids)
    with store.read() as work:
        assert having(work, traces(["ferries"])) == ids
        assert work.fact(told.DONE) is None


def test_articles_that_were_read_before_the_index_knew_what_is_told_are_found(store, monkeypatch):
    with store.begin() as work:
        feed = work.feeds.add("https://agency.example/feed", title="Agency", site_url="", now=NOW)
        read = read_article("The ferry is late", "It came “late”. It was full.")
        ids = set()
        for number in range(5):
            once = replace(
                read, stems="ferri late full", article=replace(read.article, url=f"https://a.example/{number}")
            )
            story_id = work.articles.new_story(NOW)
            ids.add(work.articles.add(once, feed_id=feed.id, story_id=story_id, now=NOW, entry_id=number))
        assert having(work, traces(["ferries"])) == set()
    with store.engine.connect().execution_options(writes=True) as connection, connection.begin():
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0027'")

    monkeypatch.setattr(told, "BATCH", 2)
    with monkeypatch.context() as patched:
        patched.setattr(told, "as_told", cut_short_at(20))
        with pytest.raises(KeyboardInterrupt):
            upgrade(store.engine)
    with store.read() as work:
        assert 0 < len(having(work, traces(["ferries"]))) < len(ids)
    upgrade(store.engine)
    with store.read() as work:
        assert having(work, traces(["ferries"])) == having(work, traces(['"came late"'])) == ids
        assert having(work, traces(["full"])) == set()
        assert work.articles.find([frozenset({"full"})], start=0, limit=5)[0] == len(ids)
        assert work.fact(told.DONE) is None
