"""Use case of anyone with a link or a text: its summary."""

import hashlib
from collections.abc import Hashable
from datetime import timedelta
from typing import Any

from cachetools import Cache, LRUCache, TTLCache

from digests.model import Page, Response, Summary
from digests.pipeline.reading import MAX_PAGE
from digests.ports import Fetcher, Worker
from digests.reading import read_document, read_pasted

MAX_TEXT = 200_000
"""Characters of a pasted text; a long novel chapter, and beyond what anyone calls an article."""

MOST_KEPT = 5_000_000
"""Characters of articles that are kept for whoever asks next; twice, by address and by content."""

JUST_NOW = timedelta(minutes=10)

Read = tuple[Page, Summary]


class Summaries:
    """Summaries on demand."""

    def __init__(self, fetcher: Fetcher, worker: Worker, *, engine: str, sentences: int) -> None:
        """engine: name of the summarizer; sentences: how many a summary has unless somebody asks for more or fewer."""
        self._fetcher = fetcher
        self._worker = worker
        self._engine = engine
        self._sentences = sentences
        self._links: TTLCache[tuple[str, int], Read] = TTLCache(MOST_KEPT, JUST_NOW.total_seconds(), getsizeof=_size)
        self._documents: LRUCache[tuple[bytes, str, str, int], Read] = LRUCache(MOST_KEPT, getsizeof=_size)

    async def of_link(self, url: str, *, sentences: int | None = None) -> tuple[Page, Summary]:
        """The article behind the address, and its summary; an address that was asked for just now is not fetched anew.

        Raises:
            FetchError: the address could not be had.
            UnreadablePageError: there is no article.
        """
        asked = (url, sentences or self._sentences)
        if asked not in self._links:
            answer = await self._fetcher.get(url, limit=MAX_PAGE)
            assert isinstance(answer, Response)  # without validators nothing is unchanged
            found = await self.of_document(answer.body, answer.content_type, answer.url, sentences=sentences)
            _keep(self._links, asked, found)
            return found
        return self._links[asked]

    async def of_document(
        self,
        body: bytes,
        content_type: str,
        url: str,
        *,
        sentences: int | None = None,
    ) -> tuple[Page, Summary]:
        """The article in a page or text file, and its summary; the same bytes are read once. url: "" for none.

        Raises:
            UnreadablePageError: there is no article.
        """
        wanted = sentences or self._sentences
        content = (hashlib.blake2b(body).digest(), content_type, url, wanted)
        if content in self._documents:
            return self._documents[content]
        found: Read = await self._worker.run(
            read_document, body, content_type, url, sentences=wanted, engine=self._engine
        )
        _keep(self._documents, content, found)
        return found

    async def of_text(self, text: str, *, sentences: int | None = None) -> tuple[Page, Summary]:
        """The article in a pasted text, and its summary.

        Raises:
            UnreadablePageError: there is no article.
        """
        wanted = sentences or self._sentences
        return await self._worker.run(read_pasted, text[:MAX_TEXT], sentences=wanted, engine=self._engine)


def _size(read: Read) -> int:
    return len(read[0].text)


def _keep(cache: Cache[Any, Read], key: Hashable, read: Read) -> None:
    if _size(read) <= cache.maxsize:
        cache[key] = read
