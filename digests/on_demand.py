"""Use case of anyone with a link or a text: its summary."""

import hashlib
from collections.abc import Hashable
from datetime import timedelta
from typing import Any

from cachetools import Cache, LRUCache, TTLCache

from digests.model import Length, Page, Response, Summary
from digests.pipeline.reading import MAX_PAGE
from digests.ports import Fetcher, Worker
from digests.reading import compare_engines, read_document, read_pasted

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
        self._length = Length(sentences=sentences)
        self._links: TTLCache[tuple[str, Length, str], Read] = TTLCache(
            MOST_KEPT, JUST_NOW.total_seconds(), getsizeof=_size
        )
        self._documents: LRUCache[tuple[bytes, str, str, Length, str], Read] = LRUCache(MOST_KEPT, getsizeof=_size)

    async def of_link(
        self, url: str, *, length: Length | None = None, engine: str | None = None
    ) -> tuple[Page, Summary]:
        """The article behind the address, and its summary; an address that was asked for just now is not fetched anew.

        Raises:
            FetchError: the address could not be had.
            UnreadablePageError: there is no article.
        """
        asked = (url, length or self._length, engine or self._engine)
        if asked in self._links:
            return self._links[asked]
        answer = await self.page(url)
        found = await self.of_document(answer.body, answer.content_type, answer.url, length=length, engine=engine)
        _keep(self._links, asked, found)
        return found

    async def page(self, url: str) -> Response:
        """What stands behind the address.

        Raises:
            FetchError: it could not be had.
        """
        answer = await self._fetcher.get(url, limit=MAX_PAGE)
        assert isinstance(answer, Response)  # without validators nothing is unchanged
        return answer

    async def of_document(
        self,
        body: bytes,
        content_type: str,
        url: str,
        *,
        length: Length | None = None,
        engine: str | None = None,
    ) -> tuple[Page, Summary]:
        """The article in a page or text file, and its summary; the same bytes are read once. url: "" for none.

        Raises:
            UnreadablePageError: there is no article.
        """
        length, engine = length or self._length, engine or self._engine
        content = (hashlib.blake2b(body).digest(), content_type, url, length, engine)
        if content in self._documents:
            return self._documents[content]
        found: Read = await self._worker.run(read_document, body, content_type, url, length=length, engine=engine)
        _keep(self._documents, content, found)
        return found

    async def of_text(self, text: str) -> tuple[Page, Summary]:
        """The article in a pasted text, and its summary.

        Raises:
            UnreadablePageError: there is no article.
        """
        return await self._worker.run(read_pasted, text[:MAX_TEXT], length=self._length, engine=self._engine)

    async def by_every_engine(
        self, body: bytes, content_type: str, url: str, *, length: Length | None = None
    ) -> tuple[Page, tuple[Summary, ...]]:
        """The article in a page or text file, and what every engine makes of it.

        Raises:
            UnreadablePageError: there is no article.
        """
        return await self._worker.run(compare_engines, body, content_type, url, length=length or self._length)


def _size(read: Read) -> int:
    return len(read[0].text)


def _keep(cache: Cache[Any, Read], key: Hashable, read: Read) -> None:
    if _size(read) <= cache.maxsize:
        cache[key] = read
