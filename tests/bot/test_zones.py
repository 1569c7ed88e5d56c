import pytest

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
        ("Gotham", None),
        ("", None),
    ],
)
def test_a_city_in_any_language_or_a_zone_by_name(written, zone):
    assert find_zone(written) == zone


def test_the_zones_on_offer_exist():
    assert all(find_zone(zone) == zone for zone in COMMON)
