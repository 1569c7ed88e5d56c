from dataclasses import replace
from datetime import timedelta

import pytest

from builders import NOW, read_article, topic
from digests.errors import TopicExistsError, UnknownTopicError
from digests.language.words import stem
from digests.model import Topic
from digests.store import search

HOUR = timedelta(hours=1)


@pytest.fixture
def work(store):
    with store.begin() as opened:
        yield opened


@pytest.fixture
def feed(work):
    return work.feeds.add("https://agency.example/feed.xml", title="Agency", site_url="", now=NOW)


def add(work, feed, title="A bridge opens", *, story_id=None, now=NOW, **values):
    story_id = story_id or work.articles.new_story(now)
    article_id = work.articles.add(read_article(title, **values), feed_id=feed.id, story_id=story_id, now=now)
    return story_id, article_id


def test_an_article_tells_its_story(work, feed):
    work.topics.add(topic("science"))
    story_id, article_id = add(work, feed, "A bridge opens", url="https://a.example/1?utm_source=x", language="ru")
    work.articles.set_topics({article_id: dict.fromkeys(["science", "science"])})
    found = work.articles.story(story_id)
    assert found.others == ()
    assert (found.id, found.lead.article_id, found.lead.feed_id) == (story_id, article_id, feed.id)
    assert (found.lead.title, found.lead.url) == ("A bridge opens", "https://a.example/1?utm_source=x")
    assert (found.lead.published_at, found.lead.gathered_at) == (NOW, NOW)
    assert (found.lead.source, found.lead.language, found.lead.summary) == ("Agency", "ru", ("A bridge opens",))
    assert found.lead.topics == {"science"}


def test_what_a_feed_has_told_weighs_what_the_feed_does_now(work, feed):
    story_id, _ = add(work, feed, "A bridge opens")
    work.feeds.say(replace(feed, weight=2.5))
    assert work.articles.story(story_id).lead.weight == 2.5
    assert [one.lead.weight for one in work.articles.stories(NOW - HOUR)] == [2.5]


@pytest.mark.parametrize("same", ["http://www.a.example/1/", "https://a.example/1?utm_source=rss#top"])
def test_an_address_is_one_article(work, feed, same):
    _, article_id = add(work, feed, url="https://a.example/1")
    assert article_id is not None
    assert work.articles.at(same).feed_id == feed.id
    assert work.articles.at("https://a.example/2") is None
    assert add(work, feed, url=same)[1] is None
    assert len(work.articles.story_of(NOW)) == 1


def test_a_fingerprint_comes_back_as_it_was(work, feed):
    read = read_article("The Karund valley shakes", "On Sunday the Karund valley shook in 2026.")
    story_id = work.articles.new_story(NOW)
    work.articles.add(read, feed_id=feed.id, story_id=story_id, now=NOW)
    (known,) = work.articles.known(work.articles.story_of(NOW))
    assert known.fingerprint == read.fingerprint
    assert (known.story_id, known.owner, known.language) == (story_id, "agency.example", "en")
    assert work.articles.story_of(NOW + HOUR) == {}


def test_the_earliest_article_leads_and_the_others_come_newest_first(work, feed):
    story_id, _ = add(work, feed, "second", published_at=NOW - 2 * HOUR)
    for title, hours in [("fourth", 0), ("first", 3), ("third", 1)]:
        add(work, feed, title, story_id=story_id, published_at=NOW - hours * HOUR)
    found = work.articles.story(story_id)
    assert [one.title for one in found.coverage] == ["first", "fourth", "third", "second"]
    assert work.articles.stories(NOW - 9 * HOUR) == (found,)


def test_a_story_is_fresh_while_one_of_its_articles_is(work, feed):
    old, _ = add(work, feed, published_at=NOW - 9 * HOUR)
    continued, _ = add(work, feed, published_at=NOW - 9 * HOUR)
    add(work, feed, story_id=continued, published_at=NOW)
    found = work.articles.stories(NOW - HOUR)
    assert [(one.id, len(one.coverage)) for one in found] == [(continued, 2)]
    assert work.articles.story(old) is not None


def test_topics_are_set_anew_for_the_articles_named_and_no_others(work, feed):
    for slug in ("science", "sport"):
        work.topics.add(topic(slug))
    first_story, first = add(work, feed)
    second_story, second = add(work, feed)
    work.articles.set_topics({first: dict.fromkeys(["science"]), second: dict.fromkeys(["science", "sport"])})
    assert work.articles.count_by_topic(NOW - HOUR) == {"science": 2, "sport": 1}
    work.articles.set_topics({first: dict.fromkeys(["sport"])})
    assert work.articles.story(first_story).topics == {"sport"}
    assert work.articles.story(second_story).topics == {"science", "sport"}
    work.articles.set_topics({second: dict.fromkeys([])})
    assert work.articles.story(second_story).topics == set()
    assert work.articles.count_by_topic(NOW + HOUR) == {}


def test_a_topic_counts_stories_not_articles(work, feed):
    work.topics.add(topic("science"))
    story_id, first = add(work, feed)
    _, second = add(work, feed, story_id=story_id)
    work.articles.set_topics({first: dict.fromkeys(["science"]), second: dict.fromkeys(["science"])})
    assert work.articles.count_by_topic(NOW - HOUR) == {"science": 1}


def test_texts_are_given_for_matching_anew(work, feed):
    _, article_id = add(work, feed, "Title", text="Text. More.", language="ru")
    add(work, feed, published_at=NOW - 9 * HOUR)
    assert work.articles.texts(NOW - HOUR) == ((article_id, feed.url, "ru", "Title", "Text. More."),)


def test_a_topic_comes_back_as_it_was(work):
    whole = Topic(
        slug="science",
        names={"en": "Science", "kk": "Ғылым"},
        descriptions={"ru": "Наука."},
        words=("rocket", '"space station"', "orbit*"),
        must=("moon",),
        exclude=("horoscope",),
        languages=("en", "kk"),
        feed_urls=("https://a.example/",),
    )
    work.topics.add(whole)
    assert work.topics.get("science") == whole
    changed = topic("science", "comet")
    work.topics.replace(changed)
    assert work.topics.all() == (changed,)


def test_topics_keep_the_order_in_which_they_came(work):
    for slug in ("c", "a", "b"):
        work.topics.add(topic(slug))
    work.topics.replace(topic("c", "changed"))
    assert [one.slug for one in work.topics.all()] == ["c", "a", "b"]
    work.topics.remove("c")
    work.topics.add(topic("c"))
    assert [one.slug for one in work.topics.all()] == ["a", "b", "c"]


def test_a_slug_is_taken_once(work):
    work.topics.add(topic("science", "rocket"))
    with pytest.raises(TopicExistsError) as refused:
        work.topics.add(topic("science", "comet"))
    assert refused.value.slug == "science"
    assert work.topics.get("science").words == ("rocket",)


def test_a_topic_nobody_knows_is_told_with_those_there_are(work):
    work.topics.add(topic("science"))
    with pytest.raises(UnknownTopicError) as unknown:
        work.topics.get("sport")
    assert (unknown.value.name, unknown.value.known) == ("sport", ("science",))


def found_titles(store, words, language="en", **page):
    asked = [frozenset({stem(word, language) for language in ("en", "ru", "kk")}) for word in words.split()]
    with store.read() as work:
        count, found = work.articles.find(asked, **{"start": 0, "limit": 9, **page})
    return count, [one.title for one in found]


@pytest.fixture
def archive(store):
    """Articles in three languages, an hour apart, the first the oldest."""
    texts = (
        ("Bridges were opened", "en", "O'Neil paid 27.2 million for the café."),
        ("Мосты открыли", "ru", "Новый мост открыт в Алматы: проезд по COVID-19 пропускам."),
        ("Көпірлер ашылды", "kk", "Жаңа көпір қалада ашылды."),
        ("A bridge is closed", "en", "The mayor's back\\slash and 'quotes' stay."),
    )
    with store.begin() as work:
        feed = work.feeds.add("https://agency.example/feed", title="Agency", site_url="", now=NOW)
        for number, (title, language, text) in enumerate(texts):
            read = read_article(title, text, language=language, published_at=NOW + timedelta(hours=number))
            work.articles.add(read, feed_id=feed.id, story_id=work.articles.new_story(NOW), now=NOW)
    return store


@pytest.mark.parametrize(
    ("words", "titles"),
    [
        pytest.param("bridge", ["A bridge is closed", "Bridges were opened"], id="word forms, the newest first"),
        pytest.param("bridges open", ["Bridges were opened"], id="all the words"),
        pytest.param("моста", ["Мосты открыли"], id="Russian"),
        pytest.param("көпірді", ["Көпірлер ашылды"], id="Kazakh"),
        pytest.param("27.2", ["Bridges were opened"], id="a number"),
        pytest.param("cafe", ["Bridges were opened"], id="without the accent"),
        pytest.param("café", ["Bridges were opened"], id="with the accent"),
        pytest.param("neil", ["Bridges were opened"], id="a part of a name"),
        pytest.param("covid", ["Мосты открыли"], id="a part of a word with a hyphen"),
        pytest.param("rocket", [], id="nothing"),
        pytest.param("", [], id="without words"),
    ],
)
def test_the_archive_is_searched_by_word_forms(archive, words, titles):
    assert found_titles(archive, words) == (len(titles), titles)


def test_what_is_found_is_paged(archive):
    assert found_titles(archive, "bridge", start=1, limit=1) == (2, ["Bridges were opened"])


@pytest.mark.parametrize("odd", ["'", "\\", '"', "' | 'bridge", 'a" OR "bridge', ":*", "🚀", "x" * 5000])
def test_whatever_is_asked_for_is_no_query_of_the_database(archive, odd):
    with archive.read() as work:
        assert work.articles.find([frozenset({odd})], start=0, limit=9) == (0, ())


def test_an_article_is_found_by_its_new_wording_and_not_at_all_when_it_is_gone(store):
    with store.begin() as work:
        feed = work.feeds.add("https://agency.example/feed", title="Agency", site_url="", now=NOW)
        story = work.articles.new_story(NOW)
        work.articles.add(read_article("A bridge opens"), feed_id=feed.id, story_id=story, now=NOW, entry_id=5)
        work.articles.revise(read_article("A ferry sails"), entry_id=5)
    assert (found_titles(store, "bridge"), found_titles(store, "ferries")) == ((0, []), (1, ["A ferry sails"]))
    with store.begin() as work:
        work.feeds.remove(feed.id)
    assert found_titles(store, "ferries") == (0, [])


def test_for_one_reader_a_part_of_the_stories_is_outlined_and_the_others_are_counted(work, feed):
    for slug in ("science", "economy"):
        work.topics.add(topic(slug))
    told, known, other, old = (
        add(work, feed, title, now=now, published_at=now)
        for title, now in [("one", NOW), ("two", NOW), ("three", NOW - HOUR), ("four", NOW - 9 * HOUR)]
    )
    add(work, feed, "three again", story_id=other[0])
    work.articles.set_topics({told[1]: {"science": None}, other[1]: {"economy": None}, old[1]: {"science": None}})
    since = NOW - 2 * HOUR
    found = work.overview.stories(since, {"science"}, known={known[0], old[0]}, after=None)
    assert (set(found.of_story), found.had, found.besides) == ({told[0]}, {known[0]}, 2)
    assert found.topics_of[told[1]] == ("science",)
    assert [one.article_id for one in found.of_story[told[0]]] == [told[1]]
    assert {one for one in work.articles.stories(since) if one.id != other[0]} == set(
        work.articles.these({told[0], known[0]})
    )
    assert work.overview.stories(since, {"science"}, known=(), after=NOW - HOUR).besides == 2
    assert work.overview.stories(since, {"science"}, known=(), after=None, until=NOW - HOUR).besides == 1
    assert work.overview.stories(NOW + HOUR, {"science"}, known={told[0]}, after=None).besides == 0


def test_what_many_articles_have_is_found_in_the_same_order(work, feed, monkeypatch):
    for number in range(5):
        add(work, feed, f"Rocket {number}", published_at=NOW - (number % 3) * HOUR)
    asked = [frozenset({stem("rocket", "en")})]
    few = work.articles.find(asked, start=1, limit=3)
    monkeypatch.setattr(search, "MANY", 2)
    assert work.articles.find(asked, start=1, limit=3) == few
    assert [one.title for one in few[1]] == ["Rocket 0", "Rocket 4", "Rocket 1"]
