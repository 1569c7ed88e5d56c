from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digests.errors import UnreadablePageError
from digests.extract.text import read_text

BODY = "The bank has cut its rate for the third time this year, the governor said.\n\nAnalysts had expected this step."
RUSSIAN = "Национальный банк снизил базовую ставку в третий раз за год, сообщил его председатель."
KAZAKH = "Ұлттық банк базалық мөлшерлемені үшінші рет төмендетті деп хабарлады оның төрағасы."


@pytest.mark.parametrize(
    ("above", "title", "published"),
    [
        pytest.param("Bank cuts rate\n\n", "Bank cuts rate", None, id="a headline"),
        pytest.param("Bank cuts rate\n09.11.2018, 19:46 3248\n", "Bank cuts rate", "2018-11-09T19:46", id="and a date"),
        pytest.param("09.11.2018\nBank cuts rate\n", "Bank cuts rate", "2018-11-09T00:00", id="the date first"),
        pytest.param("Home / News\n\nBank cuts rate\n\nShare\n\n", "Bank cuts rate", None, id="between furniture"),
        pytest.param("ECONOMY\nBank cuts rate\n9 May 2018\n", "Bank cuts rate", "2018-05-09T00:00", id="a section"),
        pytest.param("Will it cut its rate this very year?\n2018-11-09\n", "Will it cut its rate this very year?",
                     "2018-11-09T00:00", id="a question above a date"),
        pytest.param("🔥 Bank cuts rate\n\n", "Bank cuts rate", None, id="an emoji before it"),
        pytest.param("", "", None, id="none"),
    ],
)  # fmt: skip
def test_the_headline_and_the_date_are_found(above, title, published):
    page = read_text(above + BODY)
    assert page.title == title
    assert page.published == published or page.published.at == datetime.fromisoformat(published)
    assert page.text == BODY


def test_the_byline_names_the_author():
    page = read_text(f"Bank cuts rate\nBy Jane Doe\n\n{BODY}")
    assert (page.author, page.text) == ("Jane Doe", BODY)


@pytest.mark.parametrize(
    ("text", "language"),
    [(BODY, "en"), (RUSSIAN, "ru"), (KAZAKH, "kk")],
)
def test_the_language_is_told(text, language):
    assert read_text(text).language == language


@pytest.mark.parametrize(
    ("text", "below"),
    [
        pytest.param(BODY, "All rights reserved.\n\nrelated news\n\nMost read", id="English"),
        pytest.param(
            RUSSIAN, "При цитировании гиперссылка на сайт обязательна.\nЧитайте также\nДругая новость", id="Russian"
        ),
        pytest.param(KAZAKH, "Сілтеме жасау міндетті.\nСоңғы жаңалықтар\nБасқа жаңалық", id="Kazakh"),
    ],
)
def test_what_the_site_adds_below_is_dropped(text, below):
    assert read_text(f"{text}\n\n{below}").text == text


def test_lines_broken_by_a_mail_program_are_joined():
    broken = (
        "The bank has cut its rate for the third time this year, the governor\n"
        "said on Monday, and analysts who had expected this step were glad to\n"
        "have been right about it."
    )
    assert "\n" not in read_text(broken).text


def test_a_single_line_is_text_and_no_headline():
    page = read_text("Bank cuts rate")
    assert (page.title, page.text) == ("", "Bank cuts rate")


def test_blanks_and_invisible_signs_are_cleaned():
    assert read_text("The\u00a0bank\u200b  has\tcut its rate for the third ti\u00adme this year.").text == (
        "The bank has cut its rate for the third time this year."
    )


@pytest.mark.parametrize("text", ["", " \n ", "— … !", "Share\nFacebook Twitter", "© 2024"])
def test_a_text_without_words_is_unreadable(text):
    with pytest.raises(UnreadablePageError):
        read_text(text)


LINES = st.lists(
    st.sampled_from(
        ["Bank cuts rate", "09.11.2018, 19:46 3248", "Share", "By Jane", "", "The bank has cut its rate again.", "©"]
    )
)


@settings(deadline=None, max_examples=60)
@given(st.one_of(st.text(), LINES.map("\n".join)))
def test_any_text_gives_a_page_or_a_refusal(text):
    try:
        page = read_text(text)
    except UnreadablePageError:
        return
    assert page.text.strip() == page.text != ""
    assert "\n\n\n" not in page.text


MENU = ["Agency", "Home", "News", "World", "Economy", "Sport", "Culture", "Weather", "Log in", "Search the site"]
TEASERS = ["Ferries leave the lake", "Fares rise in Larton", "A museum of ferries", "Video: the bridge from above"]
STORY = [
    "The mayor of Larton opened the bridge across the Karund lake on Monday and crossed it on a bicycle.",
    "Four years of building have ended: the bridge is two kilometers long and carries no lorries at all.",
    "What the ferrymen say",
    *(
        f"Ferry number {number} will sail until the end of April, when it is to become a museum of the lake."
        for number in range(1, 6)
    ),
]


def test_of_a_page_copied_whole_the_article_is_read():
    title, date = "Bridge across the Karund lake opens", "9 November 2018, 19:46"
    below = ["Most read", *TEASERS, "About us", "Terms of use", "Advertise", "© 2018 Agency. All rights reserved."]
    page = read_text("\n".join([*MENU, title, date, *STORY[:2], *TEASERS, *STORY[2:], *below]))
    assert (page.title, page.text.split("\n\n")) == (title, [*STORY[:2], *STORY[3:]])
    assert page.published.at.isoformat() == "2018-11-09T19:46:00"


def test_of_a_text_with_headings_all_is_read():
    text = "\n".join(["Bridge opens", *STORY])
    assert read_text(text).text.split("\n\n") == STORY
