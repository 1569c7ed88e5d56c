"""Which handler an update is for: commands, presses, messages, and what Telegram tells of chats."""

from collections.abc import Callable

from telegram import Update
from telegram.ext import (
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    InlineQueryHandler,
    MessageHandler,
    TypeHandler,
    filters,
)

from bot import callbacks
from bot.context import BotApplication, BotContext
from bot.errors import on_error
from bot.handlers import (
    admin,
    broadcast,
    desk,
    digest,
    feeds,
    inline,
    lifecycle,
    places,
    readers,
    staff,
    stats,
    stories,
    summarize,
    targets,
    threads,
    workbench,
)
from bot.handlers.answers import off_loop, toast
from bot.handlers.rights import changing, may_press, refuse

Handler = Callable[[Update, BotContext], object]

COMMANDS: dict[str, Handler] = {
    "start": changing(readers.start),
    "topics": changing(readers.topics),
    "settings": changing(readers.settings),
    "pause": changing(readers.pause),
    "resume": changing(readers.resume),
    "stop": changing(readers.stop),
    "thread": changing(threads.thread),
    "help": readers.help_,
    "digest": digest.command,
    "summarize": summarize.summarize,
    "saved": stories.saved,
    "search": stories.search,
    "missed": stories.missed,
    "privacy": stories.privacy,
}

PRIVATE_COMMANDS: dict[str, Handler] = {
    "admin": desk.admin,
    "topic": admin.topic,
    "feeds": feeds.feeds,
    "stats": stats.stats,
    "broadcast": broadcast.broadcast,
    "admins": staff.admins,
    "channels": targets.chats,
}
"""What staff ask for is nothing for the others of a group, nor which groups somebody administers."""

_PRIVATE = filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE
_LISTS = filters.Document.FileExtension("opml") | filters.Document.FileExtension("xml")
_WORDS = (filters.TEXT | filters.CAPTION) & ~filters.COMMAND & _PRIVATE
_ANSWERS = filters.TEXT & ~filters.COMMAND & filters.REPLY & filters.ChatType.GROUPS & filters.UpdateType.MESSAGE


def add_handlers(application: BotApplication) -> None:
    """Have each update handled by whom it is for; of several handlers that fit one, by the first."""
    for name, handler in COMMANDS.items():
        application.add_handler(CommandHandler(name, handler))  # type: ignore[arg-type]
    for name, handler in PRIVATE_COMMANDS.items():
        application.add_handler(CommandHandler(name, handler, filters=_PRIVATE))  # type: ignore[arg-type]
    application.add_handler(TypeHandler(Update, lifecycle.returned), group=-1)
    application.add_handler(CallbackQueryHandler(_press))
    application.add_handler(InlineQueryHandler(inline.inline))
    application.add_handler(ChatMemberHandler(lifecycle.membership, ChatMemberHandler.MY_CHAT_MEMBER))
    application.add_handler(MessageHandler(filters.StatusUpdate.MIGRATE, lifecycle.migrated))
    application.add_handler(MessageHandler(_LISTS & _PRIVATE, feeds.document))
    application.add_handler(MessageHandler(filters.Document.ALL & ~_LISTS & _PRIVATE, summarize.document))
    application.add_handler(MessageHandler(_WORDS & workbench.TO_A_BENCH, workbench.answered))
    application.add_handler(MessageHandler(_WORDS, summarize.anything))
    application.add_handler(MessageHandler(_ANSWERS, summarize.answer_in_group))
    application.add_handler(MessageHandler(filters.LOCATION & filters.ChatType.PRIVATE, readers.location))
    application.add_handler(MessageHandler(filters.COMMAND & filters.ChatType.PRIVATE, readers.help_))
    application.add_error_handler(on_error)


async def _press(update: Update, context: BotContext) -> None:
    """Hand a press to whoever understands it."""
    query = update.callback_query
    assert query is not None  # the handler is for presses alone
    pressed = callbacks.read(query.data or "")
    if pressed.target is not None:
        await targets.press(update, context, pressed)
        return
    if pressed.action == callbacks.CHATS and places.is_private(update):
        await targets.chats(update, context)
        return
    staffs = (admin, staff, stats, broadcast, desk, workbench)
    for handlers in (readers, stories, threads, *staffs):
        if handlers.understands(pressed):
            if handlers in staffs and not places.is_private(update):
                await refuse(update, context)
                return
            if handlers not in staffs and not await may_press(update, context, pressed):
                return
            await handlers.press(update, context, pressed)
            return
    texts = await off_loop(context.texts, update)
    await toast(update, texts.plain("stale-button"), alert=True)
