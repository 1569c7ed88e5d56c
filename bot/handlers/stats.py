"""Figures for admins: drawn, as text, and as a table to take along."""

import io

from telegram import Update
from telegram.constants import ParseMode

from bot.callbacks import STATS_CSV, STATS_TEXT, Press
from bot.charts import draw
from bot.context import BotContext
from bot.handlers.answers import command_text, off_loop, reply, reply_list, toast, typing
from bot.handlers.rights import admins_only, is_admin, refuse
from bot.sender import markup
from bot.stats_screens import caption, chart_words, in_words
from digests.errors import WorkerError
from digests.figures import LONGEST, Figures, as_csv

USUAL_DAYS = 14


@admins_only
async def stats(update: Update, context: BotContext) -> None:
    """/stats, and /stats DAYS"""
    given = command_text(update)
    texts = await off_loop(context.texts, update)
    days = int(given) if given.isdecimal() and len(given) < 4 else (0 if given else USUAL_DAYS)  # noqa: PLR2004
    if not 1 <= days <= LONGEST:
        await reply(update, texts.say("stats-usage", most=LONGEST))
        return
    context.application.create_task(_draw(update, context, days), update=update)


async def press(update: Update, context: BotContext, pressed: Press) -> None:
    """A button below the drawing."""
    if not await is_admin(update, context):
        await refuse(update, context)
        return
    days = int(pressed.value) if pressed.value.isdecimal() else 0
    texts = await off_loop(context.texts, update)
    if not 1 <= days <= LONGEST:
        await toast(update, texts.plain("stale-button"), alert=True)
        return
    await toast(update)
    figures = await off_loop(context.services.figures.collect, days)
    if pressed.action == STATS_TEXT:
        await reply_list(update, in_words(figures, texts))
        return
    chat = update.effective_chat
    assert chat is not None  # handlers are for updates of chats
    await chat.send_document(io.BytesIO(as_csv(figures).encode()), filename="figures.csv")


def understands(pressed: Press) -> bool:
    """Whether the button belongs here."""
    return pressed.action in {STATS_TEXT, STATS_CSV}


async def _draw(update: Update, context: BotContext, days: int) -> None:
    await typing(update)
    texts = await off_loop(context.texts, update)
    figures: Figures = await off_loop(context.services.figures.collect, days)
    keyboard = [
        [
            (texts.plain("button-as-text"), Press(STATS_TEXT, str(days)).data()),
            (texts.plain("button-as-csv"), Press(STATS_CSV, str(days)).data()),
        ]
    ]
    try:
        picture = await context.services.worker.run(draw, figures, chart_words(figures, texts), texts.language)
    except WorkerError as error:
        await reply(update, texts.error(error))
        await reply_list(update, in_words(figures, texts))
        return
    chat = update.effective_chat
    assert chat is not None  # handlers are for updates of chats
    await chat.send_photo(
        io.BytesIO(picture),
        caption=caption(figures, texts),
        parse_mode=ParseMode.HTML,
        reply_markup=markup(keyboard),
    )
