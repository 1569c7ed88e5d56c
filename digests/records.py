"""Topics and feeds as the audit log keeps them: JSON, and back. Pure."""

from collections.abc import Mapping
from typing import Any

from digests.model import Feed, Strictness, Topic

_LISTS = ("words", "must", "exclude", "languages", "feed_urls", "liked", "disliked")


def topic_record(topic: Topic) -> dict[str, Any]:
    """Everything about the topic."""
    return {
        "slug": topic.slug,
        "names": dict(topic.names),
        "descriptions": dict(topic.descriptions),
        **{name: list(getattr(topic, name)) for name in _LISTS},
        "strictness": topic.strictness and topic.strictness.value,
    }


def recorded_topic(record: Mapping[str, Any]) -> Topic:
    """The topic that `topic_record` wrote."""
    return Topic(
        slug=record["slug"],
        names=record["names"],
        descriptions=record["descriptions"],
        **{name: tuple(record[name]) for name in _LISTS},
        strictness=Strictness(record["strictness"]) if record["strictness"] else None,
    )


def feed_record(feed: Feed) -> dict[str, Any]:
    """What admins say of the feed; where its polling stands is no change of theirs."""
    return {"url": feed.url, "title": feed.title, "weight": feed.weight}
