"""What is read of all that is fresh makes no difference to what a reader is told."""

import random
from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest

from builders import NOW, read_article, subscription, topic
from digests.compose import compose
from digests.curate.ranking import rank
from digests.model import OWN_WORDS
from digests.pipeline.one_reader import as_of, compose_alone
from digests.store.articles import Articles
from digests.store.overview import Overview

WEEK, HOUR = timedelta(days=7), timedelta(hours=1)
SINCE = NOW - WEEK
SLUGS = ["economy", "politics", "science", "sport"]
WORDS = {
    "en": "bridge comet ferry harbor lake mayor river rocket storm strike tunnel winter",
    "ru": "мост комета паром гавань озеро мэр река ракета буря забастовка тоннель зима",
    "kk": "көпір құйрықты паром айлақ көл әкім өзен зымыран дауыл ереуіл тоннель қыс",
}
BUT = {"en": "but", "ru": "но", "kk": "бірақ"}
SITES = [f"paper{number}.example" for number in range(7)]
READERS = 120


def sentence(chance, language, *known):
    words = WORDS[language].split()
    joined = [one + other for one in words for other in words[:4]]
    chosen = [*known, *chance.sample(words + joined, 7 - len(known))]
    if chance.random() < 0.1:
        chosen.insert(3, BUT[language])
    return " ".join(chosen).capitalize() + f" {chance.randint(2, 30)}."


def told_again(chance, read):
    """The same in other words, or a copy, or what another outlet adds to it."""
    title, text = read.article.title, read.article.text
    kind = chance.random()
    if kind < 0.3:
        return title, text
    language = read.article.language
    if kind < 0.6:
        return sentence(chance, language), text
    known = text.rstrip(".").lower().split()[:2]
    return sentence(chance, language, *known), sentence(chance, language, *known)


@pytest.fixture
def newsroom(store):
    """Nine days of twelve feeds on seven sites in three languages; ids say nothing of when an article came out."""
    chance = random.Random(7)
    with store.begin() as work:
        for slug in SLUGS:
            work.topics.add(topic(slug))
        feeds = []
        for number in range(12):
            feed = work.feeds.add(f"https://{number}.example/feed", title=f"Paper {number}", site_url="", now=NOW)
            work.feeds.say(replace(feed, weight=chance.choice([0.1, 1.0, 1.0, 1.0, 3.0])))
            feeds.append(feed)
        told = {}
        for number in range(700):
            again = chance.random() < 0.4 and told
            story_id = chance.choice(list(told)) if again else work.articles.new_story(NOW)
            language = chance.choice(list(WORDS))
            title, text = sentence(chance, language), sentence(chance, language)
            if again and told[story_id].article.language != language and chance.random() < 0.7:
                language = told[story_id].article.language
            if again and told[story_id].article.language == language:
                title, text = told_again(chance, told[story_id])
            at = NOW - timedelta(days=9) * chance.random() ** 1.5
            source = chance.choice(SITES)
            url = f"https://{source}/{number}" if chance.random() < 0.95 else ""
            read = read_article(title, text, url=url, source=source, language=language, published_at=at)
            told.setdefault(story_id, read)
            article_id = work.articles.add(
                read,
                feed_id=chance.choice(feeds).id,
                story_id=story_id,
                now=min(NOW, at + chance.choice([0, 1, 30]) * HOUR),
                entry_id=number,
            )
            slugs = chance.sample(SLUGS, chance.choice([0, 1, 1, 1, 2]))
            work.articles.set_topics({article_id: {slug: chance.choice([None, 1.2, 2.5]) for slug in slugs}})
    return store


def a_rule(chance, language):
    one, other = chance.sample(WORDS[language].split(), 2)
    rule = chance.choice(
        ["{0}", "{0}", '"{0} {1}"', "{0}{1}", "{0}*", "{0} NOT {1}", "{0} AND {1}", "{0} OR {1}", "{2}"]
    )
    return rule.format(one, other, BUT[language])


def a_reader(chance, story_ids):
    """(subscription, language, seen, since, until)."""
    language = chance.choice(list(WORDS))

    is_plain = chance.random() < 0.5  # as most readers are

    def some(values, most):
        return chance.sample(values, chance.randint(1, most)) if not is_plain and chance.random() < 0.5 else []

    def own_words(most):
        return tuple(a_rule(chance, language) for _ in some(range(9), most))

    mine = subscription(
        chance.sample(SLUGS, chance.randint(1, 4)),
        minutes=chance.choice([1, 2, 5, 10]),
        max_stories=chance.choice([1, 3, 12, 12]),
        muted=frozenset(some([*SITES, "feed 3"], 3)),
        excluded=own_words(2),
        included=own_words(2),
        alerts=own_words(1) if chance.random() < 0.5 else (),
    )
    until = None if is_plain else chance.choice([None, None, NOW - HOUR, NOW - timedelta(days=1)])
    before = chance.choice([None, HOUR, timedelta(days=1), timedelta(days=3)])
    since = before and (until or NOW) - before
    seen = {
        story_id: (since or NOW) - timedelta(days=4) * chance.random()
        for story_id in chance.sample(story_ids, chance.choice([0, 5, 60, 300, 300]))
    }
    return mine, language, seen, since, until


def composed_of_all(work, stories, mine, language, *, seen, since, until):
    if until is not None:
        stories = [one for story in stories if (one := as_of(story, until))]
    return compose(
        mine,
        rank(stories, until or NOW, language),
        topics=work.topics.all(),
        seen=seen,
        since=since,
        edition_at=until or NOW,
        next_edition_at=None,
    )


def composed(work, mine, language, *, seen, since, until):
    return compose_alone(
        work,
        mine,
        language,
        published_since=SINCE,
        seen=seen,
        since=since,
        edition_at=until or NOW,
        next_edition_at=None,
        until=until,
    )


def test_a_digest_is_the_same_as_if_all_stories_had_been_read(newsroom, monkeypatch):
    read, met = Counter(), Counter()
    these, outlined = Articles.these, Overview.stories

    def noted(articles, story_ids):
        read["some"] += len(story_ids)
        return these(articles, story_ids)

    def looked_at(overview, *args, **kwargs):
        found = outlined(overview, *args, **kwargs)
        met["looked at twice"] += met.pop("maybe", 0)
        met["maybe"] = kwargs.get("recent") is not None
        met["older only counted"] += found.older.stories > 0
        return found

    monkeypatch.setattr(Articles, "these", noted)
    monkeypatch.setattr(Overview, "stories", looked_at)
    chance = random.Random(11)
    with newsroom.read() as work:
        story_ids = sorted({one.id for one in work.articles.stories(NOW - 2 * WEEK)})
        stories = work.articles.stories(SINCE)
        for _ in range(READERS):
            mine, language, seen, since, until = a_reader(chance, story_ids)
            digest = composed(work, mine, language, seen=seen, since=since, until=until)
            met.pop("maybe")
            assert digest == composed_of_all(work, stories, mine, language, seen=seen, since=since, until=until)
            read["all"] += len(stories)
            met["follow-ups"] += any(one.is_follow_up for one in digest.stories)
            met["own words"] += any(one.topic == OWN_WORDS for one in digest.sections)
            met["muted"] += digest.tally.muted > 0
            met["left for want of room"] += digest.tally.held_back > 0
            met["off topic"] += digest.tally.off_topic > 0
            met["with additions"] += any(one.additions for one in digest.stories)
    assert len(met) == 8
    assert min(met.values()) >= 5, met
    assert read["some"] < read["all"] / 2
