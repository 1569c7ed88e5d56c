"""Commands as Telegram's menus show them, in every language, and what the bot says of itself."""

import asyncio
import logging
from collections.abc import Iterable

from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    MenuButtonCommands,
)
from telegram.error import BadRequest, TelegramError

from bot.settings import LANGUAGES
from bot.texts import Texts, texts_in
from digests.model import Role, StaffMember

log = logging.getLogger(__name__)

READER_COMMANDS = (
    *(
        "digest",
        "topics",
        "summarize",
        "search",
        "saved",
        "settings",
        "missed",
        "pause",
        "resume",
        "privacy",
        "channels",
        "help",
        "stop",
    ),
)
GROUP_COMMANDS = ("digest", "summarize", "search", "help")
"""Of groups, for everybody in them."""

GROUP_ADMIN_COMMANDS = (
    "digest",
    "topics",
    "summarize",
    "search",
    "settings",
    "missed",
    "pause",
    "resume",
    "thread",
    "help",
    "stop",
)
"""Of groups, for those who decide what comes there."""

ADMIN_COMMANDS = ("admin", "topic", "feeds", "stats", "broadcast", "admins")
EDITOR_COMMANDS = ("admin", "topic")


async def publish_menu(
    bot: Bot, owner_ids: frozenset[int], members: Iterable[StaffMember], default_language: str
) -> None:
    """Set commands and descriptions. A bot without them still works, so that a failure is told and no more."""
    try:
        for language in (None, *LANGUAGES):
            texts = texts_in(language or default_language)
            for scope, names in (
                (BotCommandScopeAllPrivateChats(), READER_COMMANDS),
                (BotCommandScopeAllGroupChats(), GROUP_COMMANDS),
                (BotCommandScopeAllChatAdministrators(), GROUP_ADMIN_COMMANDS),
            ):
                await bot.set_my_commands(_commands(texts, names), scope, language_code=language)
            await bot.set_my_description(texts.plain("bot-description"), language_code=language)
            await bot.set_my_short_description(texts.plain("bot-short-description"), language_code=language)
        await bot.set_chat_menu_button(menu_button=MenuButtonCommands())
        roles = {**{one.user_id: one.role for one in members}, **dict.fromkeys(owner_ids, Role.OWNER)}
        await asyncio.gather(*(staff_menu(bot, user_id, role, default_language) for user_id, role in roles.items()))
    except TelegramError as error:
        log.warning("the menu of commands could not be set: %s", error)


async def staff_menu(bot: Bot, user_id: int, role: Role | None, default_language: str) -> None:
    """The commands of somebody with a role in their chat with the bot; without one, those of everybody.

    Raises:
        TelegramError: Telegram is out of reach.
    """
    more = EDITOR_COMMANDS if role is Role.EDITOR else ADMIN_COMMANDS
    for language in (None, *LANGUAGES):
        commands = _commands(texts_in(language or default_language), READER_COMMANDS + more)
        scope = BotCommandScopeChat(user_id)
        try:
            if role is None:
                await bot.delete_my_commands(scope, language_code=language)
            else:
                await bot.set_my_commands(commands, scope, language_code=language)
        except BadRequest as error:
            # Somebody who never pressed Start has no chat yet; the menu is set again at the next start.
            log.info("no menu for user %d yet: %s", user_id, error)
            return


def _commands(texts: Texts, names: tuple[str, ...]) -> list[BotCommand]:
    return [BotCommand(name, texts.plain(f"command-{name}")) for name in names]
