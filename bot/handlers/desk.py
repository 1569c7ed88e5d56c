"""The admin's home in the chat: the way to everything, and the doctor."""

from telegram import Update

from bot.callbacks import ADMIN_HOME, BENCHES, DOCTOR, STAFF, Press
from bot.context import BotContext
from bot.handlers.answers import off_loop, reply, reply_list, show, toast, typing
from bot.handlers.rights import is_admin, refuse, staff_only
from bot.health import Finding, Level
from bot.screens import Screen
from bot.texts import Markup, Texts
from digests.model import Role

_SIGNS = {Level.OK: "✅", Level.HINT: "💡", Level.FAULT: "🔴"}


@staff_only
async def admin(update: Update, context: BotContext) -> None:
    """/admin"""
    shown = await _home(update, context)
    await reply(update, shown.text, shown.keyboard)


async def press(update: Update, context: BotContext, pressed: Press) -> None:
    """A button of the home."""
    if not await is_admin(update, context):
        await refuse(update, context)
        return
    await toast(update)
    if pressed.action == ADMIN_HOME:
        await show(update, await _home(update, context))
        return
    await typing(update)
    texts = await off_loop(context.texts, update)
    findings = await context.services.examine()
    await reply_list(update, in_words(findings, texts), between="\n")


def understands(pressed: Press) -> bool:
    """Whether the button belongs here."""
    return pressed.action in {ADMIN_HOME, DOCTOR}


def in_words(findings: list[Finding], texts: Texts) -> list[Markup]:
    """A block for each finding; faults first, and what to do about them."""
    order = [Level.FAULT, Level.HINT, Level.OK]
    blocks = [texts.say("doctor-head", faults=sum(one.level is Level.FAULT for one in findings))]
    for one in sorted(findings, key=lambda one: order.index(one.level)):
        line = f"{_SIGNS[one.level]} {texts.finding(one.key, **one.values)}"
        if one.level is not Level.OK:
            line += f"\n    → <i>{texts.advice(one.key, **one.values)}</i>"
        blocks.append(Markup(line))
    return blocks


async def _home(update: Update, context: BotContext) -> Screen:
    texts = await off_loop(context.texts, update)
    role = await off_loop(context.role, update)
    topics = [(texts.plain("button-topics"), Press(BENCHES, "0").data())]
    if role is Role.EDITOR:
        member = await off_loop(context.services.staffing.member, context.actor(update).user_id)
        return Screen(
            texts.say("admin-home-editor", topics=", ".join(sorted(member.topics)) if member else ""), [topics]
        )
    buttons = [
        topics,
        [(texts.plain("button-doctor"), Press(DOCTOR).data())],
        [(texts.plain("button-staff"), Press(STAFF).data())],
    ]
    return Screen(texts.say("admin-home"), buttons)
