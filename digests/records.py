"""Topics and feeds as the audit log keeps them: JSON, and back. Pure."""

from collections.abc import Mapping
from dataclasses import replace
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
    return {"url": feed.url, **{name: getattr(feed, name) for name in _UNSAID}}


def whole_feed_record(record: Mapping[str, Any]) -> dict[str, Any]:
    """The record with what was not noted yet when it was written."""
    return {**_UNSAID, **record}


def recorded_feed(record: Mapping[str, Any], feed: Feed) -> Feed:
    """`feed` with all that the record says of it but its address."""
    whole = whole_feed_record(record)
    return replace(feed, **{name: whole[name] for name in _UNSAID})


_UNSAID: dict[str, Any] = {"title": "", "weight": 1.0, "language": "", "credit": "", "is_paused": False}
"""What admins say of a feed, as long as they say nothing."""
