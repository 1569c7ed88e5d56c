"""A story looked at closely, and the list of what was saved. Pure."""

import html
from collections.abc import Sequence
from datetime import datetime

from bot.callbacks import (
    BACK_TO_DIGEST,
    EXPORT_SAVED,
    FOLLOW_STORY,
    FORGET_SAVED,
    FOUND_PAGE,
    LESS,
    LESS_TOPIC,
    LESS_WORD,
    MUTE,
    OPEN_STORY,
    SAVE,
    WHY,
    Press,
)
from bot.render import MAX_UNITS, link, opened_story, shorten, units_of
from bot.screens import Screen, page_turns
from bot.texts import Markup, Texts
from digests.browsing import PAGE, FoundPage, OpenStory
from digests.model import SavedArticle

MAX_WHY = 1_400
"""UTF-16 units of an explanation below a story."""

SHOWN_SAVED = 15
"""The newest; all of them are in the export."""


def shortened_lines(text: str, limit: int) -> str:
    """As many whole lines as fit into `limit` UTF-16 units, markup counted too, so that no tag is cut."""
    kept: list[str] = []
    for line in text.split("\n"):
        if units_of("\n".join([*kept, line])) > limit:
            break
        kept.append(line)
    return "\n".join(kept)


def story_screen(found: OpenStory, texts: Texts, now: datetime, *, why: str = "") -> Screen:
    """The story with all its sources, what can be done with it, and the way back. why: an explanation, as HTML."""
    number = str(found.story.id)
    why = shortened_lines(why, MAX_WHY)
    text = opened_story(found.story, now, texts, room=MAX_UNITS - (MAX_WHY + 2 if why else 0))
    save = texts.plain("button-unsave" if found.is_saved else "button-save")
    follow = "button-unfollow-story" if found.is_followed else "button-follow-story"
    return Screen(
        Markup(f"{text}\n\n{why}") if why else text,
        [
            [(save, Press(SAVE, number).data()), (texts.plain(follow), Press(FOLLOW_STORY, number).data())],
            [
                (texts.plain("button-why"), Press(WHY, number).data()),
                (texts.plain("button-less"), Press(LESS, number).data()),
            ],
            [(texts.plain("button-back"), Press(BACK_TO_DIGEST, number).data())],
        ],
    )


def less_screen(found: OpenStory, texts: Texts, now: datetime) -> Screen:
    """The story, and what of it can be heard less of: its source, words of its headline, its topics."""
    number = str(found.story.id)
    text = opened_story(found.story, now, texts, room=MAX_UNITS - MAX_WHY)
    words = [
        (texts.plain("button-less-word", word=word), data)
        for word in found.words
        if (data := _fitting(LESS_WORD, f"{number}.{word}"))
    ]
    topics = [
        (texts.plain("button-less-topic", name=shorten(topic.name(texts.language), 40)), data)
        for topic in found.topics
        if (data := _fitting(LESS_TOPIC, f"{number}.{topic.slug}"))
    ]
    source = texts.plain("button-mute", source=shorten(found.story.lead.source, 40))
    return Screen(
        Markup(f"{text}\n\n{texts.say('less-head')}"),
        [
            [(source, Press(MUTE, number).data())],
            *(words[start : start + 2] for start in range(0, len(words), 2)),
            *([one] for one in topics),
            [(texts.plain("button-back"), Press(OPEN_STORY, number).data())],
        ],
    )


def _fitting(action: str, value: str) -> str:
    """The data of a button; "" for a value too long for one."""
    try:
        return Press(action, value).data()
    except ValueError:
        return ""


def found_screen(found: FoundPage, query: str, name: str, texts: Texts, now: datetime) -> Screen:
    """A page of what a search found. name: under which its query is remembered."""
    if not found.count:
        return Screen(texts.say("found-none", query=query[:200]), [])
    lines = [
        f'• <a href="{html.escape(one.url)}">{html.escape(one.title[:200])}</a>\n'
        f"<i>{html.escape(one.source[:60])} · {html.escape(texts.ago(one.published_at, now))}</i>"
        for one in found.articles
    ]
    turns = page_turns(FOUND_PAGE, name, found.page, -(-found.count // PAGE))
    head = texts.say("found-head", query=query[:200], count=found.count)
    return Screen(Markup("\n\n".join([head, *lines])), turns)


def saved_screen(kept: Sequence[SavedArticle], texts: Texts, zone: str) -> Screen:
    """What was saved, the newest first."""
    if not kept:
        return Screen(texts.say("saved-none"), [])
    lines = [
        f"• {link(one.url, shorten(one.title, 110))} "
        f"<i>{html.escape(shorten(one.source, 50))} · {html.escape(texts.day(one.saved_at, zone))}</i>"
        for one in kept[:SHOWN_SAVED]
    ]
    return Screen(
        Markup("\n".join([texts.say("saved-head", count=len(kept)), *lines])),
        [
            [(texts.plain("button-export"), Press(EXPORT_SAVED).data())],
            [(texts.plain("button-forget-saved"), Press(FORGET_SAVED).data())],
        ],
    )
