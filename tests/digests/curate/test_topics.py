import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import topic
from digests.curate.topics import KeywordMatcher, check, most_common_topic, slug_for
from digests.errors import InvalidTopicError
from digests.model import Reason, Topic

FEED = "https://agency.example/feed.xml"


def matches(words, text, *, language="en", exclude=(), feed_urls=(), title="", feed_url=FEED):
    one = topic("science", *words, exclude=tuple(exclude), feed_urls=tuple(feed_urls))
    return bool(KeywordMatcher([one]).match(title=title, text=text, language=language, feed_url=feed_url))


@pytest.mark.parametrize(
    ("word", "language", "text"),
    [
        pytest.param("rocket", "en", "Two Rockets were launched.", id="English plural"),
        pytest.param("launch", "en", "They are launching it.", id="English verb"),
        pytest.param("ракета", "ru", "Запуск ракеты прошёл успешно.", id="Russian genitive"),
        pytest.param("ёлка", "ru", "На площади нет елки.", id="Russian ё and е"),
        pytest.param("ғарыш", "kk", "Ғарышқа жаңа спутник ұшырылды.", id="Kazakh dative"),
        pytest.param("мектеп", "kk", "Мектептерде сабақ басталды.", id="Kazakh plural locative"),
        pytest.param('"space station"', "en", "A new Space Stations programme.", id="phrase"),
        pytest.param("space station", "en", "The space station turned.", id="phrase without quotes"),
        pytest.param("«космическая станция»", "ru", "На космической станции пожар.", id="phrase in Russian quotes"),
        pytest.param("orbit*", "en", "An orbital flight.", id="prefix"),
        pytest.param("землетрясен*", "ru", "Сильное ЗЕМЛЕТРЯСЕНИЕ.", id="prefix in capitals"),
        pytest.param("covid", "en", "COVID-19 is back.", id="part of a hyphened word"),
        pytest.param("ракета", "und", "ракета", id="language unknown: as written"),
    ],
)
def test_a_word_stands_for_its_forms(word, language, text):
    assert matches([word], text, language=language)


@pytest.mark.parametrize(
    ("word", "language", "text"),
    [
        pytest.param("art", "en", "The party started.", id="inside other words"),
        pytest.param('"space station"', "en", "A station in space.", id="phrase in another order"),
        pytest.param('"space station"', "en", "Space. The old station.", id="phrase with a word between"),
        pytest.param("orbit*", "en", "In exorbitant amounts.", id="prefix not at the start"),
        pytest.param("ракета", "ru", "Рак и его лечение.", id="a shorter word"),
        pytest.param("rocket", "en", "", id="no text"),
    ],
)
def test_a_word_matches_nothing_else(word, language, text):
    assert not matches([word], text, language=language)


def test_any_of_the_words_suffices():
    assert matches(["comet", "rocket"], "A rocket.")


def test_a_title_counts_as_the_head_does():
    assert matches(["rocket"], "Nothing of the sort.", title="Rocket lands")


@pytest.mark.parametrize(("times", "taken"), [(0, False), (1, False), (2, True)])
def test_deep_in_a_text_a_word_must_stand_twice(times, taken):
    assert matches(["rocket"], "Talk. " * 100 + "A rocket. " * times) is taken


@pytest.mark.parametrize("text", ["A rocket toy.", "A rocket. " + "Talk. " * 100 + "Toys."])
def test_an_excluded_word_keeps_the_article_out(text):
    assert matches(["rocket"], text)
    assert not matches(["rocket"], text, exclude=["toy"])


def test_a_topic_of_feeds_takes_only_theirs():
    assert matches([], "Anything.", feed_urls=[FEED])
    assert not matches([], "Anything.", feed_urls=["https://other.example/feed.xml"])
    assert not matches(["rocket"], "Anything.", feed_urls=[FEED])


def test_an_article_belongs_to_every_topic_that_takes_it():
    matcher = KeywordMatcher([topic("space", "rocket"), topic("money", "price"), topic("sport", "match")])
    found = matcher.match(title="Rocket prices", text="", language="en", feed_url=FEED)
    assert found == {"space", "money"}


def test_one_matcher_serves_articles_in_many_languages():
    matcher = KeywordMatcher([topic("space", "rocket", "ракета", "зымыран")])
    for language, text in [("en", "Rockets"), ("ru", "ракетами"), ("kk", "зымырандар")]:
        assert matcher.match(title=text, text="", language=language, feed_url=FEED) == {"space"}


@pytest.mark.parametrize(
    ("wrong", "problem"),
    [
        pytest.param(topic("Science", "rocket"), "slug", id="a capital in the slug"),
        pytest.param(topic("a--b", "rocket"), "slug", id="two hyphens"),
        pytest.param(topic("-a", "rocket"), "slug", id="a hyphen first"),
        pytest.param(topic("", "rocket"), "slug", id="no slug"),
        pytest.param(topic("a" * 33, "rocket"), "slug", id="a slug too long"),
        pytest.param(topic("science\n", "rocket"), "slug", id="a line break after the slug"),
        pytest.param(Topic(slug="a", names={}, words=("b",)), "name", id="no name"),
        pytest.param(topic("a", "b", names={"en": " "}), "name", id="a blank name"),
        pytest.param(topic("a"), "empty", id="neither words nor feeds"),
        pytest.param(topic("a", *map(str, range(201))), "too_many", id="too many words"),
        pytest.param(topic("a", "b", exclude=tuple(map(str, range(201)))), "too_many", id="too many excluded"),
        pytest.param(topic("a", "!!!"), "word", id="a word of signs"),
        pytest.param(topic("a", ""), "word", id="an empty word"),
        pytest.param(topic("a", "*"), "word", id="a prefix of nothing"),
        pytest.param(topic("a", "b*"), "word", id="a prefix of one letter"),
        pytest.param(topic("a", "b", exclude=("*",)), "word", id="excluding everything"),
        pytest.param(topic("a", "b", languages=("English",)), "language", id="a language by name"),
        pytest.param(topic("a", "two words*"), "phrase", id="a phrase as prefix"),
        pytest.param(topic("a", "1 2 3 4 5 6 7 8 9"), "phrase", id="a phrase too long"),
    ],
)
def test_a_topic_that_makes_no_sense_is_refused(wrong, problem):
    with pytest.raises(InvalidTopicError) as refused:
        check(wrong)
    assert refused.value.problem == problem
    assert problem in InvalidTopicError.__doc__


def test_a_topic_at_its_limits_is_taken():
    check(topic("a" * 32, *map(str, range(198)), "1 2 3 4 5 6 7 8", "ab*", exclude=("c",)))


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Science", "science"),
        ("Наука и космос", "nauka-i-kosmos"),
        ("Ғарыш және ғылым", "garysh-zhane-gylym"),
        ("  Çà & là!  ", "ca-la"),
        ("Ёлка, съезд, щука", "elka-sezd-schuka"),
        ("a" * 31 + " bc", "a" * 31),
        ("24/7", "24-7"),
    ],
)
def test_a_slug_is_made_from_a_name(name, slug):
    assert slug_for(name) == slug
    check(topic(slug_for(name), "word"))


@pytest.mark.parametrize("name", ["", "!!!", "新聞"])
def test_a_name_without_latin_letters_gives_no_slug(name):
    with pytest.raises(InvalidTopicError):
        slug_for(name)


@pytest.mark.parametrize(
    ("slugs", "chosen"),
    [
        pytest.param([{"a"}, {"b"}, {"b"}], "b", id="that of most"),
        pytest.param([{"b"}, {"a"}], "a", id="the first by name among equals"),
        pytest.param([{"c"}, {"c"}, {"a"}], "a", id="only a wanted one"),
        pytest.param([{"c"}], None, id="none"),
    ],
)
def test_a_story_goes_to_the_topic_of_most_of_its_articles(slugs, chosen):
    assert most_common_topic(slugs, frozenset("ab")) == chosen


@pytest.mark.parametrize(
    ("rule", "text", "taken"),
    [
        ("strike AND port", "Strikes close all ports.", True),
        ("strike AND port", "Strikes close all schools.", False),
        ("strike NOT film", "A strike in the harbour.", True),
        ("strike NOT film", "A strike in films.", False),
        ("strike AND port NOT film", "A film of the port strike.", False),
        ("strike AND NOT film", "A strike.", True),
        ("rocket OR comet", "Two comets.", True),
        ("rocket AND moon OR comet", "Two comets.", True),
        ("rocket AND moon OR comet", "Two rockets.", False),
        ('"space station" AND leak', "The space station leaks.", True),
        ("забастовка И порт", "Забастовки в портах.", True),
        ("зымыран ЖӘНЕ ай", "Зымырандар ұшты.", False),
        ("war and peace", "A war and peace talks.", True),
    ],
)
def test_rules_join_words_by_operators_in_capitals(rule, text, taken):
    language = "ru" if "забастовка" in rule else "kk" if "зымыран" in rule else "en"
    check(topic("a", rule))
    assert matches([rule], text, language=language) is taken


@pytest.mark.parametrize("rule", ["AND", "a AND", "OR b", "NOT b", "a AND AND b", "a NOT", "a OR OR b", "a NOT NOT b"])
def test_an_operator_without_its_words_is_refused(rule):
    with pytest.raises(InvalidTopicError) as refused:
        check(topic("a", rule))
    assert refused.value.problem == "expression"


def test_a_rule_older_than_the_operators_is_taken_as_it_stands():
    assert matches(["EITHER OR"], "It is either or.")


def test_without_each_must_an_article_stays_out():
    one = topic("space", "rocket", must=("NASA OR ESA", "moon"))
    matcher = KeywordMatcher([one])

    def taken(text):
        return matcher.match(title="", text=text, language="en", feed_url=FEED)

    assert taken("A rocket of ESA flies to the moon.")
    assert not taken("A rocket flies to the moon.")
    assert not taken("A rocket of NASA flies.")
    assert not taken("NASA and the moon.")


def test_a_topic_of_languages_takes_only_theirs_and_what_no_one_can_tell():
    matcher = KeywordMatcher([topic("space", "nasa", languages=("ru", "kk"))])
    told = {
        language: bool(matcher.match(title="NASA", text="", language=language, feed_url=FEED))
        for language in ("ru", "en", "und")
    }
    assert told == {"ru": True, "en": False, "und": True}


@pytest.mark.parametrize(
    ("values", "text", "taken", "reason", "detail"),
    [
        ({}, "Rockets fly.", True, Reason.WORD, "rocket"),
        ({}, "Nothing.", False, Reason.WORD, ""),
        ({"exclude": ("toy",)}, "Rocket toys.", False, Reason.EXCLUDED, "toy"),
        ({"must": ("moon",)}, "Rockets fly.", False, Reason.MUST, "moon"),
        ({"languages": ("ru",)}, "Rockets fly.", False, Reason.LANGUAGE, "en"),
        ({"feed_urls": ("https://other.example/",)}, "Rockets fly.", False, Reason.FEED, ""),
        ({"words": (), "feed_urls": (FEED,)}, "Anything.", True, Reason.EVERYTHING, ""),
        ({"words": (), "must": ("moon",)}, "The moon.", True, Reason.MUST, ""),
    ],
)
def test_every_decision_says_why(values, text, taken, reason, detail):
    one = topic("space", **{"words": ("rocket",), **values})
    (decision,) = KeywordMatcher([one]).decide(title="", text=text, language="en", feed_url=FEED)
    assert (decision.taken, decision.reason, decision.detail) == (taken, reason, detail)


@given(st.text(max_size=60))
def test_any_rule_is_taken_or_refused_and_never_breaks_the_matcher(rule):
    try:
        check(topic("a", rule))
    except InvalidTopicError:
        return
    KeywordMatcher([topic("a", rule)]).match(title=rule, text="", language="en", feed_url=FEED)
