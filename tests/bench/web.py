"""A web on loopback: real feeds that know their ETag, and every fault that the real web has.

`python web.py DIRECTORY_OF_FEEDS [HOSTS]`, in a process of its own so that its work is not counted as anybody else's.
Prints its port, serves the addresses 127.0.0.1 to 127.0.0.HOSTS, and ends with its standard input. The first part of
a path says what is answered, the rest makes addresses many: `/feed/17`, `/hang/3`, `/p75000/1`.
"""

import asyncio
import contextlib
import gzip
import hashlib
import re
import socket
import struct
import sys
import zlib
from pathlib import Path

LAST_MODIFIED = "Tue, 17 Feb 2026 12:00:00 GMT"
PIECE = 65_536
PAUSE = 1.0
FOREVER = 3600

PAGE = "<!DOCTYPE html><html lang=en><head><title>A page</title></head><body>{}</body></html>"
FEED = (
    '<?xml version="1.0" encoding="{encoding}"?><rss version="2.0"><channel><title>Feed</title>'
    "<link>http://127.0.0.1/</link>{items}</channel></rss>"
)
ITEM = "<item><title>{title}</title><link>{link}</link><description>{text}</description></item>"
WORDS = "The council of the town has voted for a new bridge over the river after a long debate. "


def feed(*items, encoding="utf-8"):
    return FEED.format(items="".join(items), encoding=encoding)


def item(text="Text.", title="Title", link="http://127.0.0.1/story"):
    return ITEM.format(title=title, link=link, text=text)


def laughs():
    names = [f"<!ENTITY l{at} '{f'&l{at - 1};' * 10}'>" for at in range(1, 10)]
    return f"<!DOCTYPE rss [<!ENTITY l0 'ha'>{''.join(names)}]>" + feed(item("&l9;")).partition("?>")[2]


def blow_up():
    return f"<!DOCTYPE rss [<!ENTITY a '{'a' * 100_000}'>]>" + feed(item("&a;" * 100_000)).partition("?>")[2]


def attributes(count):
    return " ".join(f'a{at}="{at}"' for at in range(count))


HOSTILE_FEEDS = {
    "laughs": laughs,
    "blow-up": blow_up,
    "nested": lambda: feed(item("<b>" * 100_000)),
    "attributes": lambda: feed(f"<item {attributes(50_000)}><title>Title</title></item>"),
    "one-text": lambda: feed(item("word " * 10_000_000)),
    "entities": lambda: feed(item("&lt;" * 250_000)),
}
"""Documents that want to cost their readers much."""

HOSTILE_PAGES = {
    "p75000": lambda: PAGE.format(f"<p>{WORDS}" * 12 + "<p>x" * 75_000),
    "page-attributes": lambda: PAGE.format(f"<div {attributes(50_000)}><p>{WORDS * 12}</p></div>"),
    "text5mb": lambda: PAGE.format(f"<p>{WORDS * 60_000}</p>"),
    "text3mb": lambda: PAGE.format(f"<p>{WORDS * 33_000}</p>"),
    "table": lambda: PAGE.format(f"<p>{WORDS * 12}</p><table>{('<tr>' + '<td>cell' * 500) * 200}</table>"),
}
"""The same behind entries of `/links/N`."""

LENIENT = {
    "encoding": lambda: feed(item("Résumé, naïve")).encode("cp1252"),
    "cut-xml": lambda: feed(item(), item()).encode()[:-40],
    "bad-xml": lambda: feed(item("this & that <br> <b>bold")).encode(),
}
"""What is broken and can be read all the same."""

PLAIN = {
    "404": (404, "", b"not here"),
    "410": (410, "", b"gone"),
    "500": (500, "", b"sorry"),
    "503": (503, "Retry-After: 3600\r\n", b"later"),
    "429": (429, "Retry-After: 120\r\n", b"slower"),
    "private": (302, "Location: http://10.0.0.1/feed\r\n", b""),
    "html": (200, "Content-Type: text/html\r\n", PAGE.format("<p>No feed.").encode()),
    "empty": (200, "Content-Type: application/rss+xml\r\n", b""),
    "challenge": (403, "cf-mitigated: challenge\r\n", PAGE.format("Just a moment...").encode()),
}


class Web:
    """Answers requests of HTTP/1.1; what is asked for often stands ready."""

    def __init__(self, directory):
        bodies = [gzip.decompress(file.read_bytes()) for file in sorted(Path(directory).glob("*.gz"))]
        self._feeds = [(body, gzip.compress(body, 6), f'"{hashlib.sha1(body).hexdigest()}"') for body in bodies]
        packer = zlib.compressobj(9, wbits=31)
        self._bomb = b"".join(packer.compress(bytes(1_000_000)) for _ in range(1000)) + packer.flush()
        self._made = {}

    async def serve(self, reader, writer):
        # Clients hang up as they please; that is their business.
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError, TimeoutError):
            while await self._answer(await reader.readuntil(b"\r\n\r\n"), writer):
                await writer.drain()
        writer.close()

    async def _answer(self, request, writer):
        """Whether the connection may be used again."""
        path = request.split(b" ", 2)[1].decode()
        kind, _, rest = path.strip("/").partition("/")
        if kind == "feed":
            self._feed(request, int(rest), writer)
        elif kind in PLAIN:
            status, headers, body = PLAIN[kind]
            send(writer, body, headers, status=status)
        elif kind == "links":
            send(writer, self._links(rest))
        elif kind in HOSTILE_FEEDS or kind in HOSTILE_PAGES or kind in LENIENT:
            await pour(writer, self._ready(kind), "text/html" if kind in HOSTILE_PAGES else "application/xml")
        elif kind in FAULTS:
            await FAULTS[kind](self, path, writer)
            return False
        else:
            send(writer, b"", status=404)
        return True

    def _feed(self, request, number, writer):
        body, packed, etag = self._feeds[number % len(self._feeds)]
        etag = f'{etag[:-1]}-{number}"'
        known = f"if-none-match: {etag}".encode() in request.lower()
        accepts = b"gzip" in (re.search(rb"(?i)accept-encoding:([^\r]*)", request) or [b"", b""])[1]
        headers = f"ETag: {etag}\r\nLast-Modified: {LAST_MODIFIED}\r\nContent-Type: application/xml\r\n"
        if known:
            send(writer, b"", headers, status=304)
        elif accepts:
            send(writer, packed, f"{headers}Content-Encoding: gzip\r\n")
        else:
            send(writer, body, headers)

    def _links(self, number):
        """A feed with an entry for every hostile page, and a text of its own in each."""
        links = [f"/{kind}/{number}" for kind in HOSTILE_PAGES]
        return feed(*(item(text=WORDS, title=link, link=link) for link in links)).encode()

    def _ready(self, kind):
        if kind not in self._made:
            made = (HOSTILE_FEEDS | HOSTILE_PAGES | LENIENT)[kind]()
            self._made[kind] = made if isinstance(made, bytes) else made.encode()
        return self._made[kind]

    async def hang(self, _path, _writer):
        await asyncio.sleep(FOREVER)

    async def drip(self, _path, writer):
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/xml\r\nContent-Length: 5000\r\n\r\n")
        for _ in range(5000):
            writer.write(b" ")
            await writer.drain()
            await asyncio.sleep(PAUSE)

    async def reset(self, _path, writer):
        connection = writer.get_extra_info("socket")
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        writer.transport.abort()

    async def loop(self, path, writer):
        send(writer, b"", f"Location: {path}\r\n", status=302)

    async def truncated(self, _path, writer):
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/xml\r\nContent-Length: 5000\r\n\r\n<rss>")

    async def bomb(self, _path, writer):
        await pour(writer, self._bomb, "application/xml", "Content-Encoding: gzip\r\n")

    async def huge(self, _path, writer):
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/xml\r\nConnection: close\r\n\r\n")
        for _ in range(60_000_000 // PIECE):
            writer.write(b" " * PIECE)
            await writer.drain()


FAULTS = {
    "hang": Web.hang,
    "drip": Web.drip,
    "reset": Web.reset,
    "loop": Web.loop,
    "truncated": Web.truncated,
    "bomb": Web.bomb,
    "huge": Web.huge,
}


def send(writer, body, headers="", *, status=200):
    length = "" if status == 304 else f"Content-Length: {len(body)}\r\n"
    writer.write(f"HTTP/1.1 {status} Answer\r\n{headers}{length}\r\n".encode() + body)


async def pour(writer, body, kind, headers=""):
    """A long body, as fast as it is taken."""
    writer.write(f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n{headers}\r\n".encode())
    for start in range(0, len(body), PIECE):
        writer.write(body[start : start + PIECE])
        await writer.drain()


async def main(directory, hosts="1"):
    web = Web(directory)
    first = await asyncio.start_server(web.serve, "127.0.0.1", 0, limit=PIECE, backlog=1000)
    port = first.sockets[0].getsockname()[1]
    for number in range(2, int(hosts) + 1):
        await asyncio.start_server(web.serve, f"127.0.0.{number}", port, limit=PIECE, backlog=1000)
    sys.stdout.write(f"{port}\n")
    sys.stdout.flush()
    await asyncio.to_thread(sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
