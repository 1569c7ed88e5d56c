"""What the sample newsroom says: its outlets and articles, loaded from the data files beside this module.

Knows nothing of addresses, of markup or of the present moment: ages are relative to the newsroom's opening.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from string import Template
from typing import Any


class Quirk(StrEnum):
    """A way in which a feed entry misbehaves, as entries in the wild do."""

    TEASER = "teaser"  # a summary only, in a feed whose other entries are complete
    UNDATED = "undated"  # the entry gives no date
    RELATIVE_LINK = "relative-link"  # the link has neither scheme nor host
    ESCAPED_TITLE = "escaped-title"  # the title is escaped once too often
    REPUBLISHED = "republished"  # listed a second time under a new id and a link with utm_ parameters


class FeedFormat(StrEnum):
    """The formats in which the outlets publish their feeds."""

    RSS_FULL = "rss-full"
    RSS_TEASER = "rss-teaser"
    ATOM_FULL = "atom-full"
    ATOM_SUMMARY = "atom-summary"
    JSON_FEED = "json-feed"


@dataclass(frozen=True, kw_only=True)
class Article:
    """An article as written by an outlet.

    age: how long before the newsroom's opening it was published; negative when it comes later.
    topics: slugs of the sample topics it belongs to; empty when it fits none. For tests.
    event: shared by the articles that tell one event, in any language; None when it stands alone. For tests.
    feed_title: the headline in feeds, where it differs from that of the page.
    """

    outlet: str
    slug: str
    language: str
    title: str
    feed_title: str
    author: str
    age: timedelta
    topics: tuple[str, ...]
    event: str | None
    image_alt: str
    paragraphs: tuple[str, ...]
    quirk: Quirk | None

    @property
    def teaser(self) -> str:
        """The first paragraph."""
        return self.paragraphs[0]


@dataclass(frozen=True, kw_only=True)
class Publication:
    """An article at its address and its moment (aware, UTC)."""

    article: Article
    url: str
    image_url: str
    published_at: datetime


@dataclass(frozen=True, kw_only=True)
class FeedSpec:
    """One feed of an outlet.

    topic: the only topic it carries; None for all of the edition.
    utm: what is appended to every link, "" for nothing.
    """

    path: str
    format: FeedFormat
    title: str
    encoding: str
    topic: str | None
    utm: str


@dataclass(frozen=True, kw_only=True)
class Edition:
    """An outlet in one of its languages.

    prefix: the path under which the edition lives, "" for the root.
    sections: topic slug -> menu label.
    labels: the furniture around every article, by the name its page template uses.
    comments: (reader, remark) pairs below every article.
    """

    language: str
    name: str
    tagline: str
    prefix: str
    latest: str
    sections: Mapping[str, str]
    labels: Mapping[str, str]
    comments: tuple[tuple[str, str], ...]
    feeds: tuple[FeedSpec, ...]


@dataclass(frozen=True, kw_only=True)
class Outlet:
    """One invented news site.

    metadata: how its pages state author and date: "json-ld", "opengraph" or "none".
    autodiscovery: whether its pages name the feeds by <link rel="alternate">; if not, only by a visible link.
    palette: sky, sun, far hill and near hill of its drawings.
    """

    key: str
    article_path: str
    metadata: str
    autodiscovery: bool
    palette: tuple[str, str, str, str]
    editions: tuple[Edition, ...]
    page: Template
    style: str

    @property
    def name(self) -> str:
        """The name in the outlet's first language."""
        return self.editions[0].name

    def edition(self, language: str) -> Edition:
        """The edition in `language`."""
        return next(edition for edition in self.editions if edition.language == language)

    def path_of(self, article: Article) -> str:
        """The path of `article` on this outlet's site."""
        return self.article_path.format(slug=article.slug, language=article.language)


@cache
def load_articles() -> tuple[Article, ...]:
    """Every article of every outlet, the newest first."""
    folders = sorted(_data("articles").iterdir(), key=lambda folder: folder.name)
    articles = [_article(folder.name, file) for folder in folders for file in folder.iterdir()]
    return tuple(sorted(articles, key=lambda article: (article.age, article.outlet, article.slug)))


@cache
def load_outlets() -> tuple[Outlet, ...]:
    """Every outlet, in the order of their names on disk."""
    folders = sorted(_data("sites").iterdir(), key=lambda folder: folder.name)
    return tuple(_outlet(folder) for folder in folders if folder.is_dir())


def load_topics_toml() -> str:
    """The sample topics in the operator's format, without the feeds."""
    return _data("topics.toml").read_text(encoding="utf-8")


def load_shared(name: str) -> str:
    """A file that all outlets share: the home page template or the base style."""
    return (_data("sites") / name).read_text(encoding="utf-8")


def _data(name: str) -> Traversable:
    return resources.files(__package__) / name


def _article(outlet: str, file: Traversable) -> Article:
    fields = tomllib.loads(file.read_text(encoding="utf-8"))
    quirk = fields.get("quirk")
    return Article(
        outlet=outlet,
        slug=file.name.removesuffix(".toml"),
        language=fields["language"],
        title=fields["title"],
        feed_title=fields.get("feed_title", fields["title"]),
        author=fields["author"],
        age=timedelta(minutes=fields["minutes_old"]),
        topics=tuple(fields["topics"]),
        event=fields.get("event"),
        image_alt=fields["image_alt"],
        paragraphs=tuple(fields["text"].strip().split("\n\n")),
        quirk=Quirk(quirk) if quirk else None,
    )


def _outlet(folder: Traversable) -> Outlet:
    fields = tomllib.loads((folder / "site.toml").read_text(encoding="utf-8"))
    sky, sun, far, near = fields["palette"]
    return Outlet(
        key=folder.name,
        article_path=fields["article_path"],
        metadata=fields["metadata"],
        autodiscovery=fields["autodiscovery"],
        palette=(sky, sun, far, near),
        editions=tuple(_edition(edition) for edition in fields["editions"]),
        page=Template((folder / "article.html").read_text(encoding="utf-8")),
        style=(folder / "style.css").read_text(encoding="utf-8"),
    )


def _edition(fields: Mapping[str, Any]) -> Edition:
    return Edition(
        language=fields["language"],
        name=fields["name"],
        tagline=fields["tagline"],
        prefix=fields["prefix"],
        latest=fields["latest"],
        sections=fields["sections"],
        labels=fields["labels"],
        comments=tuple((reader, remark) for reader, remark in fields["comments"]),
        feeds=tuple(
            FeedSpec(
                path=feed["path"],
                format=FeedFormat(feed["format"]),
                title=feed["title"],
                encoding=feed.get("encoding", "utf-8"),
                topic=feed.get("topic"),
                utm=feed.get("utm", ""),
            )
            for feed in fields["feeds"]
        ),
    )
