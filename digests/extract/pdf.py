"""PDF -> plain text. What is only a picture of text stays unread."""

import io
import logging

from pypdf import PdfReader

from digests.errors import UnreadablePageError

SIGN = b"%PDF-"
"""What a PDF begins with, perhaps after a few bytes of something else (ISO 32000-2, 7.5.2)."""

MOST_PAGES = 40
"""Of one document: beyond what anyone calls an article."""

# A damaged file is told of by the hundred, and every warning quotes it.
logging.getLogger("pypdf").setLevel(logging.ERROR)


def is_pdf(body: bytes) -> bool:
    """Whether `body` begins as a PDF does."""
    return SIGN in body[:1024]


def pdf_text(body: bytes) -> tuple[str, str]:
    """(title, text) of the first `MOST_PAGES` pages; the title is "" where the document names none.

    Raises:
        UnreadablePageError: it is damaged, locked, or has no text.
    """
    try:
        reader = PdfReader(io.BytesIO(body))
        text = "\n\n".join(page.extract_text() for page in reader.pages[:MOST_PAGES])
        named = reader.metadata.title if reader.metadata else None
    except Exception as error:  # strangers' files break the library in more ways than it has errors for
        raise UnreadablePageError(f"no readable PDF: {type(error).__name__}") from error
    if not any(letter.isalnum() for letter in text):
        raise UnreadablePageError("a PDF without text")
    return (named or "").strip(), text
