import pytest

from builders import page, pdf
from digests.errors import AddressRefusedError, FetchTimeoutError, TooLargeError

LINK = "https://agency.example/bridge"
SENTENCES = (
    "A bridge of 1.2 kilometres was opened over the river on Monday.",
    "It cost 27.2 million tenge and took four years to build.",
    "The mayor said that 12,000 cars would cross it every day.",
    "Fishermen had asked for a ferry instead, and were promised a pier.",
    "The old bridge will be kept for people on foot and on bicycles.",
)


@pytest.fixture
def bridge(stage):
    stage.web.bodies[LINK] = page("Bridge opens over the river", " ".join(SENTENCES[:3]), " ".join(SENTENCES[3:]))


async def test_a_link_by_itself_is_summarized(stage, bridge):
    alice = await stage.reader()
    await alice.send(LINK)
    message = await alice.next_message()
    assert message.text.startswith("Bridge opens over the river")
    assert message.entities[0].url == LINK or any(entity.url == LINK for entity in message.entities)
    body = message.text.split("\n\n")[1]
    assert sum(sentence in body for sentence in SENTENCES) == 2, body


@pytest.mark.parametrize("text", [f"/summarize {LINK}", f"Look at this: {LINK}", "/summarize agency.example/bridge"])
async def test_a_link_in_other_words(stage, bridge, text):
    alice = await stage.reader()
    await alice.send(text)
    assert "Bridge opens" in (await alice.next_message()).text


async def test_summarize_in_answer_to_a_message_takes_that_message(stage, bridge):
    alice = await stage.reader()
    first = await alice.send(f"What is {LINK} about")
    await alice.next_message()
    await alice.send("/summarize", reply_to=first)
    assert "Bridge opens" in (await alice.next_message()).text


async def test_a_forwarded_text_is_summarized(stage):
    alice = await stage.reader()
    await alice.forward("Bridge opens over the river\n\n" + " ".join(SENTENCES), from_channel="City")
    message = await alice.next_message()
    assert sum(sentence in message.text for sentence in SENTENCES) == 2, message.text


async def test_a_stranger_gets_summaries_too(stage, bridge):
    alice = stage.person(language="ru")
    await alice.send(LINK)
    message = await alice.next_message()
    assert "Bridge opens" in message.text
    assert "1 минута чтения" in message.text


@pytest.mark.parametrize(
    ("outcome", "answer"),
    [
        pytest.param(AddressRefusedError("10.0.0.1"), "not on the public web", id="a private address"),
        pytest.param(FetchTimeoutError("slow"), "too long to answer", id="a slow site"),
        pytest.param(TooLargeError(1), "too large", id="a film"),
        pytest.param(b"<html><body><nav>Menu</nav></body></html>", "no article text", id="a page of menus"),
    ],
)
async def test_what_can_not_be_read_is_told_without_addresses(stage, outcome, answer):
    stage.web.bodies[LINK] = outcome
    alice = await stage.reader()
    await alice.send(LINK)
    text = (await alice.next_message()).text
    assert answer in text
    assert "10.0.0.1" not in text


@pytest.mark.parametrize("text", ["Hello", "25:99", "/summarize", "/nonsense"])
async def test_other_words_get_a_hint(stage, text):
    alice = await stage.reader()
    await alice.send(text)
    assert "link" in (await alice.next_message()).text


async def test_an_unexpected_fault_is_told_once_and_the_bot_goes_on(stage):
    alice = await stage.reader()
    stage.web.bodies[LINK] = ZeroDivisionError  # the fake fetcher hands this out as a body, which nothing expects
    await alice.send(LINK)
    assert "Something went wrong on my side" in (await alice.next_message()).text
    await alice.send("/help")
    assert "/digest" in (await alice.next_message()).text


async def test_a_short_forwarded_post_is_a_text_too(stage):
    alice = await stage.reader()
    await alice.forward(SENTENCES[0], from_channel="City")
    assert SENTENCES[0] in (await alice.next_message()).text


async def test_a_pdf_is_summarized(stage):
    alice = await stage.reader()
    lines = (
        "The bridge over the Karund lake was opened on Monday after four years of work.",
        "It cost 27 million and carries twelve thousand cars a day, the mayor said.",
    )
    await alice.send_document("bridge.pdf", pdf(*lines, title="Bridge opens"))
    told = (await alice.next_message()).text
    assert "Bridge opens" in told
    assert "opened on Monday" in told


async def test_a_text_file_is_summarized(stage):
    alice = await stage.reader()
    text = "Bridge opens\n\nThe bridge over the Karund lake was opened on Monday. It cost 27 million."
    await alice.send_document("bridge.txt", text.encode())
    assert "opened on Monday" in (await alice.next_message()).text


@pytest.mark.parametrize("body", [b"%PDF-1.4 nothing", b"\x89PNG\r\n\x1a\n" + bytes(range(256))])
async def test_a_file_that_can_not_be_read_says_what_can(stage, body):
    alice = await stage.reader()
    await alice.send_document("file.bin", body)
    assert "I can read pages (HTML), plain texts and PDF" in (await alice.next_message()).text
