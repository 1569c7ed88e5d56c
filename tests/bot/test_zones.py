import pytest

from bot.texts import texts_in
from bot.zones import COMMON, find_zone


@pytest.mark.parametrize(
    ("written", "zone"),
    [
        ("Almaty", "Asia/Almaty"),
        ("алматы", "Asia/Almaty"),
        ("  Нью-Йорк ", "America/New_York"),
        ("london", "Europe/London"),
        ("Лондон", "Europe/London"),
        ("Мәскеу", "Europe/Moscow"),
        ("asia/almaty", "Asia/Almaty"),
        ("UTC", "UTC"),
        ("Астана", "Asia/Almaty"),
        ("Усть-Каменогорск", "Asia/Almaty"),
        ("Нижний Новгород", "Europe/Moscow"),
        ("UTC+5", "Etc/GMT-5"),
        ("gmt -3", "Etc/GMT+3"),
        ("UTC+0", "UTC"),
        ("UTC+15", None),
        ("Gotham", None),
        ("", None),
    ],
)
def test_a_city_in_any_language_or_a_zone_by_name(written, zone):
    assert find_zone(written) == zone


def test_the_zones_on_offer_exist():
    assert all(find_zone(zone) == zone for zone in COMMON)


@pytest.mark.parametrize(
    ("zone", "language", "name"),
    [
        ("Asia/Kolkata", "ru", "Калькутта"),
        ("Europe/Kyiv", "ru", "Киев"),
        ("Etc/GMT-5", "kk", "UTC+5"),
        ("Asia/Almaty", "kk", "Алматы"),
    ],
)
def test_a_zone_is_called_as_people_of_the_language_call_it(zone, language, name):
    assert texts_in(language).zone(zone) == name
