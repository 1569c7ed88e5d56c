"""What owners and admins see of roles, and of the log of changes. Pure."""

import html
import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

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
from bot.render import shorten, turns
from bot.screens import Screen
from bot.texts import NONE, Markup, Texts
from digests.model import Act, AuditEntry, Role, StaffMember, Topic

MOST_SHOWN = 60
"""Members with a button: Telegram takes 100 buttons."""

TOPICS_ON_PAGE = 20
"""To choose from."""

MAX_VALUE = 300
"""UTF-16 units of what a field of a change was or is, where few fields are shown."""

ROOM = 3000
"""UTF-16 units of all of these together, so that a change fits one message."""

MAX_CHANGED = 10
"""Fields of a change that are shown."""


def staff_screen(members: Sequence[StaffMember], owners: int, texts: Texts, *, is_owner: bool) -> Screen:
    """Everybody with rights, and what the reader of this screen may do about them."""
    lines = [
        texts.say(
            "staff-line",
            name=shorten(one.name, 60),
            id=str(one.user_id),
            role=one.role.value,
            topics=", ".join(sorted(one.topics)) or NONE,
        )
        for one in members[:MOST_SHOWN]
    ]
    dismissals = [
        [(texts.plain("button-dismiss", name=shorten(one.name, 40)), Press(DISMISS, str(one.user_id)).data())]
        for one in members[:MOST_SHOWN]
        if is_owner or one.role is Role.EDITOR
    ]
    invitations = [(texts.plain("button-invite-editor"), Press(INVITE_EDITOR).data())]
    if is_owner:
        invitations.insert(0, (texts.plain("button-invite-admin"), Press(INVITE_ADMIN).data()))
    return Screen(
        Markup("\n".join([texts.say("staff-head", owners=owners), *lines])),
        [*dismissals, invitations, [(texts.plain("button-log"), Press(AUDIT_PAGE, "0").data())]],
    )


def topics_screen(topics: Sequence[Topic], page: int, texts: Texts) -> Screen:
    """Which topic an editor is to have: a page of them."""
    pages = max(1, -(-len(topics) // TOPICS_ON_PAGE))
    page = min(max(page, 0), pages - 1)
    topics = topics[page * TOPICS_ON_PAGE : (page + 1) * TOPICS_ON_PAGE]
    buttons = [[(shorten(topic.name(texts.language), 50), Press(INVITE_TOPIC, topic.slug).data())] for topic in topics]
    turned = turns(INVITE_EDITOR, "", page, pages)
    back = [(texts.plain("button-back"), Press(STAFF).data())]
    return Screen(texts.say("staff-topic-question"), [*buttons, *turned, back])


def invited_screen(link: str, role: Role, topics: frozenset[str], texts: Texts) -> Screen:
    """The link of an invitation, to be passed on."""
    text = texts.say("staff-invited", role=role.value, topics=", ".join(sorted(topics)) or NONE, link=link)
    return Screen(text, [[(texts.plain("button-back"), Press(STAFF).data())]])


def audit_screen(entries: Sequence[AuditEntry], page: int, texts: Texts, now: datetime, *, more: bool) -> Screen:
    """A page of the log, the newest first. more: whether there is a further page."""
    lines = [f"{number}. {_line(one, texts, now)}" for number, one in enumerate(entries, start=1)]
    numbers = [
        (str(number), Press(AUDIT_ENTRY, f"{one.id}.{page}").data()) for number, one in enumerate(entries, start=1)
    ]
    turns = [
        (label, Press(AUDIT_PAGE, str(to)).data())
        for label, to, there in (("◂", page - 1, page > 0), ("▸", page + 1, more))
        if there
    ]
    head = texts.say("audit-head", any="some" if entries else NONE)
    rows = [numbers[start : start + 5] for start in range(0, len(numbers), 5)]
    back = [(texts.plain("button-back"), Press(STAFF).data())]
    return Screen(Markup("\n".join([head, *lines])), [*rows, *([turns] if turns else []), back])


def audit_entry_screen(entry: AuditEntry, page: int, texts: Texts, now: datetime) -> Screen:
    """One change: who, when, and what was before and after; and the way to take it back, where there is one."""
    lines = [_line(entry, texts, now), *difference(entry.before or {}, entry.after or {}, texts)]
    if entry.reverted_by is not None:
        lines.append(texts.say("audit-reverted"))
    revertible = entry.reverted_by is None and entry.act not in _LASTING
    revert = [(texts.plain("button-revert"), Press(REVERT, str(entry.id)).data())]
    back = [(texts.plain("button-back"), Press(AUDIT_PAGE, str(page)).data())]
    return Screen(Markup("\n".join(lines)), [*([revert] if revertible else []), back])


_LASTING = frozenset({Act.STAFF_ADDED, Act.STAFF_REMOVED, Act.BROADCAST})


def _line(entry: AuditEntry, texts: Texts, now: datetime) -> Markup:
    return texts.say(
        "audit-line",
        ago=texts.ago(entry.at, now),
        name=shorten(entry.by.name, 60),
        act=entry.act.value,
        subject=shorten(entry.subject, 80),
        reverted=NONE if entry.reverted_by is None else "reverted",
    )


def difference(before: Mapping[str, Any], after: Mapping[str, Any], texts: Texts, *, room: int = ROOM) -> list[Markup]:
    """A line for each field that differs. room: UTF-16 units of all values together."""
    names = [name for name in dict.fromkeys((*before, *after)) if before.get(name) != after.get(name)][:MAX_CHANGED]
    limit = min(MAX_VALUE, room // (2 * max(1, len(names))))
    values = ((name, _value(before.get(name), limit), _value(after.get(name), limit)) for name in names)
    return [texts.say("audit-field", name=name, before=old, after=new) for name, old, new in values if old != new]


def _value(value: object, limit: int) -> str:
    if value is None or value in ([], {}, ""):
        return "–"
    if isinstance(value, list):
        return shorten(", ".join(map(str, value)), limit)
    written = html.unescape(value) if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return shorten(written, limit)
