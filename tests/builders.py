"""Values for the tests: every builder gives something whole, each argument is what the test is about."""

from datetime import UTC, datetime, time
from itertools import count

from digests.curate.fingerprint import fingerprint
from digests.model import (
    Article,
    Coverage,
    Entry,
    ReadArticle,
    Story,
    Subscriber,
    SubscriberState,
    Subscription,
    Summary,
    SummarySentence,
    Topic,
)
from digests.reading import searchable

_numbers = count(1)

_PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>{canonical}</head>
<body>
<header><nav><a href="/">Home</a></nav></header><main><article><h1>{title}</h1>{text}</article></main></body></html>
"""


def utc(written: str) -> datetime:
    """An instant: `utc("2026-03-02T06:00")`."""
    return datetime.fromisoformat(written).replace(tzinfo=UTC)


NOW = utc("2026-03-02T06:00")


def entry(key="1", **values) -> Entry:
    """What a feed said; its title and address follow from its key unless given."""
    return Entry(**{"key": key, "url": f"https://agency.example/{key}", "title": f"Entry {key}", **values})


def article(title="A bridge opens", text="", **values) -> Article:
    """An article in English, published now, at an address of its own."""
    defaults = {
        "url": f"https://agency.example/news/{next(_numbers)}",
        "text": text or f"{title}. The rest of the article follows here.",
        "author": "",
        "source": "Agency",
        "language": "en",
        "image_url": "",
        "published_at": NOW,
        "from_feed": False,
    }
    return Article(title=title, **{**defaults, **values})


def read_article(title="A bridge opens", text="", **values) -> ReadArticle:
    """What a worker makes of such an article."""
    made = article(title, text, **values)
    first = made.text.partition(". ")[0]
    summary = Summary(sentences=(SummarySentence(text=first, start=0, end=len(first)),), engine="lead")
    return ReadArticle(
        article=made,
        summary=summary,
        fingerprint=fingerprint(made.title, made.text, made.language),
        stems=searchable(made, summary),
    )


def coverage(topics=(), **values) -> Coverage:
    """One outlet's telling; topics: slugs, as one text parted by blanks or several."""
    number = next(_numbers)
    defaults = {
        "article_id": number,
        "feed_id": 1,
        "url": f"https://agency.example/news/{number}",
        "title": f"Article {number}",
        "source": "Agency",
        "language": "en",
        "published_at": NOW,
        "gathered_at": NOW,
        "summary": ("It happened.",),
        "topics": frozenset(topics.split() if isinstance(topics, str) else topics),
        "owner": f"owner {values.get('feed_id', 1)}",
    }
    return Coverage(**{**defaults, **values})


def story(topics=(), *others: Coverage, id=0, **values) -> Story:  # noqa: A002 - the field's own name
    """A story; values: of its lead."""
    return Story(id=id or next(_numbers), lead=coverage(topics, **values), others=others)


def topic(slug="science", *words: str, **values) -> Topic:
    """A topic of that slug and those words."""
    return Topic(**{"slug": slug, "names": {"en": slug.capitalize()}, "words": words, **values})


def subscriber(chat_id=1, *, language="en", state=SubscriberState.ACTIVE) -> Subscriber:
    """A reader who gets editions."""
    return Subscriber(chat_id=chat_id, language=language, state=state)


def subscription(topics=("science",), **values) -> Subscription:
    """A subscription at eight in the morning, UTC, that nothing has been planned for since yesterday noon."""
    defaults = {
        "id": 0,
        "chat_id": 1,
        "times": (time(8),),
        "zone": "UTC",
        "max_stories": 9,
        "planned_until": utc("2026-03-01T12:00"),
    }
    return Subscription(topics=frozenset(topics), **{**defaults, **values})


def rss(*items: str, title="Agency", link="https://agency.example/") -> bytes:
    """An RSS feed of those <item>s."""
    head = f"<title>{title}</title><link>{link}</link><description/>"
    channel = f"<channel>{head}{''.join(items)}</channel>"
    return f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0">{channel}</rss>'.encode()


def rss_item(key="1", title="", *, url="", html="", published_at: datetime | None = NOW) -> str:
    """One <item>, dated now unless told otherwise."""
    date = f"<pubDate>{published_at:%a, %d %b %Y %H:%M:%S} GMT</pubDate>" if published_at else ""
    return (
        f"<item><guid isPermaLink='false'>{key}</guid><title>{title or f'Entry {key}'}</title>"
        f"<link>{url or f'https://agency.example/{key}'}</link><description><![CDATA[{html}]]></description>{date}</item>"
    )


def page(title, *paragraphs: str, canonical="") -> bytes:
    """A page of a news site that tells this, perhaps naming another address as its own."""
    link = f'<link rel="canonical" href="{canonical}">' if canonical else ""
    text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return _PAGE.format(title=title, text=text, canonical=link).encode()


def pdf(*lines: str, title="") -> bytes:
    """A PDF of one page with those lines; letters of Latin-1 only."""
    shown = " ".join(f"({line.translate({40: None, 41: None})}) Tj T*" for line in lines)
    stream = f"BT /F1 12 Tf 14 TL 50 780 Td {shown} ET".encode("latin-1")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        (
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
            b"/Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>"
        ),
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Title (%s) >>" % title.encode("latin-1"),
    ]
    body, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, start=1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R /Info 5 0 R >>\nstartxref\n%d\n%%%%EOF"
    return body + end % (len(objects) + 1, table, len(objects) + 1, len(body))
