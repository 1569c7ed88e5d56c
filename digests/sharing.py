"""Stories to be shared with others: found by words, or the latest."""

from dataclasses import dataclass

from digests.browsing import asked_for
from digests.model import Story
from digests.store.unit_of_work import Store

SHARED = 20
"""Stories of one page: a screen or two; more come as one scrolls."""


@dataclass(frozen=True, kw_only=True)
class SharePage:
    """Stories to choose from. next_start: where the next page begins; None after the last."""

    stories: tuple[Story, ...]
    next_start: int | None


class Sharing:
    """What anybody can pass on. Safe to call from any thread."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def find(self, query: str, *, reader_id: int, start: int) -> SharePage:
        """`SHARED` stories from `start` on, those with the newest articles first.

        query: words that one article must have, as in `Browsing.search`; without any, the latest stories: of the
        topics that the reader follows, of all for somebody who follows none.
        """
        asked = asked_for(query)
        with self._store.read() as work:
            if query.strip():
                found = work.articles.find_stories(asked, start=start, limit=SHARED + 1)
            else:
                followed = work.readers.topics_of(reader_id)
                found = work.articles.latest_stories(followed, start=start, limit=SHARED + 1)
            stories = work.articles.stories_of(found[:SHARED])
        return SharePage(stories=stories, next_start=start + SHARED if len(found) > SHARED else None)
