"""Figures in words. Pure."""

import html

from bot.texts import NONE, Markup, Texts
from digests.figures import Figures, feed_state
from digests.model import SubscriberState


def chart_words(figures: Figures, texts: Texts) -> dict[str, str]:
    """What stands on the drawing."""
    drawings = ("days", "joined", "delays", "stories", "feeds")
    parts = ("editions", "requests", "notices", "seconds", "none", "well", "new", "failing", "stopped")
    names = (*drawings, *parts)
    return {name: texts.plain(f"chart-{name}", days=len(figures.days)) for name in names}


def caption(figures: Figures, texts: Texts) -> Markup:
    """The figures in short, for below the drawing."""
    return texts.say(
        "stats-caption",
        days=len(figures.days),
        readers=figures.readers.get(SubscriberState.ACTIVE, 0),
        paused=figures.readers.get(SubscriberState.PAUSED, 0),
        gone=figures.readers.get(SubscriberState.GONE, 0),
        joined=sum(figures.joined.values()),
        editions=sum(figures.editions.values()),
        requests=sum(figures.requests.values()),
        articles=sum(figures.articles.values()),
        half=_seconds(figures.delay(0.5)),
        nearly=_seconds(figures.delay(0.99)),
        **figures.feeds_by_state,
    )


def in_words(figures: Figures, texts: Texts) -> list[Markup]:
    """All figures, in blocks."""
    days = [
        texts.say(
            "stats-day",
            day=f"{day:%d.%m.}",
            editions=figures.editions.get(day, 0),
            requests=figures.requests.get(day, 0),
            notices=figures.notices.get(day, 0),
            joined=figures.joined.get(day, 0),
            articles=figures.articles.get(day, 0),
        )
        for day in reversed(figures.days)
    ]
    stories = [f"{html.escape(topic.name(texts.language))}: {count}" for topic, count in figures.stories]
    feeds = [
        f"{_SIGNS[feed_state(one.feed)]} {html.escape(one.feed.name)}: {one.entries}"
        for one in sorted(figures.feeds, key=lambda one: -one.entries)
    ]
    blocks = [caption(figures, texts), _block(texts.say("chart-days", days=len(figures.days)), days)]
    for key, lines in (("stories", stories), ("feeds", feeds)):
        blocks.append(_block(texts.say(f"chart-{key}", days=len(figures.days)), lines or [texts.say("chart-none")]))
    return blocks


def _block(head: str, lines: list[Markup] | list[str]) -> Markup:
    return Markup("\n".join([f"<b>{head}</b>", *lines]))


_SIGNS = {"well": "🟢", "failing": "🔴", "stopped": "⚫️", "new": "⚪️"}


def _seconds(delay: float | None) -> str:
    return NONE if delay is None else f"{delay:.1f}"
