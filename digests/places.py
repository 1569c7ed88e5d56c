"""Where in its chat a digest goes: into the threads of its topics, where the chat has such."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from digests.errors import UnknownSubscriberError
from digests.model import Digest, Part, Place
from digests.store.unit_of_work import Store


class Places:
    """What the admins of a chat decide about its threads. Safe to call from any thread."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def place(self, chat_id: int) -> Place:
        """Where the chat's digests go."""
        with self._store.read() as work:
            return work.places.place(chat_id)

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
    """The messages of a digest, each with its thread: one digest for each, of which only the first makes a sound."""
    alone = not place.threads and place.home is None
    return tuple(
        # A message of one thread can't answer one of another.
        replace(part, thread=thread, silent=part.silent or number > 0, reply_to=part.reply_to if alone else None)
        for number, (thread, told) in enumerate(_by_thread(digest, place))
        for part in write(told)
    )


def _by_thread(digest: Digest, place: Place) -> list[tuple[int | None, Digest]]:
    """The sections of each thread as a digest of their own, in the order of the first of them."""
    threads = dict.fromkeys(place.threads.get(one.topic.slug, place.home) for one in digest.sections)
    if len(threads) <= 1:
        return [(next(iter(threads), place.home), digest)]
    divided = []
    for thread in threads:
        sections = tuple(one for one in digest.sections if place.threads.get(one.topic.slug, place.home) == thread)
        told = replace(digest, sections=sections)
        divided.append((thread, replace(told, tally=replace(digest.tally, shown=len(told.stories)))))
    return divided
