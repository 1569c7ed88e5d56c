"""Dates as feeds write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import utc
from digests.gather.feeds.dates import instant

AT = utc("2018-11-09T16:46")


@pytest.mark.parametrize(
    ("written", "at"),
    [
        # RFC 822 and what is made of it
        pytest.param("Fri, 09 Nov 2018 19:46:00 +0300", AT, id="RFC 822"),
        pytest.param("9 Nov 18 16:46 GMT", AT, id="two figures for the year, no seconds"),
        pytest.param("Fri, 9 November 2018 16:46:00 UT", AT, id="the month in full"),
        pytest.param("Fri, 09 Nov 2018 16:46:00 -0000", AT, id="minus nothing"),
        pytest.param("Fri, 09 Nov 2018 11:46:00 EST", AT, id="EST"),
        pytest.param("Fri, 09 Nov 2018 12:46:00 EDT", AT, id="EDT"),
        pytest.param("Fri, 09 Nov 2018 08:46:00 PST", AT, id="PST"),
        pytest.param("Fri, 09 Nov 2018 19:46:00 MSK", AT, id="MSK"),
        pytest.param("Fri, 09 Nov 2018 22:46:00 ALMT", AT, id="ALMT was UTC+6"),
        pytest.param("Sat, 02 Mar 2024 22:46:00 ALMT", utc("2024-03-02T17:46"), id="ALMT is UTC+5"),
        pytest.param("Fri, 09 Nov 2018 19:46:00 GMT+3", AT, id="GMT and hours"),
        pytest.param("Fri, 09 Nov 2018 19:46:00 GMT +03:00", AT, id="GMT and an offset"),
        pytest.param("Fri, 09 Nov 2018 19:46:00 +03:00", AT, id="an offset with a colon"),
        pytest.param("Fri, 09 Nov 2018 22:16:00 +0530", AT, id="half an hour"),
        pytest.param("Fri, 09 Nov 2018 13:16:00 -0330", AT, id="half an hour west"),
        pytest.param("Fri, 09 Nov 2018 19:46:00 +0300 (MSK)", AT, id="a zone in words too"),
        pytest.param("Fri, 09 Nov 2018 19:46:00 Europe/Moscow", AT, id="a place"),
        pytest.param("Fri, 09 Nov 2018 22:46:00 Asia/Almaty", AT, id="a place that had another time then"),
        pytest.param("Fri, 09 Nov 2018 16:46:00 Atlantis/Poseidonis", AT, id="a place there is not"),
        pytest.param("09.11.2018 19:46 (MSK)", AT, id="a zone in brackets"),
        pytest.param("Fri, 09 Nov 2018 16:46:00 XYZ", AT, id="a zone that nobody knows"),
        pytest.param("Thu, 09 Nov 2018 16:46:00 GMT", AT, id="another day of the week"),
        pytest.param("Nov 9, 2018 4:46 PM", AT, id="American"),
        pytest.param("November 9, 2018", utc("2018-11-09T00:00"), id="American, without time"),
        pytest.param("Fri Nov  9 16:46:00 2018", AT, id="as C writes it"),
        pytest.param("Fri Nov  9 08:46:00 PST 2018", AT, id="as Unix writes it"),
        pytest.param("Fri, 2018/11/09 11:46:00 EST", AT, id="numbers and a zone"),
        # RFC 3339, W3CDTF and variants
        pytest.param("2018-11-09T16:46:00Z", AT, id="RFC 3339"),
        pytest.param("2018-11-09t16:46:00z", AT, id="RFC 3339, small"),
        pytest.param("2018-11-09T19:46:00.123456789+03:00", AT, id="parts of a second"),
        pytest.param("2018-11-09T16:46Z", AT, id="no seconds"),
        pytest.param("2018-11-09T19:46:00+0300", AT, id="no colon"),
        pytest.param("2018-11-09T19:46:00+03", AT, id="hours alone"),
        pytest.param("2018-11-09 16:46:00", AT, id="a blank, no zone: UTC"),
        pytest.param("2018-11-09 19:46:00 +0300", AT, id="a blank and a zone"),
        pytest.param("2018-11-09 16:46:00 UTC", AT, id="a blank and UTC"),
        pytest.param("20181109T164600Z", AT, id="ISO 8601, basic"),
        pytest.param("2018-11-09T19:46:00+03:00[Europe/Moscow]", AT, id="an offset and its place"),
        pytest.param("2018-011-09T16:46:00+00:00", AT, id="a figure too many in the month"),
        pytest.param("2018-11-09", utc("2018-11-09T00:00"), id="a day"),
        pytest.param("20181109", utc("2018-11-09T00:00"), id="a day without dashes"),
        pytest.param("2018-11-09T24:00:00Z", utc("2018-11-10T00:00"), id="the end of the day"),
        # as people write
        pytest.param("Пт, 09 ноя 2018 19:46:00 +0300", AT, id="Russian in RFC 822"),
        pytest.param("9 ноября 2018, 16:46", AT, id="Russian"),
        pytest.param("9 ноября 2018 г., 19:46 МСК", AT, id="Russian with a zone"),
        pytest.param("2 мая 2018 16:46", utc("2018-05-02T16:46"), id="May in Russian"),
        pytest.param("9 қараша 2018, 16:46", AT, id="Kazakh"),
        pytest.param("2018 ж. 9 қараша, 16:46", AT, id="Kazakh, the year first"),
        pytest.param("Жм, 09 қар 2018 21:46:00 +0500", AT, id="Kazakh in RFC 822"),
        pytest.param("Fr, 09 Okt 2018 16:46:00 +0000", utc("2018-10-09T16:46"), id="German"),
        pytest.param("ven., 09 nov. 2018 16:46:00 +0000", AT, id="French"),
        pytest.param("2018-november-09T17:46+01:00", AT, id="Hungarian"),
        pytest.param("Παρ, 09 Νοέ 2018 16:46:00 GMT", AT, id="Greek"),
        pytest.param("9 listopada 2018", utc("2018-11-09T00:00"), id="Polish"),
        pytest.param("9 novembre 2018", utc("2018-11-09T00:00"), id="Italian"),
        pytest.param("Fri, 09 11 2018 16:46:00 +0000", AT, id="numbers and blanks"),
        pytest.param("09.11.2018 16:46", AT, id="day first"),
        pytest.param("16:46 09.11.2018", AT, id="time first"),
        pytest.param("09/11/2018 16:46", AT, id="day first, slashes"),
        pytest.param("11/23/2018 16:46", utc("2018-11-23T16:46"), id="month first, where it can be nothing else"),
        pytest.param("1541782000", utc("2018-11-09T16:46:40"), id="seconds since 1970"),
        pytest.param("1541782000123", utc("2018-11-09T16:46:40"), id="milliseconds"),
    ],
)
def test_a_date_is_read(written, at):
    assert instant(written) == at


@pytest.mark.parametrize(
    "written",
    [
        *("", " ", "1", "yesterday", "вчера, 19:46", "бүгін", "19:46", "2018", "2018-11", "ноябрь 2018", "Nov 2018"),
        *("31 Feb 2018 10:00", "Wed, 31 Feb 2018 10:00:00 GMT", "2018-02-30T10:00:00Z", "31.02.2018", "2018-13-01"),
        *("2018-11-09T25:14:55Z", "Fri, 09 Nov 2018 29:00:00 GMT"),
        *("00.11.2018", "32 ноября 2018", "0000-00-00 00:00:00", "12345", "99999999999999999999"),
        *("Fri, 09 Xyz 2018 19:46:00", "2018-W45-5", "https://a.example/2018/11/09/", "1.2.3", "v2018.11.9.4"),
        "Fri, 09 Nov 2018 19:46:00 GMT" * 40,
    ],
)
def test_what_is_no_whole_and_possible_date_is_none(written):
    assert instant(written) is None


@given(st.text(max_size=60) | st.text(alphabet="0123456789-:/.+TZ ,NovMSKноя", max_size=40))
def test_any_text_is_an_instant_or_none(written):
    found = instant(written)
    assert found is None or found.utcoffset().total_seconds() == 0
