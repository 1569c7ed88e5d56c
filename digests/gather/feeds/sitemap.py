"""News sitemaps (https://developers.google.com/search/docs/crawling-indexing/sitemaps/news-sitemap): what many a paper
keeps when it has given up its feeds. A sitemap without news is no feed.
"""

from lxml import etree

from digests.errors import NotAFeedError
from digests.gather.feeds.elements import Fields, Names, first, joined, texts
from digests.gather.feeds.entries import Head, Written, newest

_DATES = ("news:publication_date", "publication_date")


def read(root: etree._Element, url: str) -> tuple[Head, list[Written]]:
    """The site as the first entry names it, and the entries in the sitemap's order.

    Raises:
        NotAFeedError: a sitemap of something else.
    """
    names = Names()
    if names(root) == "sitemapindex":
        raise NotAFeedError("a list of sitemaps, not of news")
    places = [names.fields(child) for child in root if names(child) == "url"]
    told = [(place, names.fields(news)) for place in places for news in place.get("news:news", ())[:1]]
    if not told:
        raise NotAFeedError("a sitemap without news")
    publications = told[0][1].get("news:publication", ())
    publication = names.fields(publications[0]) if publications else {}
    head = Head(title=first(publication, "news:name"), language=first(publication, "news:language"))
    return head, [_entry(names, *one, url) for one in newest(told, lambda one: texts(one[1], *_DATES))]


def _entry(names: Names, place: Fields, news: Fields, base: str) -> Written:
    pictures = (names.fields(image) for image in place.get("image:image", ()))
    return Written(
        title=first(news, "news:title"),
        author=joined(texts(news, "news:author")),
        links=[first(place, "loc")],
        images=[first(picture, "image:loc") for picture in pictures],
        dates=list(texts(news, *_DATES)),
        base=base,
    )
