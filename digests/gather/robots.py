"""robots.txt (RFC 9309): which pages a site asks programs not to read."""

import asyncio
import re
from dataclasses import dataclass
from datetime import timedelta
from weakref import WeakValueDictionary

from cachetools import TLRUCache
from protego import Protego
from yarl import URL

from digests.errors import FetchError, HttpStatusError, RobotsError, WorkerError
from digests.model import Response
from digests.ports import Clock, Fetcher, Worker

AGENT = "NewsDigestBot"
"""The name that rules can be addressed to; the user agent begins with it."""

MAX_BYTES = 500 * 1024
"""Of a robots.txt that are read: what RFC 9309, section 2.5 asks at least."""

REMEMBERED_FOR = timedelta(hours=24)
"""The longest that RFC 9309, section 2.4 allows."""

CLOSED_FOR = timedelta(minutes=10)
"""How long a site is left alone whose robots.txt can't be had for a fault of its own (section 2.3.1.4)."""

ANSWERS_WITHIN = timedelta(seconds=30)
"""All redirects together."""

MOST_REMEMBERED = 16 * 1024 * 1024
"""Bytes of all files together."""


_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_NAMING = re.compile(r"^(\s*user(?:-|\s+)?agent\b\s*:?)([^#]*)", re.IGNORECASE)
_PRODUCT = re.compile(r"[a-z_-]+", re.IGNORECASE)
_NOBODY = "?"
"""Stands for all programs that are not us; no part of our name."""


def allows(body: bytes, url: str, agent: str) -> bool:
    """Whether the rules in `body` let `agent` read `url`. Pure, and meant for a worker: patterns may be hostile."""
    text = body.removeprefix(_BYTE_ORDER_MARK).decode("utf-8", "replace")
    # Protego asks whether a group's name begins a word of ours; RFC 9309, section 2.2.1 compares whole product tokens.
    lines = [_NAMING.sub(lambda found: f"{found[1]} {_named(found[2], agent)}", line) for line in text.splitlines()]
    allowed: bool = Protego.parse("\n".join(lines)).can_fetch(url, agent)
    return allowed


def _named(written: str, agent: str) -> str:
    """Whom a line names: everyone, `agent`, whatever version of it is meant, or nobody."""
    if written.split(maxsplit=1)[:1] == ["*"]:
        return "*"
    product = _PRODUCT.match(written.strip())
    return agent if product and product[0].casefold() == agent.casefold() else _NOBODY


@dataclass(frozen=True)
class _Rules:
    body: bytes
    last: timedelta


_ALL_OPEN = _Rules(b"", REMEMBERED_FOR)
_CLOSED = _Rules(b"User-agent: *\nDisallow: /", CLOSED_FOR)


class Robots:
    """Asks each site once a day, and knows until then."""

    def __init__(self, fetcher: Fetcher, worker: Worker, clock: Clock) -> None:
        self._fetcher = fetcher
        self._worker = worker
        self._known: TLRUCache[str, _Rules] = TLRUCache(
            MOST_REMEMBERED,
            ttu=lambda _site, rules, now: now + rules.last.total_seconds(),
            timer=lambda: clock().timestamp(),
            getsizeof=lambda rules: len(rules.body) + 1000,
        )
        self._asking: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def check(self, url: str) -> None:
        """The `Gate` of pages.

        Raises:
            RobotsError: the site asks programs not to read that page, or can't say.
        """
        rules = await self._rules(str(URL(url).origin()))
        if rules is _ALL_OPEN:
            return
        try:
            allowed = rules is not _CLOSED and await self._worker.run(allows, rules.body, url, AGENT)
        except WorkerError as error:
            raise RobotsError("rules that can't be read") from error
        if not allowed:
            raise RobotsError("the site asks programs not to read this page")

    async def _rules(self, site: str) -> _Rules:
        async with self._asking.setdefault(site, asyncio.Lock()):
            known = self._known.get(site)
            if known is None:
                known = self._known[site] = await self._ask(f"{site}/robots.txt")
            return known

    async def _ask(self, url: str) -> _Rules:
        try:
            async with asyncio.timeout(ANSWERS_WITHIN.total_seconds()):
                answer = await self._fetcher.get(url, limit=MAX_BYTES, cut=True)
        except HttpStatusError as error:
            return _ALL_OPEN if 400 <= error.status < 500 else _CLOSED  # noqa: PLR2004 - as section 2.3.1 has it
        except (FetchError, TimeoutError):
            return _CLOSED
        body = _whole_lines(answer.body) if isinstance(answer, Response) else b""
        return _Rules(body, REMEMBERED_FOR) if body else _ALL_OPEN


def _whole_lines(body: bytes) -> bytes:
    """`body` without the line that its limit cuts: half a path closes more than its whole."""
    if len(body) < MAX_BYTES:
        return body
    return body[: max(body.rfind(b"\n"), body.rfind(b"\r")) + 1]
