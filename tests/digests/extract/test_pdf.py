import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import pdf
from digests.errors import UnreadablePageError
from digests.extract.html import read_html
from digests.extract.pdf import pdf_text

LINES = (
    "The bridge over the Karund lake was opened on Monday after four years of work.",
    "It cost 27 million and carries twelve thousand cars a day, the mayor said.",
)


def test_a_pdf_is_read_as_text_and_named_by_its_title():
    page = read_html(pdf(*LINES, title="Bridge opens"), url="", content_type="application/pdf")
    assert page.title == "Bridge opens"
    assert "opened on Monday" in page.text
    assert page.language == "en"


def test_a_pdf_is_known_whatever_it_is_called():
    assert "bridge" in read_html(pdf(*LINES), url="", content_type="application/octet-stream").text


@pytest.mark.parametrize(
    "body",
    [b"%PDF-1.4", b"%PDF-1.4\n" + b"x" * 500, pdf(), pdf(*LINES)[:200]],
    ids=["nothing but the sign", "rubbish", "no text", "cut"],
)
def test_what_has_no_text_is_no_article(body):
    with pytest.raises(UnreadablePageError):
        read_html(body, url="", content_type="application/pdf")


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 600), st.binary(max_size=20))
def test_a_damaged_pdf_is_read_or_refused(at, damage):
    body = pdf(*LINES)
    try:
        title, text = pdf_text(body[:at] + damage + body[at + len(damage) :])
    except UnreadablePageError:
        return
    assert text.strip()
    assert isinstance(title, str)
