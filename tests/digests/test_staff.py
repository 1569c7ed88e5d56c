from datetime import timedelta

import pytest

from digests.errors import InvitationError, NotAllowedError, UnknownMemberError
from digests.model import Act, Actor, Role
from digests.staff import INVITED_FOR, Staffing

OWNER, ADA, ED, EVE = (Actor(user_id=number, name=name) for number, name in enumerate(["Olga", "Ada", "Ed", "Eve"], 1))


@pytest.fixture
def staffing(store, clock):
    return Staffing(store, clock, owner_ids=frozenset({OWNER.user_id}))


@pytest.fixture
def ada(staffing):
    return staffing.accept(staffing.invite(OWNER, Role.ADMIN), ADA)


@pytest.fixture
def ed(staffing):
    return staffing.accept(staffing.invite(OWNER, Role.EDITOR, frozenset({"science"})), ED)


def test_nobody_has_rights_but_the_owners_until_they_are_invited(staffing):
    assert staffing.role(OWNER.user_id) is Role.OWNER
    assert staffing.role(ADA.user_id) is None
    assert not staffing.may_edit(EVE.user_id, "science")


def test_whoever_follows_the_link_first_becomes_what_it_says(staffing):
    token = staffing.invite(OWNER, Role.ADMIN)
    assert staffing.accept(token, ADA).role is Role.ADMIN
    assert staffing.role(ADA.user_id) is Role.ADMIN
    with pytest.raises(InvitationError):
        staffing.accept(token, EVE)
    assert staffing.role(EVE.user_id) is None


def test_a_link_that_is_too_old_or_made_up_gives_nothing(staffing, clock):
    token = staffing.invite(OWNER, Role.ADMIN)
    clock.now += INVITED_FOR
    for wrong in (token, "made-up", ""):
        with pytest.raises(InvitationError):
            staffing.accept(wrong, EVE)


def test_an_editor_has_the_topics_given_and_no_others(staffing, ed):
    assert staffing.may_edit(ED.user_id, "science")
    assert not staffing.may_edit(ED.user_id, "economy")
    more = staffing.accept(staffing.invite(OWNER, Role.EDITOR, frozenset({"economy"})), ED)
    assert more.topics == {"science", "economy"}


def test_an_admin_invites_editors_alone_and_an_editor_nobody(staffing, ada, ed):
    staffing.invite(ADA, Role.EDITOR, frozenset({"science"}))
    for who, role in ((ADA, Role.ADMIN), (ED, Role.EDITOR), (EVE, Role.EDITOR)):
        with pytest.raises(NotAllowedError):
            staffing.invite(who, role, frozenset({"science"}))


@pytest.mark.parametrize("role", [Role.OWNER, Role.EDITOR])
def test_owners_are_made_by_the_operator_and_editors_need_topics(staffing, role):
    with pytest.raises(ValueError, match="no invitation"):
        staffing.invite(OWNER, role)


def test_whoever_is_dismissed_has_no_rights_from_then_on(staffing, ada, ed):
    staffing.dismiss(ADA, ED.user_id)
    assert staffing.role(ED.user_id) is None
    with pytest.raises(UnknownMemberError):
        staffing.dismiss(OWNER, ED.user_id)
    with pytest.raises(NotAllowedError):
        staffing.dismiss(ADA, ADA.user_id)
    staffing.dismiss(OWNER, ADA.user_id)
    assert staffing.members() == ()


def test_an_admin_does_not_become_an_editor_by_a_link(staffing, ada):
    with pytest.raises(InvitationError):
        staffing.accept(staffing.invite(OWNER, Role.EDITOR, frozenset({"science"})), ADA)
    assert staffing.role(ADA.user_id) is Role.ADMIN


def test_who_came_and_went_is_noted(staffing, ada, clock):
    clock.now += timedelta(hours=1)
    staffing.dismiss(OWNER, ADA.user_id)
    gone, came = staffing.log()
    assert (came.by, came.act, came.before, came.after["role"]) == (ADA, Act.STAFF_ADDED, None, "admin")
    assert (gone.by, gone.act, gone.before["name"], gone.after) == (OWNER, Act.STAFF_REMOVED, "Ada", None)
    assert gone.at == clock()


def test_owners_and_admins_are_told_of_what_breaks(staffing, ada, ed):
    assert staffing.notified_ids() == (OWNER.user_id, ADA.user_id)
