from datetime import timedelta
from itertools import count

import pytest

from builders import NOW
from digests.curate.across import across, consonants, keys
from digests.curate.fingerprint import fingerprint
from digests.curate.stories import Known

VISIT = {
    "en": (
        "Tokayev meets Niyazov in Lartonabad",
        "President Tokayev met Niyazov in Lartonabad; they signed 24 agreements.",
    ),
    "ru": (
        "Токаев встретился с Ниязовым в Лартонабаде",
        "Президент Токаев провел с Ниязовым встречу, подписаны 24 соглашения.",
    ),
    "kk": ("Тоқаев Лартонабадта Ниязовпен кездесті", "Президент Тоқаев пен Ниязов 24 келісімге қол қойды."),
}
BACKGROUND = {
    "en": ("Rain floods streets", "Heavy rain flooded the streets of Velmor, and schools stayed closed on Tuesday."),
    "ru": ("Банк повысил ставку", "Центральный банк повысил базовую ставку до девяти процентов из-за роста цен."),
    "kk": ("Музейден сурет табылды", "Хельмардың жоғалған суреті астана музейінің жертөлесінен табылды."),
}
_numbers = count(1)


def known(told, language, story_id, *, owner="", at=NOW, key="", **values):
    return Known(
        article_id=next(_numbers),
        story_id=story_id,
        owner=owner or f"site {story_id}",
        language=language,
        published_at=at,
        fingerprint=fingerprint(*told, language, **values),
        key=key,
    )


def visits(*languages, **values):
    return [known(VISIT[language], language, at, **values) for at, language in enumerate(languages, start=1)]


@pytest.fixture
def day():
    return [known(told, language, number) for number, (language, told) in enumerate(BACKGROUND.items(), start=50)]


@pytest.mark.parametrize("spelled", [("токаев", "тоқаев", "tokayev"), ("казахстан", "қазақстан", "kazakhstan")])
def test_a_name_has_the_same_consonants_in_every_spelling(spelled):
    assert len({consonants(word) for word in spelled}) == 1


def test_numbers_are_keys_however_they_are_written_and_years_are_not():
    assert keys(fingerprint("It rose by 6.1 to 12,000 in 2026", "", "en")).keys() >= {"#6.1", "#12000"}
    assert keys(fingerprint("Рост на 6,1 в 2026 году", "", "ru")).keys() >= {"#6.1"}
    assert "#2026" not in keys(fingerprint("It rose in 2026", "", "en"))


def test_an_event_told_in_three_languages_is_one_story(day):
    assert across([*visits("ru", "kk", "en"), *day]) == {2: 1, 3: 1}


def test_another_event_with_the_same_person_stays_apart(day):
    other = known(("Tokayev opens a school", "President Tokayev opened a school for 900 children in Velmor."), "en", 9)
    assert across([*visits("ru", "kk"), other, *day]) == {2: 1}


def test_what_comes_days_later_is_another_event(day):
    late = known(VISIT["en"], "en", 9, at=NOW + timedelta(days=2))
    assert across([*visits("ru"), late, *day]) == {}


def test_a_story_told_already_keeps_its_id_and_two_such_stay_apart(day):
    assert across([*visits("ru", "kk"), *day], frozen=frozenset({2})) == {1: 2}
    assert across([*visits("ru", "kk"), *day], frozen=frozenset({1, 2})) == {}


def test_two_stories_of_one_language_are_joined_through_a_third_only_beyond_doubt(day, monkeypatch):
    twice = [known(VISIT["ru"], "ru", 1), known(VISIT["ru"], "ru", 2), known(VISIT["kk"], "kk", 3)]
    assert across([*twice, *day]) == {2: 1, 3: 1}
    monkeypatch.setattr("digests.curate.across.BEYOND_DOUBT", 0.99)
    assert len(across([*twice, *day])) == 1


def test_what_a_site_calls_a_translation_is_one(day):
    ru = known(("Короткая заметка", ""), "ru", 1, owner="a.example", key="a.example/ru/1")
    kk = known(("Қысқа жазба", ""), "kk", 2, owner="a.example", translations=("a.example/ru/1",))
    assert across([ru, kk, *day]) == {}  # nobody else can vouch for an address without a key
    kk = known(("Қысқа жазба", ""), "kk", 2, owner="a.example", key="a.example/kk/1", translations=("a.example/ru/1",))
    assert across([ru, kk, *day]) == {2: 1}
    stranger = known(
        ("Қысқа жазба", ""), "kk", 2, owner="b.example", key="b.example/1", translations=("a.example/ru/1",)
    )
    assert across([ru, stranger, *day]) == {}


def test_one_picture_in_two_editions_of_a_site_tells_one_event_and_its_logo_does_not(day):
    several = [
        known((f"Заметка {n}", ""), language, n, owner="a.example", picture="a.example/1.jpg")
        for n, language in enumerate(("ru", "kk", "ru"), start=1)
    ]
    assert across([*several[:2], *day]) == {2: 1}
    assert across([*several, *day]) == {}


def test_nothing_to_compare():
    assert across([]) == {}
