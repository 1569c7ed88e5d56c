import pytest

from builders import page
from digests.errors import HttpStatusError, UnreadablePageError
from digests.model import Length
from digests.on_demand import MAX_TEXT, Summaries
from fakes import FakeFetcher, InlineWorker

URL = "https://agency.example/bridge"
SENTENCES = [f"Sentence number {word} tells of the bridge." for word in ("one", "two", "three", "four", "five")]
TEXT = " ".join(SENTENCES)


@pytest.fixture
def web():
    return FakeFetcher({URL: page("A bridge opens", TEXT)}, content_type="text/html; charset=utf-8")


@pytest.fixture
def summaries(web):
    return Summaries(web, InlineWorker(), engine="lead", sentences=2)


@pytest.mark.parametrize(("asked", "given"), [(None, 2), (1, 1), (4, 4)])
async def test_a_link_is_summarized_in_as_many_sentences_as_asked(summaries, asked, given):
    found, summary = await summaries.of_link(URL, length=asked and Length(sentences=asked))
    assert (found.title, found.url) == ("A bridge opens", URL)
    assert [one.text for one in summary.sentences] == SENTENCES[:given]


async def test_a_link_that_cannot_be_had_says_why(summaries):
    with pytest.raises(HttpStatusError):
        await summaries.of_link("https://nowhere.example/")


async def test_a_link_without_an_article_says_so(summaries, web):
    web.bodies[URL] = b"<html></html>"
    with pytest.raises(UnreadablePageError):
        await summaries.of_link(URL)


async def test_what_was_asked_for_just_now_is_neither_fetched_nor_read_anew(summaries, web):
    first = await summaries.of_link(URL)
    assert await summaries.of_link(URL) == first
    await summaries.of_link(URL, length=Length(sentences=4))
    assert len(web.requests) == 2


async def test_the_same_bytes_are_read_once(web):
    worker = InlineWorker()
    summaries = Summaries(web, worker, engine="lead", sentences=2)
    first = await summaries.of_document(TEXT.encode(), "text/plain", "")
    assert await summaries.of_document(TEXT.encode(), "text/plain", "") == first
    assert worker.calls == {"read_document": 1}


async def test_a_document_is_summarized_without_the_network(summaries, web):
    _, summary = await summaries.of_document(TEXT.encode(), "text/plain", "")
    assert [one.text for one in summary.sentences] == SENTENCES[:2]
    assert web.requests == []


async def test_a_pasted_text_is_summarized_without_the_network(summaries, web):
    found, summary = await summaries.of_text(TEXT)
    assert [one.text for one in summary.sentences] == SENTENCES[:2]
    assert (found.url, web.requests) == ("", [])


async def test_a_text_beyond_all_measure_is_cut(summaries):
    found, _ = await summaries.of_text(TEXT + "\n\n" + "x" * (2 * MAX_TEXT))
    assert len(found.text) <= MAX_TEXT
