"""Everything that a worker does to one article in one go. The functions here can be sent to a worker by name.

Their libraries take seconds and 200 MB to load: this module imports them when it is first asked to work, so that the
process that only sends work stays small.
"""

import os
from dataclasses import replace
from datetime import UTC, datetime
from itertools import islice

from digests.curate.fingerprint import fingerprint
from digests.errors import UnreadablePageError
from digests.gather.urls import article_key
from digests.language.words import stemmer, stems, stop_words, words
from digests.model import UNSURE, Article, Entry, Length, Page, ReadArticle, Response, Summary, as_told

_LEAST_OF_FEED = 0.6  # a page with less text than that share of the feed's own is a wall, not the article
_HEADLINE_WORDS = 4  # "Weather" or "Photos of the day" tell nothing
_TEASER_STEMS = 8  # from so many on, a feed's text is long enough to be looked for in the page
_LEAST_FOUND = 0.25  # share of them that a page about the same thing has at least


MOST_SEARCHED = 5_000
"""Words of an article's text by which it can be found, stop words aside."""

MAX_TEXT = 200_000
"""Characters of an article: several times the longest of newspapers. What is done with more keeps others waiting."""


def prepare() -> None:
    """Load everything heavy now, rather than with the first article. For a worker at its start."""
    # The matrices of one article are too small to share: with two threads a summary took twice the CPU time.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    # nltk, which sumy imports, refuses to be imported by a user who has no home, as some containers have them.
    os.environ.setdefault("HOME", "/")
    from digests.extract import html  # noqa: F401, PLC0415 - heavy: see above
    from digests.language.identify import identify  # noqa: PLC0415 - heavy
    from digests.summarize import engines  # noqa: F401, PLC0415 - heavy

    identify("A sentence that makes the model load.")


def read_entry(
    entry: Entry,
    response: Response | None,
    *,
    source: str,
    gathered_at: datetime,
    sentences: int,
    engine: str,
    language: str = "",
    headline_alone: bool = False,
) -> ReadArticle:
    """The article of `entry`: its page's where `response` holds it, else what the feed itself carries.

    language: of an article whose own can't be told; "" for none.
    headline_alone: whether a headline that says something is enough where there is no text.

    Raises:
        UnreadablePageError: neither has a text.
        ValueError: there is no such engine.
    """
    try:
        article = _bounded(_article(entry, response, source=source, gathered_at=gathered_at))
    except UnreadablePageError:
        from digests.extract.article import from_headline  # noqa: PLC0415 - heavy

        if not headline_alone or len(words(entry.title)) < _HEADLINE_WORDS:
            raise
        article = from_headline(entry, source=source, gathered_at=gathered_at)
    if article.language == UNSURE and language:
        article = replace(article, language=language)
    from digests.summarize.headline import telling_title  # noqa: PLC0415 - heavy

    article = replace(article, title=telling_title(article))
    summary = _summary(article, length=Length(sentences=sentences), engine=engine)
    return ReadArticle(
        article=article,
        summary=summary,
        fingerprint=fingerprint(
            article.title,
            article.text,
            article.language,
            picture=article_key(article.image_url) if article.image_url else "",
            translations=tuple(map(article_key, article.translations)),
        ),
        stems=searchable(article, summary),
    )


def searchable(article: Article, summary: Summary) -> str:
    """The stems of the article's words, each once: of what a digest tells `as_told`, of the rest without stop words."""
    ignored, stem = stop_words(article.language), stemmer(article.language)
    shown = words("\n".join((article.title, *(one.shown for one in summary.sentences))))
    others = islice((word for word in words(article.text) if word not in ignored), MOST_SEARCHED)
    told = dict.fromkeys(map(stem, shown))
    return " ".join((*map(as_told, told), *dict.fromkeys(one for one in map(stem, others) if one not in told)))


def read_document(
    body: bytes,
    content_type: str,
    url: str,
    *,
    length: Length,
    engine: str,
) -> tuple[Page, Summary]:
    """The article in a page or a text file, and its summary. url: "" where there is none.

    Raises:
        UnreadablePageError: there is no article.
        ValueError: there is no such engine.
    """
    from digests.extract.html import read_html  # noqa: PLC0415 - heavy

    page = read_html(body, url=url, content_type=content_type)
    return page, _summary_of_page(page, length=length, engine=engine)


def compare_engines(body: bytes, content_type: str, url: str, *, length: Length) -> tuple[Page, tuple[Summary, ...]]:
    """The article in a page or a text file, and what every engine makes of it.

    Raises:
        UnreadablePageError: there is no article.
    """
    from digests.extract.html import read_html  # noqa: PLC0415 - heavy
    from digests.summarize.engines import ENGINES  # noqa: PLC0415 - heavy

    page = read_html(body, url=url, content_type=content_type)
    return page, tuple(_summary_of_page(page, length=length, engine=engine) for engine in ENGINES)


def read_pasted(text: str, *, length: Length, engine: str) -> tuple[Page, Summary]:
    """The article in a pasted or forwarded text, and its summary.

    Raises:
        UnreadablePageError: there are no words.
        ValueError: there is no such engine.
    """
    from digests.extract.text import read_text  # noqa: PLC0415 - heavy

    page = read_text(text)
    return page, _summary_of_page(page, length=length, engine=engine)


def _article(entry: Entry, response: Response | None, *, source: str, gathered_at: datetime) -> Article:
    from digests.extract.article import from_entry, to_article  # noqa: PLC0415 - heavy
    from digests.extract.html import read_html  # noqa: PLC0415 - heavy

    own, page, trouble = None, None, UnreadablePageError("no page, and no text in the feed")
    try:
        own = from_entry(entry, source=source, gathered_at=gathered_at)
    except UnreadablePageError as error:
        trouble = error
    if response is not None:
        try:
            page = read_html(response.body, url=response.url, content_type=response.content_type)
        except UnreadablePageError as error:
            trouble = error
    if page is not None and (own is None or _tells(page, own)):
        return to_article(entry, page, source=source, gathered_at=gathered_at)
    if own is None:
        raise trouble
    return own


def _bounded(article: Article) -> Article:
    """The article, as far as whole paragraphs of it fit."""
    if len(article.text) <= MAX_TEXT:
        return article
    start = article.text[:MAX_TEXT]
    return replace(article, text=start.rpartition("\n\n")[0] or start)


def _tells(page: Page, own: Article) -> bool:
    """Whether `page` is the article of which the feed carries `own`, rather than a wall of consent or payment."""
    if len(page.text) < _LEAST_OF_FEED * len(own.text):
        return False
    sought = set(stems(own.text, own.language))
    if len(sought) < _TEASER_STEMS:
        return True
    return len(sought & set(stems(page.text, own.language))) >= _LEAST_FOUND * len(sought)


def _summary(article: Article, *, length: Length, engine: str) -> Summary:
    """The longest that holds; each number of sentences is chosen anew, as the best two need not be among three."""
    if length.characters is None and length.seconds is None:
        return _of_sentences(article, length.sentences, engine)
    best = _of_sentences(article, 1, engine)
    for count in range(2, length.sentences + 1):
        longer = _of_sentences(article, count, engine)
        if not length.holds(longer) or len(longer.sentences) <= len(best.sentences):
            break
        best = longer
    return best


def _of_sentences(article: Article, count: int, engine: str) -> Summary:
    from digests.summarize.engines import summarizer  # noqa: PLC0415 - heavy
    from digests.summarize.verify import proved  # noqa: PLC0415 - with its words

    return proved(summarizer(engine).summarize(article, sentences=count), article, count=count)


def _summary_of_page(page: Page, *, length: Length, engine: str) -> Summary:
    """Of a page that no feed announced: as an article that has no place in the store."""
    article = Article(
        url=page.url,
        title=page.title,
        text=page.text,
        author=page.author,
        source=page.publisher,
        language=page.language,
        image_url=page.image_url,
        published_at=page.published.at
        if page.published and page.published.zone_known
        else datetime.min.replace(tzinfo=UTC),
        from_feed=False,
    )
    return _summary(article, length=length, engine=engine)
