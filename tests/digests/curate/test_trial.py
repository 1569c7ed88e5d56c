from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import NOW, topic
from digests.curate.topics import check
from digests.curate.trial import MOST_LISTED, Lack, Overlap, example, marks_of, try_topic
from digests.errors import InvalidTopicError
from digests.model import ArchivedArticle, Kind, Relevance, Strictness, TopicLabel

FEED, OTHER = "https://agency.example/feed", "https://paper.example/feed"


def archived(number, title, text="", *, story=0, days=0, topics=(), **values):
    return ArchivedArticle(
        id=number,
        key=f"key {number}",
        story_id=story or number,
        title=title,
        text=text,
        published_at=NOW - timedelta(days=days),
        topics=frozenset(topics),
        **{"url": f"https://agency.example/{number}", "language": "en", "source": "Agency", "feed_url": FEED} | values,
    )


def label(number, title, *, belongs):
    kept = archived(number, title)
    same = {name: getattr(kept, name) for name in ("key", "url", "title", "text", "language", "feed_url")}
    return TopicLabel(slug="space", belongs=belongs, by=5, at=NOW - timedelta(minutes=number), **same)


def tried(one, *archive, relevances=(), **values):
    return try_topic(one, archive, relevances, now=NOW, **values)


def weighing(total):
    return {"space": Relevance(total=total, strongest=Kind.MEANING)}


@pytest.mark.parametrize(
    ("rules", "article", "lack", "term"),
    [
        ({"exclude": ("film",)}, {"title": "A rocket in a film"}, Lack.EXCLUDED, ""),
        ({"must": ("NASA",)}, {"title": "A rocket flies"}, Lack.MUST, ""),
        ({"languages": ("ru",)}, {"title": "A rocket flies"}, Lack.LANGUAGE, ""),
        ({"feed_urls": (OTHER,)}, {"title": "A rocket flies"}, Lack.FEED, ""),
        ({"words": ("moon AND landing",)}, {"title": "The moon shines"}, Lack.LACKING, "landing"),
        ({"words": ("moon NOT film",)}, {"title": "A film of the moon"}, Lack.FORBIDDEN, "film"),
        ({"words": ("moon",)}, {"title": "Far", "text": "word " * 120 + "moon"}, Lack.ONCE, "moon"),
    ],
)
def test_a_narrow_miss_says_what_alone_kept_it_out(rules, article, lack, term):
    trial = tried(topic("space", **{"words": ("rocket",), **rules}), archived(1, **article))
    (miss,) = trial.misses
    assert (miss.lack, miss.term, trial.stories) == (lack, term, 0)


@pytest.mark.parametrize(
    ("rules", "title"),
    [
        ({"exclude": ("film",)}, "A film of the lake"),
        ({"must": ("NASA", "ESA")}, "A rocket flies"),
        ({"words": ("moon AND landing AND crew",)}, "The moon shines"),
        ({"words": ("moon AND landing NOT film",)}, "A film of the moon"),
        ({"feed_urls": (OTHER,), "words": ()}, "Anything else"),
        ({"exclude": ("film",), "languages": ("ru",)}, "A rocket in a film"),
    ],
)
def test_what_several_things_keep_out_is_no_narrow_miss(rules, title):
    assert tried(topic("space", **{"words": ("rocket",), **rules}), archived(1, title)).misses == ()


def test_what_weighs_a_little_too_little_is_a_narrow_miss_the_nearest_first():
    one = topic("space", descriptions={"en": "Rockets"})
    archive = [archived(number, f"Story {number}") for number in range(1, 5)]
    trial = tried(one, *archive, relevances=[weighing(total) for total in (1.6, 1.1, 1.4, 0.2)])
    assert [shown.article_id for shown in trial.takes] == [1]
    assert [shown.article_id for shown in trial.misses] == [3, 2]
    assert {shown.lack for shown in trial.misses} == {Lack.EVIDENCE}


def test_leaving_a_rule_out_does_not_change_how_the_topic_decides():
    """Without its feeds a topic of words and a description would be weighed; with them its strictness stands."""
    one = topic("space", "rocket", feed_urls=(OTHER,), strictness=Strictness.WORDS)
    (miss,) = tried(one, archived(1, "A rocket flies"), relevances=[weighing(-3)]).misses
    assert miss.lack is Lack.FEED


def test_a_story_counts_once_by_its_surest_article_and_is_no_miss():
    one = topic("space", descriptions={"en": "Rockets"})
    archive = [archived(number, f"Article {number}", story=7) for number in (1, 2, 3)]
    trial = tried(one, *archive, relevances=[weighing(total) for total in (1.4, 1.7, 2.9)])
    assert (trial.stories, [shown.article_id for shown in trial.takes], trial.misses) == (1, [3], ())


def test_the_rate_is_over_the_days_that_the_archive_spans():
    one = topic("space", "rocket")
    archive = [archived(number, "A rocket flies", days=number / 2) for number in range(8)]
    assert tried(one, *archive).stories_a_day == pytest.approx(8 / 3.5)
    assert tried(one, archive[0]).stories_a_day == 1, "less than a day counts as one"
    assert tried(one).stories_a_day == 0


def test_a_draft_is_compared_with_the_published_one_story_by_story():
    published, draft = topic("space", "rocket"), topic("space", "moon")
    archive = [archived(1, "A rocket flies"), archived(2, "The moon shines"), archived(3, "A rocket to the moon")]
    trial = tried(draft, *archive, published=published)
    assert [one.article_id for one in trial.added] == [2]
    assert [one.article_id for one in trial.dropped] == [1]
    assert (trial.count_added, trial.count_dropped) == (1, 1)
    assert tried(draft, *archive).added == ()


def test_the_published_one_is_weighed_by_itself():
    one = topic("space", descriptions={"en": "Rockets"})
    values = {"relevances": [weighing(2)], "published": one, "published_relevances": [weighing(0)]}
    assert tried(replace(one, words=("rocket",)), archived(1, "Far"), **values).count_added == 1


def test_overlap_is_with_each_other_topic_the_largest_share_first():
    archive = [
        archived(1, "A rocket flies", topics={"science", "space"}),
        archived(2, "A rocket of iron", topics={"science", "metal"}),
        archived(3, "The lake", topics={"science", "water"}),
        archived(4, "A rocket again", story=1, topics={"science"}),
    ]
    assert tried(topic("space", "rocket"), *archive).overlaps == (
        Overlap(slug="metal", shared=1, theirs=1),
        Overlap(slug="science", shared=2, theirs=3),
    )


def test_lists_end_and_counts_do_not():
    archive = [archived(number, "A rocket flies") for number in range(1, MOST_LISTED + 10)]
    trial = tried(topic("space", "rocket"), *archive, published=topic("space", "moon"))
    assert (len(trial.takes), trial.stories) == (MOST_LISTED, MOST_LISTED + 9)
    assert (len(trial.added), trial.count_added) == (MOST_LISTED, MOST_LISTED + 9)


def test_no_sort_of_miss_hides_the_others():
    one = topic("space", "rocket", "moon AND crew", exclude=("film",))
    archive = [archived(number, "A rocket in a film") for number in range(1, 70)] + [archived(99, "The moon shines")]
    assert {shown.lack for shown in tried(one, *archive).misses[:2]} == {Lack.EXCLUDED, Lack.LACKING}


def test_precision_and_recall_are_of_the_labelled_articles():
    labels = [
        label(1, "A rocket flies", belongs=True),
        label(2, "A rocket lands", belongs=True),
        label(3, "A rocket in a film", belongs=False),
        label(4, "The moon shines", belongs=True),
        label(5, "The bank opens", belongs=False),
    ]
    marks = marks_of(topic("space", "rocket"), labels, [])
    assert (marks.right, marks.taken, marks.belonging) == (2, 3, 3)
    assert (marks.precision, marks.recall) == (pytest.approx(2 / 3), pytest.approx(2 / 3))
    assert [one.label.title for one in marks.wrong] == ["A rocket in a film", "The moon shines"]


def test_examples_of_the_topic_do_not_count_while_there_is_anything_else():
    labels = [label(1, "A rocket flies", belongs=True), label(2, "The moon shines", belongs=True)]
    one = topic("space", "rocket", liked=(example(labels[0]),), strictness=Strictness.WORDS)
    marks = marks_of(one, labels, [])
    assert (marks.taken, marks.belonging, marks.are_learned) == (0, 1, False)
    alone = marks_of(one, labels[:1], [])
    assert (alone.recall, alone.are_learned) == (1, True)


def test_nothing_labelled_or_taken_has_no_share():
    assert marks_of(topic("space", "rocket"), [], []).precision is None
    marks = marks_of(topic("space", "rocket"), [label(1, "The lake", belongs=False)], [])
    assert (marks.precision, marks.recall, marks.wrong) == (None, None, ())


texts = st.text(st.sampled_from('rocket mon film AND NOT OR "«»*\n,.—🚀ёқ\u200b'), max_size=60)


def is_readable(rule):
    try:
        check(topic("space", rule))
    except InvalidTopicError:
        return False
    return True


@given(texts, texts, st.lists(texts.filter(is_readable), max_size=3))
def test_whatever_strangers_and_admins_write_is_decided_once(title, text, rules):
    """A story is taken or missed or neither, never both, and what is taken by both topics is no difference."""
    one = topic("space", "rocket", *rules, must=tuple(rules[:1]), exclude=("film",))
    archive = [archived(1, title, text), archived(2, text, title, story=1)]
    trial = tried(one, *archive, published=topic("space", "mon"))
    assert len(trial.takes) + len(trial.misses) <= 1
    assert len(trial.takes) + len(trial.dropped) <= 1
    assert len(trial.added) <= len(trial.takes) == trial.stories
