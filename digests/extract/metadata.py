"""What a page says about its article in markup: JSON-LD, meta tags, headings. Strangers' words, without markup."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from lxml import html

from digests.extract.dates import published_in_markup
from digests.extract.titles import site_names, without_site
from digests.gather.urls import site, web_address, without_trackers
from digests.model import Published

_JSON_LIMIT = 500_000  # characters of one block
_JSON_DEPTH = 8
_ARTICLES = ("article", "posting", "report", "review")  # ends of schema.org types: NewsArticle, BlogPosting ...
_DATES = (
    "article:published_time", "og:article:published_time", "og:published_time", "datepublished", "date", "dc.date",
    "dc.date.issued", "dcterms.created", "dcterms.date", "parsely-pub-date", "sailthru.date", "pubdate", "publish-date",
    "publication_date", "article.published", "mediator_published_time",
)  # fmt: skip
_AUTHORS = ("author", "article:author", "parsely-author", "sailthru.author", "dc.creator", "mediator_author")
_NAME_LENGTH = 80
_TITLE_LENGTH = 300
_MOST_TRANSLATIONS = 20


@dataclass(frozen=True, kw_only=True)
class Metadata:
    """Each "" or None where the page is silent. url, image_url: absolute http(s) addresses."""

    title: str
    author: str
    published: Published | None
    image_url: str
    url: str
    publisher: str
    translations: tuple[str, ...]


def read_metadata(tree: html.HtmlElement, *, url: str) -> Metadata:
    """The metadata of a page that was fetched from `url`."""
    meta = _meta(tree)
    article = _article_json(tree)
    publishers = (meta.get("og:site_name"), _name(article.get("publisher")), meta.get("application-name"))
    publisher = _first(*(name for name in publishers if name and "://" not in name))
    return Metadata(
        title=_title(tree, meta, article, site_names(publisher, url)),
        author=_author(meta, article),
        published=_published(tree, meta, article),
        image_url=web_address(
            _first(meta.get("og:image"), _image(article.get("image")), meta.get("twitter:image")), url
        ),
        url=_canonical(tree, meta, url),
        publisher=publisher.split(" | ")[0].lstrip("@")[:_NAME_LENGTH],
        translations=_translations(tree, url),
    )


def _translations(tree: html.HtmlElement, url: str) -> tuple[str, ...]:
    """Where the page says that it stands in other languages (RFC 8288's `alternate` with `hreflang`), itself aside."""
    found = (
        web_address(link.get("href") or "", url)
        for link in tree.iter("link")
        if "alternate" in (link.get("rel") or "").lower().split() and link.get("hreflang")
    )
    return tuple(dict.fromkeys(one for one in found if one and one != url))[:_MOST_TRANSLATIONS]


def _meta(tree: html.HtmlElement) -> dict[str, str]:
    """The first value of each named meta tag, by its name in lower case."""
    found: dict[str, str] = {}
    for tag in tree.iter("meta"):
        name = tag.get("property") or tag.get("name") or tag.get("itemprop")
        if name:
            found.setdefault(name.strip().lower(), _flat(tag.get("content")))
    return found


def _article_json(tree: html.HtmlElement) -> dict[str, Any]:
    """The first JSON-LD object that describes an article; {} without one."""
    for script in tree.iter("script"):
        text = script.text or ""
        if (script.get("type") or "").strip().lower() != "application/ld+json" or len(text) > _JSON_LIMIT:
            continue
        try:
            data = json.loads(text, strict=False)
        except (ValueError, RecursionError):
            continue  # a site's broken JSON tells nothing; the tags may
        for one in _objects(data, _JSON_DEPTH):
            kinds = one.get("@type")
            if any(str(kind).lower().endswith(_ARTICLES) for kind in (kinds if isinstance(kinds, list) else [kinds])):
                return one
    return {}


def _objects(data: object, depth: int) -> Iterator[dict[str, Any]]:
    if isinstance(data, dict):
        yield data
    nested: Iterable[object] = data.values() if isinstance(data, dict) else data if isinstance(data, list) else ()
    if depth:
        for value in nested:
            yield from _objects(value, depth - 1)


def _title(tree: html.HtmlElement, meta: dict[str, str], article: dict[str, Any], names: frozenset[str]) -> str:
    """The heading where it says what the head of the page says; else the latter."""
    stated = _first(
        meta.get("og:title"), _flat(article.get("headline")), meta.get("twitter:title"), _text(tree, "title")
    )
    stated = without_site(stated, names)[:_TITLE_LENGTH]
    headings = [_flat(heading.text_content()) for heading in tree.iter("h1")]
    headings = [heading for heading in headings if len(heading.split()) > 1 and len(heading) <= _TITLE_LENGTH]
    same = [heading for heading in headings if heading.casefold() in stated.casefold()]
    if same:
        return same[0]
    return stated or (headings[0] if len(headings) == 1 else "")


def _author(meta: dict[str, str], article: dict[str, Any]) -> str:
    written = article.get("author")
    people = [_name(one) for one in (written if isinstance(written, list) else [written])]
    author = ", ".join(dict.fromkeys(filter(None, people[:4]))) or _first(*(meta.get(name) for name in _AUTHORS))
    return "" if "://" in author or len(author) > _NAME_LENGTH else author.removeprefix("By ")


def _published(tree: html.HtmlElement, meta: dict[str, str], article: dict[str, Any]) -> Published | None:
    """The best of what is stated: an instant before a clock reading before nothing."""
    stated = [_flat(article.get("datePublished")), *(meta.get(name, "") for name in _DATES)]
    stated += [_flat(tag.get("datetime")) for tag in tree.xpath("(//time[@datetime])[1]")]
    found = [published for value in stated if value and (published := published_in_markup(value))]
    return next((one for one in found if one.zone_known), found[0] if found else None)


def _canonical(tree: html.HtmlElement, meta: dict[str, str], url: str) -> str:
    """The page's own word for its address, if it stays on its site; else `url`, without trackers."""
    links = [link.get("href") or "" for link in tree.iter("link") if (link.get("rel") or "").lower() == "canonical"]
    for stated in (*links, meta.get("og:url", "")):
        address = web_address(stated, url) if stated else ""
        if address and (not url or site(address) == site(url)):
            return without_trackers(address)
    return without_trackers(web_address(url)) if web_address(url) else url


def _first(*values: str | None) -> str:
    return next((value for value in values if value), "")


def _flat(value: object) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""


def _text(tree: html.HtmlElement, tag: str) -> str:
    return next((_flat(element.text_content()) for element in tree.iter(tag)), "")


def _name(value: object) -> str:
    return _flat(value.get("name")) if isinstance(value, dict) else _flat(value)


def _image(value: object) -> str:
    if isinstance(value, list):
        value = value[0] if value else None
    return _flat(value.get("url")) if isinstance(value, dict) else _flat(value)
