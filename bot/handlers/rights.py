"""Who may do what."""

from collections.abc import Awaitable, Callable, Coroutine
from functools import wraps
from typing import Any

from telegram import Update

from bot.context import BotContext
from bot.handlers.answers import off_loop, reply


def admins_only(
    handler: Callable[[Update, BotContext], Awaitable[None]],
) -> Callable[[Update, BotContext], Coroutine[Any, Any, None]]:
    """The handler for admins; everybody else is told that it is not for them."""

    @wraps(handler)
    async def guarded(update: Update, context: BotContext) -> None:
        if context.is_admin(update):
            await handler(update, context)
            return
        texts = await off_loop(context.texts, update)
        await reply(update, texts.say("admin-only"))

    return guarded
