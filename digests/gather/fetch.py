"""One bounded, conditional HTTP GET. Redirects are followed by hand, and every hop is checked."""

import asyncio
import hashlib
import socket
import ssl
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from types import TracebackType
from typing import Self

import aiohttp
from aiohttp.abc import ResolveResult
from yarl import URL

from digests.errors import (
    AddressRefusedError,
    FetchTimeoutError,
    HttpStatusError,
    TooLargeError,
    UnreachableError,
)
from digests.gather.addresses import AddressPolicy
from digests.model import Response, Unchanged, Validators

MAX_REDIRECTS = 5
TOTAL_TIMEOUT = timedelta(seconds=30)
"""For one hop, connecting and reading together: a server that drips bytes is cut off too."""

PER_HOST = 2
"""Connections to one host at a time."""

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_CHUNK = 65_536
_LONGEST_WAIT = timedelta(days=7)
_ACCEPT = "application/rss+xml, application/atom+xml, application/feed+json, text/html;q=0.9, */*;q=0.8"


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
        self._policy = policy
        self._user_agent = user_agent
        self._clock = clock
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        """Open the pool of connections."""
        connector = aiohttp.TCPConnector(
            limit=100,
            limit_per_host=PER_HOST,
            resolver=_Resolver(self._policy),
            socket_factory=self._socket,
            ttl_dns_cache=60,
        )
        self._session = aiohttp.ClientSession(
            connector=connector,
            headers={"User-Agent": self._user_agent, "Accept": _ACCEPT},
            timeout=aiohttp.ClientTimeout(total=TOTAL_TIMEOUT.total_seconds()),
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

    async def get(self, url: str, validators: Validators | None = None, *, limit: int) -> Response | Unchanged:
        """See `digests.ports.Fetcher`."""
        assert self._session is not None, "use the fetcher as a context manager"
        known = validators or Validators()
        target = self._policy.check_url(url)
        try:
            for _ in range(MAX_REDIRECTS + 1):
                async with self._session.get(target, headers=_conditions(known), allow_redirects=False) as answer:
                    if answer.status in _REDIRECTS:
                        target = self._next_hop(target, answer.headers.get("Location", ""))
                        continue
                    return await self._take(answer, known, limit)
        except TimeoutError as error:
            raise FetchTimeoutError("no answer in time") from error
        except (aiohttp.ClientError, ssl.SSLError, OSError, ValueError, asyncio.IncompleteReadError) as error:
            refusal = _refusal(error)
            if refusal is not None:
                raise refusal from error
            raise UnreachableError(type(error).__name__) from error
        raise UnreachableError("too many redirects")

    async def _take(self, answer: aiohttp.ClientResponse, known: Validators, limit: int) -> Response | Unchanged:
        url = str(answer.url)
        if answer.status == 304 and known != Validators():  # noqa: PLR2004 - Not Modified
            return Unchanged(url=url)
        if answer.status != 200:  # noqa: PLR2004 - partial or empty answers are no bodies to read
            raise HttpStatusError(answer.status, retry_in=self._retry_in(_header(answer, "Retry-After")))
        body = bytearray()
        async for chunk in answer.content.iter_chunked(_CHUNK):
            body += chunk
            if len(body) > limit:
                raise TooLargeError(limit)
        body_hash = hashlib.sha256(body).hexdigest()
        if known.body_hash == body_hash:
            return Unchanged(url=url)
        return Response(
            url=url,
            content_type=_header(answer, "Content-Type"),
            body=bytes(body),
            validators=Validators(
                etag=_header(answer, "ETag"),
                last_modified=_header(answer, "Last-Modified"),
                body_hash=body_hash,
            ),
        )

    def _next_hop(self, here: URL, location: str) -> URL:
        try:
            there = here.join(URL(location))
        except ValueError as error:
            raise UnreachableError("a redirect to nowhere") from error
        return self._policy.check_url(str(there))

    def _retry_in(self, written: str) -> timedelta | None:
        """Retry-After as RFC 9110 has it: seconds, or a date."""
        if written.isascii() and written.isdigit():
            return min(timedelta(seconds=int(written[:9])), _LONGEST_WAIT)
        try:
            until = parsedate_to_datetime(written)
            # The oldest form of HTTP's dates names no zone and means GMT.
            wait = (until if until.tzinfo else until.replace(tzinfo=UTC)) - self._clock()
        except (ValueError, OverflowError):
            return None
        return min(max(wait, timedelta()), _LONGEST_WAIT)

    def _socket(self, info: aiohttp.AddrInfoType) -> socket.socket:
        """A socket for an address about to be connected to: after resolution, for literals and redirects alike."""
        family, kind, protocol, _, address = info
        try:
            self._policy.check_connection(str(address[0]), int(address[1]))
        except AddressRefusedError as error:
            # Only an OSError lets aiohttp go on to the next address of the same name.
            raise PermissionError("refused by policy") from error
        return socket.socket(family=family, type=kind, proto=protocol)


class _Resolver(aiohttp.ThreadedResolver):
    """The system's resolver, telling the policy what names lead to."""

    def __init__(self, policy: AddressPolicy) -> None:
        super().__init__()
        self._policy = policy

    async def resolve(
        self,
        host: str,
        port: int = 0,
        family: socket.AddressFamily = socket.AF_UNSPEC,
    ) -> list[ResolveResult]:
        """The addresses of `host`."""
        found = await super().resolve(host, port, family)
        for one in found:
            self._policy.resolved(host, port, one["host"])
        return found


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
