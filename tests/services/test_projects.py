from collections.abc import Callable
from copy import replace
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.model.emails import InvalidEmailToken
from chalicelib.model.errors import ChangedMeanwhile, InvalidField, RateLimitExceeded
from chalicelib.model.ids import new_id
from chalicelib.model.principals import Principal
from chalicelib.model.projects import (
    AlreadyMember,
    InvitationNotFound,
    LastOwner,
    Member,
    MemberNotFound,
    Project,
    ProjectNotFound,
    ProjectRole,
    RoleMissing,
)
from chalicelib.model.usage import Limit, LimitReached
from chalicelib.model.users import User
from tests.conftest import HERE, NOON, Person, SettableClock
from tests.fakes.wiring import FakeServices

MOMENT = timedelta(microseconds=1)


@pytest.fixture
def guest(services: FakeServices, make_person: Callable[[], Person]) -> User:
    return services.adapters.users.stored[make_person().id]


def invite(services: FakeServices, owner: Principal, email: str, role: ProjectRole = ProjectRole.VIEWER) -> str:
    """Invite an email address; return the token of the link in the email."""
    services.projects.invite(owner, email, role, HERE.ip_address)
    return services.adapters.email.sent[-1].text.partition("https://janus.example/#invitation=")[2].split()[0]


def join(services: FakeServices, owner: Principal, user: User, role: ProjectRole = ProjectRole.VIEWER) -> Member:
    return services.projects.accept(user, invite(services, owner, user.email, role))


def events(services: FakeServices, action: str) -> list[tuple[str | None, str | None, str | None, str | None]]:
    services.audit.write()
    found = [event for event in services.adapters.audit_log.events.values() if event.action == action]
    return [(event.actor_id, event.user_id, event.subject_id, event.detail) for event in found]


def as_member(services: FakeServices, owner: Principal, user: User) -> Principal:
    membership = services.adapters.identities._membership_of(owner.project.id, user.id)
    return Principal(user, membership)


class TestProjects:
    def test_a_new_project_has_its_creator_as_owner(self, services: FakeServices, user: User) -> None:
        project = services.projects.create(user, "Cafe\u0301")
        assert (project.name, project.created_at, project.members) == ("Caf\u00e9", NOON, 1)
        assert services.projects.of_user(user.id) == [(project, ProjectRole.OWNER)]
        assert events(services, "project.created") == [(user.id, project.id, project.id, None)]

    def test_a_user_has_up_to_a_hundred_projects(self, services: FakeServices, user: User) -> None:
        for number in range(100):
            services.projects.create(user, f"{number}")
        with pytest.raises(LimitReached) as caught:
            services.projects.create(user, "another")
        assert (caught.value.limit, caught.value.max_count) == (Limit.PROJECTS, 100)

    def test_projects_come_newest_first_without_closed_ones(self, services: FakeServices, user: User) -> None:
        projects = [services.projects.create(user, name) for name in "abc"]
        services.adapters.projects.mark_deleted(projects[1].id, NOON, [])
        assert [project for project, _ in services.projects.of_user(user.id)] == [projects[2], projects[0]]

    def test_a_project_is_renamed(self, services: FakeServices, owner: Principal) -> None:
        services.projects.rename(owner, "Cafe\u0301")
        assert services.projects.of_user(owner.user_id)[0][0].name == "Caf\u00e9"
        assert events(services, "project.renamed") == [(owner.user_id, owner.project.id, owner.project.id, None)]

    def test_a_closed_project_is_not_renamed(self, services: FakeServices, owner: Principal) -> None:
        services.adapters.projects.mark_deleted(owner.project.id, NOON, [])
        with pytest.raises(ProjectNotFound):
            services.projects.rename(owner, "Store")

    def test_a_deleted_project_is_closed_and_its_purge_queued(self, services: FakeServices, owner: Principal) -> None:
        services.projects.delete(owner)
        assert services.adapters.projects.closed == {owner.project.id: NOON}
        assert services.adapters.jobs.sent == [("purge project", owner.project.id)]
        assert events(services, "project.deleted") == [(owner.user_id, owner.project.id, owner.project.id, None)]

    def test_a_project_is_found_by_its_members_with_their_role(
        self, services: FakeServices, owner: Principal, guest: User
    ) -> None:
        join(services, owner, guest)
        project, role = services.projects.get(guest.id, owner.project.id)
        assert (project.name, role) == ("Shop", ProjectRole.VIEWER)

    def test_a_project_is_found_by_nobody_else(self, services: FakeServices, owner: Principal, guest: User) -> None:
        member = as_member(services, owner, owner.user)
        for user_id, project_id in ((guest.id, owner.project.id), (owner.user_id, new_id())):
            with pytest.raises(ProjectNotFound):
                services.projects.get(user_id, project_id)
        services.projects.delete(member)
        with pytest.raises(ProjectNotFound):
            services.projects.get(owner.user_id, owner.project.id)


class TestMembers:
    def test_members_come_with_their_accounts(self, services: FakeServices, owner: Principal, guest: User) -> None:
        join(services, owner, guest, ProjectRole.EDITOR)
        members = services.projects.members(owner)
        assert [(teammate.user, teammate.member.role) for teammate in members] == [
            (owner.user, "owner"),
            (guest, "editor"),
        ]

    def test_a_member_whose_account_was_deleted_is_left_out(
        self, services: FakeServices, owner: Principal, guest: User
    ) -> None:
        join(services, owner, guest)
        services.adapters.users.delete(guest)
        assert [teammate.user for teammate in services.projects.members(owner)] == [owner.user]

    def test_a_role_is_changed_with_an_audit_event(self, services: FakeServices, owner: Principal, guest: User) -> None:
        join(services, owner, guest)
        services.projects.change_role(owner, guest.id, ProjectRole.EDITOR)
        assert services.adapters.projects.memberships[owner.project.id, guest.id].role is ProjectRole.EDITOR
        assert events(services, "member.role_changed") == [
            (owner.user_id, owner.project.id, guest.id, "viewer to editor")
        ]

    def test_the_same_role_is_not_audited(self, services: FakeServices, owner: Principal, guest: User) -> None:
        join(services, owner, guest)
        services.projects.change_role(owner, guest.id, ProjectRole.VIEWER)
        assert events(services, "member.role_changed") == []

    @pytest.mark.parametrize("user_id", ["no id", "0198c8d2-6c0d-7c3a-9a50-6f1f4b0c2d3e"])
    def test_an_unknown_member_is_not_found(self, services: FakeServices, owner: Principal, user_id: str) -> None:
        with pytest.raises(MemberNotFound):
            services.projects.change_role(owner, user_id, ProjectRole.EDITOR)
        with pytest.raises(MemberNotFound):
            services.projects.remove(owner, user_id)

    def test_the_last_owner_stays(self, services: FakeServices, owner: Principal) -> None:
        with pytest.raises(LastOwner):
            services.projects.change_role(owner, owner.user_id, ProjectRole.EDITOR)
        with pytest.raises(LastOwner):
            services.projects.remove(owner, owner.user_id)

    def test_a_member_who_changed_meanwhile_is_reported(
        self, services: FakeServices, owner: Principal, guest: User, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        stale = replace(join(services, owner, guest), role=ProjectRole.OWNER)
        monkeypatch.setattr(type(services.adapters.projects), "member", lambda *_: stale)
        with pytest.raises(ChangedMeanwhile):
            services.projects.change_role(owner, guest.id, ProjectRole.EDITOR)
        with pytest.raises(ChangedMeanwhile):
            services.projects.remove(owner, guest.id)

    def test_an_owner_removes_others(self, services: FakeServices, owner: Principal, guest: User) -> None:
        join(services, owner, guest)
        services.projects.remove(owner, guest.id)
        assert services.projects.of_user(guest.id) == []
        assert events(services, "member.removed") == [(owner.user_id, owner.project.id, guest.id, None)]

    @pytest.mark.parametrize("role", [ProjectRole.VIEWER, ProjectRole.EDITOR])
    def test_others_remove_only_themselves(
        self, services: FakeServices, owner: Principal, guest: User, role: ProjectRole
    ) -> None:
        join(services, owner, guest, role)
        member = as_member(services, owner, guest)
        with pytest.raises(RoleMissing) as caught:
            services.projects.remove(member, owner.user_id)
        assert caught.value.role is ProjectRole.OWNER
        services.projects.remove(member, guest.id)
        assert services.projects.of_user(guest.id) == []


class TestInvitations:
    def test_an_invitation_is_emailed_and_audited(self, services: FakeServices, owner: Principal) -> None:
        invitation = services.projects.invite(owner, "Guest@People.example", ProjectRole.EDITOR, HERE.ip_address)
        assert (invitation.email, invitation.role) == ("guest@people.example", ProjectRole.EDITOR)
        assert (invitation.invited_by, invitation.email_sent) == (owner.user_id, True)
        (email,) = services.adapters.email.sent
        assert (email.recipient, email.subject) == ("guest@people.example", "Invitation to a project at Janus")
        assert '"Shop"' in email.text
        assert owner.user.email not in email.text
        assert events(services, "member.invited") == [(owner.user_id, owner.project.id, owner.project.id, None)]

    def test_an_invitation_ends_after_a_week_to_the_second(
        self, services: FakeServices, owner: Principal, clock: SettableClock
    ) -> None:
        clock.advance(timedelta(milliseconds=700))
        invitation = services.projects.invite(owner, "guest@people.example", ProjectRole.VIEWER, HERE.ip_address)
        assert invitation.expires_at == NOON + timedelta(days=7)
        assert services.projects.invited(owner) == [services.projects.invitation(owner, invitation.id)] == [invitation]
        clock.now = NOON + timedelta(days=7)
        assert services.projects.invited(owner) == []
        with pytest.raises(InvitationNotFound):
            services.projects.invitation(owner, invitation.id)

    def test_five_invitations_per_hour_reach_an_address(self, services: FakeServices, owner: Principal) -> None:
        for _ in range(5):
            invite(services, owner, "guest@people.example")
        with pytest.raises(RateLimitExceeded):
            invite(services, owner, "guest@people.example")

    def test_invitations_come_in_the_order_in_which_they_end(
        self, services: FakeServices, owner: Principal, clock: SettableClock
    ) -> None:
        for _ in range(5):
            invite(services, owner, "guest@people.example")
            clock.advance(timedelta(minutes=20))
        ends = [invitation.expires_at for invitation in services.projects.invited(owner)]
        assert ends == [NOON + timedelta(days=7, minutes=20 * number) for number in range(5)]

    def test_an_accepted_invitation_makes_a_member(
        self, services: FakeServices, owner: Principal, guest: User, clock: SettableClock
    ) -> None:
        token = invite(services, owner, guest.email, ProjectRole.EDITOR)
        clock.advance(timedelta(hours=1))
        member = services.projects.accept(guest, token)
        assert member == Member(owner.project.id, guest.id, ProjectRole.EDITOR, NOON + timedelta(hours=1))
        assert services.projects.invited(owner) == []
        assert events(services, "member.joined") == [(guest.id, owner.project.id, owner.project.id, None)]

    def test_an_invitation_is_accepted_until_it_ends(
        self, services: FakeServices, owner: Principal, guest: User, clock: SettableClock
    ) -> None:
        token = invite(services, owner, guest.email)
        clock.now = NOON + timedelta(days=7)
        with pytest.raises(InvalidEmailToken):
            services.projects.accept(guest, token)
        clock.now -= MOMENT
        services.projects.accept(guest, token)

    @pytest.mark.parametrize("token", ["", "x", f"{'0' * 36}.{'x' * 43}"])
    def test_an_unknown_token_is_refused(self, services: FakeServices, guest: User, token: str) -> None:
        with pytest.raises(InvalidEmailToken):
            services.projects.accept(guest, token)

    def test_an_invitation_is_for_its_address_only(self, services: FakeServices, owner: Principal, guest: User) -> None:
        token = invite(services, owner, "another@people.example")
        with pytest.raises(InvalidField, match="other than your account's"):
            services.projects.accept(guest, token)
        assert len(services.projects.invited(owner)) == 1

    def test_a_member_does_not_join_again(self, services: FakeServices, owner: Principal) -> None:
        token = invite(services, owner, owner.user.email)
        with pytest.raises(AlreadyMember):
            services.projects.accept(owner.user, token)

    def test_a_closed_project_takes_no_members(self, services: FakeServices, owner: Principal, guest: User) -> None:
        token = invite(services, owner, guest.email)
        services.adapters.projects.mark_deleted(owner.project.id, NOON, [])
        with pytest.raises(InvalidField, match="full or deleted"):
            services.projects.accept(guest, token)

    def test_an_invitation_whose_email_fails_says_so(self, services: FakeServices, owner: Principal) -> None:
        services.adapters.email.failure = ConnectionError()
        invitation = services.projects.invite(owner, "guest@people.example", ProjectRole.VIEWER, HERE.ip_address)
        assert not invitation.email_sent
        assert services.projects.invitation(owner, invitation.id) == invitation

    def test_nobody_is_invited_to_a_closed_project(self, services: FakeServices, owner: Principal) -> None:
        services.adapters.projects.mark_deleted(owner.project.id, NOON, [])
        with pytest.raises(ProjectNotFound):
            invite(services, owner, "guest@people.example")
        assert services.adapters.email.sent == []

    def test_an_invitation_of_an_earlier_version_is_refused(
        self, services: FakeServices, owner: Principal, guest: User
    ) -> None:
        token = invite(services, owner, guest.email)
        ((key, invitation),) = services.adapters.invitations.stored.items()
        services.adapters.invitations.stored[key] = replace(invitation, invited_by=None)
        with pytest.raises(InvalidEmailToken):
            services.projects.accept(guest, token)

    @pytest.mark.parametrize("change", [{"disabled": True}, {"verified_at": None}, None])
    def test_an_invitation_is_refused_once_its_maker_may_no_longer_invite(
        self, services: FakeServices, owner: Principal, guest: User, change: dict[str, Any] | None
    ) -> None:
        token = invite(services, owner, guest.email)
        if change is None:
            key = owner.project.id, owner.user_id
            viewer = replace(services.adapters.projects.memberships[key], role=ProjectRole.VIEWER)
            services.adapters.projects.memberships[key] = viewer
        else:
            services.adapters.users.stored[owner.user_id] = replace(owner.user, **change)
        with pytest.raises(InvalidEmailToken):
            services.projects.accept(guest, token)
        assert services.projects.of_user(guest.id) == []

    def test_a_revoked_invitation_is_gone(self, services: FakeServices, owner: Principal, guest: User) -> None:
        token = invite(services, owner, guest.email)
        services.projects.revoke(owner, "no digest")
        (invitation,) = services.projects.invited(owner)
        services.projects.revoke(owner, invitation.id)
        with pytest.raises(InvalidEmailToken):
            services.projects.accept(guest, token)

    def test_an_invitation_of_another_project_is_not_revoked(self, services: FakeServices, owner: Principal) -> None:
        invite(services, owner, "guest@people.example")
        (invitation,) = services.projects.invited(owner)
        other = Project(new_id(), "Another", NOON)
        services.adapters.projects.add(other, owner.user_id)
        membership = services.adapters.identities._membership_of(other.id, owner.user_id)
        services.projects.revoke(Principal(owner.user, membership), invitation.id)
        assert services.projects.invited(owner) == [invitation]
