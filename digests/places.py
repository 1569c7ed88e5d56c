"""Groups and channels: who administers them, and where in them a digest goes."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from digests.errors import UnknownSubscriberError
from digests.model import Digest, KnownChat, Part, Place
from digests.store.unit_of_work import Store


class Places:
    """What is known of groups and channels, and decided about their threads. Safe to call from any thread."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def place(self, chat_id: int) -> Place:
        """Where the chat's digests go."""
        with self._store.read() as work:
            return work.places.place(chat_id)

    def known(self, chat_id: int) -> KnownChat | None:
        """That group or channel; None for one that the bot is not in, as far as it was told."""
        with self._store.read() as work:
            return work.places.known(chat_id)

    def of_admin(self, user_id: int) -> tuple[KnownChat, ...]:
        """Groups and channels whose admin that person was when it was last looked, by their titles.

        Good for offering them; whoever lets anything be changed asks the messenger itself.
        """
        with self._store.read() as work:
            return tuple(one for one in work.places.all() if user_id in one.admin_ids)

    def unchecked_since(self, instant: datetime, *, limit: int) -> tuple[KnownChat, ...]:
        """Those whose admins were last looked at before then, the longest ago first."""
        with self._store.read() as work:
            old = [one for one in work.places.all() if one.checked_at < instant]
        return tuple(sorted(old, key=lambda one: one.checked_at)[:limit])

    def note(self, chat: KnownChat) -> None:
        """Remember the chat as it is."""
        with self._store.begin() as work:
            work.places.note(chat)

    def left(self, chat_id: int) -> None:
        """The bot is no longer in the chat; what it reads is kept for the day it is let in again."""
        with self._store.begin() as work:
            work.places.forget(chat_id)

    def use_thread(self, chat_id: int, slug: str | None, thread: int | None) -> Place:
        """Let that topic, or everything else for None, go into that thread; into none of its own for None.

        Raises:
            UnknownSubscriberError: nobody reads in the chat.
            UnknownTopicError: the topic is not there.
        """
        with self._store.begin() as work:
            if slug is not None:
                work.topics.get(slug)
            if work.readers.find(chat_id) is None:
                raise UnknownSubscriberError
            work.places.set_thread(chat_id, slug, thread)
            return work.places.place(chat_id)

    def forget_threads(self, chat_id: int) -> Place:
        """Let all topics go where everything else goes."""
        with self._store.begin() as work:
            work.places.forget_threads(chat_id)
            return work.places.place(chat_id)


def placed(digest: Digest, place: Place, write: Callable[[Digest], Sequence[Part]]) -> tuple[Part, ...]:
    """The messages of a digest, each with its thread: one digest for each, of which only the first makes a sound.

    In a channel they have no buttons, so that pages that others turn to are messages too.
    """
    return tuple(
        replace(
            part,
            thread=thread,
            silent=part.silent or number > 0 or (place.is_channel and part.is_page),
            keyboard="" if place.is_channel else part.keyboard,
            is_page=part.is_page and not place.is_channel,
        )
        for number, (thread, told) in enumerate(_by_thread(digest, place))
        for part in write(told)
    )


def _by_thread(digest: Digest, place: Place) -> list[tuple[int | None, Digest]]:
    """The sections of each thread as a digest of their own, in the order of the first of them."""
    if place.threads or place.home is not None:
        digest = replace(digest, earlier={})  # a message of one thread can't answer one of another
    threads = dict.fromkeys(place.threads.get(one.topic.slug, place.home) for one in digest.sections)
    if len(threads) <= 1:
        return [(next(iter(threads), place.home), digest)]
    divided = []
    for thread in threads:
        sections = tuple(one for one in digest.sections if place.threads.get(one.topic.slug, place.home) == thread)
        told = replace(digest, sections=sections)
        divided.append((thread, replace(told, tally=replace(digest.tally, shown=len(told.stories)))))
    return divided
