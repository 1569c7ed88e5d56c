import numpy as np
import pytest

from digests.curate.evidence import DOUBT, CloserLook, Evidence, Scored, in_doubt
from digests.curate.subjects import Subject
from digests.curate.topics import ENOUGH
from digests.model import Kind, Strictness

NORMAL = ENOUGH[Strictness.NORMAL]

SPACE = Subject(
    about="Space. Rockets, planets and the people who fly there.", terms=("rocket", "orbit", "space station")
)
FOOD = Subject(about="Food. What people cook and eat.", terms=("bread", "soup", "olive oil"))
RECENT = [
    *(f"The mayor of district {number} opened a road and spoke of taxes" for number in range(30)),
    *(f"Shares of company {number} fell as investors left the market" for number in range(30)),
    "A rocket reached its orbit in the morning",
    "The bakers of the city sell bread of rye",
    "A soup with olive oil for cold evenings",
    "The crew of the space station sleeps in shifts",
]


def weighed(*texts, subjects=(SPACE, FOOD), embedder=None):
    return Evidence(subjects, recent=RECENT, language="en", embedder=embedder).weigh(texts)


@pytest.mark.parametrize(
    ("text", "best"),
    [
        ("Two rockets will leave for orbit on Monday", 0),
        ("The space station gets a new crew", 0),
        ("Bread grows dearer in every bakery", 1),
        ("Olive oil is sold out", 1),
    ],
)
def test_the_topic_whose_words_stand_in_a_text_comes_first(text, best):
    total = weighed(text).total[0]
    assert total.argmax() == best
    assert total[best] >= NORMAL


def test_what_speaks_of_neither_stays_below_the_strictness():
    assert (weighed("The mayor opened a road").total < NORMAL).all()


def test_a_phrase_counts_only_as_it_is_written():
    together, apart = weighed("The space station", "The station has much space").parts[Kind.WORDS][:, 0]
    assert together > apart


def test_a_beginning_counts_in_every_word_that_has_it():
    subject = Subject(about="", terms=("astro*",))
    recent = [*RECENT, "An astronaut came home"]
    evidence = Evidence([subject], recent=recent, language="en")
    found = evidence.weigh(["Astronomers look up", "A gastronome eats"]).parts[Kind.WORDS][:, 0]
    assert found[0] > found[1]


def test_a_rare_word_counts_for_more_than_a_common_one():
    subject = Subject(about="", terms=("mayor", "soup"))
    common, rare = weighed("The mayor came home", "The soup came home", subjects=[subject]).parts[Kind.WORDS][:, 0]
    assert rare > common


def test_liked_articles_speak_for_their_like_and_disliked_against():
    plain = Subject(about="Sea.")
    text = "Whales sing below the ice of the north"
    liked = Subject(about="Sea.", liked=("Whales were heard singing in the north", "The whales left the ice"))
    disliked = Subject(about="Sea.", disliked=liked.liked)
    other = Subject(about="Food.", liked=("Bread of rye",))
    scores = {
        name: Evidence([one, other], recent=[*RECENT, text], language="en").weigh([text]).total[0, 0]
        for name, one in {"plain": plain, "liked": liked, "disliked": disliked}.items()
    }
    assert scores["liked"] > scores["plain"] > scores["disliked"]


def test_the_description_alone_finds_its_words():
    subject = Subject(about="Cooking. Soup and bread for every day.")
    soup, road = weighed("A soup for Monday", "A road for Monday", subjects=[subject]).total[:, 0]
    assert soup > road


class ByLetter:
    """An encoder for which texts mean the same that begin with the same letter."""

    name, dimensions = "by letter", 26

    def embed(self, texts):
        rows = np.zeros((len(texts), 26), dtype=np.float32)
        for row, text in enumerate(texts):
            rows[row, ord(text.lower()[0]) - ord("a")] = 1
        return rows


def test_with_an_encoder_meaning_speaks_too():
    subjects = [Subject(about="Zebras and stripes."), Subject(about="Quails and feathers.")]
    found = Evidence(subjects, recent=[*RECENT, "Z", "Q"], language="en", embedder=ByLetter()).weigh(["Zoo opens"])
    assert found.total[0].argmax() == 0
    assert found.strongest(0, 0) is Kind.MEANING


def test_a_russian_word_is_found_in_its_forms():
    subject = Subject(about="Космос.", terms=("ракета",))
    recent = ["Мэр открыл дорогу", "Акции компании упали", "Ракета взлетела утром"]
    rocket, road = (
        Evidence([subject], recent=recent, language="ru").weigh(["Запуск ракеты", "Ремонт дороги"]).total[:, 0]
    )
    assert rocket > road


@pytest.mark.parametrize(("subjects", "recent"), [((), RECENT), ((SPACE,), ())])
def test_nothing_to_weigh_is_refused(subjects, recent):
    with pytest.raises(ValueError, match="needs subjects"):
        Evidence(subjects, recent=recent, language="en")


def test_a_text_without_words_is_weighed_as_saying_nothing():
    assert np.isfinite(weighed("", "!!!").total).all()


def test_the_meaning_of_a_topic_counts_though_it_is_the_only_one():
    alone = [Subject(about="Zebras and stripes.")]
    found = Evidence(alone, recent=[*RECENT, "Z"], language="en", embedder=ByLetter()).weigh(["Zoo opens", "Men act"])
    assert found.total[0, 0] > found.total[1, 0]
    assert found.strongest(0, 0) is Kind.MEANING


NOT_NEAR, NEAR = 2 * DOUBT, 0.8 * DOUBT


@pytest.mark.parametrize(
    ("totals", "doubtful"),
    [
        pytest.param([NORMAL + NOT_NEAR, NORMAL - NOT_NEAR], False, id="surely of the first"),
        pytest.param([NORMAL + 3, NORMAL + 3 - NEAR], True, id="of either"),
        pytest.param([NORMAL + NEAR, -1.0], True, id="just enough"),
        pytest.param([NORMAL - NEAR, -1.0], True, id="not quite enough"),
        pytest.param([-1.0, -1.0 - NEAR], False, id="surely of none"),
    ],
)
def test_doubt_is_where_another_topic_or_none_is_near(totals, doubtful):
    found = in_doubt(Scored(np.array([totals]), {}), [NORMAL, NORMAL])
    assert found == ([0] if doubtful else [])


def test_what_is_most_in_doubt_comes_first():
    totals = np.array([[NORMAL + 3, NORMAL + 3 - far] for far in (0.3, 0.1, 5.0, 0.2)])
    assert in_doubt(Scored(totals, {}), [NORMAL, NORMAL]) == [1, 3, 0]


def test_a_topic_alone_is_in_doubt_near_what_is_enough_for_it():
    assert in_doubt(Scored(np.array([[NORMAL], [2 * NORMAL]]), {}), [NORMAL]) == [0]


class Oracle:
    """An encoder that knows of two things: food, and all others."""

    name, dimensions = "oracle", 2

    def embed(self, texts):
        known = [("bread" in text.lower() or "cook" in text.lower() or "pie" in text.lower()) for text in texts]
        return np.array([[1.0, 0.0] if one else [0.0, 1.0] for one in known], dtype=np.float32)


@pytest.mark.parametrize("alone", [False, True])
def test_a_closer_look_changes_what_it_is_asked_about_and_nothing_else(alone):
    texts = ["A pie with apples", "A pie with plums"]
    first = Evidence([SPACE, FOOD], recent=RECENT, language="en")
    second = Evidence([SPACE, FOOD], recent=RECENT, language="en", embedder=Oracle())
    before = first.weigh(texts)
    after = CloserLook(None if alone else first, second, recent=RECENT).weigh(texts, before, [1])
    assert after.total[0].tolist() == before.total[0].tolist()
    assert after.total[1, 1] > before.total[1, 1] + DOUBT
    assert after.total[1, 1] > after.total[1, 0]
