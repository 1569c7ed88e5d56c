"""What several machines share in the tests: sites with feeds that count what is asked of them, and a PostgreSQL."""

import asyncio
from collections import Counter
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from aiohttp import web

import databases
from builders import page, rss, rss_item
from digests.store.engine import database_address, open_engine
from digests.store.schema import upgrade
from outside import Installation

SECONDS = 0.05
"""For a site to answer."""


@dataclass
class Sites:
    """Feeds with articles on loopback. asked: path -> requests; at_once: path -> the most that were under way."""

    feeds: int
    articles: int
    host: str = ""
    asked: Counter = field(default_factory=Counter)
    at_once: Counter = field(default_factory=Counter)
    _under_way: Counter = field(default_factory=Counter)

    @property
    def feed_urls(self):
        return [f"http://{self.host}/feed-{number}" for number in range(self.feeds)]

    async def answer(self, request):
        path = request.path
        self.asked[path] += 1
        self._under_way[path] += 1
        self.at_once[path] = max(self.at_once[path], self._under_way[path])
        try:
            await asyncio.sleep(SECONDS)
        finally:
            self._under_way[path] -= 1
        kind, _, number = path.removeprefix("/").partition("-")
        title = f"Rocket {number} flies to {number}"
        if kind == "feed":
            names = [f"{number}-{one}" for one in range(self.articles)]
            items = [
                rss_item(name, f"Rocket {name} flies", url=f"http://{self.host}/page-{name}", published_at=None)
                for name in names
            ]
            return web.Response(body=rss(*items), content_type="text/xml")
        if kind == "page":
            return web.Response(
                body=page(title, f"The rocket {number} flew over the sea and came back. " * 10),
                content_type="text/html",
            )
        return web.Response(status=404)


@asynccontextmanager
async def sites(*, feeds, articles):
    found = Sites(feeds, articles)
    app = web.Application()
    app.router.add_get("/{path}", found.answer)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    found.host = f"127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield found
    finally:
        await runner.cleanup()


@asynccontextmanager
async def postgresql(folder):
    """The address of a database on the newest schema; skips the test where no PostgreSQL can be started."""
    url = databases.new_database(databases.POSTGRESQL, None, folder)
    try:
        engine = open_engine(url)
        upgrade(engine)
        engine.dispose()
        yield url
    finally:
        databases.drop(url)


@asynccontextmanager
async def installation(folder, url, database_url, **environment):
    """One on PostgreSQL, of which nothing is left running."""
    bot = Installation(folder, url, database_url=database_url, environment=environment)
    try:
        yield bot
    finally:
        await bot.end()


def all_read(bot, number):
    """Whether so many entries have become articles."""
    with bot.store.read() as work:
        return work.articles.last_id() and len(work.articles.story_of(datetime.min.replace(tzinfo=UTC))) >= number


class Cable:
    """Between one machine and the database: cut, it lets nothing through and closes nothing, as a network does."""

    def __init__(self):
        self._is_whole = asyncio.Event()
        self._is_whole.set()

    def cut(self):
        self._is_whole.clear()

    def mend(self):
        self._is_whole.set()

    async def carry(self, reader, writer):
        try:
            while data := await reader.read(65536):
                await self._is_whole.wait()
                writer.write(data)
                await writer.drain()
        except ConnectionError:
            pass
        finally:
            writer.close()


@asynccontextmanager
async def by_cable(url):
    """(a cable, the address of the same database at its other end)."""
    address = database_address(url)
    cable, carried = Cable(), set()

    async def connect(reader, writer):
        folder, port = address.query.get("host") or address.host, address.port or 5432
        if str(folder).startswith("/"):
            there, back = await asyncio.open_unix_connection(str(Path(folder) / f".s.PGSQL.{port}"))
        else:
            there, back = await asyncio.open_connection(folder, port)
        for one in (cable.carry(reader, back), cable.carry(there, writer)):
            task = asyncio.create_task(one)
            carried.add(task)
            task.add_done_callback(carried.discard)

    server = await asyncio.start_server(connect, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    far = address.set(drivername="postgresql", host="127.0.0.1", port=port, query={})
    try:
        yield cable, far.render_as_string(hide_password=False)
    finally:
        cable.mend()
        server.close()
        for task in list(carried):
            task.cancel()
