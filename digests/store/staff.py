"""Who has rights, who is invited, and what was changed by whom, in the database."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, select, update

from digests.errors import UnknownChangeError
from digests.model import Act, Actor, AuditEntry, Invitation, Part, Role, StaffMember
from digests.store.dialect import insert
from digests.store.tables import audit, invitations, staff, staff_messages


class Staff:
    """Those with rights besides the owners, and invitations to become one."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def all(self) -> tuple[StaffMember, ...]:
        """Everybody, the longest serving first."""
        return tuple(map(_member, self._connection.execute(select(staff).order_by(staff.c.since, staff.c.user_id))))

    def find(self, user_id: int) -> StaffMember | None:
        """The member of that user id, if there is one."""
        row = self._connection.execute(select(staff).where(staff.c.user_id == user_id)).first()
        return None if row is None else _member(row)

    def save(self, member: StaffMember) -> None:
        """Add the member, or change everything about it."""
        values = {
            "name": member.name,
            "role": member.role.value,
            "topics": sorted(member.topics),
            "invited_by": member.invited_by,
            "since": member.since,
        }
        statement = insert(self._connection, staff).values(user_id=member.user_id, **values)
        self._connection.execute(statement.on_conflict_do_update(index_elements=["user_id"], set_=values))

    def remove(self, user_id: int) -> None:
        """Take all rights."""
        self._connection.execute(delete(staff).where(staff.c.user_id == user_id))

    def invite(self, token_hash: str, invitation: Invitation) -> None:
        """Keep an invitation under the hash of its secret."""
        row = {
            "token_hash": token_hash,
            "role": invitation.role.value,
            "topics": sorted(invitation.topics),
            "by": invitation.by,
            "until": invitation.until,
        }
        self._connection.execute(insert(self._connection, invitations).values(row))

    def take_invitation(self, token_hash: str) -> Invitation | None:
        """The invitation of that secret, which nobody can take again; None for one that is not there."""
        statement = delete(invitations).where(invitations.c.token_hash == token_hash).returning(*invitations.c)
        row = self._connection.execute(statement).first()
        if row is None:
            return None
        return Invitation(role=Role(row.role), topics=frozenset(row.topics), by=row.by, until=row.until)

    def forget_invitations_by(self, user_id: int) -> None:
        """Links that the user made lead nowhere any longer."""
        self._connection.execute(delete(invitations).where(invitations.c.by == user_id))

    def forget_invitations(self, now: datetime) -> None:
        """Of those that can be used no longer nothing is kept."""
        self._connection.execute(delete(invitations).where(invitations.c.until <= now))


class Audit:
    """What staff changed: never altered, but for the mark of what was taken back."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(
        self,
        by: Actor,
        act: Act,
        subject: str,
        *,
        before: Mapping[str, Any] | None = None,
        after: Mapping[str, Any] | None = None,
        now: datetime,
    ) -> int:
        """Note a change; the entry's id."""
        row = {
            "at": now,
            "user_id": by.user_id,
            "name": by.name,
            "act": act.value,
            "subject": subject,
            "before": None if before is None else dict(before),
            "after": None if after is None else dict(after),
        }
        entry_id: int = self._connection.execute(
            insert(self._connection, audit).values(row).returning(audit.c.id)
        ).scalar_one()
        return entry_id

    def get(self, entry_id: int) -> AuditEntry:
        """One entry.

        Raises:
            UnknownChangeError: there is none of that id.
        """
        row = self._connection.execute(select(audit).where(audit.c.id == entry_id)).first()
        if row is None:
            raise UnknownChangeError
        return _entry(row)

    def latest(self, *, limit: int, start: int = 0, subject: str | None = None) -> tuple[AuditEntry, ...]:
        """The newest first. subject: of that alone; None for all."""
        statement = select(audit).order_by(audit.c.id.desc()).limit(limit).offset(start)
        if subject is not None:
            statement = statement.where(audit.c.subject == subject)
        return tuple(map(_entry, self._connection.execute(statement)))

    def of_user(self, user_id: int) -> tuple[AuditEntry, ...]:
        """All that the user did, the newest first."""
        statement = select(audit).where(audit.c.user_id == user_id).order_by(audit.c.id.desc())
        return tuple(map(_entry, self._connection.execute(statement)))

    def since(self, entry_id: int) -> tuple[AuditEntry, ...]:
        """Those after the entry of that id, in order; all after 0."""
        statement = select(audit).where(audit.c.id > entry_id).order_by(audit.c.id)
        return tuple(map(_entry, self._connection.execute(statement)))

    def mark_reverted(self, entry_id: int, by_entry: int) -> None:
        """Note that the one entry was taken back by the other."""
        self._connection.execute(update(audit).where(audit.c.id == entry_id).values(reverted_by=by_entry))


@dataclass(frozen=True, kw_only=True)
class StaffMessage:
    """A message to one of the staff that is still to be sent. attempts: how often that failed."""

    id: int
    chat_id: int
    part: Part
    attempts: int


class StaffMessages:
    """What owners and admins are still to be told."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, chat_id: int, part: Part, *, now: datetime) -> None:
        """Queue a message."""
        row = {
            "chat_id": chat_id,
            "text": part.text,
            "keyboard": part.keyboard,
            "attempts": 0,
            "next_attempt_at": now,
        }
        self._connection.execute(insert(self._connection, staff_messages).values(row))

    def is_due(self, now: datetime) -> bool:
        """Whether there is anything to be sent."""
        statement = select(staff_messages.c.id).where(staff_messages.c.next_attempt_at <= now).limit(1)
        return self._connection.execute(statement).first() is not None

    def take(self, now: datetime) -> StaffMessage | None:
        """The message that is due longest, taken out: whoever has it sends it or puts it back. None for none."""
        due = (
            select(staff_messages.c.id)
            .where(staff_messages.c.next_attempt_at <= now)
            .order_by(staff_messages.c.next_attempt_at, staff_messages.c.id)
            .limit(1)
        )
        which = staff_messages.c.id == due.scalar_subquery()
        row = self._connection.execute(delete(staff_messages).where(which).returning(*staff_messages.c)).first()
        if row is None:
            return None
        return StaffMessage(
            id=row.id, chat_id=row.chat_id, part=Part(text=row.text, keyboard=row.keyboard), attempts=row.attempts
        )

    def put_back(self, message: StaffMessage, *, until: datetime) -> None:
        """Try the message again then."""
        row = {
            "chat_id": message.chat_id,
            "text": message.part.text,
            "keyboard": message.part.keyboard,
            "attempts": message.attempts + 1,
            "next_attempt_at": until,
        }
        self._connection.execute(insert(self._connection, staff_messages).values(row))


def _member(row: Row[Any]) -> StaffMember:
    return StaffMember(
        user_id=row.user_id,
        name=row.name,
        role=Role(row.role),
        topics=frozenset(row.topics),
        invited_by=row.invited_by,
        since=row.since,
    )


def _entry(row: Row[Any]) -> AuditEntry:
    entry = AuditEntry(
        id=row.id,
        at=row.at,
        by=Actor(user_id=row.user_id, name=row.name),
        act=Act(row.act),
        subject=row.subject,
        before=row.before,
        after=row.after,
    )
    return replace(entry, reverted_by=row.reverted_by)
