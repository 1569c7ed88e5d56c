"""Use case of anyone with a link or a text: its summary."""

from digests.model import Page, Response, Summary
from digests.pipeline.reading import MAX_PAGE
from digests.ports import Fetcher, Worker
from digests.reading import read_document, read_pasted

MAX_TEXT = 200_000
"""Characters of a pasted text; a long novel chapter, and beyond what anyone calls an article."""


class Summaries:
    """Summaries on demand."""

    def __init__(self, fetcher: Fetcher, worker: Worker, *, engine: str, sentences: int) -> None:
        """engine: name of the summarizer; sentences: how many a summary has unless somebody asks for more or fewer."""
        self._fetcher = fetcher
        self._worker = worker
        self._engine = engine
        self._sentences = sentences

    async def of_link(self, url: str, *, sentences: int | None = None) -> tuple[Page, Summary]:
        """The article behind the address, and its summary.

        Raises:
            FetchError: the address could not be had.
            UnreadablePageError: there is no article.
        """
        answer = await self._fetcher.get(url, limit=MAX_PAGE)
        assert isinstance(answer, Response)  # without validators nothing is unchanged
        return await self.of_document(answer.body, answer.content_type, answer.url, sentences=sentences)

    async def of_document(
        self,
        body: bytes,
        content_type: str,
        url: str,
        *,
        sentences: int | None = None,
    ) -> tuple[Page, Summary]:
        """The article in a page or text file, and its summary. url: "" where there is none.

        Raises:
            UnreadablePageError: there is no article.
        """
        wanted = sentences or self._sentences
        return await self._worker.run(read_document, body, content_type, url, sentences=wanted, engine=self._engine)

    async def of_text(self, text: str, *, sentences: int | None = None) -> tuple[Page, Summary]:
        """The article in a pasted text, and its summary.

        Raises:
            UnreadablePageError: there is no article.
        """
        wanted = sentences or self._sentences
        return await self._worker.run(read_pasted, text[:MAX_TEXT], sentences=wanted, engine=self._engine)
