"""Topics and feeds as a TOML file. Pure: text in, values out, and back.

[[feeds]]
url = "https://example.com/feed.xml"
title = "Example"                            # optional: the feed's own title otherwise
weight = 2                                   # optional, 0.1 to 3: how much its telling of a story counts
language = "kk"                              # optional: of those of its articles whose own can't be told
credit = "Republished with permission"       # optional: words that stand beside its news, at most 120 characters
paused = false                               # optional: true asks for it no more

[[topics]]
slug = "space"                               # optional: made from the name
name = { en = "Space", ru = "Космос" }       # or one string
description = "Rockets and telescopes."      # optional; one string, or a table like the name
words = ["rocket", "orbit*", '"space station"']
must = ["NASA OR ESA"]                       # optional: nothing without each of them
exclude = ["horoscope"]                      # optional
languages = ["en", "ru"]                     # optional: only these count
feeds = ["https://example.com/feed.xml"]     # optional: only these count, and they are followed
liked = ["Moon lander sends first pictures"] # optional: headlines or texts of what the topic is about
disliked = ["Film about Mars wins a prize"]  # optional: ... and of what it is not
strictness = "normal"                        # optional: words, broad, normal or strict
"""

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import tomli_w

from digests.curate.topics import check, slug_for
from digests.errors import InvalidTopicError, TopicsFileError
from digests.gather.urls import web_address
from digests.model import LEAST_WEIGHT, MAX_CREDIT, MOST_WEIGHT, Strictness, Topic

_TOPIC_KEYS = frozenset({"slug", "name", "description", "words", "must", "exclude", "languages", "feeds"}) | {
    "liked",
    "disliked",
    "strictness",
}
_FEED_KEYS = frozenset({"url", "title", "weight", "language", "credit", "paused"})
_LANGUAGE = re.compile(r"(?:[a-z]{2})?")


@dataclass(frozen=True, kw_only=True)
class TopicsFile:
    """What a topics file says. feeds: address -> title ("" for the feed's own), those named by topics included.

    weights, languages, credits, paused: address -> what it says of that feed, of those of which it says so.
    """

    topics: tuple[Topic, ...]
    feeds: Mapping[str, str]
    weights: Mapping[str, float] = field(default_factory=dict)
    languages: Mapping[str, str] = field(default_factory=dict)
    credits: Mapping[str, str] = field(default_factory=dict)
    paused: Mapping[str, bool] = field(default_factory=dict)

    def said(self, url: str) -> dict[str, Any]:
        """Field of `Feed` -> value, of all that the file says of the feed at that address."""
        several: dict[str, Mapping[str, Any]] = {
            "weight": self.weights,
            "language": self.languages,
            "credit": self.credits,
            "is_paused": self.paused,
        }
        title = self.feeds.get(url)
        said = {name: told[url] for name, told in several.items() if url in told}
        return said | ({"title": title} if title else {})


def read(text: str) -> TopicsFile:
    """The topics and feeds of the file.

    Raises:
        TopicsFileError: with every fault, each naming its place.
    """
    try:
        found = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        end = f"at line {text.count(chr(10)) + 1}, the end of the file"
        raise TopicsFileError([f"not TOML: {str(error).replace('at end of document', end)}"]) from error
    except RecursionError as error:
        raise TopicsFileError(["not TOML: brackets within brackets without end"]) from error
    faults: list[str] = []
    faults.extend(
        f"unknown key {key!r}; feeds and topics are the two" for key in sorted(found.keys() - {"feeds", "topics"})
    )
    told = list(_feeds(_tables(found, "feeds", faults, text), faults))
    feeds = {url: table.get("title", "") for url, table in told}
    topics = tuple(_topics(_tables(found, "topics", faults, text), faults))
    slugs = [topic.slug for topic in topics]
    faults.extend(f"topic {slug!r} is defined more than once" for slug in sorted(set(slugs)) if slugs.count(slug) > 1)
    urls = [url for url, _ in told]
    faults.extend(f"feed {url} is there more than once" for url in sorted(set(urls)) if urls.count(url) > 1)
    if faults:
        raise TopicsFileError(faults)
    named = dict.fromkeys((url for topic in topics for url in topic.feed_urls), "")

    def said(key: str) -> dict[str, Any]:
        return {url: table[key] for url, table in told if key in table}

    return TopicsFile(
        topics=topics,
        feeds={**named, **feeds},
        weights={url: float(weight) for url, weight in said("weight").items()},
        languages=said("language"),
        credits=said("credit"),
        paused=said("paused"),
    )


def write(kept: TopicsFile) -> str:
    """The file that `read` gives the same values for."""
    return tomli_w.dumps(
        {
            "feeds": [
                {
                    "url": url,
                    **({"title": title} if title else {}),
                    **({"weight": kept.weights[url]} if url in kept.weights else {}),
                    **({"language": kept.languages[url]} if url in kept.languages else {}),
                    **({"credit": kept.credits[url]} if url in kept.credits else {}),
                    **({"paused": kept.paused[url]} if url in kept.paused else {}),
                }
                for url, title in kept.feeds.items()
            ],
            "topics": [
                {
                    "slug": topic.slug,
                    "name": dict(topic.names),
                    **({"description": dict(topic.descriptions)} if topic.descriptions else {}),
                    "words": list(topic.words),
                    **({"must": list(topic.must)} if topic.must else {}),
                    **({"exclude": list(topic.exclude)} if topic.exclude else {}),
                    **({"languages": list(topic.languages)} if topic.languages else {}),
                    **({"feeds": list(topic.feed_urls)} if topic.feed_urls else {}),
                    **({"liked": list(topic.liked)} if topic.liked else {}),
                    **({"disliked": list(topic.disliked)} if topic.disliked else {}),
                    **({"strictness": str(topic.strictness)} if topic.strictness else {}),
                }
                for topic in kept.topics
            ],
        },
    )


def _tables(found: Mapping[str, Any], name: str, faults: list[str], text: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each table of that name, and how its place is told: by its number, and the line where it begins."""
    several = found.get(name, [])
    if not isinstance(several, list):
        faults.append(f"{name}: write [[{name}]] before each")
        return
    known = _TOPIC_KEYS if name == "topics" else _FEED_KEYS
    head = re.compile(rf"[ \t]*\[\[[ \t]*[\"']?{name}[\"']?[ \t]*\]\]")
    lines = [number for number, line in enumerate(text.splitlines(), start=1) if head.match(line)]
    for number, table in enumerate(several, start=1):
        # Where something else looks like the head of a table, in a text of several lines, lines are better not told.
        line = f"line {lines[number - 1]}: " if len(lines) == len(several) else ""
        place = f"{line}{name}, number {number}"
        if not isinstance(table, dict):
            faults.append(f"{place}: not a table")
            continue
        faults.extend(f"{place}: unknown key {key!r}" for key in sorted(table.keys() - known))
        yield place, table


def _feeds(tables: Iterable[tuple[str, dict[str, Any]]], faults: list[str]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """(address, table) of each feed of which all that is said can be."""
    for place, table in tables:
        wrong = [f"{place}: {key} must be {wanted}" for key, (holds, wanted) in _SAID.items() if not holds(table, key)]
        faults.extend(wrong)
        url = _address(table.get("url"), place, faults)
        if url and not wrong:
            yield url, table


def _is_credit(value: object) -> bool:
    return isinstance(value, str) and len(value) <= MAX_CREDIT and value.isprintable()


_SAID: dict[str, tuple[Callable[[Mapping[str, Any], str], bool], str]] = {
    "title": (lambda table, key: isinstance(table.get(key, ""), str), "text"),
    "weight": (
        lambda table, key: key not in table or _is_weight(table[key]),
        f"a number from {LEAST_WEIGHT:g} to {MOST_WEIGHT:g}",
    ),
    "language": (
        lambda table, key: isinstance(table.get(key, ""), str) and bool(_LANGUAGE.fullmatch(table.get(key, ""))),
        'a code of two letters, such as "kk"',
    ),
    "credit": (
        lambda table, key: _is_credit(table.get(key, "")),
        f"text of at most {MAX_CREDIT} characters, in one line",
    ),
    "paused": (lambda table, key: isinstance(table.get(key, False), bool), "true or false"),
}
"""What a file may say of a feed besides its address -> (whether it does so well, what it has to be)."""


def _is_weight(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and LEAST_WEIGHT <= value <= MOST_WEIGHT


def _topics(tables: Iterable[tuple[str, dict[str, Any]]], faults: list[str]) -> Iterator[Topic]:
    for place, table in tables:
        before = len(faults)
        names = _translations(table.get("name"), f"{place}: name", faults)
        descriptions = _translations(table.get("description", {}), f"{place}: description", faults)
        words, must, exclude, languages, feeds, liked, disliked = (
            _strings(table, key, place, faults)
            for key in ("words", "must", "exclude", "languages", "feeds", "liked", "disliked")
        )
        strictness = table.get("strictness")
        if strictness is not None and strictness not in list(Strictness):
            faults.append(f"{place}: strictness is one of {', '.join(Strictness)}")
            continue
        urls = tuple(url for written in feeds if (url := _address(written, place, faults)))
        if not names:
            faults.append(f"{place}: a topic needs a name")
            continue
        try:
            slug = table.get("slug") or slug_for(next(iter(names.values())))
            topic = Topic(
                slug=str(slug),
                names=names,
                descriptions=descriptions,
                words=words,
                must=must,
                exclude=exclude,
                languages=languages,
                feed_urls=urls,
                liked=liked,
                disliked=disliked,
                strictness=Strictness(strictness) if strictness else None,
            )
            check(topic)
        except InvalidTopicError as error:
            faults.append(f"{place}: {error}")
        if len(faults) == before:
            yield topic


def _translations(value: object, place: str, faults: list[str]) -> dict[str, str]:
    if isinstance(value, str):
        return {"en": value}
    if isinstance(value, dict) and all(isinstance(one, str) for one in value.values()):
        return dict(value)
    if value is not None:
        faults.append(f'{place} must be text, or a table such as {{ en = "…", ru = "…" }}')
    return {}


def _strings(table: Mapping[str, Any], key: str, place: str, faults: list[str]) -> tuple[str, ...]:
    value = table.get(key, [])
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return tuple(value)
    faults.append(f"{place}: {key} must be a list of texts")
    return ()


def _address(value: object, place: str, faults: list[str]) -> str:
    url = web_address(value) if isinstance(value, str) else ""
    if not url:
        faults.append(f"{place}: not an http(s) address: {value!r}")
    return url
