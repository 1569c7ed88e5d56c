import time
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digests.errors import UnreadablePageError
from digests.extract.markup import MAX_ATTRIBUTES, MAX_DEPTH, MAX_TAGS, decode, require_parsable

RUSSIAN = "Национальный банк снизил базовую ставку в третий раз за этот год."


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        pytest.param(RUSSIAN.encode(), "", id="UTF-8, nothing said"),
        pytest.param(RUSSIAN.encode("utf-8-sig"), "text/html; charset=windows-1251", id="a byte order mark"),
        pytest.param(RUSSIAN.encode("utf-16"), "", id="UTF-16"),
        pytest.param(RUSSIAN.encode(), "text/html; charset=windows-1251", id="UTF-8 that says windows-1251"),
        pytest.param(RUSSIAN.encode("cp1251"), "text/html; charset=windows-1251", id="the header says so"),
        pytest.param(RUSSIAN.encode("cp1251"), "text/html; charset=utf-8", id="windows-1251 that says UTF-8"),
        pytest.param(RUSSIAN.encode("cp1251"), "", id="windows-1251, nothing said"),
        pytest.param(RUSSIAN.encode("koi8-r"), "", id="koi8-r, nothing said"),
        pytest.param(RUSSIAN.encode("koi8-r"), "text/html; charset=KOI8-R", id="koi8-r, said"),
        pytest.param(RUSSIAN.encode("cp1251"), "text/html; charset=no-such", id="an unknown encoding"),
        pytest.param(RUSSIAN.encode("cp1251"), "text/html; charset=hex", id="no encoding of text"),
    ],
)
def test_the_encoding_is_found(body, content_type):
    assert decode(body, content_type) == RUSSIAN


def test_the_page_itself_may_name_its_encoding():
    page = f'<html><head><meta charset="koi8-r"></head>{RUSSIAN}'
    assert decode(page.encode("koi8-r")) == page


def test_one_bad_byte_does_not_change_the_encoding():
    assert decode(RUSSIAN.encode() * 3 + b"\xff").startswith(RUSSIAN)


def test_western_text_is_not_taken_for_cyrillic():
    assert decode("Café, déjà vu, naïve".encode("cp1252")) == "Café, déjà vu, naïve"


@given(st.binary(), st.text())
def test_any_bytes_can_be_read(body, content_type):
    decode(body, content_type)


@pytest.mark.parametrize(
    "markup",
    [
        pytest.param("<i>" * (MAX_TAGS + 1), id="too many tags"),
        pytest.param("<p " + "a=1 " * (MAX_ATTRIBUTES + 1) + ">", id="too many attributes"),
        pytest.param("<p " + "a " * (MAX_ATTRIBUTES + 1) + ">", id="... without values"),
        pytest.param(("<p " + "a=1 " * MAX_ATTRIBUTES + ">") * 5, id="too many in all"),
        pytest.param("<p x='>' " + "a=1 " * (MAX_ATTRIBUTES + 1) + ">", id="... behind a quoted end"),
        pytest.param("<script x='>' " + "a=1 " * (MAX_ATTRIBUTES + 1), id="... in an open tag"),
        pytest.param("<div>" * (MAX_DEPTH + 1), id="too deep"),
        pytest.param("<div></b>" * (MAX_DEPTH + 1), id="too deep in spite of strange ends"),
    ],
)
def test_hostile_markup_is_refused(markup):
    with pytest.raises(UnreadablePageError):
        require_parsable(markup)


@pytest.mark.parametrize(
    "markup",
    [
        pytest.param("<p>text" * 1000, id="paragraphs without ends"),
        pytest.param("<br><img src=x>" * 1000, id="elements that have none"),
        pytest.param("<div>a</div>" * 1000, id="many side by side"),
        pytest.param("<script>" + "if (a<b) {x='<div>'}" * 1000 + "</script>", id="a script that writes markup"),
        pytest.param("<!--" + "<div>" * 1000 + "-->", id="a comment"),
        pytest.param("<svg>" + "<a x='1'/>" * 1000 + "</svg>", id="elements that close themselves"),
        pytest.param('<img src="data:' + "=" * 10_000 + '">', id="a long value"),
        pytest.param("a < b = c > d", id="signs that are no tags"),
    ],
)
def test_honest_markup_passes(markup):
    require_parsable(markup)


@pytest.mark.parametrize("piece", ["<", "<a", "<a =", "<a x='", "<!--", "<script>", "<a x=\"'", "=", "</", "<a/ "])
def test_the_scan_is_linear(piece):
    started = time.process_time()
    with suppress(UnreadablePageError):
        require_parsable(piece * (3_000_000 // len(piece)))
    assert time.process_time() - started < 2
