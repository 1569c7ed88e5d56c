"""Digests as messages, parsed by Telegram's own parser."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.render import (
    MAX_ENTITIES,
    MAX_UNITS,
    digest_messages,
    opened_story,
    read_keyboard,
    reading_minutes,
    sentence_address,
    summary_message,
)
from bot.sandbox.entities import parse
from bot.sandbox.rendering import utf16_length
from bot.texts import texts_in
from builders import NOW, coverage, story, topic, utc
from digests.model import Addition, Digest, EditionKind, Page, Published, Section, Summary, SummarySentence, Tally

TALLY = Tally(read=41, shown=9, repeats=18, off_topic=11, held_back=3)


def digest(*sections, **values) -> Digest:
    defaults = {
        "edition_at": NOW,
        "zone": "UTC",
        "tally": TALLY,
        "following": 1,
        "since": None,
        "next_edition_at": None,
    }
    return Digest(sections=sections, **{**defaults, **values})


def shown(*messages):
    """What a person reads, and the links."""
    parsed = [parse(message.text, "HTML") for message in messages]
    links = [entity.url for _, entities in parsed for entity in entities if entity.type == "text_link"]
    return "\n\n".join(text for text, _ in parsed), links


def test_a_digest_reads_as_it_should():
    others = (coverage(source="Herald", url="https://herald.example/1"), coverage(source="Agency"))
    one = story(
        "science", *others, title="A rocket flies", summary=("It flew.", "It landed."), url="https://agency.example/r"
    )
    message, *more = digest_messages(
        digest(Section(topic=topic("science"), stories=(one,)), next_edition_at=utc("2026-03-03T08:00")),
        EditionKind.SCHEDULED,
        "en",
    )
    text, links = shown(message)
    assert not more
    assert text == (
        "🗞 Morning digest · Monday, 2 March · 1 min\n\n"
        "SCIENCE\n\n"
        "1. A rocket flies\nIt flew. It landed.\nAgency · also Herald · 1 minute ago\n\n"
        "41 read, 9 here: 18 repeats, 11 off topic, 3 left for later. The next edition comes Tue 3 Mar, 08:00."
    )
    assert links == ["https://agency.example/r", "https://agency.example/r", "https://herald.example/1"]
    assert message.stories == (one.id,)


def test_a_publisher_that_asks_for_a_link_is_never_among_the_more():
    others = [coverage(source=f"Paper {number}", url=f"https://paper.example/{number}") for number in range(12)]
    others.append(coverage(source="Herald", url="https://herald.example/1", wants_link=True))
    (message,) = digest_messages(
        digest(Section(topic=topic("science"), stories=(story("science", *others),))), EditionKind.SCHEDULED, "en"
    )
    text, links = shown(message)
    assert "https://herald.example/1" in links
    assert "Paper 6, Herald and 5 more" in text


@pytest.mark.parametrize(
    ("url", "links", "asked"),
    [("https://agency.example/1", 2, False), ("", 0, True)],
    ids=["a page is linked by its name too", "of a pasted text the wish is shown"],
)
def test_a_summary_honours_how_its_publisher_asks_to_be_cited(url, links, asked):
    page = Page(
        url=url,
        title="Bridge opens",
        text="It happened.",
        author="",
        published=None,
        language="en",
        image_url="",
        publisher="Agency",
        citation="A hyperlink is obligatory.",
    )
    summary = Summary(sentences=(SummarySentence(text="It happened.", start=0, end=12),), engine="lead")
    text, found = shown_text(summary_message(page, summary, texts_in("en"), "UTC"))
    assert (len(found), "“A hyperlink is obligatory.”" in text) == (links, asked)


def test_the_words_that_publishers_ask_for_stand_beside_their_news():
    others = [coverage(source=f"Paper {number}", credit=f"Credit {number}") for number in range(12)]
    others.append(coverage(source="Herald", credit="<By> permission"))
    one = story("science", *others, source="Agency", credit="<By> permission")
    (message,) = digest_messages(digest(Section(topic=topic("science"), stories=(one,))), EditionKind.SCHEDULED, "en")
    text, _ = shown(message)
    assert text.count("<By> permission · Credit 0 · ") == 1
    assert "Credit 1" not in text


def test_a_summary_has_the_words_that_its_publisher_asks_for():
    page = Page(
        url="https://agency.example/1",
        title="A bridge",
        text="A bridge.",
        author="",
        published=None,
        language="en",
        image_url="",
        publisher="Agency",
    )
    summary = Summary(sentences=(SummarySentence(text="A bridge.", start=0, end=9),), engine="lead")
    text, _ = shown_text(summary_message(page, summary, texts_in("en"), "UTC", credit="<By> permission"))
    assert "Agency · <By> permission · " in text


def test_what_others_add_stands_under_the_summary_with_its_source():
    one = story("science", title="A bridge falls", summary=("It fell.",))
    added = (
        Addition(text="Herald counts 15 <hurt>.", source="Herald", url="https://herald.example/1", differs=True),
        Addition(text="It was old.", source="Paper", url="https://paper.example/1", differs=False),
    )
    section = Section(topic=topic("science"), stories=(replace(one, additions=added),))
    (message,) = digest_messages(digest(section), EditionKind.SCHEDULED, "en")
    text, links = shown(message)
    assert "It fell.\n≠ Herald has other figures: Herald counts 15 <hurt>.\n➕ Paper: It was old.\nAgency" in text
    assert {"https://herald.example/1", "https://paper.example/1"} <= set(links)


def test_a_story_told_by_its_feed_alone_says_so():
    one = story("science", from_feed=True)
    (message,) = digest_messages(digest(Section(topic=topic("science"), stories=(one,))), EditionKind.SCHEDULED, "ru")
    assert "по тексту ленты" in message.text


texts = st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=400)
stories = st.builds(
    lambda title, summary, sources: story(
        "science",
        *(coverage(source=name, url=f"https://herald.example/{number}?a=1&b=2") for number, name in enumerate(sources)),
        title=title,
        summary=tuple(summary),
    ),
    texts,
    st.lists(texts, max_size=5),
    st.lists(texts, max_size=12),
)


@settings(deadline=None, max_examples=60)
@given(st.lists(stories, min_size=1, max_size=15), st.sampled_from(["en", "ru", "kk"]))
def test_whatever_publishers_write_fits_and_parses(told, language):
    section = Section(topic=topic("science", names={"en": "<Science & co>"}), stories=tuple(told))
    messages = digest_messages(digest(section), EditionKind.ON_DEMAND, language)
    for message in messages:
        text, entities = parse(message.text, "HTML")
        assert 0 < utf16_length(text) <= MAX_UNITS
        assert len(entities) <= MAX_ENTITIES
    assert [story_id for message in messages for story_id in message.stories] == [one.id for one in told]
    assert [message.is_page for message in messages] == [False] + [True] * (len(messages) - 1)
    assert all('"o:topics"' in message.keyboard for message in messages)
    opened = [
        int(data.partition(":")[2])
        for one in messages
        for row in read_keyboard(one.keyboard)
        for _, data in row
        if data[:2] == "s:"
    ]
    assert opened == [story_id for one in messages for story_id in one.stories]


@settings(deadline=None, max_examples=40)
@given(texts, st.lists(texts, min_size=1, max_size=6), texts)
def test_a_summary_of_anything_fits_and_parses(title, sentences, author):
    page = Page(
        url="",
        title=title,
        text=" ".join(sentences),
        author=author,
        published=None,
        language="en",
        image_url="",
        publisher="",
    )
    summary = Summary(
        sentences=tuple(SummarySentence(text=one, start=0, end=len(one)) for one in sentences), engine="lead"
    )
    text, _ = parse(summary_message(page, summary, texts_in("en"), "UTC"), "HTML")
    assert utf16_length(text) <= MAX_UNITS


@pytest.mark.parametrize(
    ("published", "expected"),
    [
        pytest.param(utc("2018-11-09T19:46"), "10 November 2018, 01:46", id="an instant, told in the reader's zone"),
        pytest.param(
            utc("2018-11-09T19:46").replace(tzinfo=None), "9 November 2018, 19:46 (time zone not stated)", id="a clock"
        ),
    ],
)
def test_the_date_of_a_summary_claims_no_more_than_is_known(published, expected):
    page = Page(
        url="https://agency.example/1",
        title="A & B",
        text="It happened.",
        author="",
        published=Published(at=published),
        language="en",
        image_url="",
        publisher="Agency",
    )
    summary = Summary(sentences=(SummarySentence(text="It happened.", start=0, end=12),), engine="lead")
    text, links = shown_text(summary_message(page, summary, texts_in("en"), "Asia/Almaty"))
    assert expected in text
    assert text.startswith("A & B\n\nIt happened.")
    assert links == ["https://agency.example/1"]


def shown_text(message):
    text, entities = parse(message, "HTML")
    return text, [entity.url for entity in entities if entity.type == "text_link"]


@pytest.mark.parametrize(
    ("hour", "name"), [(3, "Night"), (4, "Morning"), (11, "Midday"), (17, "Evening"), (23, "Night")]
)
def test_an_edition_is_named_by_the_local_hour(hour, name):
    section = Section(topic=topic("science"), stories=(story("science"),))
    at = NOW.replace(hour=hour)
    (message,) = digest_messages(digest(section, edition_at=at), EditionKind.SCHEDULED, "en")
    assert f"{name} digest" in message.text


def test_a_reader_of_no_topics_is_told_so():
    (message,) = digest_messages(digest(following=0), EditionKind.SCHEDULED, "en")
    assert "You follow no topics" in message.text
    assert message.silent


def test_reading_time_is_rounded_up():
    assert [reading_minutes(["word " * count]) for count in (0, 1, 200, 201)] == [1, 1, 1, 2]


def test_no_buttons_are_an_empty_keyboard():
    assert read_keyboard("") == []


def test_versions_in_other_languages_are_linked_and_marked():
    told = story(
        "science",
        coverage(source="Agency", language="ru", url="https://agency.example/ru"),
        coverage(source="Herald", language="kk", url="https://herald.example/kk"),
        coverage(source="Globe", language="en", url="https://globe.example/en"),
        source="Agency",
        language="en",
    )
    (part,) = digest_messages(digest(Section(topic=topic("science"), stories=(told,))), EditionKind.SCHEDULED, "en")
    assert '<a href="https://agency.example/ru">Agency</a> (ru)' in part.text
    assert '<a href="https://herald.example/kk">Herald</a> (kk)' in part.text
    assert '<a href="https://globe.example/en">Globe</a>' in part.text
    assert "Globe</a> (" not in part.text


@pytest.mark.parametrize(
    ("url", "sentence", "expected"),
    [
        pytest.param(
            "https://a.example/1",
            "The bridge over the lake was opened on Monday after four years.",
            "https://a.example/1#:~:text=bridge%20over%20the%20lake,Monday%20after%20four%20years.",
            id="first and last words",
        ),
        pytest.param(
            "https://a.example/1#part-2",
            "Мост через озеро, по-новому светлый, открыли в понедельник после четырёх лет работ.",
            "https://a.example/1#part-2:~:text=",
            id="beside an anchor",
        ),
        pytest.param("https://a.example/1", "It flew.", "https://a.example/1", id="too short to be found"),
    ],
)
def test_a_sentence_has_an_address_of_its_own(url, sentence, expected):
    found = sentence_address(url, sentence)
    assert found.startswith(expected)
    assert "-" not in found.partition(":~:")[2]


def test_an_opened_story_leads_to_its_sentences_and_lists_every_source():
    lead = "The bridge over the lake was opened on Monday after four years of work."
    one = story(
        "science",
        coverage(source="Herald", url="https://herald.example/1", title="A bridge at last"),
        summary=(lead,),
        url="https://agency.example/1",
        source="Agency",
    )
    text, entities = parse(opened_story(one, NOW, texts_in("en")), "HTML")
    links = [entity.url for entity in entities if entity.type == "text_link"]
    assert "All 2 articles" in text
    assert "A bridge at last" in text
    assert any(link.startswith("https://agency.example/1#:~:text=") for link in links)


@settings(deadline=None, max_examples=40)
@given(stories)
def test_whatever_publishers_write_an_opened_story_parses_and_fits(one):
    text, entities = parse(opened_story(one, NOW, texts_in("en")), "HTML")
    assert 0 < utf16_length(text) <= MAX_UNITS
    assert len(entities) <= MAX_ENTITIES


@pytest.mark.parametrize("room", [2650, MAX_UNITS])
def test_the_longest_story_fits_when_it_is_opened(room):
    long = "Word " * 400
    others = [
        coverage(source=f"{n} " * 60, title=long, summary=(long, long), owner=str(n), credit=f"{n:0120}")
        for n in range(40)
    ]
    one = story("science", *others, title=long, summary=(long,) * 9, source="s" * 300, credit="c" * 120)
    text, _ = parse(opened_story(one, NOW, texts_in("en"), room=room), "HTML")
    assert utf16_length(text) <= room
    assert "c" * 120 in text
