"""What an admin sees of feeds that were found, and can press. Pure."""

import html
from collections.abc import Iterable, Sequence
from datetime import datetime
from urllib.parse import urlsplit

from bot.callbacks import CANCEL, CLOSE, FOLLOW, FOLLOW_FOLDERS, FOLLOW_LIST, Press
from bot.lists import shortened
from bot.render import Keyboard
from bot.screens import Screen
from bot.texts import Markup, Texts
from digests.desk import FeedList
from digests.model import FoundFeed, Topic

# Ten feeds with their addresses and the titles of one have to fit a message.
MAX_TITLE = 80
MAX_PATH = 60
MAX_HEADLINE = 120
MAX_ADDRESS = 300

BUTTONS_IN_ROW = 4
LISTED = 10
"""Titles of a list that are shown."""


def feed_followed(found: FoundFeed, texts: Texts) -> Markup:
    """That it is followed from now on, with its latest titles."""
    values = {"title": shortened(found.name, MAX_TITLE), "url": shortened(found.url, MAX_ADDRESS)}
    if not found.latest:
        return texts.say("feed-added-empty", **values)
    return texts.say("feed-added", latest=_latest(found), **values)


def feed_choice(
    feeds: Sequence[FoundFeed], name: str, texts: Texts, now: datetime, *, head: Markup | None = None
) -> Screen:
    """Several feeds of a site, numbered, and a button for each that is not followed yet.

    name: of the offer, for the buttons. head: what one choice led to; without it the site is named and asked about.
    """
    open_ = [number for number, one in enumerate(feeds, start=1) if not one.followed_as]
    site = urlsplit(feeds[0].url).hostname or ""
    if head is None:
        head = texts.say("feed-choice", site=site, count=len(feeds))
        shown = list(range(1, len(feeds) + 1))
    else:
        shown = open_
        head = Markup(f"{head}\n\n{texts.say('feed-choice-more')}" if open_ else head)
    blocks = [_line(feeds[number - 1], number, site, texts, now, titles=number == 1) for number in shown]
    labels = [
        (texts.plain("button-follow", number=number), Press(FOLLOW, f"{name}.{number}").data()) for number in open_
    ]
    rows = [labels[start : start + BUTTONS_IN_ROW] for start in range(0, len(labels), BUTTONS_IN_ROW)]
    chosen = len(shown) < len(feeds)
    last = ("button-done", Press(CLOSE, name)) if chosen else ("button-cancel", Press(CANCEL))
    keyboard: Keyboard = [*rows, [(texts.plain(last[0]), last[1].data())]] if open_ else []
    return Screen(Markup("\n\n".join([head, *blocks])), keyboard)


def feeds_chosen(feeds: Iterable[FoundFeed], texts: Texts) -> Screen:
    """What is followed of a site in the end."""
    titles = ", ".join(shortened(one.name, MAX_TITLE) for one in feeds if one.followed_as)
    return Screen(texts.say("feed-chosen", titles=titles), [])


def feed_preview(found: FoundFeed, name: str, texts: Texts, now: datetime) -> Screen:
    """A feed with its latest titles, and whether to follow it. name: of the offer."""
    title, url = shortened(found.name, MAX_TITLE), shortened(found.url, MAX_ADDRESS)
    text = f"{texts.say('feed-preview', title=title, url=url)}\n{_facts(found, texts, now)}{_latest(found)}"
    follow = (texts.plain("button-follow-it"), Press(FOLLOW, f"{name}.1").data())
    return Screen(Markup(text), [[follow, (texts.plain("button-cancel"), Press(CANCEL).data())]])


def folders_of(topics: Iterable[Topic], language: str) -> dict[str, tuple[str, ...]]:
    """Folders for a list of feeds: the topics that are limited to some, by name."""
    folders: dict[str, tuple[str, ...]] = {}
    for topic in topics:
        if topic.feed_urls:
            folders[topic.name(language)] = (*folders.get(topic.name(language), ()), *topic.feed_urls)
    return folders


def list_choice(read: FeedList, name: str, texts: Texts) -> Screen:
    """What a list holds, and whether to follow what is new of it."""
    folders = list(read.folders.items())
    topics = (texts.plain("button-follow-folders", count=len(folders)), Press(FOLLOW_FOLDERS, name).data())
    cancel = (texts.plain("button-cancel"), Press(CANCEL).data())
    if not read.new:
        text = texts.say("list-nothing-new", count=len(read.feeds))
        if not folders:
            return Screen(text, [])
        return Screen(Markup(f"{text}\n{_folders(folders, texts)}"), [[topics], [cancel]])
    titles = [f"– {html.escape(shortened(title or url, MAX_TITLE))}" for url, title in read.new.items()]
    if len(titles) > LISTED:
        titles = [*titles[:LISTED], texts.say("list-more", count=len(titles) - LISTED)]
    head = texts.say("list-found", count=len(read.feeds), new=len(read.new))
    follow = (texts.plain("button-follow-all", count=len(read.new)), Press(FOLLOW_LIST, name).data())
    if not folders:
        return Screen(Markup("\n".join([head, *titles])), [[follow, cancel]])
    return Screen(Markup("\n".join([head, *titles, _folders(folders, texts)])), [[follow], [topics], [cancel]])


def _folders(folders: Sequence[tuple[str, Sequence[str]]], texts: Texts) -> Markup:
    """The names of folders, each with how many feeds are in it."""
    names = ", ".join(f"{name} ({len(inside)})" for name, inside in folders[:LISTED])
    more = texts.plain("list-more", count=len(folders) - LISTED) if len(folders) > LISTED else ""
    return texts.say("list-folders", names=f"{names} {more}".strip())


def _facts(found: FoundFeed, texts: Texts, now: datetime) -> str:
    facts = [found.format, texts.say("feed-entries", count=found.entries)]
    if found.newest_at is not None:
        facts.append(texts.say("feed-newest", ago=texts.ago(found.newest_at, now)))
    if found.followed_as:
        facts.append(f"✅ {texts.say('feed-followed')}")
    return " · ".join(filter(None, facts))


def _line(found: FoundFeed, number: int, site: str, texts: Texts, now: datetime, *, titles: bool) -> Markup:
    title = html.escape(shortened(found.name, MAX_TITLE))
    text = f"<b>{number}. {title}</b>\n{_facts(found, texts, now)}\n<code>{_place(found.url, site)}</code>"
    return Markup(f"{text}{_latest(found)}" if titles and found.latest else text)


def _place(url: str, site: str) -> str:
    """The address without what goes without saying."""
    page = urlsplit(url)
    place = page.path + (f"?{page.query}" if page.query else "")
    return html.escape(shortened(place if page.hostname == site else f"{page.netloc}{place}", MAX_PATH))


def _latest(found: FoundFeed) -> Markup:
    return Markup("".join(f"\n– {html.escape(shortened(title, MAX_HEADLINE))}" for title in found.latest))
