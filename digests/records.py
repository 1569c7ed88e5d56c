"""Topics and feeds as the audit log keeps them: JSON, and back; what differs, and both of two changes. Pure."""

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


def changed_fields(before: Topic, after: Topic) -> tuple[str, ...]:
    """The names of what differs, as in the record."""
    old, new = topic_record(before), topic_record(after)
    return tuple(name for name in old if old[name] != new[name])


def merged(base: Topic, mine: Topic, theirs: Topic) -> Topic:
    """What comes of `theirs` when what `mine` changed of `base` is changed in it too.

    Of lists and names each entry counts by itself; where both changed the same one thing, `mine` has it.
    """
    first, own, other = topic_record(base), topic_record(mine), topic_record(theirs)
    for name in changed_fields(base, mine):
        if isinstance(own[name], list):
            gone = [one for one in first[name] if one not in own[name]]
            new = [one for one in own[name] if one not in first[name]]
            other[name] = list(dict.fromkeys([*(one for one in other[name] if one not in gone), *new]))
        elif isinstance(own[name], dict):
            changed = {key: value for key, value in own[name].items() if first[name].get(key) != value}
            kept = {key: value for key, value in other[name].items() if key in own[name] or key not in first[name]}
            other[name] = kept | changed
        else:
            other[name] = own[name]
    return recorded_topic(other)


def feed_record(feed: Feed) -> dict[str, Any]:
    """What admins say of the feed; where its polling stands is no change of theirs."""
    return {"url": feed.url, **{name: getattr(feed, name) for name in UNSAID}}


def whole_feed_record(record: Mapping[str, Any]) -> dict[str, Any]:
    """The record with what was not noted yet when it was written."""
    return {**UNSAID, **record}


def recorded_feed(record: Mapping[str, Any], feed: Feed) -> Feed:
    """`feed` with all that the record says of it but its address."""
    whole = whole_feed_record(record)
    return replace(feed, **{name: whole[name] for name in UNSAID})


UNSAID: dict[str, Any] = {"title": "", "weight": 1.0, "language": "", "credit": "", "is_paused": False}
"""The fields of a feed that admins set, besides its address, as they are as long as nothing is said."""
