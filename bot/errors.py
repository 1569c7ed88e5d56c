"""Last resort for what a handler did not expect: log the ids, tell the person once."""

import logging

from telegram import Update
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter, TelegramError

from bot.context import BotContext
from bot.handlers import targets
from bot.handlers.answers import off_loop, reply, toast
from bot.sender import is_barred
from digests.errors import NewsDigestError

log = logging.getLogger(__name__)


async def on_error(update: object, context: BotContext) -> None:
    """The error handler of the application. Expected errors are told in their own sentence."""
    error = context.error
    if not isinstance(update, Update):
        log.error("outside of any update: %s", type(error).__name__, exc_info=error)
        return
    if isinstance(error, BadRequest | Forbidden) and is_barred(error) and update.effective_chat is not None:
        log.warning("update %d: no right to write: %s", update.update_id, error)
        await targets.barred(update, context)
        return
    if isinstance(error, Forbidden):
        log.info("update %d: the chat is closed to us", update.update_id)
        return
    if isinstance(error, RetryAfter) or (isinstance(error, NetworkError) and not isinstance(error, BadRequest)):
        log.warning("update %d: no answer to Telegram: %s", update.update_id, error)
        return
    expected = isinstance(error, NewsDigestError)
    if not expected:
        log.error("update %d: %s", update.update_id, type(error).__name__, exc_info=error)
    if update.effective_chat is None:
        return
    texts = await off_loop(context.texts, update)
    sentence = texts.error(error) if isinstance(error, NewsDigestError) else texts.say("error-unexpected")
    try:
        if update.callback_query is not None:
            await toast(update)
        await reply(update, sentence)
    except TelegramError as second:
        log.warning("update %d: the apology did not arrive: %s", update.update_id, second)
