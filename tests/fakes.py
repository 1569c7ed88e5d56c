"""What stands past the wire in the tests: the second implementation of every port."""

import asyncio
import hashlib
from collections import Counter
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime

from builders import NOW
from digests.errors import FetchError, HttpStatusError
from digests.model import Digest, EditionKind, Part, Response, Unchanged, Validators


@dataclass
class FakeClock:
    """A clock that stands still until it is set."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now


class InlineWorker:
    """The Worker port without a process: calls the function where it stands."""

    def __init__(self) -> None:
        self.calls = Counter()

    async def run(self, function, *args, **kwargs):
        self.calls[function.__name__] += 1
        return function(*args, **kwargs)


class SlowWorker(InlineWorker):
    """Begins what it is given when it is let, and fails with what it is told to."""

    def __init__(self):
        super().__init__()
        self.let = asyncio.Event()
        self.error = None

    async def run(self, function, *args, **kwargs):
        await self.let.wait()
        if self.error is not None:
            raise self.error
        return await super().run(function, *args, **kwargs)


class FakeFetcher:
    """The Fetcher port over a table of bodies; what is not in it answers 404.

    bodies: address -> bytes, or the FetchError to raise, or the answer itself, or a function that gives one of them.
    requests: (address, validators) in order.
    """

    def __init__(self, bodies=None, *, content_type="") -> None:
        self.bodies = dict(bodies or {})
        self.requests = []
        self._content_type = content_type

    @asynccontextmanager
    async def turn(self, url):
        yield

    async def get(self, url, validators=None, *, limit, gate=None, cut=False):
        if gate is not None:
            await gate(url)
        self.requests.append((url, validators))
        body = self.bodies.get(url, HttpStatusError(404))
        if callable(body):
            body = body()
        if isinstance(body, FetchError):
            raise body
        if isinstance(body, Unchanged | Response):
            return body
        if validators and validators.body_hash == hashlib.sha256(body).hexdigest():
            return Unchanged(url=url, validators=validators)
        return Response(
            url=url,
            content_type=self._content_type,
            body=body,
            validators=Validators(body_hash=hashlib.sha256(body).hexdigest()),
        )

    def count(self, url):
        """How often the address was asked for."""
        return sum(asked == url for asked, _ in self.requests)


async def open_gate(url):
    """The `Gate` of sites that have no robots.txt."""


class FakeSender:
    """The Sender port with scripted outcomes.

    outcomes: what happens to the first sends, in order: None accepts, an exception is raised; then all are accepted.
    before: called with each part before its outcome, for what happens while a message is on its way.
    sent: (chat, text) accepted, in order. tried: the same, refused ones included. parts: the parts accepted.
    """

    def __init__(self, *outcomes) -> None:
        self.outcomes = list(outcomes)
        self.before = None
        self.sent = []
        self.tried = []
        self.parts = []

    async def wait_for_turn(self, chat_id: int, kind: EditionKind) -> None:
        """At once."""

    async def send(self, chat_id: int, part: Part, kind: EditionKind = EditionKind.ON_DEMAND) -> int:
        self.tried.append((chat_id, part.text))
        if self.before is not None:
            self.before(part)
        outcome = self.outcomes.pop(0) if self.outcomes else None
        if outcome is not None:
            raise outcome
        self.sent.append((chat_id, part.text))
        self.parts.append(part)
        return len(self.parts)

    @property
    def texts(self):
        """The texts accepted, in order."""
        return [text for _, text in self.sent]


def plain_renderer(digest: Digest, kind: EditionKind, language: str) -> tuple[Part, ...]:
    """The Renderer port: each story its own part, told by its headline; one silent part when there is none."""
    if not digest.sections:
        return (Part(text="nothing new", silent=True),)
    return tuple(Part(text=story.lead.title, stories=(story.id,)) for story in digest.stories)
