"""The command line: reads the environment, wires what a command needs, shows what came of it."""

import asyncio
import dataclasses
import json
import sys
from collections.abc import Callable, Coroutine
from functools import wraps
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import click
from rich.console import Console

from bot.logs import configure
from bot.settings import LANGUAGES, SUMMARIZERS, SettingsError, load, usable_database
from digests.errors import UnknownTopicError
from digests.model import Length

P = ParamSpec("P")
T = TypeVar("T")

out = Console(highlight=False)


def asynchronous(function: Callable[P, Coroutine[Any, Any, T]]) -> Callable[P, T]:
    """A command whose body is a coroutine."""

    @wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> T:
        return asyncio.run(function(*args, **kwargs))

    return run


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="news-digest-bot", prog_name="newsdigest")
def newsdigest() -> None:
    """Reads the news and sends every reader one digest by Telegram.

    The environment, or a file .env, says the rest: see .env.example.
    """


@newsdigest.command()
@asynchronous
async def run() -> None:
    """The bot: gathers, summarizes, sends and answers, in one process."""
    settings = load()
    if not settings.telegram_bot_token.get_secret_value():
        raise SettingsError(["TELEGRAM_BOT_TOKEN: is missing; @BotFather gives one"])
    configure(settings)
    from bot.running import run_bot  # noqa: PLC0415 - Telegram's library is not for the other commands to wait for

    await run_bot(settings)


@newsdigest.command()
@asynchronous
async def worker() -> None:
    """Takes gathering, reading and planning from the queue (PostgreSQL only), on as many machines as you like."""
    settings = load(workers="external")
    configure(settings)
    from bot.tasks import run_worker  # noqa: PLC0415 - Procrastinate is not for the other commands to wait for

    await run_worker(settings.model_copy(update={"topics_file": None}))


@newsdigest.command()
@click.option("--web", is_flag=True, help="Keep running, with a chat page to try it by hand and a fast clock.")
@click.option("--port", default=0, show_default="any free one", help="Port of the chat page.")
@asynchronous
async def demo(*, web: bool, port: int) -> None:
    """A rehearsal without token and network: sample newsroom, sandbox Telegram, the real bot."""
    from bot.demo import rehearse  # noqa: PLC0415 - the stage is not for the other commands to wait for

    await rehearse(out, web=web, port=port)


@newsdigest.command()
@click.option("--json", "as_json", is_flag=True, help="Report as JSON.")
@click.option("--all", "all_feeds", is_flag=True, help="Poll every feed, also those not due or stopped.")
@click.option("--poll-only", is_flag=True, help="Only poll feeds; what they bring is read by the next pass.")
@asynchronous
async def gather(*, as_json: bool, all_feeds: bool, poll_only: bool) -> None:
    """One gathering pass, with progress."""
    from bot.app import open_news  # noqa: PLC0415 - heavy
    from bot.terminal import gathering_progress, gathering_table  # noqa: PLC0415 - heavy

    settings = load()
    configure(settings, quiet=True)
    async with open_news(settings) as news:
        with gathering_progress(hidden=as_json) as tell:
            report = await news.gatherer.gather(all_feeds=all_feeds, reading=not poll_only, progress=tell)
        broken = [one.feed for one in news.desk.feeds() if one.feed.error]
    if as_json:
        click.echo(json.dumps(dataclasses.asdict(report), ensure_ascii=False, indent=2))
    else:
        out.print(gathering_table(report, broken))


@newsdigest.command()
@click.option("--topic", "topics", multiple=True, metavar="SLUG", help="Only this topic; may be given again.")
@click.option("--minutes", type=click.IntRange(1, 60), help="At most so many minutes of reading.")
@click.option("--lang", type=click.Choice(LANGUAGES), help="Language of headings and dates.")
@click.option("--why", is_flag=True, help="Also why each story stands where it stands.")
@asynchronous
async def digest(*, topics: tuple[str, ...], minutes: int | None, lang: str | None, why: bool) -> None:
    """The digest as it would be now."""
    from bot.app import open_news  # noqa: PLC0415 - heavy
    from bot.terminal import digest_now  # noqa: PLC0415 - heavy

    settings = load()
    configure(settings, quiet=True)
    async with open_news(settings) as news:
        language = lang or settings.default_lang
        try:
            shown = digest_now(news, settings, topics=topics, minutes=minutes, language=language, why=why)
        except UnknownTopicError as error:
            known = ", ".join(error.known) or "none"
            raise click.BadParameter(f"no topic {error.name!r}; there are: {known}") from error
    out.print(shown)


@newsdigest.command()
@click.argument("sources", metavar="URL|FILE|-...", nargs=-1, required=True)
@click.option(
    "--sentences", type=click.IntRange(1, 20), default=None, help="At most.  [default: 2, or SUMMARY_SENTENCES]"
)
@click.option("--seconds", type=click.IntRange(1, 600), default=None, help="Of reading, at most.")
@click.option("--engine", type=click.Choice(SUMMARIZERS), default=None, help="[default: news, or SUMMARIZER]")
@click.option("--compare", is_flag=True, help="What every engine makes of it, side by side.")
@click.option("--json", "as_json", is_flag=True, help="Title, date, language and sentences with offsets as JSON.")
@asynchronous
async def summarize(
    *,
    sources: tuple[str, ...],
    sentences: int | None,
    seconds: int | None,
    engine: str | None,
    compare: bool,
    as_json: bool,
) -> None:
    """Summaries of articles: of addresses, of files with a page or text, or of the standard input."""
    from bot.terminal import summarized  # noqa: PLC0415 - heavy

    settings = load()
    configure(settings, quiet=True)
    # Who asks for seconds alone does not ask for two sentences.
    most = sentences or (20 if seconds else settings.summary_sentences)
    length = Length(sentences=most, seconds=seconds)
    told, failed = await summarized(sources, settings, length=length, engine=engine, compare=compare, as_json=as_json)
    if as_json:
        click.echo(json.dumps(told[0] if len(sources) == 1 and told else told, ensure_ascii=False, indent=2))
    else:
        out.print(*told, sep="\n")
    if failed:
        raise SystemExit(1)


@newsdigest.group()
def topics() -> None:
    """Topics: as a TOML file together with the feeds, and why they take what they take."""


@topics.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Only show what would be added and changed, field by field.")
@asynchronous
async def import_topics(*, file: Path, dry_run: bool) -> None:
    """Add the file's topics and feeds; topics of the same slug are replaced, nothing is removed."""
    from bot.app import open_news  # noqa: PLC0415 - heavy
    from bot.differences import differences  # noqa: PLC0415 - heavy
    from digests.topics_file import read  # noqa: PLC0415 - heavy

    wanted = read(_written(file))
    settings = load()
    configure(settings, quiet=True)
    if dry_run:
        # An installation that has not been started yet would take its own topics file first, and that is a change.
        async with open_news(settings.model_copy(update={"topics_file": None})) as news:
            noted = news.desk.would_take(wanted)
        for line in differences(noted, total=len(wanted.topics) + len(wanted.feeds)):
            out.print(line, markup=False, soft_wrap=True)
        return
    async with open_news(settings) as news:
        await news.desk.take(wanted)
    out.print(f"{len(wanted.topics)} topics and {len(wanted.feeds)} feeds taken from {file}")


def _written(file: Path) -> str:
    """Raises TopicsFileError with the place of what is no UTF-8."""
    from digests.errors import TopicsFileError  # noqa: PLC0415 - with those who need it

    body = file.read_bytes()
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = body.count(b"\n", 0, error.start) + 1
        raise TopicsFileError([f"line {line}: not UTF-8; save the file in that encoding"]) from error


@topics.command("export")
@click.argument("file", type=click.Path(dir_okay=False, writable=True, path_type=Path))
@asynchronous
async def export_topics(file: Path) -> None:
    """Write all topics and feeds to the file; - for the standard output."""
    from bot.app import open_news  # noqa: PLC0415 - heavy
    from digests.topics_file import write  # noqa: PLC0415 - heavy

    settings = load()
    configure(settings, quiet=True)
    async with open_news(settings) as news:
        everything = news.desk.everything()
    text = write(everything)
    if str(file) == "-":
        click.echo(text, nl=False)
    else:
        file.write_text(text, encoding="utf-8")


@topics.command("explain")
@click.argument("url")
@click.option("--lang", type=click.Choice(LANGUAGES), default="en", show_default=True, help="Language of the answer.")
@asynchronous
async def explain_topics(url: str, lang: str) -> None:
    """Why the article at URL, which has been gathered, belongs to some topics and not to others."""
    from bot.app import open_news  # noqa: PLC0415 - heavy
    from bot.explained import explained  # noqa: PLC0415 - heavy
    from bot.terminal import styled  # noqa: PLC0415 - heavy
    from bot.texts import texts_in  # noqa: PLC0415 - heavy

    settings = load()
    configure(settings, quiet=True)
    async with open_news(settings) as news:
        explanation = await news.desk.explain(url)
    for block in explained(explanation, texts_in(lang)):
        out.print(styled(block))


@newsdigest.group()
def feeds() -> None:
    """Feeds as OPML, as feed readers exchange them."""


@feeds.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--topics", "with_topics", is_flag=True, help="Also make topics of its folders, limited to their feeds.")
@asynchronous
async def import_feeds(*, file: Path, with_topics: bool) -> None:
    """Follow the file's feeds too; those followed already stay as they are."""
    from bot.app import open_news  # noqa: PLC0415 - heavy
    from digests import opml  # noqa: PLC0415 - heavy
    from digests.sources import Sources  # noqa: PLC0415 - heavy

    listed = opml.read_folders(file.read_bytes())
    settings = load()
    configure(settings, quiet=True)
    async with open_news(settings) as news:
        if with_topics:
            sources = Sources(news.store, news.desk, news.fetcher, news.worker, news.clock)
            taken = await sources.take_list(listed.feeds, listed.folders, language=settings.default_lang)
            new = taken.followed
        else:
            taken, new = None, news.desk.follow_list(listed.feeds)
    out.print(f"{new} feeds of {file} are followed from now on, {len(listed.feeds) - new} were already")
    for told, names in (
        (("new", taken.added), ("with these feeds", taken.changed), ("left", taken.left)) if taken else ()
    ):
        if names:
            out.print(f"topics {told}: {', '.join(names)}", markup=False)


@feeds.command("export")
@click.argument("file", type=click.Path(dir_okay=False, writable=True, path_type=Path))
@asynchronous
async def export_feeds(file: Path) -> None:
    """Write all feeds to the file; - for the standard output."""
    from bot.app import open_news  # noqa: PLC0415 - heavy
    from bot.feed_screens import folders_of  # noqa: PLC0415 - heavy
    from digests import opml  # noqa: PLC0415 - heavy

    settings = load()
    configure(settings, quiet=True)
    async with open_news(settings) as news:
        kept = news.desk.everything()
    body = opml.write(kept.feeds, folders_of(kept.topics, settings.default_lang))
    if str(file) == "-":
        click.echo(body, nl=False)
    else:
        file.write_bytes(body)


@newsdigest.command()
@click.option("--running", is_flag=True, help="Only ask the bot that runs here (METRICS_LISTEN) whether it is alive.")
@asynchronous
async def doctor(*, running: bool) -> None:
    """Checks token, database, feeds, clock and disk; says what to do about each fault."""
    settings = load()
    if running:
        _ask_running(settings.metrics_listen)
        return
    from bot.doctor import examine  # noqa: PLC0415 - heavy

    configure(settings, quiet=True)
    healthy = await examine(settings, out)
    if not healthy:
        sys.exit(1)


def _ask_running(listen: str) -> None:
    """Exits with 1 where nobody answers; what the bot lacks is told, and no reason to start it anew."""
    from bot.monitoring.asking import ask  # noqa: PLC0415 - with those who need it

    if not listen:
        raise SettingsError(["METRICS_LISTEN: is missing; it is where the bot is asked"])
    answer = ask(listen)
    if not answer.alive:
        out.print(f"nobody answers at {listen}: {answer.trouble}", markup=False)
        raise SystemExit(1)
    lacking = [name for name, well in answer.checks.items() if not well]
    out.print(f"alive, {answer.role}" + (f"; not well: {', '.join(lacking)}" if lacking else ""), markup=False)


@newsdigest.group()
def db() -> None:
    """The database."""


@db.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--overwrite", is_flag=True, help="Take the place of a file that is there.")
def backup(*, file: Path, overwrite: bool) -> None:
    """Keep the whole database in FILE, one that `restore` brings back into either kind; the bot may run meanwhile."""
    from bot.databases import keep  # noqa: PLC0415 - heavy

    keep(load(), file, out, overwrite=overwrite)


@db.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--overwrite", is_flag=True, help="Take the place of what the database has.")
def restore(*, file: Path, overwrite: bool) -> None:
    """Bring back what `backup` kept in FILE, into SQLite or PostgreSQL; no bot may run on the database."""
    from bot.databases import bring_back  # noqa: PLC0415 - heavy

    if not bring_back(load(), file, out, overwrite=overwrite):
        sys.exit(1)


@db.command("copy")
@click.argument("url")
@click.option("--overwrite", is_flag=True, help="Take the place of what the target has.")
def copy_database(*, url: str, overwrite: bool) -> None:
    """Copy the database to the empty one at URL, as postgresql://user:password@host/name.

    Given again it goes on where it was, and copies what has changed. With a bot running on the source it has to be
    given once more after that was stopped.
    """
    from bot.databases import move  # noqa: PLC0415 - heavy

    try:
        usable_database(url)
    except ValueError as error:
        raise click.BadParameter(f"URL: {error}") from error
    if not move(load(), url, out, overwrite=overwrite):
        sys.exit(1)


@db.command()
def upgrade() -> None:
    """Bring the database to the newest schema; `run` does so by itself."""
    from bot.app import open_store  # noqa: PLC0415 - heavy

    settings = load()
    open_store(settings).close()
    out.print("The database is on the newest schema.")
