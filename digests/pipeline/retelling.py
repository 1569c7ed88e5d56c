"""Headlines and summaries in other words, where the operator has a language model: after reading, in the background.

Nobody waits for it. What a model said is told only as far as `digests.retell.check` finds nothing against it; it is
asked once for each article and language, within the budget of the day, and left alone while it fails.
"""

import asyncio
import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from cachetools import LRUCache

from digests.curate.ranking import led_in
from digests.errors import ModelError, WorkerError
from digests.model import UNSURE, Coverage, Wording
from digests.ports import Answer, Clock, LanguageModel, Worker
from digests.retell.breaker import Breaker
from digests.retell.check import checked
from digests.retell.figures import LANGUAGES
from digests.retell.request import Request, request_for
from digests.store.unit_of_work import Store

log = logging.getLogger(__name__)

WINDOW = timedelta(hours=24)
"""Stories that were published since then are retold: the rest was told before."""

AT_A_TIME = 2
"""Requests under way."""

IN_A_RUN = 20
"""Requests of one run; the newest stories come first, and what came meanwhile is seen by the next run."""

WORTH_REWORDING = 140
"""Characters of a summary; a shorter one is short enough."""

TRIES = 2
"""At one text while the model fails: then it may be the text."""

REWORDING, TRANSLATION = "rewording", "translation"
ACCEPTED, REJECTED, FAILED = "accepted", "rejected", "failed"


@dataclass(frozen=True, kw_only=True)
class _Wish:
    """An article in words for readers of that language."""

    article_id: int
    original: Wording
    language: str

    @property
    def key(self) -> tuple[int, str]:
        """What it is remembered by."""
        return self.article_id, self.language

    @property
    def kind(self) -> str:
        """Of it, as counted."""
        return REWORDING if self.language == self.original.language else TRANSLATION


class Reteller:
    """Asks the model for what readers are likely to get. on_result: told the kind, what came of it, and the tokens."""

    def __init__(self, store: Store, model: LanguageModel, worker: Worker, clock: Clock, *, daily_tokens: int) -> None:
        self._store = store
        self._model = model
        self._worker = worker
        self._clock = clock
        self._daily_tokens = daily_tokens
        self._breaker = Breaker()
        self._failures: LRUCache[tuple[int, str], int] = LRUCache(10_000)
        self._nothing_since: datetime | None = None
        self._spent_on: date | None = None
        self.on_result: Callable[[str, str, int], None] = lambda _kind, _result, _tokens: None

    async def retell(self) -> int:
        """Ask for some of what is not retold yet; how much of it can be told. Faults are logged, never raised."""
        now = self._clock()
        if self._breaker.is_open(now) or self._spent_on == now.date():
            return 0
        wishes = iter(await asyncio.to_thread(self._wishes, now))
        several = 1 if self._breaker.is_probing() else AT_A_TIME
        return sum(await asyncio.gather(*(self._work_off(wishes) for _ in range(several))))

    async def _work_off(self, wishes: Iterator[_Wish]) -> int:
        count = 0
        for wish in wishes:
            if self._breaker.is_open(self._clock()):
                break
            request = request_for(wish.original, wish.language)
            if not await asyncio.to_thread(self._put_aside, request):
                break
            count += await self._retell(wish, request)
        return count

    async def _retell(self, wish: _Wish, request: Request) -> bool:
        try:
            answer = await self._model.ask(request.instruction, request.data, limit=request.limit)
        except ModelError as error:
            self._breaker.failed(self._clock(), error.retry_in)
            self._failures[wish.key] = self._failures.get(wish.key, 0) + 1
            log.warning("the language model failed at article %d (%s): %s", wish.article_id, wish.language, error)
            self.on_result(wish.kind, FAILED, 0)
            return False
        self._breaker.answered()
        try:
            told = await self._worker.run(checked, answer.text, wish.original, wish.language)
        except WorkerError as error:
            self._failures[wish.key] = TRIES
            log.warning("what the model made of article %d can't be checked: %s", wish.article_id, error)
            self.on_result(wish.kind, FAILED, answer.tokens or request.most_tokens)
            return False
        wording = told if isinstance(told, Wording) else None
        fault = "" if isinstance(told, Wording) else told.value
        await asyncio.to_thread(self._keep, wish, wording, fault, request, answer)
        self.on_result(wish.kind, ACCEPTED if wording else REJECTED, answer.tokens or request.most_tokens)
        return wording is not None

    def _wishes(self, now: datetime) -> list[_Wish]:
        """What is to be asked for next, the newest stories first."""
        with self._store.read() as work:
            if self._nothing_since is not None and not work.articles.anything_since(self._nothing_since):
                return []
            readers = work.retellings.wishes()
            stories = work.articles.stories(now - WINDOW) if readers else ()
            tried = work.retellings.tried(now - WINDOW)
        wanted: dict[tuple[int, str], _Wish] = {}
        for story in sorted(stories, key=lambda one: one.published_at, reverse=True):
            for language, slugs in sorted(readers.items()):
                if not story.topics & slugs:
                    continue
                lead = led_in(story, language).lead
                for wish in _of(lead, language):
                    if wish.key not in tried and self._failures.get(wish.key, 0) < TRIES:
                        wanted.setdefault(wish.key, wish)
            if len(wanted) >= IN_A_RUN:
                break
        self._nothing_since = None if wanted else now
        return list(wanted.values())[:IN_A_RUN]

    def _put_aside(self, request: Request) -> bool:
        """Take what the request can cost from the budget before it is asked; False where that is more than is left."""
        now = self._clock()
        with self._store.begin() as work:
            if work.retellings.spent(now) + request.most_tokens > self._daily_tokens:
                self._spent_on = now.date()
                log.info("the language model's budget of the day is used up")
                return False
            work.retellings.spend(request.most_tokens, now=now)
        return True

    def _keep(self, wish: _Wish, told: Wording | None, fault: str, request: Request, answer: Answer) -> None:
        now = self._clock()
        with self._store.begin() as work:
            work.retellings.keep(wish.article_id, wish.original, wish.language, told, fault=fault, now=now)
            if answer.tokens is not None:
                work.retellings.spend(answer.tokens - request.most_tokens, now=now)


def _of(lead: Coverage, language: str) -> Iterator[_Wish]:
    """What readers of that language may get of the article: a translation, else a shorter summary."""
    if not lead.summary or lead.language == UNSURE:
        return
    original = Wording(language=lead.language, title=lead.title, summary=lead.summary)
    translatable = {lead.language, language} <= LANGUAGES
    if translatable if lead.language != language else sum(map(len, lead.summary)) >= WORTH_REWORDING:
        yield _Wish(article_id=lead.article_id, original=original, language=language)
