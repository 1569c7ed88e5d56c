"""Commands as Telegram's menus show them, in every language, and what the bot says of itself."""

import asyncio
import logging

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
    "help",
    "stop",
)
"""Of groups, for those who decide what comes there."""

ADMIN_COMMANDS = ("topic", "feeds")


async def publish_menu(bot: Bot, admin_ids: frozenset[int], default_language: str) -> None:
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
        await asyncio.gather(*(_admin_menu(bot, admin_id, default_language) for admin_id in admin_ids))
    except TelegramError as error:
        log.warning("the menu of commands could not be set: %s", error)


async def _admin_menu(bot: Bot, admin_id: int, default_language: str) -> None:
    for language in (None, *LANGUAGES):
        commands = _commands(texts_in(language or default_language), READER_COMMANDS + ADMIN_COMMANDS)
        try:
            await bot.set_my_commands(commands, BotCommandScopeChat(admin_id), language_code=language)
        except BadRequest as error:
            # An admin who never pressed Start has no chat yet; the menu is set again at the next start.
            log.info("no menu for admin %d yet: %s", admin_id, error)
            return


def _commands(texts: Texts, names: tuple[str, ...]) -> list[BotCommand]:
    return [BotCommand(name, texts.plain(f"command-{name}")) for name in names]
