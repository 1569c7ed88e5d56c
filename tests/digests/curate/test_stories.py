import pytest

from digests.curate.fingerprint import fingerprint
from digests.curate.stories import Known, StoryFinder

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


def marked(told, language):
    return fingerprint(*told, language)


def finder_with(*told, language, feed_id=1, story_id=100):
    """A finder that knows an ordinary day, and these as one story."""
    day = [(number, one) for number, one in enumerate(BACKGROUND[language], start=1)]
    return StoryFinder(
        Known(story_id=number, feed_id=feed_id, language=language, fingerprint=marked(one, language))
        for number, one in [*day, *((story_id, one) for one in told)]
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_tellings_of_one_event_join(language):
    first, second = ONE_EVENT[language]
    finder = finder_with(first, language=language)
    assert finder.find(marked(second, language), language=language, feed_id=2) == 100


@pytest.mark.parametrize("language", LANGUAGES)
def test_headlines_of_one_template_stay_apart(language):
    first, second = OF_ONE_TEMPLATE[language]
    finder = finder_with(first, language=language)
    assert finder.find(marked(second, language), language=language, feed_id=2) is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_event_nobody_has_told_is_a_new_story(language):
    finder = finder_with(language=language)
    assert finder.find(marked(ONE_EVENT[language][0], language), language=language, feed_id=2) is None


def test_languages_are_never_joined():
    told = ONE_EVENT["en"][0]
    finder = finder_with(told, language="en")
    assert finder.find(marked(told, "en"), language="en", feed_id=2) == 100
    assert finder.find(marked(told, "en"), language="de", feed_id=2) is None


def test_a_second_article_of_one_outlet_must_be_much_more_alike():
    first = ONE_EVENT["en"][0]
    related = (
        "Relief fund for Karund valley",
        "A relief fund for the houses damaged in the Karund valley was set up by the government on Monday.",
    )
    finder = finder_with(first, language="en", feed_id=1)
    assert finder.find(marked(related, "en"), language="en", feed_id=2) == 100
    assert finder.find(marked(related, "en"), language="en", feed_id=1) is None
    assert finder.find(marked(first, "en"), language="en", feed_id=1) == 100


def test_what_is_added_is_found():
    finder, told = finder_with(language="en"), marked(ONE_EVENT["en"][0], "en")
    assert finder.find(told, language="en", feed_id=2) is None
    finder.add(Known(story_id=7, feed_id=1, language="en", fingerprint=told))
    assert finder.find(told, language="en", feed_id=2) == 7


def test_an_article_without_words_joins_nothing():
    finder = finder_with(("", ""), language="en")
    assert finder.find(marked(("", ""), "en"), language="en", feed_id=2) is None


def test_the_first_of_equal_stories_is_joined():
    told = ONE_EVENT["en"][0]
    finder = finder_with(told, language="en", story_id=100)
    finder.add(Known(story_id=50, feed_id=1, language="en", fingerprint=marked(told, "en")))
    assert finder.find(marked(told, "en"), language="en", feed_id=2) == 50
