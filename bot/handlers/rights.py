"""Who may do what."""

import logging
from collections.abc import Awaitable, Callable, Coroutine
from functools import wraps
from typing import Any

from telegram import Update
from telegram.constants import ChatMemberStatus, ChatType
from telegram.error import TelegramError

from bot.callbacks import BACK_TO_DIGEST, DIGEST, FOUND_PAGE, LAST, OPEN_STORY, PAGE, WHY, Press
from bot.context import BotContext
from bot.handlers.answers import command_name, off_loop, reply, toast
from digests.model import Role

log = logging.getLogger(__name__)

ADMINS = frozenset({ChatMemberStatus.OWNER, ChatMemberStatus.ADMINISTRATOR})
"""What Telegram calls those who decide for a chat."""

FOR_EVERYBODY = frozenset({OPEN_STORY, BACK_TO_DIGEST, WHY, FOUND_PAGE, DIGEST, LAST, PAGE})
"""Buttons that change nothing for the others of a group."""


def admins_only(
    handler: Callable[[Update, BotContext], Awaitable[None]],
) -> Callable[[Update, BotContext], Coroutine[Any, Any, None]]:
    """The handler for admins; everybody else is told that it is not for them."""

    @wraps(handler)
    async def guarded(update: Update, context: BotContext) -> None:
        if await is_admin(update, context):
            await handler(update, context)
            return
        await refuse(update, context)

    return guarded


def staff_only(
    handler: Callable[[Update, BotContext], Awaitable[None]],
) -> Callable[[Update, BotContext], Coroutine[Any, Any, None]]:
    """The handler for everybody with a role, editors too, whose rights it looks at itself."""

    @wraps(handler)
    async def guarded(update: Update, context: BotContext) -> None:
        if await off_loop(context.role, update) is not None:
            await handler(update, context)
            return
        await refuse(update, context)

    return guarded


async def is_admin(update: Update, context: BotContext) -> bool:
    """Whether the sender is an admin of this bot, or an owner."""
    return await off_loop(context.role, update) in {Role.OWNER, Role.ADMIN}


async def refuse(update: Update, context: BotContext) -> None:
    """Tell whoever lacks the right, and note that they tried."""
    user, query = update.effective_user, update.callback_query
    tried = query.data if query else (command_name(update) or "a message")
    log.warning("user %d was refused: %s", user.id if user else 0, tried)
    texts = await off_loop(context.texts, update)
    if query:
        await toast(update, texts.plain("admin-only"), alert=True)
    else:
        await reply(update, texts.say("admin-only"))


def changing(
    handler: Callable[[Update, BotContext], Awaitable[None]],
) -> Callable[[Update, BotContext], Coroutine[Any, Any, None]]:
    """The handler for whoever may decide for the chat: in a group its admins alone; the others are told."""

    @wraps(handler)
    async def guarded(update: Update, context: BotContext) -> None:
        if await decides(update):
            await handler(update, context)
            return
        texts = await off_loop(context.texts, update)
        await reply(update, texts.say("group-admins-only"))

    return guarded


async def may_press(update: Update, context: BotContext, pressed: Press) -> bool:
    """Whether the sender may press that button in this chat; who may not is told."""
    if pressed.action in FOR_EVERYBODY or await decides(update):
        return True
    texts = await off_loop(context.texts, update)
    await toast(update, texts.plain("group-admins-only"), alert=True)
    return False


async def decides(update: Update) -> bool:
    """Whether the sender decides for the chat: alone with the bot, or as an admin of the group, a hidden one too."""
    chat, user = update.effective_chat, update.effective_user
    assert chat is not None  # handlers are for updates of chats
    if chat.type == ChatType.PRIVATE:
        return True
    message = update.message
    if message is not None and message.sender_chat is not None:
        return message.sender_chat.id == chat.id
    if user is None:
        return chat.type == ChatType.CHANNEL  # only its admins can write there
    try:
        member = await chat.get_member(user.id)
    except TelegramError as error:
        log.warning("rights of user %d in chat %d can't be told: %s", user.id, chat.id, error)
        return False
    return member.status in ADMINS
