"""Articles of the corpora, as the stages know them."""

from datetime import UTC, datetime

from digests.model import Article


def article(text: str, title: str = "", language: str = "en", *, url: str = "") -> Article:
    """An article of which only the words matter."""
    return Article(
        url=url,
        title=title,
        text=text,
        author="",
        source="",
        language=language,
        image_url="",
        published_at=datetime(2026, 1, 1, tzinfo=UTC),
        from_feed=False,
    )
