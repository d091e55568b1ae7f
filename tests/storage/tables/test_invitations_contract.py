"""The same assertions against the real adapter and its fake."""

from copy import replace

import pytest

from chalicelib.model.ids import new_id
from chalicelib.model.projects import Invitation, Member, ProjectFull, ProjectRole
from chalicelib.model.users import AccountRole, User
from chalicelib.wiring.adapters import Adapters
from tests.conftest import NOON
from tests.storage.examples import DAY, MOMENT, SECOND, event_of, guest, join, recorded


def test_an_invitation_is_read_with_its_end_in_whole_seconds(adapters: Adapters, owner: Member) -> None:
    expires_at = NOON + DAY
    invitation = Invitation(owner.project_id, "b", "guest@people.example", ProjectRole.VIEWER, expires_at + MOMENT)
    adapters.invitations.add(invitation, [event_of(owner.project_id)])
    adapters.invitations.add(replace(invitation, id="a", expires_at=NOON), [])
    stored = replace(invitation, expires_at=expires_at)
    assert adapters.invitations.get(owner.project_id, "b") == stored
    assert adapters.invitations.get(owner.project_id, "c") is None
    assert adapters.invitations.of_project(owner.project_id, expires_at - SECOND) == [stored]
    assert adapters.invitations.of_project(owner.project_id, expires_at) == []
    assert len(recorded(adapters, owner.project_id)) == 2


def test_an_invitation_is_accepted_once(adapters: Adapters, owner: Member) -> None:
    id_ = owner.project_id
    invitation = Invitation(id_, new_id(), "guest@people.example", ProjectRole.VIEWER, NOON + DAY)
    adapters.invitations.add(invitation, [])
    assert not adapters.invitations.accept(invitation, owner, [event_of(id_)])
    assert adapters.invitations.accept(
        invitation, Member(id_, guest(adapters), ProjectRole.VIEWER, NOON), [event_of(id_)]
    )
    assert not adapters.invitations.accept(invitation, Member(id_, guest(adapters), ProjectRole.VIEWER, NOON), [])
    assert len(recorded(adapters, id_)) == 2


@pytest.mark.parametrize("change", ["nothing", "role", "removed", "disabled", "deleted"])
def test_an_invitation_is_accepted_while_its_maker_may_invite(adapters: Adapters, owner: Member, change: str) -> None:
    id_ = owner.project_id
    maker = User(new_id(), f"{new_id()}@people.example", None, AccountRole.USER, "hash", NOON, verified_at=NOON)
    adapters.users.add(maker)
    member = join(adapters, id_, ProjectRole.OWNER, user_id=maker.id)
    invitation = Invitation(id_, new_id(), "guest@people.example", ProjectRole.VIEWER, NOON + DAY, maker.id)
    assert adapters.invitations.add(invitation, [])
    if change == "role":
        adapters.projects.change_role(member, ProjectRole.EDITOR, [])
    elif change == "removed":
        adapters.projects.remove(member, [])
    elif change == "disabled":
        adapters.users.set_disabled(maker, [], disabled=True)
    elif change == "deleted":
        adapters.users.delete(maker)
    joined = adapters.invitations.accept(invitation, Member(id_, guest(adapters), ProjectRole.VIEWER, NOON), [])
    assert joined is (change == "nothing")


def test_a_project_knows_how_long_it_has_invitations(adapters: Adapters, owner: Member) -> None:
    id_ = owner.project_id
    assert adapters.projects.named([id_])[id_].invited_until is None
    invitation = Invitation(id_, new_id(), "guest@people.example", ProjectRole.VIEWER, NOON + DAY)
    assert adapters.invitations.add(invitation, [])
    assert adapters.projects.named([id_])[id_].invited_until == NOON + DAY


def test_nobody_is_invited_to_a_closed_project(adapters: Adapters, owner: Member) -> None:
    adapters.projects.mark_deleted(owner.project_id, NOON, [])
    invitation = Invitation(owner.project_id, new_id(), "guest@people.example", ProjectRole.VIEWER, NOON + DAY)
    assert not adapters.invitations.add(invitation, [event_of(owner.project_id)])
    assert adapters.invitations.get(owner.project_id, invitation.id) is None


def test_a_closed_project_takes_no_members(adapters: Adapters, owner: Member) -> None:
    invitation = Invitation(owner.project_id, new_id(), "guest@people.example", ProjectRole.VIEWER, NOON + DAY)
    adapters.invitations.add(invitation, [])
    adapters.projects.mark_deleted(owner.project_id, NOON, [])
    with pytest.raises(ProjectFull):
        adapters.invitations.accept(invitation, Member(owner.project_id, guest(adapters), ProjectRole.VIEWER, NOON), [])
    assert adapters.invitations.get(owner.project_id, invitation.id) is not None


def test_a_project_has_up_to_a_hundred_members(adapters: Adapters, owner: Member) -> None:
    for _ in range(99):
        join(adapters, owner.project_id, ProjectRole.VIEWER)
    invitation = Invitation(owner.project_id, new_id(), "guest@people.example", ProjectRole.VIEWER, NOON + DAY)
    adapters.invitations.add(invitation, [])
    with pytest.raises(ProjectFull):
        adapters.invitations.accept(invitation, Member(owner.project_id, guest(adapters), ProjectRole.VIEWER, NOON), [])


def test_invitations_are_revoked_one_by_one_and_all_together(adapters: Adapters, owner: Member) -> None:
    id_ = owner.project_id
    for invitation_id in "abc":
        adapters.invitations.add(
            Invitation(id_, invitation_id, "guest@people.example", ProjectRole.VIEWER, NOON + DAY), []
        )
    adapters.invitations.revoke(id_, "b")
    adapters.invitations.revoke(id_, "b")
    assert [invitation.id for invitation in adapters.invitations.of_project(id_, NOON)] == ["a", "c"]
    adapters.invitations.delete_all(id_)
    assert adapters.invitations.of_project(id_, NOON) == []


@pytest.mark.parametrize("change", ["nothing", "unconfirmed", "disabled", "closed", "deleted"])
def test_an_invitation_is_accepted_by_a_user_who_is_active(adapters: Adapters, owner: Member, change: str) -> None:
    verified_at = None if change == "unconfirmed" else NOON
    user = User(new_id(), f"{new_id()}@people.example", None, AccountRole.USER, "h", NOON, verified_at=verified_at)
    adapters.users.add(user)
    invitation = Invitation(owner.project_id, new_id(), user.email, ProjectRole.VIEWER, NOON + DAY)
    adapters.invitations.add(invitation, [])
    if change == "disabled":
        adapters.users.set_disabled(user, [], disabled=True)
    elif change == "closed":
        adapters.users.mark_deleted(user, NOON, [])
    elif change == "deleted":
        adapters.users.delete(user)
    member = Member(owner.project_id, user.id, ProjectRole.VIEWER, NOON)
    assert adapters.invitations.accept(invitation, member, []) is (change == "nothing")
    assert (adapters.projects.member(owner.project_id, user.id) is None) is (change != "nothing")


def test_invitations_are_revoked_by_their_maker_and_by_their_address(adapters: Adapters, owner: Member) -> None:
    id_, address, other = owner.project_id, f"{new_id()}@people.example", "other@people.example"
    for invitation_id, email, maker in (("a", other, "ann"), ("b", address, "ben"), ("c", other, "ben")):
        adapters.invitations.add(Invitation(id_, invitation_id, email, ProjectRole.VIEWER, NOON + DAY, maker), [])
    adapters.invitations.revoke_by(id_, "ann")
    adapters.invitations.revoke_by(new_id(), "ben")
    assert [invitation.id for invitation in adapters.invitations.of_project(id_, NOON)] == ["b", "c"]
    adapters.invitations.revoke_to(address)
    assert [invitation.id for invitation in adapters.invitations.of_project(id_, NOON)] == ["c"]


def test_an_invitation_says_whether_its_email_was_sent(adapters: Adapters, owner: Member) -> None:
    project_id = owner.project_id
    sent, unsent = (
        Invitation(project_id, new_id(), "guest@people.example", ProjectRole.VIEWER, NOON + DAY) for _ in range(2)
    )
    for invitation in (sent, unsent):
        adapters.invitations.add(invitation, [])
    adapters.invitations.note_unsent(unsent)
    assert adapters.invitations.get(project_id, sent.id) == sent
    assert adapters.invitations.get(project_id, unsent.id) == replace(unsent, email_sent=False)
    adapters.invitations.revoke(project_id, sent.id)
    adapters.invitations.note_unsent(sent)
    assert adapters.invitations.get(project_id, sent.id) is None
