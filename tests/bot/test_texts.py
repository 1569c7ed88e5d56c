"""The catalogues say the same things in every language, and every error has its sentence."""

import inspect
import re
from datetime import timedelta
from pathlib import Path

import pytest
from fluent.syntax import FluentParser, ast
from fluent.syntax.visitor import Visitor

import bot
from bot.menu import ADMIN_COMMANDS, GROUP_ADMIN_COMMANDS, READER_COMMANDS
from bot.settings import LANGUAGES
from bot.texts import Markup, best_language, texts_in
from builders import NOW, utc
from digests import errors

LOCALES = Path(bot.__file__).parent / "locales"


class _Variables(Visitor):
    def __init__(self):
        self.found = set()

    def visit_VariableReference(self, node):  # noqa: N802 - fluent's own name
        self.found.add(node.id.name)


def catalogue(language):
    """Key -> the variables of its sentence."""
    parsed = FluentParser().parse((LOCALES / f"{language}.ftl").read_text(encoding="utf-8"))
    assert not [entry for entry in parsed.body if isinstance(entry, ast.Junk)]
    variables = {}
    for entry in parsed.body:
        if isinstance(entry, ast.Message):
            visitor = _Variables()
            visitor.visit(entry)
            variables[entry.id.name] = visitor.found
    return variables


def test_there_is_a_catalogue_for_every_language_and_no_other():
    assert {file.stem for file in LOCALES.glob("*.ftl")} == set(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_a_catalogue_has_the_same_sentences_with_the_same_values(language):
    assert catalogue(language) == catalogue("en")


def test_every_sentence_is_used_and_every_sentence_used_is_there():
    source = "\n".join(file.read_text(encoding="utf-8") for file in LOCALES.parent.rglob("*.py"))
    composed = re.compile(r"(tally|error-topic|error|trouble|digest|why|word|chart|health|tried)-")
    keys = set(catalogue("en"))
    buttons = {f"button-{name}" for name in re.findall(r'\b_?(?:button|switch)\(texts, "([a-z-]+)"', source)}
    commands = {f"command-{name}" for name in READER_COMMANDS + GROUP_ADMIN_COMMANDS + ADMIN_COMMANDS}
    quoted = {key for key in keys if re.search(f"""["']{key}["']""", source)}
    unused = {key for key in keys - quoted - buttons - commands if not composed.match(key)}
    assert not unused
    assert buttons | commands <= keys
    said = set(re.findall(r'\.(?:say|plain)\(\s*"([a-z_-]+)"', source))
    assert not said - keys


def test_values_are_escaped_and_markup_is_not():
    texts = texts_in("en")
    assert "&lt;b&gt;" in texts.say("error-unknown-zone", name="<b>")
    assert "<b>" in texts.say("error-unknown-zone", name=Markup("<b>"))
    assert "<b>" in texts.plain("error-unknown-zone", name="<b>")


@pytest.mark.parametrize("length", [10, 199, 201, 10_000])
def test_values_may_be_long(length):
    assert "<" + "x" * length in texts_in("en").plain("error-unknown-zone", name="<" + "x" * length)


def test_an_unknown_sentence_or_a_missing_value_is_an_error():
    with pytest.raises(KeyError):
        texts_in("en").say("no-such-sentence")
    with pytest.raises(KeyError):
        texts_in("en").say("error-unknown-zone")


ERRORS = {
    "TooLargeError": (10,),
    "HttpStatusError": (503,),
    "FeedExistsError": ("A",),
    "TopicExistsError": ("a",),
    "TopicChangedError": ("a",),
    "NoDraftError": ("a",),
    "UnknownTopicError": ("a", ["b"]),
    "AmbiguousFeedError": (["a", "b"],),
    "SeveralFeedsError": (["https://a.example/1", "https://a.example/2"],),
    "InvalidFeedError": ("title",),
    "FeedPausedError": ("a",),
    "UnknownArticleError": ("https://a.example/1",),
    "UnknownZoneError": ("a",),
}
FOR_PEOPLE = [
    kind
    for name, kind in inspect.getmembers(errors, inspect.isclass)
    if issubclass(kind, errors.NewsDigestError)
    and not issubclass(
        kind,
        errors.DeliveryError
        | errors.InvalidTopicError
        | errors.TopicsFileError
        | errors.DatabaseError
        | errors.ModelError,
    )
    and kind is not errors.NewsDigestError
]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", FOR_PEOPLE, ids=lambda kind: kind.__name__)
def test_every_error_that_a_person_can_cause_has_its_own_sentence(kind, language):
    texts = texts_in(language)
    sentence = texts.error(kind(*ERRORS.get(kind.__name__, ())))
    assert sentence != texts.say("error-unexpected")


CODES = {kind.code for kind in FOR_PEOPLE if issubclass(kind, errors.FetchError)} - {"status"}
STATUSES = [f"status:{status}" for status in (400, 401, 403, 404, 410, 418, 429, 500, 503)]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", sorted(CODES | {"challenge", "robots", "parsing", *STATUSES}))
def test_every_stored_error_of_a_feed_says_what_is_wrong_and_what_to_do(code, language):
    texts = texts_in(language)
    told = texts.feed_trouble(code)
    assert told.count(". ") >= 1
    assert (code == "unreachable") == (told == texts.feed_trouble("unreachable"))
    assert code.partition(":")[2] in told


@pytest.mark.parametrize("language", LANGUAGES)
def test_statuses_that_ask_for_different_things_are_told_apart(language):
    texts = texts_in(language)
    told = [texts.error(errors.HttpStatusError(status)).split(")", 1)[1] for status in (401, 404, 410, 418, 429, 500)]
    assert len(set(told)) == len(told)


@pytest.mark.parametrize("code", ["status", "status:", "of-another-version"])
def test_an_error_that_is_not_known_counts_as_out_of_reach(code):
    assert "can't be reached" in texts_in("en").feed_trouble(code)


@pytest.mark.parametrize("problem", ["name", "slug", "word", "too_many", "phrase", "feed", "line", "empty"])
def test_every_fault_of_a_topic_has_its_own_sentence(problem):
    assert "needs" in texts_in("en").error(errors.InvalidTopicError(problem, "x")) or problem != "name"


@pytest.mark.parametrize(
    ("language", "count", "expected"),
    [
        ("en", 1, "1 repeat"),
        ("en", 2, "2 repeats"),
        ("ru", 1, "1 повтор"),
        ("ru", 3, "3 повтора"),
        ("ru", 11, "11 повторов"),
    ],
)
def test_numbers_decline(language, count, expected):
    assert texts_in(language).say("tally-repeats", count=count) == expected


def test_moments_are_local():
    texts = texts_in("ru")
    assert texts.moment(utc("2026-03-02T20:30"), "Asia/Almaty") == "вт 3 мар., 01:30"
    assert texts.ago(NOW - timedelta(hours=3), NOW) == "3 часа назад"
    assert texts.ago(NOW + timedelta(hours=3), NOW) == "1 минуту назад", "a clock that is ahead makes no future news"


@pytest.mark.parametrize(
    ("code", "language"), [("ru", "ru"), ("kk-KZ", "kk"), ("PT-br", "en"), (None, "en"), ("", "en")]
)
def test_the_language_of_a_profile(code, language):
    assert best_language(code, "en") == language
