from datetime import timedelta
from itertools import count

import pytest

from builders import NOW
from digests.curate.fingerprint import fingerprint
from digests.curate.stories import Known, Nearest, StoryFinder

BACKGROUND = {
    "en": [
        ("Mayor opens new library", "The mayor of Larton opened a library with two hundred thousand books on Monday."),
        ("Rain floods streets", "Heavy rain flooded the streets of Velmor, and schools stayed closed on Tuesday."),
        ("Bank raises rate", "The central bank raised its key rate to nine percent, citing rising prices of food."),
        ("Team wins cup", "Sarnen United won the national cup after beating Ostrad three to one in the final."),
        ("Airline cancels flights", "The airline Nordis cancelled forty flights because its pilots went on strike."),
        ("Museum finds painting", "A lost painting by Helmar was found in the cellar of a museum in the capital."),
    ],
    "ru": [
        ("Мэр открыл библиотеку", "В понедельник мэр Лартона открыл библиотеку, в которой двести тысяч книг."),
        ("Дождь затопил улицы", "Сильный дождь затопил улицы Вельмора, школы во вторник закрыты."),
        ("Банк повысил ставку", "Центральный банк повысил базовую ставку до девяти процентов из-за роста цен."),
        ("Команда выиграла кубок", "Футболисты Сарнена выиграли кубок страны, обыграв Острад со счётом три один."),
        ("Авиакомпания отменила рейсы", "Авиакомпания Нордис отменила сорок рейсов из-за забастовки пилотов."),
        ("В музее нашли картину", "Потерянную картину Хельмара нашли в подвале музея столицы."),
    ],
    "kk": [
        ("Әкім кітапхана ашты", "Дүйсенбі күні Лартон әкімі екі жүз мың кітабы бар кітапхана ашты."),
        ("Жаңбыр көшелерді басты", "Қатты жаңбыр Вельмор көшелерін су астында қалдырды, мектептер жабық."),
        ("Банк мөлшерлемені көтерді", "Орталық банк базалық мөлшерлемені тоғыз пайызға көтерді."),
        ("Команда кубок алды", "Сарнен футболшылары Острадты жеңіп, ел кубогын алды."),
        ("Рейстер тоқтатылды", "Нордис әуе компаниясы ұшқыштардың ереуіліне байланысты қырық рейсті тоқтатты."),
        ("Музейден сурет табылды", "Хельмардың жоғалған суреті астана музейінің жертөлесінен табылды."),
    ],
}

ONE_EVENT = {
    "en": (
        (
            "Earthquake of magnitude 6.1 shakes Karund valley",
            (
                "An earthquake of magnitude 6.1 shook the Karund valley on Sunday night, damaging dozens of houses. "
                "Rescuers said nobody was killed."
            ),
        ),
        (
            "Dozens of houses damaged by quake in Karund valley",
            (
                "Dozens of houses were damaged when an earthquake of magnitude 6.1 hit the Karund valley on Sunday, "
                "rescuers reported."
            ),
        ),
    ),
    "ru": (
        (
            "Землетрясение магнитудой 6,1 произошло в долине Карунд",
            (
                "Землетрясение магнитудой 6,1 произошло ночью в долине Карунд, повреждены десятки домов. "
                "По данным спасателей, никто не погиб."
            ),
        ),
        (
            "В долине Карунд после землетрясения повреждены десятки домов",
            "Десятки домов повреждены после землетрясения магнитудой 6,1 в долине Карунд, сообщили спасатели.",
        ),
    ),
    "kk": (
        (
            "Карунд алқабында магнитудасы 6,1 жер сілкінісі болды",
            (
                "Түнде Карунд алқабында магнитудасы 6,1 жер сілкінісі болып, ондаған үй зақымданды. "
                "Құтқарушылар қаза болғандар жоқ деп хабарлады."
            ),
        ),
        (
            "Карунд алқабындағы жер сілкінісінен ондаған үй зақымданды",
            "Магнитудасы 6,1 болған жер сілкінісінен Карунд алқабында ондаған үй зақымданды, деді құтқарушылар.",
        ),
    ),
}

OF_ONE_TEMPLATE = {
    "en": (
        (
            "Weather forecast for Larton",
            "Rain and wind up to fifteen metres a second are expected in Larton on Friday.",
        ),
        ("Weather forecast for Velmor", "Sun and light frost, minus three at night, are expected in Velmor on Monday."),
    ),
    "ru": (
        ("Курс доллара на понедельник", "Национальный банк установил курс доллара: он вырос на два тенге."),
        ("Курс юаня на четверг", "Китайская валюта подешевела на торгах биржи, объём сделок сократился вдвое."),
    ),
    "kk": (
        ("Лартон қаласындағы ауа райы", "Жұма күні Лартонда жаңбыр жауып, екпінді жел соғады."),
        ("Вельмор қаласындағы ауа райы", "Дүйсенбіде Вельморда күн ашық болып, түнде аяз күтіледі."),
    ),
}

LANGUAGES = list(ONE_EVENT)


_articles = count(1)


def known(fingerprint_, story_id, owner="first.example", language="en", published_at=NOW):
    return Known(
        article_id=next(_articles),
        story_id=story_id,
        owner=owner,
        language=language,
        published_at=published_at,
        fingerprint=fingerprint_,
    )


def find(finder, fingerprint_, language="en", owner="second.example", at=NOW):
    return finder.find(fingerprint_, language=language, owner=owner, at=at)


def marked(told, language):
    return fingerprint(*told, language)


def finder_with(*told, language, story_id=100):
    """A finder that knows an ordinary day, and these as one story."""
    day = [(number, one) for number, one in enumerate(BACKGROUND[language], start=1)]
    return StoryFinder(
        known(marked(one, language), number, language=language)
        for number, one in [*day, *((story_id, one) for one in told)]
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_tellings_of_one_event_join(language):
    first, second = ONE_EVENT[language]
    finder = finder_with(first, language=language)
    assert find(finder, marked(second, language), language) == 100


@pytest.mark.parametrize("language", LANGUAGES)
def test_headlines_of_one_template_stay_apart(language):
    first, second = OF_ONE_TEMPLATE[language]
    finder = finder_with(first, language=language)
    assert find(finder, marked(second, language), language) is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_event_nobody_has_told_is_a_new_story(language):
    finder = finder_with(language=language)
    assert find(finder, marked(ONE_EVENT[language][0], language), language) is None


def test_languages_are_never_joined():
    told = ONE_EVENT["en"][0]
    finder = finder_with(told, language="en")
    assert find(finder, marked(told, "en"), "en") == 100
    assert find(finder, marked(told, "en"), "de") is None


def test_a_second_article_of_one_outlet_must_be_much_more_alike():
    first = ONE_EVENT["en"][0]
    related = (
        "Relief fund for Karund valley",
        "A relief fund for the houses damaged in the Karund valley was set up by the government on Monday.",
    )
    finder = finder_with(first, language="en")
    assert find(finder, marked(related, "en"), "en") == 100
    assert find(finder, marked(related, "en"), "en", owner="first.example") is None
    assert find(finder, marked(first, "en"), "en", owner="first.example") == 100


def test_what_is_added_is_found():
    finder, told = finder_with(language="en"), marked(ONE_EVENT["en"][0], "en")
    assert find(finder, told, "en") is None
    finder.add(known(told, 7))
    assert find(finder, told, "en") == 7


def test_an_article_without_words_joins_nothing():
    finder = finder_with(("", ""), language="en")
    assert find(finder, marked(("", ""), "en"), "en") is None


def test_the_first_of_equal_stories_is_joined():
    told = ONE_EVENT["en"][0]
    finder = finder_with(told, language="en", story_id=100)
    finder.add(known(marked(told, "en"), 50))
    assert find(finder, marked(told, "en"), "en") == 50


LONG = "The council of Velmor voted on Tuesday to close the old tunnel under the river for repairs that last two years."


def test_a_copy_of_the_text_joins_under_whatever_headline():
    finder = finder_with(("Tunnel to close", LONG), language="en")
    copied = marked(("What commuters must know now", LONG.upper()), "en")
    assert find(finder, copied) == find(finder, copied, owner="first.example") == 100


def test_a_headline_that_another_outlet_has_too_is_a_copy_but_a_column_of_the_same_is_not():
    headline = "Five things to know this morning"
    finder = finder_with(
        (headline, "A ship, a vote, two concerts and the price of bread are what we look at."), language="en"
    )
    again = marked((headline, "Whales, rates, tunnels and a painting are on the agenda of the day."), "en")
    assert find(finder, again) == 100
    assert find(finder, again, at=NOW + timedelta(days=2)) is None
    assert find(finder, again, owner="first.example") is None


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param("Weather forecast for 8 November", "Weather forecast for 16 November", id="other days"),
        pytest.param("Прогноз погоды на 8 ноября", "Прогноз погоды на 16 ноября", id="other days in Russian"),
    ],
)
def test_headlines_of_one_template_need_more_than_the_template(first, second):
    finder = finder_with((first, ""), language="en")
    assert find(finder, marked((second, ""), "en")) is None
    assert find(finder, marked((first, ""), "en")) == 100


def test_what_comes_two_days_later_must_be_more_alike():
    first, second = ONE_EVENT["en"]
    finder = finder_with(first, language="en")
    assert find(finder, marked(second, "en"), at=NOW + timedelta(hours=23)) == 100
    related = (
        "Relief fund for Karund valley",
        "A relief fund for the houses damaged in the Karund valley was set up by the government on Monday.",
    )
    assert find(finder, marked(related, "en"), at=NOW) == 100
    assert find(finder, marked(related, "en"), at=NOW + timedelta(hours=71)) is None


def test_what_moved_and_what_is_gone_is_known_after_catching_up():
    told = marked(ONE_EVENT["en"][0], "en")
    finder = StoryFinder([known(told, 7)])
    assert finder.keep({}) == frozenset()
    assert find(finder, told) is None
    one = known(told, 7)
    finder.add(one)
    assert finder.keep({one.article_id: 9, 555: 3}) == {555}
    assert find(finder, told) == 9


def test_an_index_that_forgot_most_still_finds_the_rest():
    finder = finder_with(language="en")
    one = known(marked(ONE_EVENT["en"][0], "en"), 77)
    finder.add(one)
    finder.keep({one.article_id: 77})
    assert find(finder, marked(ONE_EVENT["en"][0], "en")) == 77
    assert find(finder, marked(ONE_EVENT["en"][1], "en")) == 77
    assert find(finder, marked(BACKGROUND["en"][0], "en")) is None


def test_the_nearest_story_is_told_with_its_article_most_like_the_new_one():
    first, second = ONE_EVENT["en"]
    finder = finder_with(language="en")
    bridge, copied = known(marked(first, "en"), 100), known(marked(second, "en"), 100)
    for one in (bridge, copied):
        finder.add(one)
    nearest = finder.nearest(marked(second, "en"), language="en", owner="third.example", at=NOW)
    assert (nearest.story_id, nearest.article_id, nearest.likeness) == (100, copied.article_id, 1.0)
    assert nearest.is_same
    assert not nearest.is_in_doubt


@pytest.mark.parametrize(
    ("likeness", "is_same", "is_in_doubt"),
    [(0.1, False, False), (0.29, False, False), (0.3, True, True), (0.6, True, True), (0.8, True, False)],
)
def test_words_leave_doubt_between_what_they_just_join_and_what_shares_most(likeness, is_same, is_in_doubt):
    nearest = Nearest(story_id=1, article_id=1, likeness=likeness)
    assert (nearest.is_same, nearest.is_in_doubt) == (is_same, is_in_doubt)


def test_nothing_is_near_what_shares_no_words():
    finder = finder_with(language="en")
    assert finder.nearest(fingerprint("Qwe rty uio", "", "en"), language="en", owner="a", at=NOW) is None
