"""Summaries on demand, and messages without any command."""

import mimetypes
import re
from datetime import time

from telegram import Document, Message, MessageEntity, Update

from bot.context import BotContext
from bot.handlers import readers, stories
from bot.handlers.answers import chat_id, command_text, off_loop, reply, typing
from bot.handlers.rights import decides
from bot.render import summary_message
from bot.texts import Texts
from bot.times import read_quiet
from bot.zones import find_zone
from digests.errors import NewsDigestError, TooLargeError, UnknownSubscriberError, UnreadablePageError
from digests.gather.urls import web_address
from digests.model import Page, Summary

SHORTEST_TEXT = 200
"""Characters from which on a message is a text to summarize rather than words to the bot."""

MAX_DOCUMENT = 10_000_000
"""Bytes of a file that is summarized; bots can load 20 MB."""

_TIME = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)")
_LINKS: list[str | None] = [MessageEntity.URL, MessageEntity.TEXT_LINK]


async def summarize(update: Update, context: BotContext) -> None:
    """/summarize URL, or in answer to a message with a link or text."""
    message = update.effective_message
    assert message is not None  # a command always comes in a message
    given = command_text(update)
    source = message.reply_to_message if not given and message.reply_to_message else message
    text = given if source is message else (source.text or source.caption or "")
    link = _first_link(source) or _as_link(given)
    if not link and len(text) < SHORTEST_TEXT:
        texts = await off_loop(context.texts, update)
        await reply(update, texts.say("summarize-usage"))
        return
    _begin(update, context, link if len(text) - len(link) < SHORTEST_TEXT else "", text)


async def anything(update: Update, context: BotContext) -> None:
    """A message without any command: a link or a text is summarized, a time or a city is taken as the reader's."""
    message = update.effective_message
    if message is None or message.via_bot == context.bot.bot:
        return  # what somebody shared inline is our own text
    text = message.text or message.caption or ""
    link = _first_link(message)
    if link or len(text) >= SHORTEST_TEXT or message.forward_origin is not None:
        _begin(update, context, link if len(text) - len(link) < SHORTEST_TEXT else "", text)
        return
    if not await _taken_as_setting(update, context, text):
        texts = await off_loop(context.texts, update)
        await reply(update, texts.say("unknown-text"))


async def answer_in_group(update: Update, context: BotContext) -> None:
    """What somebody answers to the bot in a group: a time, a city or a word is taken for the group, from its admins."""
    message = update.effective_message
    answered = message.reply_to_message if message is not None else None
    if message is None or answered is None or answered.from_user is None or answered.from_user.id != context.bot.id:
        return
    if await decides(update):
        await _taken_as_setting(update, context, message.text or "")


async def _taken_as_setting(update: Update, context: BotContext, text: str) -> bool:
    """Whether the text is a word of the chat's own, quiet hours, a time or a city, and was taken as such."""
    said = text.strip()
    if said[:1] in stories.SIGNS and "\n" not in said and (word := said[1:].strip()):
        await stories.own_word(update, context, said[0], word)
    elif quiet := read_quiet(said):
        await readers.set_quiet(update, context, quiet)
    elif at := _TIME.fullmatch(text.strip()):
        await readers.set_time(update, context, time(int(at[1]), int(at[2])))
    elif zone := await off_loop(find_zone, text):
        await readers.set_zone(update, context, zone)
    else:
        return False
    return True


async def document(update: Update, context: BotContext) -> None:
    """A file: a page, a text or a PDF is summarized."""
    message = update.effective_message
    if message is None or message.document is None:
        return
    context.application.create_task(_answer_file(update, context, message.document), update=update)


async def _answer_file(update: Update, context: BotContext, sent: Document) -> None:
    await typing(update)
    texts, zone = await off_loop(_speaker, update, context)
    named = mimetypes.guess_type(sent.file_name or "")[0] or ""
    kind = named if sent.mime_type in {None, "application/octet-stream"} else sent.mime_type or ""
    try:
        # A file of unknown size is looked at no further than one of a size that can be taken.
        if (sent.file_size or 0) > MAX_DOCUMENT:
            raise TooLargeError(MAX_DOCUMENT)
        body = bytes(await (await sent.get_file()).download_as_bytearray())
        page, summary = await context.services.summaries.of_document(body, kind, "")
    except UnreadablePageError:
        await reply(update, texts.say("document-unreadable"))
        return
    except NewsDigestError as error:
        await reply(update, texts.error(error))
        return
    await _tell(update, context, page, summary, texts, zone)


def _begin(update: Update, context: BotContext, link: str, text: str) -> None:
    """Summarize beside the handling of updates, so that the chat can go on meanwhile."""
    context.application.create_task(_answer(update, context, link, text), update=update)


async def _answer(update: Update, context: BotContext, link: str, text: str) -> None:
    await typing(update)
    texts, zone = await off_loop(_speaker, update, context)
    try:
        page, summary = await _condense(context, link, text)
    except NewsDigestError as error:
        await reply(update, texts.error(error))
        return
    await _tell(update, context, page, summary, texts, zone)


async def _tell(update: Update, context: BotContext, page: Page, summary: Summary, texts: Texts, zone: str) -> None:
    if summary.sentences:
        credit = await off_loop(context.services.sources.credit_of, page.url) if page.url else ""
        await reply(update, summary_message(page, summary, texts, zone, credit=credit))
    else:
        await reply(update, texts.say("summary-nothing"))


async def _condense(context: BotContext, link: str, text: str) -> tuple[Page, Summary]:
    if link:
        return await context.services.summaries.of_link(link)
    return await context.services.summaries.of_text(text)


def _speaker(update: Update, context: BotContext) -> tuple[Texts, str]:
    """In which language and zone to answer; UTC to somebody who reads no digests."""
    try:
        zone = context.services.subscribers.profile(chat_id(update)).subscription.zone
    except UnknownSubscriberError:
        zone = "UTC"
    return context.texts(update), zone


def _as_link(given: str) -> str:
    """The address that somebody gave to /summarize, also without https:// in front."""
    first, *more = given.split() or [""]
    return "" if more or "." not in first else web_address(first) or web_address(f"https://{first}")


def _first_link(message: Message) -> str:
    found = {**message.parse_entities(_LINKS), **message.parse_caption_entities(_LINKS)}
    for entity, text in found.items():
        written = entity.url or text
        if address := web_address(written) or web_address(f"https://{written}"):
            return address
    return ""
