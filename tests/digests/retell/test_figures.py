"""What of a text must survive translation is found alike in three languages."""

import pytest

from digests.retell.figures import dates_and_units, negations, quantities, written_in_digits


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ({"en": "It cost 1,500.5 million tenge", "ru": "Он стоил 1 500,5 млн тенге"}, {"1500500000"}),
        ({"en": "5 thousand people", "ru": "5 тыс. человек", "kk": "5 мың адам"}, {"5000"}),
        ({"en": "5,000 people", "ru": "5 000 человек"}, {"5000"}),
        ({"en": "two schools", "ru": "две школы", "kk": "екі мектеп"}, {"2"}),
        ({"en": "twelve boats", "ru": "двенадцать лодок"}, {"12"}),
        ({"en": "forty days", "ru": "сорок дней", "kk": "қырық күн"}, {"40"}),
        ({"en": "two million", "ru": "два миллиона", "kk": "екі миллион"}, {"2000000"}),
        ({"en": "millions of birds", "ru": "миллионы птиц", "kk": "миллиондаған құс"}, {"10^6"}),
        ({"en": "A one", "ru": "один", "kk": "бір"}, set()),
        ({"ru": "Семья у двери, сотрудник треста и двигатель", "kk": "Алтын үшін жетіп келді, бесік тербетті"}, set()),
        ({"en": "3.5% of 20", "ru": "3,5% из 20", "kk": "20-ның 3,5%"}, {"3.5", "20"}),
    ],
)
def test_quantities(said, found):
    for language, text in said.items():
        assert quantities(text, language) == found, text


def test_what_stands_in_digits_is_told_from_words():
    assert written_in_digits("Two of 30 boats", "en") == {"30"}


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ({"en": "On Monday, 3 May", "ru": "В понедельник, 3 мая", "kk": "Дүйсенбіде, 3 мамырда"}, {"day 1", "month 5"}),
        ({"en": "Wednesday", "ru": "в среду", "kk": "сәрсенбіде"}, {"day 3"}),
        ({"en": "on Friday", "ru": "в пятницу", "kk": "жұмада"}, {"day 5"}),
        ({"en": "It may rain; they march on", "ru": "Мартынов и Августин", "kk": "Жұмабаев жаңа маусымда"}, set()),
        ({"en": "1 June", "ru": "1 июня", "kk": "1 маусым"}, {"month 6"}),
        ({"en": "5 percent", "ru": "5 процентов", "kk": "5 пайыз"}, {"%"}),
        ({"en": "$5", "ru": "5 долларов", "kk": "5 доллар"}, {"$"}),
        ({"en": "5 tenge", "ru": "5 тенге", "kk": "5 теңге"}, {"₸"}),
    ],
)
def test_dates_and_units(said, found):
    for language, text in said.items():
        assert dates_and_units(text, language) == found, text


@pytest.mark.parametrize(
    ("said", "count"),
    [
        ({"en": "Nobody came", "ru": "Никто не пришёл", "kk": "Ешкім келмеді"}, 1),
        ({"en": "They never paid", "ru": "Они никогда не платили", "kk": "Олар ешқашан төлемеді"}, 1),
        ({"en": "without water", "ru": "без воды", "kk": "сусыз"}, 1),
        ({"en": "It isn't true", "ru": "Это не так", "kk": "Бұл рас емес"}, 1),
        ({"en": "They did not pay and did not go", "ru": "Они не заплатили и не пошли"}, 2),
        ({"en": "He denied it", "ru": "Он опроверг это"}, 1),
        ({"en": "He went", "ru": "Он пошёл", "kk": "Ол барды"}, 0),
    ],
)
def test_negations(said, count):
    for language, text in said.items():
        assert negations(text, language) == count, text
