from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digests.extract.dates import published_in_line, published_in_markup


def at(text):
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        pytest.param("09.11.2018, 19:46 3248", "2018-11-09T19:46", id="date, time, counter"),
        pytest.param("09.11.18 19:46", "2018-11-09T19:46", id="a year of two digits"),
        pytest.param("09/11/2018", "2018-11-09T00:00", id="day first where the order is open"),
        pytest.param("11/23/2018", "2018-11-23T00:00", id="month first where it must be"),
        pytest.param("2018-11-09 19:46", "2018-11-09T19:46", id="ISO order"),
        pytest.param("9 November 2018", "2018-11-09T00:00", id="English"),
        pytest.param("Nov 9, 2018", "2018-11-09T00:00", id="American"),
        pytest.param("Published: Friday, November 9th, 2018 at 7:46 p.m.", "2018-11-09T19:46", id="with words around"),
        pytest.param("9 ноября 2018 года, 19:46", "2018-11-09T19:46", id="Russian"),
        pytest.param("Опубликовано 09 нояб. 2018 г. в 19:46 | Алматы", "2018-11-09T19:46", id="Russian, short month"),
        pytest.param("9 қараша 2018", "2018-11-09T00:00", id="Kazakh"),
        pytest.param("2018 жылғы 9 қараша, 10:05", "2018-11-09T10:05", id="Kazakh, year first"),
        pytest.param("9 Kasım 2018", "2018-11-09T00:00", id="Turkish"),
        pytest.param("9. November 2018", "2018-11-09T00:00", id="German"),
        pytest.param("9 de noviembre de 2018", "2018-11-09T00:00", id="Spanish"),
        pytest.param("9 november 2018, 12:05 am", "2018-11-09T00:05", id="the hour after midnight"),
    ],
)
def test_the_line_under_a_headline_gives_a_clock_reading(line, expected):
    published = published_in_line(line)
    assert published.at == at(expected)
    assert not published.zone_known


def test_a_line_that_names_utc_gives_an_instant():
    assert published_in_line("9 November 2018, 19:46 GMT").at == datetime(2018, 11, 9, 19, 46, tzinfo=UTC)


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("31.02.2018", id="no such day"),
        pytest.param("Май 5", id="no year"),
        pytest.param("19:46", id="no date"),
        pytest.param("3248", id="a counter"),
        pytest.param("On November 9, 2018 the president said hello to all the people.", id="a sentence"),
        pytest.param("9 ноября 2018 года закон вступил в силу.", id="a short sentence"),
        pytest.param("192.168.2018.1", id="an address"),
        pytest.param("", id="nothing"),
    ],
)
def test_other_lines_are_no_dates(line):
    assert published_in_line(line) is None


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2018-11-09T19:46:00+06:00", "2018-11-09T13:46+00:00"),
        ("2018-11-09T19:46:00Z", "2018-11-09T19:46+00:00"),
        ("2018-11-09T19:46:00+0600", "2018-11-09T13:46+00:00"),
        ("Fri, 09 Nov 2018 19:46:00 +0600", "2018-11-09T13:46+00:00"),
        ("2018-11-09T19:46:00", "2018-11-09T19:46"),
        ("2018-11-09", "2018-11-09T00:00"),
        ("9 ноября 2018", "2018-11-09T00:00"),
    ],
)
def test_markup_gives_an_instant_where_it_names_a_zone(value, expected):
    assert published_in_markup(value).at == at(expected)


@pytest.mark.parametrize(
    "value", ["", "yesterday", "0001-01-01T00:00:00+00:00", "1541771160", "9999-12-31T23:59:59-12:00"]
)
def test_no_date_is_invented(value):
    assert published_in_markup(value) is None


@given(st.text())
def test_any_text_is_a_date_or_none(text):
    for read in (published_in_line, published_in_markup):
        published = read(text)
        assert published is None or 1990 <= published.at.year < 2100


@given(st.text(alphabet="0123456789./-: ноябрьmay,", max_size=40))
def test_near_dates_never_fail(text):
    published_in_line(text)
    published_in_markup(text)
