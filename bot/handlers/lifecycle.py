"""What Telegram tells of a chat: it was closed to us, opened again, or has another number."""

from telegram import Update
from telegram.constants import ChatType

from bot.context import BotContext
from bot.handlers import targets
from bot.handlers.answers import chat_id, off_loop


async def membership(update: Update, context: BotContext) -> None:
    """The bot was blocked or removed, let in again, or given other rights."""
    change = update.my_chat_member
    assert change is not None  # the handler is for these updates alone
    if change.chat.type != ChatType.PRIVATE:
        await targets.membership(context, change)
        return
    closed = change.new_chat_member.status in targets.CLOSED
    subscribers = context.services.subscribers
    await off_loop(subscribers.gone if closed else subscribers.back, chat_id(update))


async def returned(update: Update, context: BotContext) -> None:
    """Whoever writes or presses has an open chat, whatever Telegram said of it before."""
    if update.message is not None or update.callback_query is not None:
        await off_loop(context.services.subscribers.back, chat_id(update))


async def migrated(update: Update, context: BotContext) -> None:
    """A group became a supergroup: everything of it goes along."""
    message = update.effective_message
    assert message is not None  # the handler is for these messages alone
    if message.migrate_to_chat_id is not None:
        await off_loop(context.services.subscribers.move, message.chat_id, message.migrate_to_chat_id)
