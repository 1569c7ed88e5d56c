"""Screens about where a digest goes: groups and channels, and the threads of a forum. Pure."""

from collections.abc import Sequence

from bot.callbacks import FORGET_THREADS, MAKE_THREADS, SCREEN, SET_UP, THREADS, USE_THREAD, Press
from bot.screens import Screen
from bot.texts import Markup, Texts, texts_in
from digests.model import KnownChat, Place, Topic
from digests.subscribers import Profile

MOST_LISTED = 90
"""Buttons of one screen: Telegram takes 100 in all."""

MAX_NAME = 128
"""UTF-16 units of a thread's name (Bot API, createForumTopic)."""


def followed(profile: Profile) -> list[Topic]:
    """The topics that the chat follows, in order."""
    return [topic for topic in profile.topics if topic.slug in profile.subscription.topics]


def without_thread(profile: Profile, place: Place) -> list[Topic]:
    """Those of them that have no thread."""
    return [topic for topic in followed(profile) if topic.slug not in place.threads]


def threads_button(texts: Texts) -> list[tuple[str, str]]:
    """The row of the settings that leads here."""
    return [(texts.plain("button-threads"), Press(THREADS).data())]


def chats_screen(chats: Sequence[KnownChat], texts: Texts) -> Screen:
    """The groups and channels that a person administers; pressing one sets it up."""
    if not chats:
        return Screen(texts.say("chats-none"), [])
    rows = [
        [(f"{'📢' if one.is_channel else '👥'} {one.title[:60]}", Press(SET_UP, target=one.chat_id).data())]
        for one in chats[:MOST_LISTED]
    ]
    return Screen(texts.say("chats-screen"), rows)


def threads_screen(profile: Profile, place: Place, *, here: int | None, can_make: bool) -> Screen:
    """Which topics have threads, and what can be changed about it.

    here: the thread in which the screen stands, None in General: there is nothing to choose there.
    can_make: whether the bot may make threads.
    """
    language = profile.subscriber.language
    texts = texts_in(language)
    mine, bare = followed(profile), without_thread(profile, place)
    lines = [
        texts.say("threads-line", name=topic.name(language), own="yes" if topic.slug in place.threads else "no")
        for topic in mine[:MOST_LISTED]
    ]
    parts = [texts.say("threads-screen"), Markup("\n".join(lines) or texts.say("no-topics-chosen"))]
    if bare and not can_make:
        parts.append(texts.say("threads-no-right"))
    if here is not None:
        parts.append(texts.say("threads-here"))
    rows = _choices(mine, place, here, texts) if here is not None else []
    if bare and can_make:
        rows.append([(texts.plain("button-make-threads", count=len(bare)), Press(MAKE_THREADS).data())])
    if place.threads:
        rows.append([(texts.plain("button-forget-threads"), Press(FORGET_THREADS).data())])
    rows.append([(texts.plain("button-back"), Press(SCREEN, "settings").data())])
    return Screen(Markup("\n\n".join(parts)), rows)


def _choices(mine: list[Topic], place: Place, here: int, texts: Texts) -> list[list[tuple[str, str]]]:
    """A button for each topic, and for everything else; those that go into this thread are marked."""
    buttons = [
        (f"{_mark(place.threads.get(topic.slug) == here)} {topic.name(texts.language)}", Press(USE_THREAD, topic.slug))
        for topic in mine[:MOST_LISTED]
    ]
    buttons.append((f"{_mark(place.home == here)} {texts.plain('button-everything-else')}", Press(USE_THREAD)))
    written = [(label, press.data()) for label, press in buttons]
    return [written[start : start + 2] for start in range(0, len(written), 2)]


def _mark(chosen: bool) -> str:  # noqa: FBT001 - private, and said by its name
    return "✅" if chosen else "▫️"
