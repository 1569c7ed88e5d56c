"""Publications -> pages for people: an article amid the furniture of its site, front pages, drawings.

The markup lives in the templates of the outlets; this module fills them. Everything but the templates' own markup is
escaped here.
"""

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from string import Template
from zlib import crc32
from zoneinfo import ZoneInfo

from bot.sandbox.newsroom.content import Article, Edition, Outlet, Publication, load_shared
from bot.sandbox.newsroom.feeds import CONTENT_TYPES

ZONE = ZoneInfo("Asia/Almaty")
"""The zone in which the outlets print local times."""

_READ_ALSO_AFTER = 2
_AD_AFTER = 4


def article_page(
    outlet: Outlet,
    publication: Publication,
    *,
    site_url: str,
    related: Sequence[Publication],
    translations: Sequence[Publication],
) -> str:
    """The page of one article.

    related: at least one other article of the same edition; the first is offered in mid-text.
    translations: the same report in the outlet's other languages.
    """
    article = publication.article
    edition = outlet.edition(article.language)
    local = publication.published_at.astimezone(ZONE)
    return outlet.page.substitute(
        {f"label_{name}": escape(label) for name, label in edition.labels.items()},
        language=article.language,
        head=_head(outlet, edition, publication, site_url=site_url, translations=translations),
        site_name=escape(edition.name),
        tagline=escape(edition.tagline),
        home_url=escape(site_url + edition.prefix + "/"),
        feed_url=escape(site_url + edition.feeds[0].path),
        menu=_menu(edition, site_url),
        languages=_languages(outlet, site_url),
        title=escape(article.title, quote=False),
        author=escape(article.author),
        date=f"{local:%d.%m.%Y}",
        time=f"{local:%H:%M}",
        iso=local.isoformat(),
        views=str(_number(article, 200, 9000)),
        image_url=escape(publication.image_url),
        image_alt=escape(article.image_alt),
        body=_body(edition, article, related[0]),
        related_links=_links(related),
        comment_list="".join(
            f"<li><b>{escape(reader)}</b> {escape(remark, quote=False)}</li>" for reader, remark in edition.comments
        ),
        year=str(local.year),
    )


def front_page(
    outlet: Outlet, edition: Edition, publications: Iterable[Publication], *, site_url: str, heading: str
) -> str:
    """The list of `publications` under `heading`: the home page or a section."""
    cards = "".join(
        f'<article class="card"><a href="{escape(publication.url)}">'
        f'<img src="{escape(publication.image_url)}" alt="" loading="lazy" width="640" height="360">'
        f"<h2>{escape(publication.article.title, quote=False)}</h2></a>"
        f"<p>{escape(publication.article.teaser, quote=False)}</p>"
        f"<small>{publication.published_at.astimezone(ZONE):%d.%m.%Y, %H:%M}</small></article>"
        for publication in publications
    )
    feeds = " · ".join(f'<a href="{escape(site_url + feed.path)}">RSS</a>' for feed in edition.feeds)
    return Template(load_shared("home.html")).substitute(
        language=edition.language,
        head=_style(outlet) + _alternates(outlet, edition, site_url),
        site_name=escape(edition.name),
        tagline=escape(edition.tagline),
        home_url=escape(site_url + edition.prefix + "/"),
        menu=_menu(edition, site_url),
        languages=_languages(outlet, site_url),
        heading=escape(heading),
        cards=cards,
        feeds=feeds,
    )


def kiosk_page(sites: Iterable[tuple[str, str, str]]) -> str:
    """The newsroom's own page, leading to its sites: (name, tagline, address) each."""
    cards = "".join(
        f'<article class="card"><a href="{escape(url)}"><h2>{escape(name)}</h2></a><p>{escape(tagline)}</p></article>'
        for name, tagline, url in sites
    )
    return Template(load_shared("home.html")).substitute(
        language="en",
        head=f"<style>{load_shared('base.css')}</style>",
        site_name="Sample newsroom",
        tagline="Invented sites, invented events: a rehearsal stage for News Digest Bot",
        home_url="/",
        menu="",
        languages="",
        heading="The sites",
        cards=cards,
        feeds="",
    )


def drawing(outlet: Outlet, article: Article) -> str:
    """An SVG landscape in the outlet's colors, different for each article and always the same for one."""
    sky, sun, far, near = outlet.palette
    sun_x, sun_y = _number(article, 90, 550), _number(article, 70, 150)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 360" role="img" '
        f'aria-label="{escape(article.image_alt)}"><rect width="640" height="360" fill="{sky}"/>'
        f'<circle cx="{sun_x}" cy="{sun_y}" r="42" fill="{sun}"/>'
        f'<path d="{_ridge(_number(article, 0, 628), 220, 46)}" fill="{far}"/>'
        f'<path d="{_ridge(_number(article, 0, 500), 280, 30)}" fill="{near}"/></svg>'
    )


def _ridge(phase: int, height: int, swing: int) -> str:
    points = (
        f"{x},{height - swing * math.sin(phase + x / 97) - swing / 3 * math.sin(x / 31):.0f}" for x in range(0, 641, 20)
    )
    return f"M0,360 L{' '.join(points)} L640,360 Z"


def _number(article: Article, low: int, high: int) -> int:
    """A number of the article's own: stable, so that an unchanged page keeps its ETag."""
    return low + crc32(f"{article.slug}{article.language}{low}".encode()) % (high - low)


def _head(
    outlet: Outlet,
    edition: Edition,
    publication: Publication,
    *,
    site_url: str,
    translations: Sequence[Publication],
) -> str:
    article = publication.article
    title = f"{escape(article.title, quote=False)} — {escape(edition.name, quote=False)}"
    parts = [
        f"<title>{title}</title>",
        f'<link rel="canonical" href="{escape(publication.url)}">',
        *(
            f'<link rel="alternate" hreflang="{version.article.language}" href="{escape(version.url)}">'
            for version in translations
        ),
        _alternates(outlet, edition, site_url),
        _metadata(outlet, edition, publication),
        _style(outlet),
    ]
    return "\n".join(parts)


def _metadata(outlet: Outlet, edition: Edition, publication: Publication) -> str:
    article = publication.article
    if outlet.metadata == "json-ld":
        facts = {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "headline": article.title,
            "datePublished": publication.published_at.isoformat(),
            "author": {"@type": "Person", "name": article.author},
            "publisher": {"@type": "Organization", "name": edition.name},
            "image": publication.image_url,
            "inLanguage": article.language,
            "mainEntityOfPage": publication.url,
        }
        return _script(facts)
    if outlet.metadata == "opengraph":
        properties = {
            "og:type": "article",
            "og:site_name": edition.name,
            "og:title": article.title,
            "og:description": article.teaser,
            "og:url": publication.url,
            "og:image": publication.image_url,
            "og:locale": article.language,
            "article:published_time": publication.published_at.isoformat(),
            "article:author": article.author,
        }
        return "\n".join(f'<meta property="{name}" content="{escape(value)}">' for name, value in properties.items())
    return ""


def _script(facts: Mapping[str, object]) -> str:
    # "</" inside would end the script element: https://html.spec.whatwg.org/multipage/scripting.html
    text = json.dumps(facts, ensure_ascii=False).replace("</", "<\\/")
    return f'<script type="application/ld+json">{text}</script>'


def _style(outlet: Outlet) -> str:
    return f"<style>{load_shared('base.css')}{outlet.style}</style>"


def _alternates(outlet: Outlet, edition: Edition, site_url: str) -> str:
    if not outlet.autodiscovery:
        return ""
    return "\n".join(
        f'<link rel="alternate" type="{CONTENT_TYPES[feed.format]}" title="{escape(feed.title)}" '
        f'href="{escape(site_url + feed.path)}">'
        for feed in edition.feeds
    )


def _menu(edition: Edition, site_url: str) -> str:
    return "".join(
        f'<li><a href="{escape(f"{site_url}{edition.prefix}/section/{topic}")}">{escape(label)}</a></li>'
        for topic, label in edition.sections.items()
    )


def _languages(outlet: Outlet, site_url: str) -> str:
    if len(outlet.editions) == 1:
        return ""
    return " ".join(
        f'<a href="{escape(site_url + edition.prefix)}/" hreflang="{edition.language}">{edition.language.upper()}</a>'
        for edition in outlet.editions
    )


def _body(edition: Edition, article: Article, suggestion: Publication) -> str:
    parts: list[str] = []
    for position, paragraph in enumerate(article.paragraphs, start=1):
        parts.append(f"<p>{escape(paragraph, quote=False)}</p>")
        if position == _READ_ALSO_AFTER:
            parts.append(
                f'<div class="inset"><strong>{escape(edition.labels["read_also"])}</strong> '
                f'<a href="{escape(suggestion.url)}">{escape(suggestion.article.title, quote=False)}</a></div>'
            )
        if position == _AD_AFTER:
            parts.append(f'<div class="ad">{escape(edition.labels["advertisement"])}</div>')
    return "\n".join(parts)


def _links(publications: Iterable[Publication]) -> str:
    return "".join(
        f'<li><a href="{escape(publication.url)}">{escape(publication.article.title, quote=False)}</a></li>'
        for publication in publications
    )
