"""Broadcasts: what an admin writes to the readers who agreed, seen before it is sent, followed and stopped."""

import asyncio
import logging
import math
import re
from datetime import timedelta

from telegram import Message, MessageEntity, Update
from telegram.constants import ParseMode
from telegram.error import BadRequest, NetworkError, RetryAfter, TelegramError

from bot.callbacks import BROADCAST, BROADCAST_CANCEL, BROADCAST_SHOW, CANCEL, Press
from bot.context import BotContext
from bot.handlers.answers import is_shown_already, off_loop, reply, show, toast
from bot.handlers.rights import admins_only, is_admin, refuse
from bot.offers import Written
from bot.render import units_of
from bot.screens import Screen
from bot.sender import NO_PREVIEW, markup
from bot.texts import Markup, Texts, texts_in
from digests.broadcasting import duration
from digests.errors import NewsDigestError
from digests.store.broadcasts import Progress

log = logging.getLogger(__name__)

BETWEEN_LOOKS = timedelta(seconds=3)
"""From one change of the progress shown to the next: each is a message for Telegram."""

MOST_FAILURES = 20
"""Changes in a row that could not be shown; then the message stays as it is."""


_COMMAND = re.compile(r"(/\S+\s*)(.*)", re.DOTALL)


@admins_only
async def broadcast(update: Update, context: BotContext) -> None:
    """/broadcast TEXT, and /broadcast for how the latest goes"""
    texts = await off_loop(context.texts, update)
    text = written_text(update.effective_message)
    if not text:
        latest = await off_loop(context.services.broadcasting.latest)
        shown = progress_screen(latest, texts) if latest else Screen(texts.say("broadcast-none"), [])
        await reply(update, f"{shown.text}\n\n{texts.say('broadcast-usage')}", shown.keyboard)
        return
    audience = await off_loop(context.services.broadcasting.audience)
    await reply(update, text)
    if not audience:
        await reply(update, texts.say("broadcast-nobody"))
        return
    name = context.services.offers.add(Written(text))
    minutes = math.ceil(duration(audience).total_seconds() / 60)
    buttons = [
        [
            (texts.plain("button-send", count=audience), Press(BROADCAST, name).data()),
            (texts.plain("button-cancel"), Press(CANCEL).data()),
        ]
    ]
    await reply(update, texts.say("broadcast-question", count=audience, minutes=minutes), buttons)


async def press(update: Update, context: BotContext, pressed: Press) -> None:
    """A button of these messages."""
    if not await is_admin(update, context):
        await refuse(update, context)
        return
    texts = await off_loop(context.texts, update)
    if pressed.action == BROADCAST:
        await _begin(update, context, pressed.value, texts)
        return
    try:
        number = int(pressed.value)
        broadcasting = context.services.broadcasting
        change = broadcasting.cancel if pressed.action == BROADCAST_CANCEL else broadcasting.progress
        progress = await off_loop(change, number)
    except (ValueError, OverflowError, NewsDigestError):
        await toast(update, texts.plain("stale-button"), alert=True)
        return
    await toast(update)
    await show(update, progress_screen(progress, texts))


def understands(pressed: Press) -> bool:
    """Whether the button belongs here."""
    return pressed.action in {BROADCAST, BROADCAST_CANCEL, BROADCAST_SHOW}


def written_text(message: Message | None) -> str:
    """What stands behind the command, with its markup, as HTML; "" for nothing."""
    found = _COMMAND.fullmatch(message.text) if message is not None and message.text else None
    if message is None or found is None or not found[2].strip():
        return ""
    shift = units_of(found[1])
    entities = [
        MessageEntity(
            type=one.type,
            offset=max(0, one.offset - shift),
            length=one.length - max(0, shift - one.offset),
            url=one.url,
            user=one.user,
            language=one.language,
            custom_emoji_id=one.custom_emoji_id,
        )
        for one in message.entities
        if one.offset + one.length > shift
    ]
    return Message(message.message_id, message.date, message.chat, text=found[2], entities=entities).text_html.strip()


def progress_screen(progress: Progress, texts: Texts) -> Screen:
    """How far it is, and the way to stop it while it is on its way."""
    state = "cancelled" if progress.is_cancelled else "over" if progress.is_over else "sending"
    done = progress.sent + progress.failed
    text = texts.say(
        "broadcast-progress",
        state=state,
        bar=_bar(done, progress.readers),
        sent=progress.sent,
        readers=progress.readers,
        failed=progress.failed,
    )
    number = str(progress.id)
    buttons = [
        (texts.plain("button-refresh"), Press(BROADCAST_SHOW, number).data()),
        (texts.plain("button-stop-broadcast"), Press(BROADCAST_CANCEL, number).data()),
    ]
    return Screen(text, [buttons] if state == "sending" else [])


async def _begin(update: Update, context: BotContext, name: str, texts: Texts) -> None:
    offers = context.services.offers
    written = offers.get(name, Written)
    if written is None:
        await toast(update, texts.plain("offer-gone"), alert=True)
        return
    offers.replace(name, None)  # pressed twice, it is sent once
    await toast(update)
    progress = await off_loop(context.services.broadcasting.begin, context.actor(update), written.text)
    await show(update, progress_screen(progress, texts))
    context.application.create_task(_follow(update, context, progress, texts.language), update=update)
    # Not waited for: the admin goes on, and may stop it.
    context.application.create_task(context.services.publisher.deliver(broadcasts=True), update=update)


async def _follow(update: Update, context: BotContext, progress: Progress, language: str) -> None:
    """Change the message as the broadcast goes on, until it is over."""
    query = update.callback_query
    assert query is not None  # it was begun by a press
    texts, shown, failures = texts_in(language), progress, 0
    while not (shown.is_over or shown.is_cancelled):
        await asyncio.sleep(BETWEEN_LOOKS.total_seconds())
        now = await off_loop(context.services.broadcasting.progress, progress.id)
        if now == shown:
            continue
        screen = progress_screen(now, texts)
        try:
            await query.edit_message_text(
                screen.text,
                parse_mode=ParseMode.HTML,
                link_preview_options=NO_PREVIEW,
                reply_markup=markup(screen.keyboard),
            )
        except TelegramError as error:
            if not is_shown_already(error):
                failures += 1
                may_pass = isinstance(error, NetworkError | RetryAfter) and not isinstance(error, BadRequest)
                if failures == MOST_FAILURES or not may_pass:
                    return  # the message is gone, or nobody can be reached: /broadcast tells the rest
                log.info("the progress of broadcast %d is shown later: %s", progress.id, error)
                continue
        shown, failures = now, 0


def _bar(done: int, of: int) -> Markup:
    filled = 10 * done // max(1, of)
    return Markup("▰" * filled + "▱" * (10 - filled))
