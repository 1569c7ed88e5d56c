"""Use cases of roles: who may do what, inviting and dismissing. Each is one short transaction."""

import hashlib
import secrets
from datetime import timedelta

from digests.errors import InvitationError, NotAllowedError, UnknownMemberError
from digests.model import Act, Actor, AuditEntry, Invitation, Role, StaffMember
from digests.ports import Clock
from digests.store.unit_of_work import Store

INVITED_FOR = timedelta(days=7)
"""How long a link of invitation can be used."""

LOG_PAGE = 10
"""Entries of the audit log on a page."""


class Staffing:
    """Who has which rights. Safe to call from any thread."""

    def __init__(self, store: Store, clock: Clock, *, owner_ids: frozenset[int]) -> None:
        """owner_ids: user ids that the operator named; they have all rights whatever the database says."""
        self._store = store
        self._clock = clock
        self._owner_ids = owner_ids

    @property
    def owner_ids(self) -> frozenset[int]:
        """User ids that the operator named."""
        return self._owner_ids

    def role(self, user_id: int) -> Role | None:
        """The user's role; None for everybody else."""
        if user_id in self._owner_ids:
            return Role.OWNER
        member = self.member(user_id)
        return None if member is None else member.role

    def member(self, user_id: int) -> StaffMember | None:
        """The member of that user id; None for owners and everybody else."""
        with self._store.read() as work:
            return work.staff.find(user_id)

    def may_edit(self, user_id: int, slug: str) -> bool:
        """Whether the user may change that topic, or make one of that slug."""
        role = self.role(user_id)
        if role is Role.EDITOR:
            member = self.member(user_id)
            return member is not None and slug in member.topics
        return role is not None

    def members(self) -> tuple[StaffMember, ...]:
        """Everybody but the owners, the longest serving first."""
        with self._store.read() as work:
            return work.staff.all()

    def notified_ids(self) -> tuple[int, ...]:
        """User ids of owners and admins: who is told when something breaks."""
        admins = (one.user_id for one in self.members() if one.role is Role.ADMIN)
        return tuple(dict.fromkeys((*sorted(self._owner_ids), *admins)))

    def invite(self, by: Actor, role: Role, topics: frozenset[str] = frozenset()) -> str:
        """The secret of a link that makes whoever follows it first a member, within `INVITED_FOR`.

        topics: what an editor may change, at least one.

        Raises:
            NotAllowedError: `by` may not invite for that role.
            ValueError: an editor without topics, or a role that can't be given.
        """
        self._require_over(by, role)
        if role is Role.OWNER or (role is Role.EDITOR and not topics):
            raise ValueError(f"no invitation: {role} of {sorted(topics)}")
        token = secrets.token_urlsafe(16)
        until = self._clock() + INVITED_FOR
        with self._store.begin() as work:
            work.staff.forget_invitations(self._clock())
            work.staff.invite(_hash(token), Invitation(role=role, topics=topics, by=by.user_id, until=until))
        return token

    def accept(self, token: str, who: Actor) -> StaffMember:
        """Become what the invitation says. An editor who is one already has the topics besides theirs.

        Raises:
            InvitationError: there is no such invitation, or it was used, or is too old, or gives nothing new.
        """
        now = self._clock()
        with self._store.begin() as work:
            invitation = work.staff.take_invitation(_hash(token))
            if invitation is None or invitation.until <= now or who.user_id in self._owner_ids:
                raise InvitationError
            inviter = work.staff.find(invitation.by)
            if invitation.by not in self._owner_ids and (inviter is None or inviter.role is not Role.ADMIN):
                raise InvitationError  # whoever invites has lost the right since
            known = work.staff.find(who.user_id)
            if known is not None and known.role is Role.ADMIN:
                raise InvitationError
            topics = invitation.topics | (known.topics if known else frozenset())
            member = StaffMember(
                user_id=who.user_id,
                name=who.name,
                role=invitation.role,
                topics=topics if invitation.role is Role.EDITOR else frozenset(),
                invited_by=invitation.by,
                since=now,
            )
            work.staff.save(member)
            work.audit.add(who, Act.STAFF_ADDED, str(who.user_id), after=_told(member), now=now)
            return member

    def dismiss(self, by: Actor, user_id: int) -> StaffMember:
        """Take all rights of a member.

        Raises:
            UnknownMemberError: there is no such member, or no longer.
            NotAllowedError: `by` may not dismiss one of that role.
        """
        with self._store.begin() as work:
            member = work.staff.find(user_id)
            if member is None:
                raise UnknownMemberError
            self._require_over(by, member.role)
            work.staff.remove(user_id)
            work.staff.forget_invitations_by(user_id)
            work.audit.add(by, Act.STAFF_REMOVED, str(user_id), before=_told(member), now=self._clock())
            return member

    def log(self, *, page: int = 0) -> tuple[AuditEntry, ...]:
        """What staff changed, the newest first; one more than `LOG_PAGE` where there is a further page."""
        with self._store.read() as work:
            return work.audit.latest(limit=LOG_PAGE + 1, start=page * LOG_PAGE)

    def change(self, entry_id: int) -> AuditEntry:
        """One entry of the log.

        Raises:
            UnknownChangeError: there is none of that id.
        """
        with self._store.read() as work:
            return work.audit.get(entry_id)

    def _require_over(self, by: Actor, role: Role) -> None:
        """Owners stand over admins, and both over editors."""
        own = self.role(by.user_id)
        if own is Role.OWNER or (own is Role.ADMIN and role is Role.EDITOR):
            return
        raise NotAllowedError


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _told(member: StaffMember) -> dict[str, object]:
    return {"name": member.name, "role": member.role.value, "topics": sorted(member.topics)}
