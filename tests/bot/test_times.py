from datetime import date, datetime, time

import pytest

from bot.times import find_day, read_quiet
from digests.model import QuietHours

NOW = datetime(2026, 11, 25, 18, 0)  # noqa: DTZ001 - the reader's own clock


@pytest.mark.parametrize(
    ("written", "start", "end"),
    [
        pytest.param("22:30-07:00", time(22, 30), time(7), id="over midnight"),
        pytest.param("9.15 – 10.45", time(9, 15), time(10, 45), id="dots and blanks"),
    ],
)
def test_two_times_are_quiet_hours(written, start, end):
    assert read_quiet(written) == QuietHours(start=start, end=end)


@pytest.mark.parametrize("written", ["22:30", "22:30-22:30", "25:00-07:00", "from 22:30-07:00", "7-8"])
def test_anything_else_is_not(written):
    assert read_quiet(written) is None


@pytest.mark.parametrize(
    ("written", "language", "day"),
    [
        pytest.param("24 December", "en", date(2026, 12, 24), id="English"),
        pytest.param("until 3 March", "en", date(2027, 3, 3), id="the next one"),
        pytest.param("24.12.", "ru", date(2026, 12, 24), id="figures"),
        pytest.param("до 24 декабря", "ru", date(2026, 12, 24), id="Russian"),
        pytest.param("завтра", "ru", date(2026, 11, 26), id="tomorrow"),
        pytest.param("24 желтоқсанға дейін", "kk", date(2026, 12, 24), id="Kazakh"),
        pytest.param("2026-12-24", "kk", date(2026, 12, 24), id="ISO"),
        pytest.param("24 December", "kk", date(2026, 12, 24), id="English to a Kazakh bot"),
        pytest.param("05.01.", "ru", date(2027, 1, 5), id="figures of next year"),
        pytest.param("05.01.2028", "ru", date(2028, 1, 5), id="with its year"),
        pytest.param("25 November", "en", date(2026, 11, 25), id="today, not a year away"),
        pytest.param("Monday", "en", date(2026, 11, 30), id="a day of the week"),
        pytest.param("Wednesday", "en", date(2026, 12, 2), id="the day of the week that today is"),
        pytest.param("до понедельника", "ru", date(2026, 11, 30), id="a day of the week in Russian"),
        pytest.param("дүйсенбі", "kk", date(2026, 11, 30), id="a day of the week in Kazakh"),
        pytest.param("бүрсігүні", "kk", date(2026, 11, 27), id="the day after tomorrow"),
    ],
)
def test_a_day_is_understood(written, language, day):
    assert find_day(written, language, NOW) == day


@pytest.mark.parametrize("written", ["", "soon", "football", "🙂", "31 February", "31.02.", "45.13."])
def test_what_is_no_day_is_none(written):
    assert find_day(written, "en", NOW) is None
