"""Stories as answers to an inline query. Pure.

Telegram takes ids of 1 to 64 bytes, each once (Bot API, InlineQueryResultArticle), and refuses all of an answer for one
bad tag, so that what is shared is made by the same functions as digests.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from bot.render import shared_story, shorten
from bot.texts import Markup, Texts
from digests.model import Story

MAX_TITLE, MAX_DESCRIPTION = 200, 200
"""UTF-16 units of what stands in the list; apps show two or three lines."""


@dataclass(frozen=True, kw_only=True)
class Shareable:
    """A line of the list, and the message that choosing it sends. title, description: plain text."""

    id: str
    title: str
    description: str
    message: Markup


def shareables(stories: Iterable[Story], now: datetime, texts: Texts) -> tuple[Shareable, ...]:
    """The stories in their order."""
    return tuple(
        Shareable(
            id=f"story-{story.id}",
            title=shorten(story.lead.title, MAX_TITLE),
            description=shorten(_about(story, now, texts), MAX_DESCRIPTION),
            message=shared_story(story, now, texts),
        )
        for story in stories
    )


def _about(story: Story, now: datetime, texts: Texts) -> str:
    facts = f"{story.lead.source} · {texts.ago(story.lead.published_at, now)}"
    return f"{facts}\n{' '.join(story.lead.summary)}"
