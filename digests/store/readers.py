"""Subscribers, their subscriptions, and what they have had, in the database."""

import logging
from collections.abc import Iterable, Mapping
from dataclasses import asdict, replace
from datetime import datetime, time
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, delete, exists, or_, select, update

from digests.editions import next_edition_at
from digests.errors import UnknownSubscriberError
from digests.model import (
    Draft,
    PartState,
    QuietHours,
    SavedArticle,
    Subscriber,
    SubscriberState,
    Subscription,
)
from digests.store.dialect import insert, unindexed
from digests.store.outbox import DeliveryState, Outbox
from digests.store.tables import (
    compositions,
    deliveries,
    followed_stories,
    parts,
    saved_articles,
    sent_messages,
    subscribers,
    subscription_topics,
    subscriptions,
    told_stories,
)

log = logging.getLogger(__name__)

_DROPPED = DeliveryState.DROPPED.value


class Readers:
    """The people and chats that read."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def find(self, chat_id: int) -> Subscriber | None:
        """The subscriber in that chat, if there is one."""
        row = self._connection.execute(select(subscribers).where(subscribers.c.chat_id == chat_id)).first()
        return None if row is None else _subscriber(row)

    def save(self, subscriber: Subscriber, *, now: datetime) -> None:
        """Add the subscriber, or change its language and state."""
        values = {
            "language": subscriber.language,
            "state": subscriber.state.value,
            "paused_until": subscriber.paused_until,
        }
        statement = insert(self._connection, subscribers).values(chat_id=subscriber.chat_id, created_at=now, **values)
        self._connection.execute(statement.on_conflict_do_update(index_elements=["chat_id"], set_=values))

    def subscription(self, chat_id: int) -> Subscription:
        """What the chat gets and when.

        Raises:
            UnknownSubscriberError: nobody reads there.
        """
        found = self._subscriptions(subscriptions.c.chat_id == chat_id)
        if not found:
            raise UnknownSubscriberError
        return found[0]

    def topics_of(self, chat_id: int) -> frozenset[str]:
        """The topics that the chat follows; none where nobody reads."""
        found = self._subscriptions(subscriptions.c.chat_id == chat_id)
        return found[0].topics if found else frozenset()

    def add_subscription(self, subscription: Subscription) -> Subscription:
        """A new subscription; the id of the one given is ignored, the one returned has its own."""
        statement = insert(self._connection, subscriptions).values(
            chat_id=subscription.chat_id,
            **_values(subscription),
        )
        new_id = self._connection.execute(statement.returning(subscriptions.c.id)).scalar_one()
        added = replace(subscription, id=new_id)
        self._set_topics(added)
        return added

    def change(self, subscription: Subscription) -> None:
        """Store every field of a subscription that exists."""
        statement = update(subscriptions).where(subscriptions.c.id == subscription.id)
        self._connection.execute(statement.values(_values(subscription)))
        self._set_topics(subscription)

    def draft(self, chat_id: int) -> Draft | None:
        """The settings that the chat tries; None where it tries none.

        Raises:
            UnknownSubscriberError: nobody reads there.
        """
        mine = self.subscription(chat_id)
        row = self._connection.execute(select(subscriptions.c.draft).where(subscriptions.c.id == mine.id)).one()
        return _draft(row.draft, mine) if row.draft else None

    def keep_draft(self, chat_id: int, draft: Draft | None) -> None:
        """Keep what the chat tries; None: it tries nothing any longer."""
        written = _written(draft) if draft else {}
        self._connection.execute(update(subscriptions).where(subscriptions.c.chat_id == chat_id).values(draft=written))

    def waking(self, now: datetime) -> tuple[Subscriber, ...]:
        """Those whose pause has ended by now."""
        which = (subscribers.c.state == SubscriberState.PAUSED.value) & (subscribers.c.paused_until <= now)
        return tuple(_subscriber(row) for row in self._connection.execute(select(subscribers).where(which)))

    def active(self) -> tuple[tuple[Subscriber, Subscription], ...]:
        """Everybody who gets editions now."""
        return self._with_subscribers(subscribers.c.state == SubscriberState.ACTIVE.value)

    def is_due(self, now: datetime) -> bool:
        """Whether the next edition of any active reader has come."""
        which = (unindexed(subscribers.c.state) == SubscriberState.ACTIVE.value) & (
            subscriptions.c.next_edition_at <= now
        )
        statement = select(subscriptions.c.id).join(subscribers).where(which).limit(1)
        return self._connection.execute(statement).first() is not None

    def several(self, subscription_ids: Iterable[int]) -> tuple[tuple[Subscriber, Subscription], ...]:
        """Those of them who get editions now."""
        # Asked for the active ones alone SQLite would look through all of these.
        found = self._with_subscribers(subscriptions.c.id.in_(list(subscription_ids)))
        return tuple(one for one in found if one[0].state is SubscriberState.ACTIVE)

    def listening(self) -> tuple[tuple[Subscriber, Subscription], ...]:
        """Active readers who want to hear of something at once: of words, or of stories that they follow."""
        followers = select(followed_stories.c.chat_id)
        which = subscriptions.c.is_listening | subscriptions.c.chat_id.in_(followers)
        return self._with_subscribers((subscribers.c.state == SubscriberState.ACTIVE.value) & which)

    def planned(self, subscription: Subscription, *, until: datetime) -> None:
        """Note that every edition of it due up to `until` has been dealt with."""
        done = replace(subscription, planned_until=until)
        values = {"planned_until": until, "next_edition_at": _next(done)}
        self._connection.execute(update(subscriptions).where(subscriptions.c.id == subscription.id).values(values))

    def _with_subscribers(self, which: ColumnElement[bool]) -> tuple[tuple[Subscriber, Subscription], ...]:
        statement = select(subscribers).join(subscriptions).where(which)
        people = {row.chat_id: _subscriber(row) for row in self._connection.execute(statement)}
        return tuple((people[one.chat_id], one) for one in self._subscriptions(which))

    def seen(self, chat_id: int) -> dict[int, datetime]:
        """The stories that the chat has had, or is about to have, and when it last had anything of each.

        What was given up before it was sent is none of them: it is new to the chat after all.
        """
        arrived = exists().where(
            parts.c.delivery_id == deliveries.c.id,
            parts.c.number == told_stories.c.message,
            parts.c.state != PartState.QUEUED.value,
        )
        statement = (
            select(told_stories.c.story_id, compositions.c.created_at)
            .join(compositions, compositions.c.id == told_stories.c.composition_id)
            .join(deliveries, deliveries.c.composition_id == compositions.c.id)
            .join(subscriptions, subscriptions.c.id == deliveries.c.subscription_id)
            .where(subscriptions.c.chat_id == chat_id, or_(deliveries.c.state != _DROPPED, arrived))
            .order_by(compositions.c.created_at)
        )
        return {row[0]: row[1] for row in self._connection.execute(statement)}

    def follow_story(self, chat_id: int, story_id: int, *, now: datetime, most: int) -> None:
        """Follow the story; of more than `most` the one followed longest gives way."""
        row = {"chat_id": chat_id, "story_id": story_id, "followed_at": now}
        self._connection.execute(insert(self._connection, followed_stories).values(row).on_conflict_do_nothing())
        for one in self.followed(chat_id)[most:]:
            self.unfollow_story(chat_id, one)

    def unfollow_story(self, chat_id: int, story_id: int) -> None:
        """Follow it no longer."""
        which = (followed_stories.c.chat_id == chat_id) & (followed_stories.c.story_id == story_id)
        self._connection.execute(delete(followed_stories).where(which))

    def followed(self, chat_id: int) -> tuple[int, ...]:
        """The stories that the chat follows, the latest first."""
        statement = (
            select(followed_stories.c.story_id)
            .where(followed_stories.c.chat_id == chat_id)
            .order_by(followed_stories.c.followed_at.desc(), followed_stories.c.story_id.desc())
        )
        return tuple(self._connection.execute(statement).scalars())

    def following(self) -> dict[int, frozenset[int]]:
        """Chat -> the stories that it follows, of those that follow any."""
        found: dict[int, set[int]] = {}
        for row in self._connection.execute(select(followed_stories.c.chat_id, followed_stories.c.story_id)):
            found.setdefault(row.chat_id, set()).add(row.story_id)
        return {chat_id: frozenset(several) for chat_id, several in found.items()}

    def noticed(self, subscription_id: int, *, until: datetime) -> None:
        """Note that what was gathered up to then has been looked through for notices."""
        statement = update(subscriptions).where(subscriptions.c.id == subscription_id)
        self._connection.execute(statement.values(noticed_until=until))

    def save_article(self, chat_id: int, article: SavedArticle, *, most: int) -> None:
        """Keep it for the chat; of more than `most` the oldest give way."""
        row = {"chat_id": chat_id, **asdict(article)}
        self._connection.execute(insert(self._connection, saved_articles).values(row).on_conflict_do_nothing())
        for one in self.saved(chat_id)[most:]:
            self.forget_saved(chat_id, one.url)

    def forget_saved(self, chat_id: int, url: str) -> None:
        """Keep it no longer."""
        which = (saved_articles.c.chat_id == chat_id) & (saved_articles.c.url == url)
        self._connection.execute(delete(saved_articles).where(which))

    def saved(self, chat_id: int) -> tuple[SavedArticle, ...]:
        """What the chat keeps, the newest first."""
        statement = (
            select(saved_articles)
            .where(saved_articles.c.chat_id == chat_id)
            .order_by(saved_articles.c.saved_at.desc(), saved_articles.c.url)
        )
        return tuple(
            SavedArticle(url=row.url, title=row.title, source=row.source, saved_at=row.saved_at)
            for row in self._connection.execute(statement)
        )

    def move(self, chat_id: int, new_chat_id: int) -> None:
        """The chat has another number now; everything of it goes along. A subscriber already there gives way.

        Nothing happens when the chat has moved already: word of it comes more than once.
        """
        if chat_id == new_chat_id or self.find(chat_id) is None:
            return
        self.erase(new_chat_id)
        # In the new chat messages are numbered anew.
        theirs = select(deliveries.c.id).join(subscriptions).where(subscriptions.c.chat_id == chat_id)
        self._connection.execute(delete(sent_messages).where(sent_messages.c.delivery_id.in_(theirs)))
        statement = update(subscribers).where(subscribers.c.chat_id == chat_id)
        self._connection.execute(statement.values(chat_id=new_chat_id))

    def erase(self, chat_id: int) -> None:
        """Forget the chat and everything kept about it."""
        outbox = Outbox(self._connection)
        had = outbox.compositions_of(chat_id)
        self._connection.execute(delete(subscribers).where(subscribers.c.chat_id == chat_id))
        for composition_id in had:
            outbox.forget_composition(composition_id)

    def _set_topics(self, subscription: Subscription) -> None:
        mine = subscription_topics.c.subscription_id == subscription.id
        self._connection.execute(delete(subscription_topics).where(mine))
        rows = [{"subscription_id": subscription.id, "slug": slug} for slug in sorted(subscription.topics)]
        if rows:
            self._connection.execute(insert(self._connection, subscription_topics), rows)

    def _subscriptions(self, which: Any) -> tuple[Subscription, ...]:  # noqa: ANN401
        ids = select(subscriptions.c.id).join(subscribers).where(which)
        topics: dict[int, set[str]] = {}
        chosen = select(subscription_topics).where(subscription_topics.c.subscription_id.in_(ids))
        for row in self._connection.execute(chosen):
            topics.setdefault(row.subscription_id, set()).add(row.slug)
        rows = self._connection.execute(select(subscriptions).where(subscriptions.c.id.in_(ids)))
        return tuple(_subscription(row, topics.get(row.id, set())) for row in rows)


def _values(subscription: Subscription) -> dict[str, object]:
    return {
        **_choices(subscription),
        "planned_until": subscription.planned_until,
        "noticed_until": subscription.noticed_until,
        "next_edition_at": _next(subscription),
        "is_listening": bool(subscription.alerts),
    }


def _next(subscription: Subscription) -> datetime | None:
    """The first edition after what has been dealt with; None where its zone is none that this machine knows."""
    try:
        return next_edition_at(subscription, subscription.planned_until)
    except (KeyError, ValueError, OSError):
        log.exception("subscription %d has no usable zone: %r", subscription.id, subscription.zone)
        return None


def _choices(subscription: Subscription) -> dict[str, object]:
    """What the reader chose, topics aside, as JSON has it."""
    quiet = subscription.quiet
    return {
        "times": _clocks(subscription.times),
        "zone": subscription.zone,
        "weekend_times": _clocks(subscription.weekend_times),
        "days": sorted(subscription.days),
        "minutes": subscription.minutes,
        "muted": sorted(subscription.muted),
        "excluded": list(subscription.excluded),
        "included": list(subscription.included),
        "alerts": list(subscription.alerts),
        "quiet": _clocks((quiet.start, quiet.end)) if quiet else [],
        "announcements": subscription.announcements,
        "max_stories": subscription.max_stories,
    }


def _clocks(times: Iterable[time]) -> list[str]:
    return [at.isoformat(timespec="minutes") for at in times]


def chosen(values: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a subscription as `_choices` writes them; announcements may be missing."""
    quiet = [time.fromisoformat(at) for at in values["quiet"]]
    return {
        "times": tuple(time.fromisoformat(at) for at in values["times"]),
        "zone": values["zone"],
        "weekend_times": tuple(time.fromisoformat(at) for at in values["weekend_times"]),
        "days": frozenset(values["days"]),
        "minutes": values["minutes"],
        "muted": frozenset(values["muted"]),
        "excluded": tuple(values["excluded"]),
        "included": tuple(values["included"]),
        "alerts": tuple(values["alerts"]),
        "quiet": QuietHours(start=quiet[0], end=quiet[1]) if quiet else None,
        "announcements": values.get("announcements", False),
        "max_stories": values["max_stories"],
    }


def _written(draft: Draft) -> dict[str, object]:
    return {
        **_choices(draft.subscription),
        "topics": sorted(draft.subscription.topics),
        "language": draft.language,
        "begun_at": draft.begun_at.isoformat(),
    }


def _draft(written: Mapping[str, Any], mine: Subscription) -> Draft:
    return Draft(
        subscription=replace(mine, topics=frozenset(written["topics"]), **chosen(written)),
        language=written["language"],
        begun_at=datetime.fromisoformat(written["begun_at"]),
    )


def _subscriber(row: Row[Any]) -> Subscriber:
    return Subscriber(
        chat_id=row.chat_id,
        language=row.language,
        state=SubscriberState(row.state),
        paused_until=row.paused_until,
    )


def _subscription(row: Row[Any], topics: Iterable[str]) -> Subscription:
    return Subscription(
        id=row.id,
        chat_id=row.chat_id,
        topics=frozenset(topics),
        planned_until=row.planned_until,
        noticed_until=row.noticed_until,
        **chosen(row._asdict()),
    )
