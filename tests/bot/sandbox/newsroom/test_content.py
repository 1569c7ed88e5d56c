"""What the sample newsroom promises about its articles and topics."""

import tomllib
from collections import Counter, defaultdict
from itertools import combinations

import pytest

from bot.sandbox.newsroom.content import Quirk, load_articles, load_outlets, load_topics_toml

TOPICS = tomllib.loads(load_topics_toml())["topics"]


def test_there_is_enough_to_read_in_every_language():
    counts = Counter(article.language for article in load_articles())
    assert counts["en"] >= 18
    assert counts["ru"] >= 18
    assert counts["kk"] >= 12


def test_eight_events_are_told_by_several_outlets_in_one_language():
    tellers = defaultdict(list)
    for article in load_articles():
        if article.event is not None:
            tellers[article.event, article.language].append(article.outlet)
    assert all(len(outlets) == len(set(outlets)) for outlets in tellers.values()), "an outlet tells an event once"
    assert all(len(outlets) <= 4 for outlets in tellers.values())
    assert len({event for (event, _), outlets in tellers.items() if len(outlets) > 1}) >= 8


def test_some_events_cross_languages():
    languages = defaultdict(set)
    for article in load_articles():
        languages[article.event].add(article.language)
    assert sum(len(found) == 3 for event, found in languages.items() if event) >= 4


def test_each_teller_of_an_event_has_words_of_its_own():
    for one, other in combinations(load_articles(), 2):
        assert one.title != other.title
        assert not set(one.paragraphs) & set(other.paragraphs)


def test_translations_appear_together():
    moments = defaultdict(set)
    for article in load_articles():
        if article.event is not None:
            moments[article.outlet, article.event].add(article.age)
    assert all(len(ages) == 1 for ages in moments.values())


@pytest.mark.parametrize("article", load_articles(), ids=lambda article: f"{article.outlet}/{article.slug}")
def test_an_article_is_complete(article):
    assert 5 <= len(article.paragraphs) <= 9
    assert 110 <= len(" ".join(article.paragraphs).split()) <= 350
    assert all(paragraph == " ".join(paragraph.split()) for paragraph in article.paragraphs)
    assert set(article.topics) <= {topic["slug"] for topic in TOPICS}
    outlet = next(outlet for outlet in load_outlets() if outlet.key == article.outlet)
    assert set(article.topics) <= set(outlet.edition(article.language).sections), "a topic has its menu entry"


def test_every_quirk_occurs():
    assert {article.quirk for article in load_articles()} == {None, *Quirk}
    assert any(article.title != article.feed_title for article in load_articles())


def test_topics_are_complete_in_three_languages():
    assert len({topic["slug"] for topic in TOPICS}) == len(TOPICS) == 7
    for topic in TOPICS:
        assert set(topic["name"]) == set(topic["description"]) == {"en", "ru", "kk"}
        assert 12 <= len(topic["words"]) == len(set(topic["words"])) <= 25


def test_every_topic_has_articles_and_some_articles_have_none():
    articles = Counter(topic for article in load_articles() for topic in article.topics or ["none"])
    assert all(articles[topic["slug"]] >= 4 for topic in TOPICS)
    assert articles["none"] >= 4
