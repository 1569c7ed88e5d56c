import asyncio
import gzip
import re
import socket
import threading
import zlib
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import brotli
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer, unused_port

from builders import NOW
from digests.errors import (
    AddressRefusedError,
    ChallengeError,
    FetchTimeoutError,
    HttpStatusError,
    RobotsError,
    TooLargeError,
    UnreachableError,
)
from digests.gather import fetch
from digests.gather.addresses import AddressPolicy
from digests.gather.fetch import MAX_REDIRECTS, HttpFetcher
from digests.gather.turns import OWN, STRANGERS
from digests.model import Unchanged, Validators

LIMIT = 100_000


class Site:
    """A real server on loopback: one answer for each path. Keeps the requests it got."""

    def __init__(self, server, requests, answers):
        self._server = server
        self.requests = requests
        self.answers = answers

    def url(self, path="/"):
        return str(self._server.make_url(path))

    @property
    def port(self):
        return self._server.port


@pytest.fixture
async def site():
    requests, answers = [], {}

    async def answer(request):
        requests.append(request)
        made = answers[request.path]
        return await made(request) if callable(made) else made

    application = web.Application()
    application.router.add_get("/{path:.*}", answer)
    async with TestServer(application) as server:
        yield Site(server, requests, answers)


@pytest.fixture
async def fetcher(site):
    async with fetcher_allowing(f"127.0.0.1:{site.port}") as opened:
        yield opened


def fetcher_allowing(*allowed):
    return HttpFetcher(AddressPolicy(allowed), user_agent="Digest/1", clock=lambda: NOW)


def hello(text="hello", **headers):
    async def answer(_request):
        return web.Response(text=text, headers={name.replace("_", "-"): value for name, value in headers.items()})

    return answer


def redirect(to, status=302):
    async def answer(_request):
        return web.Response(status=status, headers={"Location": to})

    return answer


def unchanged(first):
    """What is answered when `first` still holds."""
    return Unchanged(url=first.url, validators=first.validators)


@asynccontextmanager
async def raw_server(*pieces, then_wait=False):
    """A server that sends these bytes to whoever connects, whatever is asked; the url of it."""
    closed = asyncio.Event()

    async def serve(reader, writer):
        await reader.readuntil(b"\r\n\r\n")
        for piece in pieces:
            writer.write(piece)
        if then_wait:
            await reader.read()  # until the client hangs up
            closed.set()
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        port = server.sockets[0].getsockname()[1]
        yield f"http://127.0.0.1:{port}/", port, closed


async def test_a_body_comes_with_what_is_needed_to_ask_again(site, fetcher):
    site.answers["/feed"] = hello("привет", ETag='"1"', Last_Modified="Mon, 02 Mar 2026 05:00:00 GMT")
    answer = await fetcher.get(site.url("/feed"), limit=LIMIT)
    assert (answer.url, answer.body.decode()) == (site.url("/feed"), "привет")
    assert answer.content_type == "text/plain; charset=utf-8"
    assert (answer.validators.etag, answer.validators.last_modified) == ('"1"', "Mon, 02 Mar 2026 05:00:00 GMT")
    assert site.requests[0].headers["User-Agent"] == "Digest/1"
    assert not {"If-None-Match", "If-Modified-Since"} & set(site.requests[0].headers)


async def test_a_server_that_knows_the_etag_says_unchanged(site, fetcher):
    async def answer(request):
        known = request.headers.get("If-None-Match") == '"1"'
        return web.Response(status=304) if known else web.Response(text="hello", headers={"ETag": '"1"'})

    site.answers["/"] = answer
    first = await fetcher.get(site.url(), limit=LIMIT)
    assert await fetcher.get(site.url(), first.validators, limit=LIMIT) == unchanged(first)


async def test_the_date_of_the_last_change_is_sent_back(site, fetcher):
    site.answers["/"] = hello(Last_Modified="Mon, 02 Mar 2026 05:00:00 GMT")
    first = await fetcher.get(site.url(), limit=LIMIT)
    await fetcher.get(site.url(), first.validators, limit=LIMIT)
    assert site.requests[1].headers["If-Modified-Since"] == "Mon, 02 Mar 2026 05:00:00 GMT"


async def test_an_equal_body_is_unchanged_whatever_the_server_says(site, fetcher):
    site.answers["/"] = hello()
    first = await fetcher.get(site.url(), limit=LIMIT)
    assert await fetcher.get(site.url(), first.validators, limit=LIMIT) == unchanged(first)
    site.answers["/"] = hello("hello again")
    assert (await fetcher.get(site.url(), first.validators, limit=LIMIT)).body == b"hello again"


async def test_unchanged_is_no_answer_to_who_knows_nothing(site, fetcher):
    async def not_modified(_request):
        return web.Response(status=304)

    site.answers["/"] = not_modified
    with pytest.raises(HttpStatusError) as refused:
        await fetcher.get(site.url(), Validators(), limit=LIMIT)
    assert refused.value.status == 304


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_redirects_are_followed(site, fetcher, status):
    site.answers |= {"/old": redirect("/new?a=1", status), "/new": hello()}
    answer = await fetcher.get(site.url("/old"), limit=LIMIT)
    assert answer.url == site.url("/new?a=1")
    assert answer.body == b"hello"


async def test_a_redirect_loop_ends(site, fetcher):
    site.answers["/"] = redirect("/")
    with pytest.raises(UnreachableError, match="too many redirects"):
        await fetcher.get(site.url(), limit=LIMIT)
    assert len(site.requests) == MAX_REDIRECTS + 1


async def test_the_last_redirect_allowed_still_arrives(site, fetcher):
    site.answers |= {f"/{number}": redirect(f"/{number + 1}") for number in range(MAX_REDIRECTS)}
    site.answers[f"/{MAX_REDIRECTS}"] = hello()
    assert (await fetcher.get(site.url("/0"), limit=LIMIT)).body == b"hello"


@pytest.mark.parametrize(
    "target",
    [
        pytest.param("http://127.0.0.2/", id="another loopback address"),
        pytest.param("http://10.0.0.1/", id="a private address"),
        pytest.param("http://[::ffff:10.0.0.1]/", id="a mapped address"),
        pytest.param("http://0x7f.1/", id="loopback in hexadecimal"),
        pytest.param("http://localhost:8080/", id="a name that leads here"),
        pytest.param("http://127.0.0.1:22/", id="another port of an allowed address"),
        pytest.param("http://user:word@agency.example/", id="credentials"),
        pytest.param("file:///etc/passwd", id="a file"),
        pytest.param("ftp://agency.example/", id="another scheme"),
    ],
)
async def test_every_hop_of_a_redirect_is_checked(site, fetcher, target):
    site.answers["/"] = redirect(target)
    with pytest.raises(AddressRefusedError):
        await fetcher.get(site.url(), limit=LIMIT)


@pytest.mark.parametrize("target", ["http://[broken", "http://agency.example:99999/", "http://2130706433/"])
async def test_a_redirect_to_nowhere_leads_nowhere(site, fetcher, target):
    site.answers["/"] = redirect(target)
    with pytest.raises(UnreachableError):
        await fetcher.get(site.url(), limit=LIMIT)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::ffff:127.0.0.1]", "0x7f.1"])
async def test_a_private_address_gets_no_request(site, host):
    site.answers["/"] = hello()
    async with HttpFetcher(AddressPolicyForAnyPort(), user_agent="Digest/1") as fetcher:
        with pytest.raises(AddressRefusedError):
            await fetcher.get(f"http://{host}:{site.port}/", limit=LIMIT)
    assert site.requests == []


class AddressPolicyForAnyPort(AddressPolicy):
    """Lets the test server's odd port pass the look at the address, so that the look at the connection decides."""

    def _port_is_allowed(self, host, port):
        return True


async def test_a_name_that_is_allowed_may_lead_to_a_private_address(site):
    site.answers["/"] = hello()
    async with fetcher_allowing(f"localhost:{site.port}") as fetcher:
        assert (await fetcher.get(f"http://localhost:{site.port}/", limit=LIMIT)).body == b"hello"


async def test_no_other_name_leads_where_an_allowed_one_does(site, monkeypatch):
    def look_up(host, port, *args, **options):
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    site.answers |= {"/": redirect(f"http://other.example:{site.port}/there"), "/there": hello()}
    policy = AddressPolicyForAnyPort([f"intranet.example:{site.port}"])
    async with HttpFetcher(policy, user_agent="Digest/1") as fetcher:
        with pytest.raises(AddressRefusedError):
            await fetcher.get(f"http://intranet.example:{site.port}/", limit=LIMIT)
    assert [request.path for request in site.requests] == ["/"]


async def test_an_odd_port_is_refused(site):
    async with fetcher_allowing() as fetcher:
        with pytest.raises(AddressRefusedError):
            await fetcher.get(site.url(), limit=LIMIT)
    assert site.requests == []


@pytest.mark.parametrize(("size", "taken"), [(LIMIT, True), (LIMIT + 1, False)])
async def test_a_body_up_to_the_limit_is_taken(site, fetcher, size, taken):
    site.answers["/"] = hello("x" * size)
    if taken:
        assert len((await fetcher.get(site.url(), limit=LIMIT)).body) == LIMIT
    else:
        with pytest.raises(TooLargeError) as refused:
            await fetcher.get(site.url(), limit=LIMIT)
        assert refused.value.limit == LIMIT


@pytest.mark.parametrize(("encoding", "pack"), [("gzip", gzip.compress), ("deflate", zlib.compress)])
async def test_a_bomb_is_cut_off_by_its_unpacked_size(encoding, pack):
    packed = pack(bytes(50_000_000))
    assert len(packed) < LIMIT
    head = f"HTTP/1.1 200 OK\r\nContent-Encoding: {encoding}\r\nContent-Length: {len(packed)}\r\n\r\n"
    async with (
        raw_server(head.encode(), packed) as (url, port, _),
        fetcher_allowing(f"127.0.0.1:{port}") as fetcher,
    ):
        with pytest.raises(TooLargeError):
            await fetcher.get(url, limit=LIMIT)


@pytest.mark.parametrize("names", ["x-gzip", "gzip, gzip", ""])
async def test_a_body_is_unpacked_whatever_is_said_of_its_packing(names):
    packed = gzip.compress(b"hello") if names != "gzip, gzip" else gzip.compress(gzip.compress(b"hello"))
    named = f"Content-Encoding: {names}\r\n" if names else ""
    head = f"HTTP/1.1 200 OK\r\n{named}Content-Length: {len(packed)}\r\n\r\n"
    async with (
        raw_server(head.encode(), packed) as (url, port, _),
        fetcher_allowing(f"127.0.0.1:{port}") as fetcher,
    ):
        assert (await fetcher.get(url, limit=LIMIT)).body == b"hello"


@pytest.mark.parametrize(
    ("name", "pack"),
    [("gzip", gzip.compress), ("", gzip.compress), ("br", brotli.compress), ("deflate", zlib.compress)],
)
async def test_a_packed_body_cut_short_is_none(name, pack):
    packed = pack(b"hello " * 1000)[:-5]
    head = f"HTTP/1.1 200 OK\r\nContent-Encoding: {name}\r\nContent-Length: {len(packed)}\r\n\r\n"
    async with (
        raw_server(head.encode(), packed) as (url, port, _),
        fetcher_allowing(f"127.0.0.1:{port}") as fetcher,
    ):
        with pytest.raises(UnreachableError):
            await fetcher.get(url, limit=LIMIT)


async def test_a_bomb_that_nobody_names_is_cut_off_too(site, fetcher):
    async def answer(_request):
        return web.Response(body=gzip.compress(bytes(50_000_000)))

    site.answers["/"] = answer
    with pytest.raises(TooLargeError):
        await fetcher.get(site.url(), limit=LIMIT)


async def test_an_endless_body_is_cut_off(site, fetcher):
    hung_up = asyncio.Event()

    async def endless(request):
        answer = web.StreamResponse()
        await answer.prepare(request)
        try:
            while True:
                await answer.write(bytes(65_536))
        finally:
            hung_up.set()

    site.answers["/"] = endless
    with pytest.raises(TooLargeError):
        await fetcher.get(site.url(), limit=LIMIT)
    await asyncio.wait_for(hung_up.wait(), 5)


@pytest.mark.parametrize(
    "pieces",
    [
        pytest.param([], id="no answer"),
        pytest.param([b"HTTP/1.1 200 OK\r\nContent-Le"], id="half a header"),
        pytest.param([b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhel"], id="half a body"),
    ],
)
async def test_a_slow_server_is_cut_off(monkeypatch, pieces):
    monkeypatch.setattr(fetch, "TOTAL_TIMEOUT", timedelta(seconds=0.1))
    async with raw_server(*pieces, then_wait=True) as (url, port, hung_up):
        async with fetcher_allowing(f"127.0.0.1:{port}") as fetcher:
            with pytest.raises(FetchTimeoutError):
                await fetcher.get(url, limit=LIMIT)
        await asyncio.wait_for(hung_up.wait(), 5)


async def test_a_drip_that_never_pauses_is_cut_off_too(monkeypatch, site, fetcher):
    async def drip(request):
        answer = web.StreamResponse()
        await answer.prepare(request)
        while True:
            await answer.write(b"x")
            await asyncio.sleep(0.01)

    monkeypatch.setattr(fetch, "TOTAL_TIMEOUT", timedelta(seconds=0.2))
    site.answers["/"] = drip
    async with fetcher_allowing(f"127.0.0.1:{site.port}") as impatient:
        with pytest.raises(FetchTimeoutError):
            await impatient.get(site.url(), limit=LIMIT)


@pytest.mark.parametrize("status", [204, 206, 400, 403, 404, 410, 429, 500, 503])
async def test_a_status_that_is_no_success_is_told(site, fetcher, status):
    async def answer(_request):
        return web.Response(status=status)

    site.answers["/"] = answer
    with pytest.raises(HttpStatusError) as refused:
        await fetcher.get(site.url(), limit=LIMIT)
    assert (refused.value.status, refused.value.retry_in) == (status, None)


@pytest.mark.parametrize(
    ("written", "retry_in"),
    [
        pytest.param("120", timedelta(minutes=2), id="seconds"),
        pytest.param("Mon, 02 Mar 2026 07:30:00 GMT", timedelta(minutes=90), id="a date"),
        pytest.param("Mon, 02 Mar 2026 08:30:00 +0100", timedelta(minutes=90), id="a date in another zone"),
        pytest.param("Mon, 02 Mar 2020 07:30:00 GMT", timedelta(), id="a date in the past"),
        pytest.param("99999999999", timedelta(days=7), id="for ever"),
        pytest.param("9" * 5000, timedelta(days=7), id="a number of many digits"),
        pytest.param("soon", None, id="a word"),
        pytest.param("-5", None, id="less than nothing"),
        pytest.param("²", None, id="a digit that is no number"),
        pytest.param("Mon, 02 Mar 2026 07:30:00", timedelta(minutes=90), id="a date without a zone"),
        pytest.param("Mon, 99 Mar 2026 07:30:00 GMT", None, id="no date"),
        pytest.param("1 1 1 1:1:1 +999999999999", None, id="a zone out of this world"),
    ],
)
async def test_retry_after_is_understood(site, fetcher, written, retry_in):
    async def answer(_request):
        return web.Response(status=429, headers={"Retry-After": written})

    site.answers["/"] = answer
    with pytest.raises(HttpStatusError) as refused:
        await fetcher.get(site.url(), limit=LIMIT)
    assert refused.value.retry_in == retry_in


async def test_cookies_are_not_sent_back(site):
    site.answers |= {"/": redirect("/two"), "/two": hello(Set_Cookie="id=1; Path=/")}
    async with fetcher_allowing(f"localhost:{site.port}") as fetcher:  # no client keeps cookies of bare addresses
        for _ in range(2):
            await fetcher.get(f"http://localhost:{site.port}/", limit=LIMIT)
    assert len(site.requests) == 4
    assert not any("Cookie" in request.headers for request in site.requests)


async def test_proxies_of_the_environment_are_passed_by(site, fetcher, monkeypatch):
    monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{unused_port()}")
    site.answers["/"] = hello()
    assert (await fetcher.get(site.url(), limit=LIMIT)).body == b"hello"


async def test_where_nobody_listens_nothing_is_reached():
    port = unused_port()
    async with fetcher_allowing(f"127.0.0.1:{port}") as fetcher:
        with pytest.raises(UnreachableError):
            await fetcher.get(f"http://127.0.0.1:{port}/", limit=LIMIT)


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"SSH-2.0-OpenSSH_9\r\n\r\n", id="not HTTP"),
        pytest.param(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhel", id="a body cut short"),
        pytest.param(b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\nhel", id="no gzip"),
        pytest.param(b"HTTP/1.1 200 OK\r\nX: " + b"x" * 20_000 + b"\r\n\r\n", id="a header too long"),
        pytest.param(
            b"HTTP/1.1 302 Found\r\nLocation: http://\xff\xfe/\r\nContent-Length: 0\r\n\r\n", id="a wild host"
        ),
    ],
)
async def test_a_broken_answer_is_unreachable(answer):
    async with raw_server(answer) as (url, port, _), fetcher_allowing(f"127.0.0.1:{port}") as fetcher:
        with pytest.raises(UnreachableError):
            await fetcher.get(url, limit=LIMIT)


async def test_headers_that_are_no_text_can_be_stored_and_sent_back():
    head = (
        b'HTTP/1.1 200 OK\r\nETag: "\xff"\r\nLast-Modified: \xfe\r\nContent-Type: \xfd\r\nContent-Length: 2\r\n\r\nhi'
    )
    async with raw_server(head) as (url, port, _), fetcher_allowing(f"127.0.0.1:{port}") as fetcher:
        answer = await fetcher.get(url, limit=LIMIT)
        again = await fetcher.get(url, answer.validators, limit=LIMIT)
    assert again == unchanged(answer)
    for text in (answer.content_type, answer.validators.etag, answer.validators.last_modified):
        text.encode()


async def test_the_error_says_no_address(site, fetcher):
    site.answers["/"] = redirect("http://10.0.0.1/secret")
    with pytest.raises(AddressRefusedError) as refused:
        await fetcher.get(site.url(), limit=LIMIT)
    assert not re.search(r"\d|secret", str(refused.value))


# --- what servers say besides ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("chain", "moved_to"),
    [
        pytest.param([("/1", 301), ("/2", 308)], "/2", id="for good"),
        pytest.param([("/1", 301), ("/2", 302)], "/1", id="for good, and from there for now"),
        pytest.param([("/1", 302), ("/2", 301)], "", id="for now, whatever comes behind"),
        pytest.param([], "", id="not at all"),
    ],
)
async def test_permanent_redirects_are_told(site, fetcher, chain, moved_to):
    here = "/"
    for there, status in chain:
        site.answers[here] = redirect(there, status)
        here = there
    site.answers[here] = hello()
    first = await fetcher.get(site.url(), limit=LIMIT)
    assert first.moved_to == (site.url(moved_to) if moved_to else "")
    again = await fetcher.get(site.url(), first.validators, limit=LIMIT)
    assert again.moved_to == first.moved_to


@pytest.mark.parametrize(
    ("headers", "fresh_for"),
    [
        pytest.param({}, 0, id="nothing"),
        pytest.param({"Cache-Control": "public, max-age=600"}, 600, id="max-age"),
        pytest.param({"Cache-Control": "max-age=600", "Age": "100"}, 500, id="max-age of something older"),
        pytest.param({"Cache-Control": "max-age=60", "Age": "100"}, 0, id="stale already"),
        pytest.param({"Cache-Control": "s-maxage=600"}, 0, id="for shared caches alone"),
        pytest.param({"Cache-Control": "no-cache, max-age=600"}, 0, id="to be asked for each time"),
        pytest.param({"Expires": "Mon, 02 Mar 2026 07:00:00 GMT"}, 3600, id="Expires"),
        pytest.param({"Expires": "0"}, 0, id="Expires of 0"),
        pytest.param({"Expires": "Mon, 02 Mar 2020 07:00:00 GMT"}, 0, id="Expires in the past"),
        pytest.param({"Cache-Control": "max-age=600", "Expires": "0"}, 600, id="max-age goes before Expires"),
        pytest.param({"Cache-Control": "max-age=999999999"}, 7 * 86_400, id="for ever"),
    ],
)
async def test_how_long_an_answer_stays_fresh_is_told(site, fetcher, headers, fresh_for):
    async def answer(_request):
        return web.Response(text="hello", headers=headers)

    site.answers["/"] = answer
    assert (await fetcher.get(site.url(), limit=LIMIT)).fresh_for == timedelta(seconds=fresh_for)


async def test_an_unchanged_answer_renews_what_is_asked_with(site, fetcher):
    async def answer(request):
        known = "If-None-Match" in request.headers
        return web.Response(status=304 if known else 200, headers={"ETag": '"2"' if known else '"1"'})

    site.answers["/"] = answer
    first = await fetcher.get(site.url(), limit=LIMIT)
    again = await fetcher.get(site.url(), first.validators, limit=LIMIT)
    assert again.validators == Validators(etag='"2"', body_hash=first.validators.body_hash)


@pytest.mark.parametrize("status", [200, 403, 503])
async def test_a_page_that_checks_for_browsers_is_told_apart(site, fetcher, status):
    async def answer(_request):
        return web.Response(status=status, text="Just a moment...", headers={"cf-mitigated": "challenge"})

    site.answers["/"] = answer
    with pytest.raises(ChallengeError):
        await fetcher.get(site.url(), limit=LIMIT)


async def test_a_gate_is_asked_before_every_hop(site, fetcher):
    site.answers |= {"/": redirect("/closed"), "/closed": hello()}
    asked = []

    async def gate(url):
        asked.append(url)
        if url.endswith("/closed"):
            raise RobotsError("closed")

    with pytest.raises(RobotsError):
        await fetcher.get(site.url(), limit=LIMIT, gate=gate)
    assert asked == [site.url("/"), site.url("/closed")]
    assert [request.path for request in site.requests] == ["/"]


async def test_of_a_long_body_the_beginning_may_be_enough(site, fetcher):
    site.answers["/"] = hello("x" * (LIMIT + 1))
    assert len((await fetcher.get(site.url(), limit=LIMIT, cut=True)).body) == LIMIT


async def test_a_body_that_unpacks_to_nothing_is_measured_where_it_comes_in():
    head = b"HTTP/1.1 200 OK\r\nContent-Encoding: deflate\r\n\r\n"
    packer = zlib.compressobj()
    nothing = packer.flush(zlib.Z_SYNC_FLUSH)
    blocks = b"\x00\x00\x00\xff\xff" * (LIMIT // 5 + 1)
    async with (
        raw_server(head, nothing, blocks, then_wait=True) as (url, port, closed),
        fetcher_allowing(f"127.0.0.1:{port}") as fetcher,
    ):
        with pytest.raises(TooLargeError):
            await fetcher.get(url, limit=LIMIT)
        await asyncio.wait_for(closed.wait(), 5)


async def test_names_are_looked_up_in_threads_of_their_own(site, fetcher, monkeypatch):
    names = []

    def look_up(host, port, *args, **options):
        names.append(threading.current_thread().name)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    with pytest.raises(AddressRefusedError):
        await fetcher.get("http://agency.example/", limit=LIMIT)
    assert names[0].startswith("lookup")


async def test_who_we_are_may_be_said_anew(site, fetcher):
    site.answers["/"] = hello()
    fetcher.user_agent = "Digest/2 (+https://t.me/digest_bot)"
    await fetcher.get(site.url(), limit=LIMIT)
    assert site.requests[0].headers["User-Agent"] == "Digest/2 (+https://t.me/digest_bot)"


async def test_a_host_of_the_operators_own_bears_more_than_a_stranger(site, fetcher):
    async with AsyncExitStack() as turns:
        for _ in range(OWN.at_once):
            await asyncio.wait_for(turns.enter_async_context(fetcher.turn(site.url())), 5)
    async with AsyncExitStack() as turns:
        await turns.enter_async_context(fetcher.turn("https://agency.example/1"))
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(turns.enter_async_context(fetcher.turn("https://agency.example/2")), 0.05)
        await asyncio.wait_for(turns.enter_async_context(fetcher.turn("https://paper.example/")), 5)


# --- manners ---------------------------------------------------------------------------------------------------------


class AddressPolicyForStrangers(AddressPolicyForAnyPort):
    """Lets every name lead to the test server, as to a host of the public internet."""

    def check_connection(self, address, port, host=""):
        """Nothing is closed."""


@pytest.fixture
async def strangers(site, monkeypatch):
    """A fetcher to which every name is the site's, and a stranger's."""

    def look_up(host, port, *args, **options):
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    monkeypatch.setattr(fetch, "STRANGERS", replace(STRANGERS, apart=timedelta(seconds=0.1)))
    async with HttpFetcher(AddressPolicyForStrangers(), user_agent="Digest/1", clock=lambda: NOW) as opened:
        yield opened


def at(site, host, path="/"):
    return f"http://{host}:{site.port}{path}"


def busy(status=429, retry_after="600"):
    async def answer(_request):
        return web.Response(status=status, headers={"Retry-After": retry_after})

    return answer


@pytest.mark.parametrize("status", [429, 503])
async def test_a_host_that_asks_for_a_pause_gets_no_request(site, strangers, status):
    site.answers |= {"/busy": busy(status), "/": hello()}
    with pytest.raises(HttpStatusError) as refused:
        await strangers.get(at(site, "agency.example", "/busy"), limit=LIMIT)
    assert refused.value.retry_in == timedelta(minutes=10)
    with pytest.raises(HttpStatusError) as refused:
        await strangers.get(at(site, "agency.example"), limit=LIMIT)
    assert refused.value.status == status
    assert timedelta(minutes=9) < refused.value.retry_in <= timedelta(minutes=10)
    with pytest.raises(HttpStatusError):
        await asyncio.wait_for(strangers.turn(at(site, "agency.example")).__aenter__(), 5)
    assert len(site.requests) == 1
    assert (await strangers.get(at(site, "other.example"), limit=LIMIT)).body == b"hello"


async def test_nor_does_it_get_one_by_a_redirect(site, strangers):
    site.answers |= {"/busy": busy(), "/": redirect(at(site, "agency.example", "/there")), "/there": hello()}
    with pytest.raises(HttpStatusError):
        await strangers.get(at(site, "agency.example", "/busy"), limit=LIMIT)
    with pytest.raises(HttpStatusError):
        await strangers.get(at(site, "other.example"), limit=LIMIT)
    assert [request.path for request in site.requests] == ["/busy", "/"]


async def test_a_host_of_the_operators_own_is_asked_on(site, fetcher):
    site.answers |= {"/busy": busy(), "/": hello()}
    with pytest.raises(HttpStatusError):
        await fetcher.get(site.url("/busy"), limit=LIMIT)
    assert (await fetcher.get(site.url(), limit=LIMIT)).body == b"hello"


@pytest.mark.parametrize("retry_after", ["", "0", "soon"])
async def test_who_names_no_time_is_asked_on(site, strangers, retry_after):
    site.answers |= {"/busy": busy(retry_after=retry_after), "/": hello()}
    with pytest.raises(HttpStatusError):
        await strangers.get(at(site, "agency.example", "/busy"), limit=LIMIT)
    assert (await strangers.get(at(site, "agency.example"), limit=LIMIT)).body == b"hello"


async def test_who_is_sent_to_another_host_waits_for_its_moment(site, strangers):
    begun = []

    async def there(_request):
        begun.append(asyncio.get_running_loop().time())
        return web.Response(text="hello")

    site.answers |= {"/": redirect(at(site, "one.example", "/there")), "/there": there}
    async with AsyncExitStack() as turns:
        await turns.enter_async_context(strangers.turn(at(site, "one.example")))  # and it sleeps
        asking = (strangers.get(at(site, f"feed{number}.example"), limit=LIMIT) for number in range(4))
        await asyncio.wait_for(asyncio.gather(*asking), 5)
    assert min(later - earlier for earlier, later in pairwise(begun)) > 0.08


async def test_a_redirect_to_the_host_whose_turn_it_is_takes_no_other(site, strangers):
    site.answers |= {
        "/": redirect("/moved"),
        "/moved": redirect(at(site, "other.example", "/there")),
        "/there": redirect(at(site, "one.example", "/back")),
        "/back": hello(),
    }
    async with strangers.turn(at(site, "one.example")):
        answer = await asyncio.wait_for(strangers.get(at(site, "one.example"), limit=LIMIT), 5)
    assert answer.url == at(site, "one.example", "/back")


# --- time for all hops together --------------------------------------------------------------------------------------


async def test_all_hops_together_have_one_bound_of_time(monkeypatch, site, fetcher):
    async def dawdle(request):
        await asyncio.sleep(0.15)
        return web.Response(status=302, headers={"Location": f"/{int(request.path[1:]) + 1}"})

    monkeypatch.setattr(fetch, "TOTAL_TIMEOUT", timedelta(seconds=0.4))
    site.answers |= {f"/{number}": dawdle for number in range(MAX_REDIRECTS + 1)}
    with pytest.raises(FetchTimeoutError):
        await fetcher.get(site.url("/0"), limit=LIMIT)
    assert len(site.requests) == 3


async def test_the_time_of_the_gate_counts_apart_and_has_a_bound(monkeypatch, site, fetcher):
    async def slow(url):
        await asyncio.sleep(0.15)

    monkeypatch.setattr(fetch, "TOTAL_TIMEOUT", timedelta(seconds=0.2))
    site.answers |= {f"/{number}": redirect(f"/{number + 1}") for number in range(3)} | {"/3": hello()}
    assert (await fetcher.get(site.url("/0"), limit=LIMIT, gate=slow)).body == b"hello"
    monkeypatch.setattr(fetch, "GATES_TIMEOUT", timedelta(seconds=0.2))
    with pytest.raises(FetchTimeoutError):
        await fetcher.get(site.url("/0"), limit=LIMIT, gate=slow)
