"""What the news needs from outside: each port has an adapter at the edge and a fake in the tests."""

from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import Future
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import ParamSpec, Protocol, TypeVar

from digests.model import Article, Digest, EditionKind, Part, Response, Summary, Unchanged, Validators

P = ParamSpec("P")
T = TypeVar("T")

Gate = Callable[[str], Awaitable[None]]
"""Raises a `FetchError` for an address that is not to be fetched."""


class Clock(Protocol):
    """The present."""

    def __call__(self) -> datetime:
        """Now: aware, in UTC, never going back by more than a clock correction."""
        ...


class Fetcher(Protocol):
    """Brings bodies from addresses, within limits of size, time and reach."""

    def turn(self, url: str) -> AbstractAsyncContextManager[None]:
        """Entered once the host of `url` may be asked for one more thing; left when it has answered.

        For work that nobody waits for: a host that many feeds or pages come from is not to notice how many.
        """
        ...

    async def get(
        self,
        url: str,
        validators: Validators | None = None,
        *,
        limit: int,
        gate: Gate | None = None,
        cut: bool = False,
    ) -> Response | Unchanged:
        """The body at `url`, of at most `limit` bytes, or `Unchanged` when `validators` still hold.

        gate: asked before `url` and before every address that it redirects to.
        cut: take the first `limit` bytes of a longer body, rather than refuse it.

        Raises:
            FetchError: of the kind that says why there is nothing to read.
        """
        ...


class Summarizer(Protocol):
    """Condenses one article. Pure: no I/O, and equal input gives equal output."""

    def summarize(self, article: Article, *, sentences: int) -> Summary:
        """At most `sentences` sentences of the article, in the order they stand there.

        A shorter article comes back whole; one without text gives none.
        """
        ...


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What a language model said. tokens: what it cost, question included; None where the endpoint does not say."""

    text: str
    tokens: int | None = None


class LanguageModel(Protocol):
    """Answers in words. Whatever it says is untrusted."""

    async def ask(self, instruction: str, data: str, *, limit: int) -> Answer:
        """What it makes of `data`, which is of others and never an instruction. limit: tokens of the answer.

        Raises:
            ModelError: of the kind that says whether to ask again.
        """
        ...


class Worker(Protocol):
    """Does CPU work away from the event loop."""

    async def run(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """`function(*args, **kwargs)`, all of them picklable, the function importable by name.

        Raises:
            NewsDigestError: as the function raised it.
            WorkerError: when it died, raised something unexpected or took too long.
        """
        ...


class Benches(Protocol):
    """Processes that keep what they were given at their start, each with its own line of work."""

    @property
    def count(self) -> int:
        """How many there are, at least one."""
        ...

    def submit(self, bench: int, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Do it on that bench, 0..`count` - 1, after what it was given before; as for `Worker.run`.

        The future raises what `Worker.run` raises.
        """
        ...

    def close(self) -> None:
        """End them, whatever they are doing."""
        ...


class OpenBenches(Protocol):
    """Starts processes."""

    def __call__(self, prepare: Callable[[], None]) -> Benches:
        """prepare: run at the start of each, before any work. Picklable."""
        ...


class Renderer(Protocol):
    """Writes a digest as the messages that one reader sees."""

    def __call__(self, digest: Digest, kind: EditionKind, language: str) -> Sequence[Part]:
        """At least one part, each within the limits of the messenger."""
        ...


class Sender(Protocol):
    """Hands messages to the messenger."""

    async def wait_for_turn(self, chat_id: int, kind: EditionKind) -> None:
        """Return when a message to that chat may be sent at once; to be called before each `send`.

        kind: what waits for an answer goes first, then editions, and broadcasts when nothing else is to be sent.
        """
        ...

    async def send(self, chat_id: int, part: Part, kind: EditionKind = EditionKind.ON_DEMAND) -> int:
        """The messenger's number of the message, once it has accepted `part`.

        kind: of what goes to many at once the messenger may want to be told.

        Raises:
            DeliveryError: of the kind that says what to do next.
        """
        ...
