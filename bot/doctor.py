"""`newsdigest doctor`: everything the bot needs, as a table in the terminal."""

import asyncio
import html
import re

from rich.console import Console
from rich.table import Table
from rich.text import Text
from sqlalchemy.exc import SQLAlchemyError
from telegram import Bot

from bot import health
from bot.app import open_model, open_store, utc_now
from bot.health import Finding, Level
from bot.settings import Settings
from bot.texts import texts_in
from digests.errors import DatabaseAwayError, DatabaseError

_STYLES = {Level.OK: "green", Level.HINT: "yellow", Level.FAULT: "bold red"}


async def examine(settings: Settings, out: Console) -> bool:
    """Show a line for each thing looked at; whether there is no fault."""
    findings = await _findings(settings)
    table = Table(box=None, pad_edge=False, show_header=False)
    texts = texts_in("en")
    for finding in findings:
        state = _plain(texts.finding(finding.key, **finding.values))
        table.add_row(Text(finding.level.value, style=_STYLES[finding.level]), Text(state))
        if finding.level is not Level.OK:
            advice = _plain(texts.advice(finding.key, **finding.values))
            table.add_row("", Text(f"→ {advice}", style="yellow"))
    out.print(table)
    return all(finding.level is not Level.FAULT for finding in findings)


def _plain(text: str) -> str:
    """Without the markup that the chat needs."""
    return html.unescape(re.sub(r"<[^>]*>", "", text))


async def _findings(settings: Settings) -> list[Finding]:
    token = settings.telegram_bot_token.get_secret_value()
    bot = Bot(token, base_url=f"{settings.telegram_api_url}/bot") if token else None
    now = utc_now()
    telegram, webhook = await health.of_telegram(bot), await health.of_webhook(settings, bot, now)
    found = [*telegram, *webhook, await health.of_clock(settings, now), health.of_disk(settings)]
    if bot is not None:
        await bot.shutdown()
    try:
        store = await asyncio.to_thread(open_store, settings)
    except DatabaseAwayError as error:
        told = {"where": error.where, "database": error.database, "user": error.user, "error": error.said}
        return [*found, Finding(key=f"database-{error.trouble.value}", level=Level.FAULT, values=told)]
    except (DatabaseError, SQLAlchemyError, OSError) as error:
        reason = str(error).splitlines()[0]
        return [*found, Finding(key="no-database", level=Level.FAULT, values={"error": reason})]
    try:
        async with open_model(settings) as model:
            stored = await asyncio.to_thread(
                health.of_store,
                store,
                now,
                topics_file=settings.topics_file,
                has_workers=settings.workers == "external",
            )
            return [*found, *stored, *await health.of_model(settings, model, store, now)]
    finally:
        store.close()
