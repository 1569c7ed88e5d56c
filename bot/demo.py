"""`newsdigest demo`: a rehearsal of the whole product without token and network.

A sample newsroom, the sandbox Telegram and the real bot, each on loopback, with a fresh database in a temporary folder.
"""

import asyncio
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from datetime import time as clock_time
from pathlib import Path
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.panel import Panel
from rich.rule import Rule
from rich.text import Text

from bot.app import Bot, open_bot, running
from bot.sandbox import TOKEN, Message, Person, Sandbox
from bot.sandbox.newsroom import Newsroom
from bot.settings import Settings, load
from bot.terminal import gathering_progress, styled
from digests.ports import Clock

ADMIN_ID = 1

FAST = 60
"""How many times faster the clock of `--web` runs: a minute a second, a day in 24 minutes."""

START_HOUR = 4
"""UTC; 09:00 in Almaty, so that the evening edition is half a day ahead."""


_ALMATY = ZoneInfo("Asia/Almaty")


class FastClock:
    """A clock that starts at a given moment and runs `speed` times as fast as the real one."""

    def __init__(self, start: datetime, speed: float) -> None:
        self._start = start
        self._speed = speed
        self._zero = time.monotonic()

    def __call__(self) -> datetime:
        """Now, on this clock."""
        return self._start + timedelta(seconds=(time.monotonic() - self._zero) * self._speed)

    def skip(self, span: timedelta) -> None:
        """Let that much time pass at once."""
        self._start += span


async def rehearse(out: Console, *, web: bool, port: int) -> None:
    """Play the conversation and print it; with `web`, keep running for people to try by hand."""
    speed = FAST if web else 1
    start = datetime.now(UTC).replace(hour=START_HOUR, minute=0, second=0, microsecond=0)
    clock = FastClock(start, speed)
    with tempfile.TemporaryDirectory(prefix="newsdigest-demo-", ignore_cleanup_errors=True) as folder:
        async with stage(Path(folder), clock, speed=speed, port=port) as (sandbox, newsroom, bot, settings):
            out.print(Rule("[bold]News Digest Bot[/]: a rehearsal on this machine, with no token and no network"))
            names = ", ".join(site.name for site in newsroom.sites)
            out.print(f"Newsroom: {len(newsroom.publications())} articles of {len(newsroom.sites)} sites: {names}")
            with gathering_progress(hidden=False) as tell:
                report = await bot.news.gatherer.gather(progress=tell)
            out.print(f"Gathered: {report.new} entries of {report.due} feeds; {report.read} articles read")
            async with running(bot, settings):
                await Play(sandbox, newsroom, bot, clock, out).perform()
                if web:
                    await _stay(out, sandbox, newsroom)


@asynccontextmanager
async def stage(
    folder: Path,
    clock: Clock,
    *,
    speed: float = 1,
    port: int = 0,
) -> AsyncIterator[tuple[Sandbox, Newsroom, Bot, Settings]]:
    """The newsroom, the sandbox and the bot, wired on loopback until the block ends; the bot is not started."""
    async with Sandbox(clock=clock, port=port) as sandbox, Newsroom(clock=clock) as newsroom:
        topics_file = folder / "topics.toml"
        topics_file.write_text(newsroom.topics_toml(), encoding="utf-8")
        settings = load(
            _env_file=None,
            telegram_bot_token=TOKEN,
            telegram_api_url=sandbox.url,
            admin_ids=(ADMIN_ID,),
            data_dir=folder,
            database_url="",
            topics_file=topics_file,
            fetch_allow_private=("127.0.0.0/8",),
            default_tz="UTC",
            default_lang="en",
            webhook_url="",
        )
        async with open_bot(settings, clock, speed=speed) as bot:
            yield sandbox, newsroom, bot, settings


class Play:
    """The scripted conversation: what the people do, shown with what the bot answers."""

    def __init__(self, sandbox: Sandbox, newsroom: Newsroom, bot: Bot, clock: FastClock, out: Console) -> None:
        self._sandbox = sandbox
        self._newsroom = newsroom
        self._bot = bot
        self._clock = clock
        self._out = out

    async def perform(self) -> None:
        """All scenes, in order."""
        reader = self._sandbox.person("Aigerim", language="en")
        admin = self._sandbox.person("Daniyar", language="ru", user_id=ADMIN_ID)
        await self._join(reader)
        await self._read(reader)
        await self._curate(admin)
        await self._next_morning(reader)

    async def _join(self, reader: Person) -> None:
        self._scene("A reader joins: topics, hour, time zone, length, by buttons")
        await self._say(reader, "/start")
        for topic in ("Technology", "Environment", "Economy"):
            await self._press(reader, topic, show=topic == "Economy")
        await self._press(reader, "Next", show=False)
        await self._press(reader, "07", show=False)
        await self._press(reader, "Next", show=False)
        await self._press(reader, "Almaty", show=False)
        await self._press(reader, "Next")
        await self._press(reader, "Done")

    async def _read(self, reader: Person) -> None:
        self._scene("A digest now, and the summary of a link")
        await self._say(reader, "/digest")
        story = next(one for one in self._newsroom.publications() if one.article.event is None)
        await self._say(reader, story.url)

    async def _curate(self, admin: Person) -> None:
        self._scene("An admin adds a topic; it takes from what has been read already")
        await self._say(admin, "/start")
        await self._say(admin, "/topic add Животные\nwords: camel, flamingo, верблюд, фламинго, қоқиқаз*\nen: Animals")

    async def _next_morning(self, reader: Person) -> None:
        self._scene("The next morning at seven the edition comes by itself, with only what is new")
        now = self._clock()
        seven = datetime.combine(now.astimezone(_ALMATY).date() + timedelta(days=1), clock_time(7), _ALMATY)
        reader.mark()
        self._clock.skip(seven - now)
        services = self._bot.services
        # What the timed jobs do every minute, without waiting for the minute.
        await services.gatherer.gather()
        await asyncio.to_thread(services.publisher.plan)
        await services.publisher.deliver()
        self._show(await reader.next_message(timeout=30))

    async def _say(self, person: Person, text: str) -> None:
        self._show_own(person, text)
        await person.send(text)
        self._show(await person.next_message(timeout=30))

    async def _press(self, person: Person, label: str, *, show: bool = True) -> None:
        self._show_own(person, f"[ {label} ]")
        await person.press(label)
        message = await person.next_message(timeout=30)
        if show:
            self._show(message)

    def _scene(self, title: str) -> None:
        self._out.print()
        self._out.print(Rule(Text(title, style="bold"), align="left"))

    def _show_own(self, person: Person, text: str) -> None:
        self._out.print(Text(f"{person.name}: {text}", style="cyan"), justify="right")

    def _show(self, message: Message) -> None:
        rows = [" ".join(f"[ {button.text} ]" for button in row) for row in message.keyboard]
        body = styled(message.html)
        if rows:
            body = Text("\n").join([body, Text(""), *(Text(row, style="dim") for row in rows)])
        self._out.print(Panel(body, title="News Digest", title_align="left", border_style="green", width=84))


async def _stay(out: Console, sandbox: Sandbox, newsroom: Newsroom) -> None:
    out.print()
    out.print(Rule("[bold]Now you[/]", align="left"))
    out.print(f"Chat page   {sandbox.url}/   (the person numbered {ADMIN_ID} is the admin)")
    out.print(f"Newsroom    {newsroom.url}")
    out.print(f"The clock runs {FAST} times as fast as yours. Stop with Ctrl+C.")
    await asyncio.Event().wait()
