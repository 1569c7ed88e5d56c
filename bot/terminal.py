"""What the commands of the terminal show."""

import html
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import click
from rich.columns import Columns
from rich.console import Console, Group, RenderableType
from rich.panel import Panel
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.style import Style
from rich.table import Table
from rich.text import Text

from bot.app import News, open_reading
from bot.render import digest_messages, reading_minutes
from bot.settings import Settings
from bot.texts import texts_in
from digests.errors import NewsDigestError, UnknownTopicError
from digests.model import Digest, EditionKind, Feed, Length, Page, Subscription, Summary
from digests.on_demand import Summaries
from digests.pipeline.gathering import GatherReport
from digests.pipeline.publishing import preview
from digests.subscribers import MAX_STORIES, USUAL_MINUTES, USUAL_TIME

_STAGES = {"poll": "Polling feeds", "read": "Reading articles"}
_TAG = re.compile(r'<(/?)([a-z]+)(?: href="([^"]*)")?[^>]*>')
_STYLES = {"b": Style(bold=True), "i": Style(italic=True), "code": Style(color="cyan"), "pre": Style(color="cyan")}


@contextmanager
def gathering_progress(*, hidden: bool) -> Iterator[Callable[[str, int, int], None]]:
    """Bars for the stages of a gathering pass, on the standard error."""
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), disable=hidden) as bars:
        tasks = {stage: bars.add_task(name, total=None) for stage, name in _STAGES.items()}

        def tell(stage: str, done: int, total: int) -> None:
            bars.update(tasks[stage], completed=done, total=total)

        yield tell


MOST_BROKEN = 20
"""Feeds that fail are named up to so many."""


def gathering_table(report: GatherReport, broken: Sequence[Feed]) -> RenderableType:
    """What became of the feeds polled and of the entries they brought, and the feeds that fail with what to do."""
    texts = texts_in("en")
    feeds = _counts("Feeds", [("due", report.due), ("unchanged", report.unchanged), ("changed", report.changed)])
    feeds.add_row("failed", str(sum(report.failed.values())), style="red" if report.failed else "")
    for code, count in sorted(report.failed.items(), key=lambda one: (-one[1], one[0])):
        feeds.add_row(f"  {code}", str(count), style="red")
    entries = _counts("Entries", [("new", report.new), ("edited", report.edited)])
    articles = _counts(
        "Articles",
        [
            ("read", report.read),
            ("revised", report.revised),
            ("known already", report.known),
            ("to be tried again", report.postponed),
            ("unreadable", report.unreadable),
        ],
    )
    shown: list[RenderableType] = [Columns([feeds, entries, articles], padding=(0, 4))]
    if broken:
        faults = Table(title="Feeds that fail", title_justify="left", box=None, pad_edge=False)
        for name in ("feed", "failed", "why, and what to do"):
            faults.add_column(name, overflow="fold")
        for feed in broken[:MOST_BROKEN]:
            times = "stopped" if feed.is_stopped else f"{feed.failures}×"
            faults.add_row(Text(feed.name), times, styled(texts.feed_trouble(feed.error)))
        shown += ["", faults]
        if len(broken) > MOST_BROKEN:
            shown.append(f"... and {len(broken) - MOST_BROKEN} more: newsdigest doctor names them all")
    return Group(*shown)


def _counts(title: str, rows: Sequence[tuple[str, int]]) -> Table:
    table = Table(title=title, title_justify="left", box=None, pad_edge=False, show_header=False)
    table.add_column("what")
    table.add_column("how many", justify="right")
    for name, count in rows:
        table.add_row(name, str(count), style="" if count else "dim")
    return table


def digest_now(
    news: News,
    settings: Settings,
    *,
    topics: Sequence[str],
    minutes: int | None,
    language: str,
    why: bool = False,
) -> RenderableType:
    """The digest as a new reader of these topics (of all, if none is named) would get it now.

    Raises:
        UnknownTopicError: there is no such topic.
    """
    known = [one.topic.slug for one in news.desk.topics()]
    for slug in topics:
        if slug not in known:
            raise UnknownTopicError(slug, known)
    now = news.clock()
    mine = Subscription(
        id=0,
        chat_id=0,
        topics=frozenset(topics or known),
        times=(USUAL_TIME,),
        zone=settings.default_tz,
        max_stories=MAX_STORIES,
        minutes=minutes or USUAL_MINUTES,
        planned_until=now,
    )
    digest = preview(news.store, mine, now, language=language)
    parts = digest_messages(digest, EditionKind.ON_DEMAND, language)
    shown = Text("\n\n").join(styled(part.text) for part in parts)
    return Group(shown, "", _standings(digest)) if why and digest.standings else shown


def _standings(digest: Digest) -> Table:
    """Every factor that gave the stories their places."""
    table = Table(title="Why each story stands where it stands", title_justify="left", box=None, pad_edge=False)
    table.add_column("story", max_width=44, no_wrap=True, overflow="ellipsis")
    for name in ("owners", "copies", "weight", "support", "hours", "fresh", "lang", "topic", "new", "variety", "total"):
        table.add_column(name, justify="right")
    for story in digest.stories:
        one = digest.standings[story.id]
        factors = (one.freshness, one.language, one.relevance, one.novelty, one.variety, one.total)
        table.add_row(
            Text(story.lead.title),
            str(one.owners),
            str(one.copies),
            f"{one.weight:.1f}",
            f"{one.support:.2f}",
            f"{one.age / timedelta(hours=1):.0f}",
            *(f"{factor:.2f}" for factor in factors),
        )
    return table


def styled(message: str) -> Text:
    """A message in Telegram's HTML as the terminal can show it, links included."""
    shown, styles, at = Text(), [Style.null()], 0
    for tag in _TAG.finditer(message):
        shown.append(html.unescape(message[at : tag.start()]), styles[-1])
        at = tag.end()
        if tag[1]:
            styles.pop()
        else:
            own = Style(link=html.unescape(tag[3])) if tag[3] else _STYLES.get(tag[2], Style.null())
            styles.append(styles[-1] + own)
    shown.append(html.unescape(message[at:]), styles[-1])
    return shown


async def summarized(
    sources: Sequence[str],
    settings: Settings,
    *,
    length: Length,
    engine: str | None,
    compare: bool,
    as_json: bool,
) -> tuple[list[Any], bool]:
    """What is to be printed of each source, in order, as JSON or for people; and whether one failed.

    A source that fails is told on the standard error and does not stop the others; of one alone the error is raised.

    Raises:
        click.UsageError: it is neither an address nor a file that can be read.
        FetchError, UnreadablePageError: there is no article to be had.
    """
    told: list[Any] = []
    alone = len(sources) == 1
    async with open_reading(settings) as summaries:
        with Progress(
            TextColumn("Summarizing"), BarColumn(), MofNCompleteColumn(), console=Console(stderr=True), disable=alone
        ) as bar:
            task = bar.add_task("summarize", total=len(sources))
            for source in sources:
                try:
                    told.append(await _told(summaries, source, length, engine, compare=compare, as_json=as_json))
                except (NewsDigestError, click.UsageError) as error:
                    if alone:
                        raise
                    message = error.message if isinstance(error, click.UsageError) else texts_in("en").error(error)
                    bar.console.print(f"{source}: {styled(str(message))}", highlight=False)
                bar.advance(task)
    return told, len(told) < len(sources)


async def _told(
    summaries: Summaries, source: str, length: Length, engine: str | None, *, compare: bool, as_json: bool
) -> dict[str, object] | RenderableType:
    body, kind, url = await _document(summaries, source)
    if compare:
        page, several = await summaries.by_every_engine(body, kind, url, length=length)
        if not as_json:
            return _comparison(page, several)
        return summary_json(page, several[0]) | {"engines": {one.engine: one.text for one in several}}
    page, summary = await summaries.of_document(body, kind, url, length=length, engine=engine)
    return summary_json(page, summary) if as_json else summary_panel(page, summary)


async def _document(summaries: Summaries, source: str) -> tuple[bytes, str, str]:
    """(body, content type, address or "") of an address, a file, or (for "-") the standard input."""
    if source.startswith(("http://", "https://")):
        answer = await summaries.page(source)
        return answer.body, answer.content_type, answer.url
    if source == "-":
        body = sys.stdin.buffer.read()
    else:
        try:
            body = Path(source).read_bytes()
        except OSError as error:
            raise click.UsageError(f"{source}: {error.strerror}") from error
    return body, _content_type(body), ""


def _comparison(page: Page, summaries: Sequence[Summary]) -> RenderableType:
    table = Table(title=page.title, title_justify="left", show_lines=True)
    for name in ("engine", "summary", "words", "alike"):
        table.add_column(name, justify="right" if name in {"words", "alike"} else "left")
    ours = {one.start for one in summaries[0].sentences}
    for one in summaries:
        shared = len(ours & {sentence.start for sentence in one.sentences})
        table.add_row(one.engine, Text(one.text), str(len(one.text.split())), f"{shared} of {len(ours)}")
    return table


def summary_json(page: Page, summary: Summary) -> dict[str, object]:
    """The summary for programs. published_at has an offset only where the page states its zone."""
    published = page.published
    return {
        "title": page.title,
        "url": page.url,
        "author": page.author,
        "publisher": page.publisher,
        "published_at": published and published.at.isoformat(timespec="minutes"),
        "published_zone": None if published is None else "UTC" if published.zone_known else "unknown",
        "language": page.language,
        "image_url": page.image_url,
        "sentences": [{"text": one.text, "start": one.start, "end": one.end} for one in summary.sentences],
        "engine": summary.engine,
        "text": page.text,
    }


def summary_panel(page: Page, summary: Summary) -> RenderableType:
    """The summary for people."""
    texts = texts_in("en")
    facts = [page.publisher, page.author]
    if page.published is not None:
        written = texts.dated(page.published.at)
        facts.append(f"{written} UTC" if page.published.zone_known else f"{written} (time zone not stated)")
    facts.append(f"{reading_minutes([page.text])} min of text")
    body = Text(summary.text)
    return Panel(body, title=Text(page.title or "–", style="bold"), subtitle=Text(" · ".join(filter(None, facts))))


def _content_type(body: bytes) -> str:
    """A page or a text: what a server would have said."""
    start = body[:2000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return "text/html" if start.startswith(b"<") or b"<html" in start or b"<!doctype" in start else "text/plain"
