"""Inline mode: `@bot words` in any chat finds stories to share there."""

from datetime import timedelta

from telegram import (
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    Update,
)
from telegram.constants import ParseMode
from telegram.error import BadRequest

from bot.context import BotContext
from bot.handlers.answers import off_loop
from bot.inline_results import Shareable, shareables
from bot.sender import NO_PREVIEW
from bot.texts import Texts

CACHED = timedelta(minutes=1)
"""How long Telegram may answer the same question of the same person by itself: news age, and topics change."""

FURTHEST = 1_000
"""Stories from the first that anybody scrolls to; an altered app can ask for any number."""

START_PARAMETER = "inline"
"""Of the button above the list: it opens the private chat by /start, which takes it for no topic."""


async def inline(update: Update, context: BotContext) -> None:
    """Stories that have the words; the latest of the asker's topics for none."""
    query = update.inline_query
    assert query is not None  # the handler is for these updates alone
    texts = await off_loop(context.texts_of, query.from_user)
    start = int(query.offset) if query.offset.isascii() and query.offset.isdecimal() else 0
    page = await off_loop(
        context.services.sharing.find, query.query, reader_id=query.from_user.id, start=min(start, FURTHEST)
    )
    shown = await off_loop(shareables, page.stories, context.services.clock(), texts)
    more = page.next_start is not None and page.next_start <= FURTHEST
    try:
        await query.answer(
            [_result(one) for one in shown],
            next_offset=str(page.next_start) if more else "",
            cache_time=CACHED,
            # Words are the asker's language, and without any stories are of the asker's topics.
            is_personal=True,
            button=_button(texts, found=bool(shown)) if not start else None,
        )
    except BadRequest as error:
        if "query is too old" not in error.message.casefold():
            raise


def _result(one: Shareable) -> InlineQueryResultArticle:
    content = InputTextMessageContent(one.message, parse_mode=ParseMode.HTML, link_preview_options=NO_PREVIEW)
    return InlineQueryResultArticle(one.id, one.title, content, description=one.description)


def _button(texts: Texts, *, found: bool) -> InlineQueryResultsButton:
    text = texts.plain("inline-open" if found else "inline-nothing")
    return InlineQueryResultsButton(text, start_parameter=START_PARAMETER)
