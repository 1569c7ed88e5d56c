"""A story looked at closely, and the list of what was saved. Pure."""

import html
from collections.abc import Sequence
from datetime import datetime

from bot.callbacks import BACK_TO_DIGEST, EXPORT_SAVED, FORGET_SAVED, MUTE, SAVE, WHY, Press
from bot.render import opened_story
from bot.screens import Screen
from bot.texts import Markup, Texts
from digests.browsing import OpenStory
from digests.model import SavedArticle

SHOWN_SAVED = 20
"""The newest; all of them are in the export."""


def story_screen(found: OpenStory, texts: Texts, now: datetime, *, why: str = "") -> Screen:
    """The story with all its sources, what can be done with it, and the way back. why: an explanation, as HTML."""
    number = str(found.story.id)
    text = opened_story(found.story, now, texts)
    save = texts.plain("button-unsave" if found.is_saved else "button-save")
    return Screen(
        Markup(f"{text}\n\n{why}") if why else text,
        [
            [(save, Press(SAVE, number).data()), (texts.plain("button-why"), Press(WHY, number).data())],
            [(texts.plain("button-mute", source=found.story.lead.source[:40]), Press(MUTE, number).data())],
            [(texts.plain("button-back"), Press(BACK_TO_DIGEST, number).data())],
        ],
    )


def saved_screen(kept: Sequence[SavedArticle], texts: Texts, zone: str) -> Screen:
    """What was saved, the newest first."""
    if not kept:
        return Screen(texts.say("saved-none"), [])
    lines = [
        f'• <a href="{html.escape(one.url)}">{html.escape(one.title[:200])}</a> '
        f"<i>{html.escape(one.source[:60])} · {html.escape(texts.day(one.saved_at, zone))}</i>"
        for one in kept[:SHOWN_SAVED]
    ]
    return Screen(
        Markup("\n".join([texts.say("saved-head", count=len(kept)), *lines])),
        [
            [(texts.plain("button-export"), Press(EXPORT_SAVED).data())],
            [(texts.plain("button-forget-saved"), Press(FORGET_SAVED).data())],
        ],
    )
