"""Roles in the chat: who has rights, inviting and dismissing, and the log of what was changed by whom."""

from collections.abc import Awaitable, Callable

from telegram import Update
from telegram.helpers import create_deep_linked_url

from bot.callbacks import (
    AUDIT_ENTRY,
    AUDIT_PAGE,
    DISMISS,
    INVITE_ADMIN,
    INVITE_EDITOR,
    INVITE_TOPIC,
    REVERT,
    STAFF,
    Press,
)
from bot.context import BotContext
from bot.handlers.answers import command_text, off_loop, reply, show, toast
from bot.handlers.rights import admins_only, is_admin, refuse
from bot.menu import staff_menu
from bot.staff_screens import audit_entry_screen, audit_screen, invited_screen, staff_screen, topics_screen
from digests.errors import InvitationError, NewsDigestError
from digests.model import Role
from digests.staff import LOG_PAGE

INVITATION = "join_"
"""What a link of invitation begins with behind `?start=`."""


@admins_only
async def admins(update: Update, context: BotContext) -> None:
    """/admins, and /admins log"""
    if command_text(update).casefold() == "log":
        await _log(update, context, "0")
        return
    await _staff(update, context, "")


async def accept(update: Update, context: BotContext, token: str) -> None:
    """Somebody followed a link of invitation."""
    texts = await off_loop(context.texts, update)
    try:
        member = await off_loop(context.services.staffing.accept, token, context.actor(update))
    except InvitationError as error:
        await reply(update, texts.error(error))
        return
    topics = ", ".join(sorted(member.topics))
    await reply(update, texts.say("staff-welcome", role=member.role.value, topics=topics or "–"))
    await staff_menu(context.bot, member.user_id, member.role, context.services.default_language)


async def press(update: Update, context: BotContext, pressed: Press) -> None:
    """A button of these screens."""
    if not await is_admin(update, context):
        await refuse(update, context)
        return
    try:
        await _PRESSES[pressed.action](update, context, pressed.value)
    except (NewsDigestError, ValueError, OverflowError) as error:
        texts = await off_loop(context.texts, update)
        said = texts.error(error) if isinstance(error, NewsDigestError) else texts.say("stale-button")
        await toast(update, said, alert=True)


def understands(pressed: Press) -> bool:
    """Whether the button belongs here."""
    return pressed.action in _PRESSES


async def _staff(update: Update, context: BotContext, _value: str) -> None:
    texts = await off_loop(context.texts, update)
    role = await off_loop(context.role, update)
    members = await off_loop(context.services.staffing.members)
    if update.callback_query:
        await toast(update)
    owners = len(context.services.staffing.owner_ids)
    await show(update, staff_screen(members, owners, texts, is_owner=role is Role.OWNER))


async def _invite_admin(update: Update, context: BotContext, _value: str) -> None:
    await _invite(update, context, Role.ADMIN, frozenset())


async def _invite_editor(update: Update, context: BotContext, page: str) -> None:
    texts = await off_loop(context.texts, update)
    topics = [one.topic for one in await off_loop(context.services.desk.topics)]
    await toast(update)
    await show(update, topics_screen(topics, int(page or 0), texts))


async def _invite_topic(update: Update, context: BotContext, slug: str) -> None:
    topic = await off_loop(context.services.desk.topic, slug)
    await _invite(update, context, Role.EDITOR, frozenset({topic.slug}))


async def _invite(update: Update, context: BotContext, role: Role, topics: frozenset[str]) -> None:
    texts = await off_loop(context.texts, update)
    token = await off_loop(context.services.staffing.invite, context.actor(update), role, topics)
    link = create_deep_linked_url(context.bot.username, f"{INVITATION}{token}")
    await toast(update)
    await show(update, invited_screen(link, role, topics, texts))


async def _dismiss(update: Update, context: BotContext, value: str) -> None:
    member = await off_loop(context.services.staffing.dismiss, context.actor(update), int(value))
    await staff_menu(context.bot, member.user_id, None, context.services.default_language)
    await _staff(update, context, "")


async def _log(update: Update, context: BotContext, value: str) -> None:
    page = max(0, int(value))
    texts = await off_loop(context.texts, update)
    entries = await off_loop(context.services.staffing.log, page=page)
    if update.callback_query:
        await toast(update)
    more = len(entries) > LOG_PAGE
    await show(update, audit_screen(entries[:LOG_PAGE], page, texts, context.services.clock(), more=more))


async def _entry(update: Update, context: BotContext, value: str) -> None:
    number, _, page = value.partition(".")
    texts = await off_loop(context.texts, update)
    entry = await off_loop(context.services.staffing.change, int(number))
    await toast(update)
    await show(update, audit_entry_screen(entry, int(page or 0), texts, context.services.clock()))


async def _revert(update: Update, context: BotContext, value: str) -> None:
    texts = await off_loop(context.texts, update)
    await context.services.desk.revert(int(value), by=context.actor(update))
    await toast(update, texts.plain("change-reverted"))
    await _log(update, context, "0")


_PRESSES: dict[str, Callable[[Update, BotContext, str], Awaitable[None]]] = {
    STAFF: _staff,
    INVITE_ADMIN: _invite_admin,
    INVITE_EDITOR: _invite_editor,
    INVITE_TOPIC: _invite_topic,
    DISMISS: _dismiss,
    AUDIT_PAGE: _log,
    AUDIT_ENTRY: _entry,
    REVERT: _revert,
}
