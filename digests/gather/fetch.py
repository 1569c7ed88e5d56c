"""One bounded, conditional HTTP GET. Redirects are followed by hand, and every hop is checked."""

import asyncio
import hashlib
import re
import socket
import ssl
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import partial
from types import TracebackType
from typing import Self

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from yarl import URL

from digests.errors import (
    AddressRefusedError,
    ChallengeError,
    FetchTimeoutError,
    HttpStatusError,
    TooLargeError,
    UnreachableError,
)
from digests.gather.addresses import AddressPolicy
from digests.gather.challenges import GUARDED, SEEN, is_challenge
from digests.gather.turns import OWN, STRANGERS, Pace, Turns
from digests.gather.unpacking import ACCEPTED, Unpacking
from digests.model import Response, Unchanged, Validators
from digests.ports import Gate

MAX_REDIRECTS = 5

TOTAL_TIMEOUT = timedelta(seconds=30)
"""For all hops, connecting and reading together: a server that drips bytes is cut off too."""

GATES_TIMEOUT = timedelta(seconds=60)
"""For what the gate asks before all hops, which may be a request to each host that redirects."""

CONNECT_TIMEOUT = timedelta(seconds=10)
SILENCE = timedelta(seconds=15)
"""Without a byte for so long, a server has hung."""

CONNECTIONS = 100
LOOKUPS = 32
"""Names looked up at a time. They have threads of their own: a name server that hangs keeps nothing else waiting."""

_PAUSED = frozenset({429, 503})
"""With Retry-After they ask for no more requests, and not for no more of this one (RFC 6585; RFC 9110, 15.6.4)."""

_PERMANENT = frozenset({301, 308})
_REDIRECTS = _PERMANENT | {302, 303, 307}
_CHUNK = 65_536
_LONGEST_WAIT = timedelta(days=7)
_ACCEPT = "application/rss+xml, application/atom+xml, application/feed+json, text/html;q=0.9, */*;q=0.8"
_MAX_AGE = re.compile(r"(?:^|[\s,])max-age\s*=\s*\"?([0-9]{1,9})", re.IGNORECASE)
_ALWAYS_STALE = re.compile(r"\b(?:no-cache|no-store)\b", re.IGNORECASE)

_asked_host: ContextVar[str] = ContextVar("_asked_host", default="")
"""The host of the hop that a task is at: aiohttp tells no name where it opens the socket."""


@dataclass(frozen=True, kw_only=True)
class _Asked:
    """What one call of `get` asks for, whatever hop it has come to. moved_to: as in `Response`."""

    known: Validators
    limit: int
    cut: bool
    moved_to: str = ""


class _Patience:
    """A bound of time for several stretches together."""

    def __init__(self, whole: timedelta) -> None:
        self._left = whole.total_seconds()

    @asynccontextmanager
    async def lasting(self) -> AsyncIterator[None]:
        """Raises TimeoutError within, once there is no time left."""
        loop = asyncio.get_running_loop()
        began_at = loop.time()
        try:
            async with asyncio.timeout(self._left):
                yield
        finally:
            self._left -= loop.time() - began_at


class HttpFetcher:
    """The Fetcher port over aiohttp. Use as an async context manager.

    No cookies, no proxies from the environment, no credentials in addresses.
    """

    def __init__(
        self,
        policy: AddressPolicy,
        *,
        user_agent: str,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        """user_agent: how it introduces itself; may be changed at any time."""
        self.user_agent = user_agent
        self._policy = policy
        self._clock = clock
        self._turns = Turns()
        self._session: aiohttp.ClientSession | None = None
        self._lookups = ThreadPoolExecutor(LOOKUPS, "lookup")

    async def __aenter__(self) -> Self:
        """Open the pool of connections."""
        connector = aiohttp.TCPConnector(
            limit=CONNECTIONS,
            resolver=_Resolver(self._lookups),
            socket_factory=self._socket,
            ttl_dns_cache=60,
        )
        self._session = aiohttp.ClientSession(
            connector=connector,
            headers={"Accept": _ACCEPT, "Accept-Encoding": ACCEPTED},
            auto_decompress=False,
            timeout=aiohttp.ClientTimeout(
                total=None,  # it would be that of each hop
                sock_connect=CONNECT_TIMEOUT.total_seconds(),
                sock_read=SILENCE.total_seconds(),
            ),
            cookie_jar=aiohttp.DummyCookieJar(),
            trust_env=False,
            max_line_size=16_384,
            max_field_size=16_384,
        )
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close every connection."""
        if self._session is not None:
            await self._session.close()
        self._lookups.shutdown(wait=False, cancel_futures=True)

    def turn(self, url: str) -> AbstractAsyncContextManager[None]:
        """See `digests.ports.Fetcher`."""
        try:
            parsed = URL(url)
        except ValueError:
            parsed = URL()  # `get` will say what is wrong with it
        return self._turns.of(parsed.host or "", self._pace(parsed))

    async def get(
        self,
        url: str,
        validators: Validators | None = None,
        *,
        limit: int,
        gate: Gate | None = None,
        cut: bool = False,
    ) -> Response | Unchanged:
        """See `digests.ports.Fetcher`."""
        assert self._session is not None, "use the fetcher as a context manager"
        known = validators or Validators()
        target, moved_to, is_permanent = self._policy.check_url(url), "", True
        asking, at_gates, hosts = _Patience(TOTAL_TIMEOUT), _Patience(GATES_TIMEOUT), {target.host}
        try:
            for _ in range(MAX_REDIRECTS + 1):
                if gate is not None:
                    async with at_gates.lasting():
                        await gate(str(target))
                if target.host not in hosts:
                    hosts.add(target.host)
                    await self._turns.moment(target.host or "", self._pace(target))
                self._turns.check(target.host or "")
                _asked_host.set(target.host or "")
                headers = {"User-Agent": self.user_agent, **_conditions(known)}
                async with (
                    asking.lasting(),
                    self._session.get(target, headers=headers, allow_redirects=False) as answer,
                ):
                    if answer.status not in _REDIRECTS:
                        return await self._take(answer, _Asked(known=known, limit=limit, cut=cut, moved_to=moved_to))
                    target = self._next_hop(target, answer.headers.get("Location", ""))
                    is_permanent = is_permanent and answer.status in _PERMANENT
                    moved_to = str(target) if is_permanent else moved_to
        except TimeoutError as error:
            raise FetchTimeoutError("no answer in time") from error
        except (aiohttp.ClientError, ssl.SSLError, OSError, ValueError, asyncio.IncompleteReadError) as error:
            raise _refusal(error) or UnreachableError(type(error).__name__) from error
        raise UnreachableError("too many redirects")

    async def _take(self, answer: aiohttp.ClientResponse, asked: _Asked) -> Response | Unchanged:
        url, moved_to, known = str(answer.url), asked.moved_to, asked.known
        fresh_for = self._fresh_for(answer)
        if answer.status == 304 and known != Validators():  # noqa: PLR2004 - Not Modified
            return Unchanged(url=url, validators=_renewed(known, answer), moved_to=moved_to, fresh_for=fresh_for)
        if answer.status != 200:  # noqa: PLR2004 - partial or empty answers are no bodies to read
            retry_in = self._retry_in(_header(answer, "Retry-After"))
            if answer.status in _PAUSED and retry_in:
                pace = self._pace(answer.url)
                self._turns.pause(answer.url.host or "", pace, lasts=retry_in, status=answer.status)
            if answer.status in GUARDED:
                start = await _body(answer, SEEN, cut=True, digest=hashlib.sha256())
                if is_challenge(answer.status, answer.headers, start):
                    raise ChallengeError("a page that checks for browsers")
            raise HttpStatusError(answer.status, retry_in=retry_in)
        digest = hashlib.sha256()
        body = await _body(answer, asked.limit, cut=asked.cut, digest=digest)
        if is_challenge(answer.status, answer.headers, body[:SEEN]):
            raise ChallengeError("a page that checks for browsers")
        validators = Validators(
            etag=_header(answer, "ETag"),
            last_modified=_header(answer, "Last-Modified"),
            body_hash=digest.hexdigest(),
        )
        if known.body_hash == validators.body_hash:
            return Unchanged(url=url, validators=validators, moved_to=moved_to, fresh_for=fresh_for)
        return Response(
            url=url,
            content_type=_header(answer, "Content-Type"),
            body=body,
            validators=validators,
            moved_to=moved_to,
            fresh_for=fresh_for,
        )

    def _pace(self, url: URL) -> Pace:
        return OWN if self._policy.is_own(url.host or "") else STRANGERS

    def _next_hop(self, here: URL, location: str) -> URL:
        try:
            there = here.join(URL(location))
        except ValueError as error:
            raise UnreachableError("a redirect to nowhere") from error
        return self._policy.check_url(str(there))

    def _retry_in(self, written: str, *, seconds: bool = True) -> timedelta | None:
        """How long from now: a date of HTTP, or, as in Retry-After (RFC 9110, section 10.2.3), seconds."""
        if seconds and written.isascii() and written.isdigit():
            return min(timedelta(seconds=int(written[:9])), _LONGEST_WAIT)
        try:
            until = parsedate_to_datetime(written)
            # The oldest form of HTTP's dates names no zone and means GMT.
            wait = (until if until.tzinfo else until.replace(tzinfo=UTC)) - self._clock()
        except (ValueError, OverflowError):
            return None
        return min(max(wait, timedelta()), _LONGEST_WAIT)

    def _fresh_for(self, answer: aiohttp.ClientResponse) -> timedelta:
        """How long the answer stays fresh (RFC 9111, section 4.2.1), as a cache of one's own reckons it."""
        control = _header(answer, "Cache-Control")
        if _ALWAYS_STALE.search(control):
            return timedelta()
        if found := _MAX_AGE.search(control):
            age = _header(answer, "Age")
            seconds = int(found[1]) - (int(age[:9]) if age.isascii() and age.isdigit() else 0)
            return min(max(timedelta(seconds=seconds), timedelta()), _LONGEST_WAIT)
        return self._retry_in(_header(answer, "Expires"), seconds=False) or timedelta()

    def _socket(self, info: aiohttp.AddrInfoType) -> socket.socket:
        """A socket for an address about to be connected to: after resolution, for literals and redirects alike."""
        family, kind, protocol, _, address = info
        try:
            self._policy.check_connection(str(address[0]), int(address[1]), _asked_host.get())
        except AddressRefusedError as error:
            # Only an OSError lets aiohttp go on to the next address of the same name.
            raise PermissionError("refused by policy") from error
        return socket.socket(family=family, type=kind, proto=protocol)


class _Resolver(AbstractResolver):
    """The system's resolver in threads of its own."""

    def __init__(self, threads: ThreadPoolExecutor) -> None:
        self._threads = threads

    async def resolve(
        self,
        host: str,
        port: int = 0,
        family: socket.AddressFamily = socket.AF_UNSPEC,
    ) -> list[ResolveResult]:
        """The addresses of `host`."""
        look_up = partial(socket.getaddrinfo, host, port, family, socket.SOCK_STREAM, flags=socket.AI_ADDRCONFIG)
        results = await asyncio.get_running_loop().run_in_executor(self._threads, look_up)
        found = []
        for kind, _, protocol, _, address in results:
            if kind not in (socket.AF_INET, socket.AF_INET6) or not isinstance(address[0], str):
                continue
            found.append(
                ResolveResult(
                    hostname=host,
                    host=address[0],
                    port=int(address[1]),
                    family=kind,
                    proto=protocol,
                    flags=socket.AI_NUMERICHOST | socket.AI_NUMERICSERV,
                ),
            )
        return found

    async def close(self) -> None:
        """Nothing: the threads are the fetcher's."""


async def _body(answer: aiohttp.ClientResponse, limit: int, *, cut: bool, digest: "hashlib._Hash") -> bytes:
    """The body, unpacked; its hash, taken piece by piece so that no long one holds the loop up.

    Raises:
        TooLargeError: it has more than `limit` bytes, on the wire or unpacked, and is not to be `cut`.
        UnreachableError: it ends before what it was packed from does.
        PackingError: it can't be unpacked.
    """
    announced = answer.content_length or 0
    if announced > limit and not cut:
        raise TooLargeError(limit)
    unpacking = Unpacking(_header(answer, "Content-Encoding"))
    body, came_in = bytearray(), 0
    while packed := await answer.content.read(_CHUNK):
        came_in += len(packed)
        for piece in unpacking.pieces(packed):
            body += piece
            digest.update(piece)
            if len(body) > limit:
                break
            # What is there already is read without waiting: a long body would keep all others from their turn.
            await asyncio.sleep(0)
        # What unpacks to nothing never ends by its length, and so is measured where it comes in.
        if max(len(body), came_in) > limit:
            if cut:
                return bytes(body[:limit])
            raise TooLargeError(limit)
        await asyncio.sleep(0)
    if not unpacking.is_whole:
        raise UnreachableError("a body cut short")
    return bytes(body)


def _renewed(known: Validators, answer: aiohttp.ClientResponse) -> Validators:
    """What a 304 says of the body that is known (RFC 9111, section 3.2)."""
    return replace(
        known,
        etag=_header(answer, "ETag") or known.etag,
        last_modified=_header(answer, "Last-Modified") or known.last_modified,
    )


def _header(answer: aiohttp.ClientResponse, name: str) -> str:
    """What the header says; "" when it is missing, or holds bytes that are no text and could not be stored."""
    written = answer.headers.get(name, "")
    return "" if any("\ud800" <= sign <= "\udfff" for sign in written) else written


def _conditions(known: Validators) -> dict[str, str]:
    headers = {}
    if known.etag:
        headers["If-None-Match"] = known.etag
    if known.last_modified:
        headers["If-Modified-Since"] = known.last_modified
    return headers


def _refusal(error: BaseException | None) -> AddressRefusedError | None:
    """The refusal behind the connection error that aiohttp made of it."""
    while error is not None and not isinstance(error, AddressRefusedError):
        error = error.__cause__ or error.__context__
    return error
