import pickle
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from builders import article
from digests import reading
from digests.errors import UnreadablePageError
from digests.language.words import stem, words
from digests.model import Entry, Length, Response, Summary, SummarySentence, Validators, as_told
from digests.reading import MAX_TEXT, MOST_SEARCHED, compare_engines, read_document, read_entry, read_pasted, searchable

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
URL = "https://agency.example/news/wind"
PAGE = (Path(__file__).parents[1] / "data" / "pages" / "agency.html").read_bytes()
TEASER = "A wind farm of eighty turbines has gone into service on the northern shore of the lake, the ministry said."
FULL = f"<p>{TEASER}</p>" + "".join(
    f"<p>Paragraph {number} tells about the turbines on the lake, about the ministry and its homes.</p>"
    for number in range(30)
)
WALL = (
    "<p>"
    + "We and our 812 partners store cookies on your device, and we need your consent before you go on. " * 9
    + "</p>"
)


def read(html, body, *, title="Wind farm near the lake", **options):
    entry = Entry(key="1", url=URL, title=title, html=html)
    response = None if body is None else Response(url=URL, content_type="text/html", body=body, validators=Validators())
    return read_entry(entry, response, source="Agency", gathered_at=NOW, sentences=2, engine="news", **options)


@pytest.mark.parametrize(
    ("html", "body", "from_feed"),
    [
        pytest.param(f"<p>{TEASER}</p>", PAGE, False, id="a teaser and its page"),
        pytest.param("", PAGE, False, id="only a page"),
        pytest.param(f"<p>{TEASER}</p>", None, True, id="no page"),
        pytest.param(f"<p>{TEASER}</p>", b"<html></html>", True, id="an empty page"),
        pytest.param(f"<p>{TEASER}</p>", WALL.encode(), True, id="a wall of consent"),
        pytest.param(FULL, PAGE, True, id="a page shorter than the feed's own text"),
        pytest.param("<div>" * 300, PAGE, False, id="a hostile feed and its page"),
    ],
)
def test_the_fuller_true_text_is_read(html, body, from_feed):
    made = read(html, body)
    assert made.article.from_feed is from_feed
    assert "turbines" in made.article.text
    assert made.summary.sentences
    assert all(made.article.text[one.start : one.end] == one.text for one in made.summary.sentences)
    assert made.fingerprint.terms


def test_whatever_a_digest_tells_of_an_article_can_be_found_however_long_that_is():
    title = " ".join(f"ferry{number}" for number in range(MOST_SEARCHED + 10))
    text = " ".join(f"comet{number}" for number in range(MOST_SEARCHED + 10))
    sentences = tuple(SummarySentence(text=one, start=0, end=1) for one in (f"{text} iglooX.", "ıstanbul waits."))
    stems = searchable(article(title, text, language="en"), Summary(sentences=sentences, engine="news")).split()
    told = words(" ".join((title, *(one.shown for one in sentences))))
    assert {as_told(stem(word, "en")) for word in told} <= set(stems)
    assert len(stems) == len(set(stems))


@pytest.mark.parametrize(("html", "body"), [("", None), ("", b"<html></html>"), ("<img src='a'>", b"\x00")])
def test_without_any_text_there_is_no_article(html, body):
    with pytest.raises(UnreadablePageError):
        read(html, body)


def test_where_a_headline_is_all_that_can_be_had_it_may_be_enough():
    made = read("", None, headline_alone=True)
    assert (made.article.title, made.article.text, made.article.from_feed) == ("Wind farm near the lake", "", True)
    assert made.summary.sentences == ()
    assert made.fingerprint.terms
    with pytest.raises(UnreadablePageError):
        read("", None, title="Photos of today", headline_alone=True)


def test_what_is_no_text_is_refused():
    with pytest.raises(UnreadablePageError):
        read_document(bytes(range(256)) * 40, "text/plain", "", length=Length(sentences=1), engine="news")


def test_a_document_is_read_and_summarized():
    page, summary = read_document(PAGE, "text/html", URL, length=Length(sentences=1), engine="news")
    assert page.title.startswith("Wind farm")
    assert page.text[summary.sentences[0].start :].startswith(summary.text)


def test_a_pasted_text_is_read_and_summarized():
    page, summary = read_pasted(f"Wind farm opens\n\n{TEASER}", length=Length(sentences=3), engine="lead")
    assert (page.title, summary.text) == ("Wind farm opens", TEASER)


@pytest.mark.parametrize("function", [read_entry, read_document, read_pasted, reading.prepare])
def test_workers_can_be_sent_the_functions(function):
    assert pickle.loads(pickle.dumps(function)) is function


def test_the_process_that_sends_work_stays_light():
    code = (
        "import sys, digests.reading, digests.curate.fingerprint, digests.language.words, digests.language.sentences\n"
        "heavy = {'sumy', 'nltk', 'numpy', 'trafilatura', 'htmldate', 'lxml', 'py3langid'} & set(sys.modules)\n"
        "assert not heavy, heavy"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_of_a_text_without_end_whole_paragraphs_are_kept():
    endless = "".join(f"<p>Paragraph {number} tells about the turbines on the lake.</p>" for number in range(6000))
    text = read(endless, None).article.text
    assert 0.9 * MAX_TEXT < len(text) <= MAX_TEXT
    assert text.endswith("on the lake.")


@pytest.mark.parametrize(
    ("length", "count"),
    [
        (Length(sentences=2), 2),
        (Length(characters=220), 2),
        (Length(characters=10), 1),
        (Length(seconds=11), 2),
        (Length(seconds=10, sentences=1), 1),
        (Length(seconds=600), 5),
    ],
)
def test_a_summary_is_as_long_as_asked(length, count):
    text = " ".join(
        f"Paragraph number {word} tells of the turbines on the lake and of {word} homes in the east."
        for word in ["one", "two", "three", "four", "five"]
    )
    _, summary = read_pasted(f"Wind farm opens\n\n{text}", length=length, engine="lead")
    assert len(summary.sentences) == count
    assert length.holds(summary) or count == 1


def test_every_engine_is_compared():
    page, summaries = compare_engines(PAGE, "text/html", URL, length=Length(sentences=2))
    assert page.title.startswith("Wind farm")
    assert {summary.engine for summary in summaries} >= {"news", "lexrank", "lead"}


def test_a_worker_starts_for_a_user_without_a_home():
    code = "import os; from digests.reading import prepare; prepare(); print(os.environ['HOME'])"
    done = subprocess.run([sys.executable, "-c", code], env={"PATH": "/usr/bin:/bin"}, capture_output=True, text=True)
    assert done.stdout == "/\n"
