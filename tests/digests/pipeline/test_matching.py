import pytest

from builders import NOW, read_article, topic
from digests.curate.neutral import NEUTRAL
from digests.curate.subjects import ENOUGH_RECENT
from digests.errors import WorkerError
from digests.language.identify import identify
from digests.model import Kind, Reason, Strictness
from digests.pipeline.matching import Matchable, Matching, match_anew
from fakes import InlineWorker

TELESCOPE = "A telescope in the desert saw a comet pass the moons of Jupiter. Astronomers watched it for nine nights."
HARBOUR = "The harbour of Larton takes bigger ships from May. The mayor opened the new quay on Friday."


class Dying(InlineWorker):
    async def run(self, function, *args, **kwargs):
        raise WorkerError("a worker process died")


def matchable(title, text="", **values):
    return Matchable(
        **{"title": title, "text": text, "language": "en", "feed_url": "https://agency.example/feed", **values}
    )


def sky(**values):
    defaults = {"descriptions": {"en": "Comets, moons and planets, and the astronomers who watch them."}}
    return topic("sky", **{**defaults, **values})


def add_topics(store, *topics):
    with store.begin() as work:
        for one in topics:
            work.topics.add(one)


def add_articles(store, *titles, text=""):
    with store.begin() as work:
        feed = work.feeds.all() or [work.feeds.add("https://agency.example/feed", title="", site_url="", now=NOW)]
        ids = []
        for title in titles:
            story_id = work.articles.new_story(NOW)
            read = read_article(title, text or f"{title}.")
            ids.append(work.articles.add(read, feed_id=feed[0].id, story_id=story_id, now=NOW))
        return ids


@pytest.fixture
def matching(store, clock):
    return Matching(store, InlineWorker(), clock)


async def decided(matching, *articles):
    weighed = await matching.weigh_all(articles)
    return [matching.decide(article, own)[0] for article, own in zip(articles, weighed, strict=True)]


@pytest.mark.parametrize("language", NEUTRAL)
def test_the_neutral_texts_are_of_their_language_and_none_is_there_twice(language):
    texts = NEUTRAL[language]
    assert len(set(texts)) == len(texts) >= 50
    assert identify(" ".join(texts)) == language


async def test_a_description_alone_decides_from_the_first_article_on(store, matching):
    add_topics(store, sky())
    about_sky, about_ships = await decided(matching, matchable("Comet seen", TELESCOPE), matchable("Ships", HARBOUR))
    assert (about_sky.taken, about_sky.reason, about_sky.relevance.strongest) == (
        True,
        Reason.EVIDENCE,
        Kind.DESCRIPTION,
    )
    assert about_sky.relevance.total >= about_sky.needed > about_ships.relevance.total
    assert not about_ships.taken


async def test_a_word_that_no_recent_article_has_lets_one_in_all_the_more(store, matching):
    add_topics(store, sky(words=("whale",)))
    (whales,) = await decided(matching, matchable("Whales sing", HARBOUR))
    assert (whales.taken, whales.detail) == (True, "whale")
    assert whales.relevance.total > whales.needed + 1


async def test_what_is_usual_is_learned_from_articles_once_there_are_enough(store, clock):
    add_topics(store, sky())
    add_articles(store, *(f"Comet number {n} seen from Larton" for n in range(ENOUGH_RECENT - 1)))
    before, _ = await decided(Matching(store, InlineWorker(), clock), matchable("Comets seen"), matchable("Ships"))
    add_articles(store, "Comets again", *(f"Comets, moons and planets {n}" for n in range(50)))
    after, _ = await decided(Matching(store, InlineWorker(), clock), matchable("Comets seen"), matchable("Ships"))
    assert before.relevance.total > 2 > after.relevance.total  # where all is about comets, a comet is nothing special


async def test_a_worker_that_dies_leaves_the_words_to_decide(store, clock):
    add_topics(store, sky(words=("comet",)))
    matching = Matching(store, Dying(), clock)
    found = await decided(matching, matchable("Comet seen"), matchable("Ships", TELESCOPE.replace("comet", "star")))
    assert [(one.taken, one.reason) for one in found] == [(True, Reason.WORD), (False, Reason.WORD)]
    add_topics(store, topic("sea", descriptions={"en": "Ships"}))
    weighed = await matching.weigh(matchable("Ships"))
    assert matching.decide(matchable("Ships"), weighed)[1].reason is Reason.TOO_EARLY


async def test_a_language_without_anything_to_learn_from_goes_by_words(store, matching):
    add_topics(store, sky(words=("komet",)))
    found = await decided(
        matching, matchable("Komet über Larton", language="de"), matchable("Schiffe", HARBOUR, language="de")
    )
    assert [(one.taken, one.reason) for one in found] == [(True, Reason.WORD), (False, Reason.WORD)]


async def test_words_alone_are_enough_where_the_admin_says_so(store, matching):
    add_topics(store, sky(words=("comet",), strictness=Strictness.WORDS))
    found = await decided(matching, matchable("Comet seen"), matchable("Moons of Jupiter", TELESCOPE[30:]))
    assert [one.taken for one in found] == [True, True]
    assert {one.reason for one in found} == {Reason.WORD}


async def test_the_stricter_the_topic_the_more_has_to_speak_for_an_article(store, clock):
    needed = []
    for strictness in (Strictness.BROAD, Strictness.NORMAL, Strictness.STRICT):
        with store.begin() as work:
            for one in work.topics.all():
                work.topics.remove(one.slug)
        add_topics(store, sky(strictness=strictness))
        (decision,) = await decided(Matching(store, InlineWorker(), clock), matchable("Comet", TELESCOPE))
        needed.append(decision.needed)
    assert needed == sorted(set(needed))


async def test_liked_articles_speak_for_their_like_and_disliked_ones_against(store, matching):
    add_topics(
        store,
        sky(
            liked=("Comet passes the moons of Jupiter", "Telescope finds a planet"),
            disliked=("Astrologers tell what the moon means for lovers",),
        ),
    )
    liked, disliked = await decided(
        matching, matchable("Telescope watches comet"), matchable("Astrologers and the moon of lovers")
    )
    assert liked.relevance.total > disliked.relevance.total


async def test_matching_anew_puts_articles_into_topics_with_what_spoke_for_them(store, matching):
    comet, ships = add_articles(store, "Comet"), add_articles(store, "Ships", text=HARBOUR)
    add_topics(store, sky())
    await match_anew(store, matching, NOW)
    with store.read() as work:
        found = {one.lead.article_id: one.lead.scores for one in work.articles.stories(NOW)}
    assert found[ships[0]] == {}
    assert found[comet[0]]["sky"] > 1
