"""What the markup says of a line, and what an article is without the rest."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digests.extract.html import parse, read_html
from digests.extract.main_text import main_lines
from digests.extract.origins import Origins, letters

URL = "https://agency.example/1"
TEXT = (
    "The mayor of Larton opened the bridge across the Karund lake on Monday and crossed it on a bicycle.",
    "Four years of building have ended: the bridge is two kilometers long and carries no lorries at all.",
    "Ferries will sail until the end of April, when the last of them is to become a museum of the lake.",
)
DAYS = ("the day after", "by the end of the week", "in the spring that followed", "when the first lorries came")


def paragraphs(*texts):
    return "".join(f"<p>{text}</p>" for text in texts)


def read(body, title="Bridge opens"):
    markup = f"<html><head><title>{title}</title></head><body><article><h1>{title}</h1>{body}</article></body></html>"
    return read_html(markup.encode(), url=URL).text.split("\n\n")


@pytest.mark.parametrize(
    "furniture",
    [
        pytest.param('<p><a href="/2">Why the old ferries of the lake were loved</a></p>', id="a link"),
        pytest.param(
            '<ul><li><a href="/2">Ferries leave</a></li><li><a href="/3">Fares rise</a></li></ul>', id="links"
        ),
        pytest.param('<p><a href="/2">CLICK HERE TO GET THE APP</a> »</p>', id="a link and an arrow"),
        pytest.param(
            '<ul><li><h3><a href="/2">Ferries leave</a></h3><h4>They were loved</h4></li></ul>', id="a teaser in a list"
        ),
        pytest.param('<figure><img src="a.jpg"><figcaption>The bridge at dawn</figcaption></figure>', id="a caption"),
        pytest.param('<div><img src="a.jpg"><span>The bridge at dawn</span></div>', id="a line under a picture"),
        pytest.param(
            '<div class="newsletter-box"><p>All of the lake, every day at eight.</p></div>', id="a box by name"
        ),
        pytest.param("<p>Related: Why the old ferries of the lake were loved</p>", id="a related article"),
        pytest.param("<p>Sign up for our newsletter and never miss a thing.</p>", id="a newsletter"),
    ],
)
def test_what_is_not_the_articles_is_left_out(furniture):
    assert read(paragraphs(*TEXT[:2]) + furniture + paragraphs(TEXT[2])) == list(TEXT)


def test_the_words_of_links_stay_in_sentences():
    linked = TEXT[0].replace("the bridge", '<a href="/b">the bridge</a>')
    assert read(paragraphs(linked, *TEXT[1:])) == list(TEXT)


def test_a_name_such_as_share_that_holds_the_whole_text_says_nothing():
    assert read(f'<div class="share page"><div class="related">{paragraphs(*TEXT)}</div></div>') == list(TEXT)


def test_a_text_in_several_parts_is_whole():
    part = '<div class="row"><div class="item body article__body">{}</div></div>'
    advert = '<div class="row full-bleed-ad"><span>Advertisement</span></div>'
    first = paragraphs(*TEXT, *(f"{text} So it was {when}." for text in TEXT for when in ("then", "before")))
    more = [f"And {when}, nobody spoke of ferries any more, for the bridge had become a habit." for when in DAYS]
    assert read(part.format(first) + advert + part.format(paragraphs(*more)))[-4:] == more


def test_a_box_that_opens_in_a_sentence_is_no_part_of_it():
    box = (
        '<span class="people"><a href="/m">the mayor</a><span><span><img src="m.jpg"><a href="/m">the mayor</a>'
        '<a href="/4">Mayor says no</a><a href="/5">Mayor says yes</a></span></span></span>'
    )
    said = "On Monday {} of Larton opened the bridge across the lake, and" + " the band played on" * 8 + "."
    assert read(paragraphs(*TEXT[:2], said.format(box))) == [*TEXT[:2], said.format("the mayor")]


def test_a_page_of_links_stays_what_it_is():
    links = "".join(f'<p><a href="/{at}">{text}</a></p>' for at, text in enumerate(TEXT))
    assert read(links) == list(TEXT)


def test_a_calendar_is_an_article_too():
    rounds = [f"Round {number}: {number} of May, on the ring of Larton {number}" for number in range(1, 19)]
    assert read("<br>".join(rounds))[-1] == rounds[-1]


@given(
    st.lists(st.sampled_from(["<p>", "</p>", "<div>", "</div>", "<a>", "</a>", "<br>", "<li>", "<ul>", "text ", "é"]))
)
def test_any_markup_has_its_letters_in_places(pieces):
    tree = parse(f"<body>{''.join(pieces)}x</body>")
    held = "".join(letters(place.text) for place in Origins(tree).everywhere() if not place.is_item)
    assert sorted(held) == sorted(letters(tree.text_content()))


@given(st.text())
def test_any_page_has_lines_or_none(text):
    markup = f"<body><p>{text}</p></body>"
    tree = parse(markup)
    assert all(line.strip() for line in main_lines(markup, tree, Origins(tree)))


def test_a_publishers_wish_to_be_linked_is_kept_and_is_no_part_of_the_text():
    wish = "When citing our content a hyperlink to this website is obligatory."
    body = f"<article><h1>Bridge opens</h1>{paragraphs(*TEXT)}</article><div class='end'><p>{wish}</p></div>"
    page = read_html(f"<html><body>{body}</body></html>".encode(), url=URL)
    assert (page.citation, page.text) == (wish, "\n\n".join(TEXT))
