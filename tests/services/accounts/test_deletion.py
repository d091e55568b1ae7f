from collections.abc import Callable, Sized
from copy import replace
from datetime import timedelta

import pytest

from chalicelib.model.api_keys import Scope
from chalicelib.model.clock import utc_now
from chalicelib.model.errors import ChangedMeanwhile, InvalidField, RateLimitExceeded
from chalicelib.model.ids import new_id
from chalicelib.model.images import ImageKey, ImageUpload
from chalicelib.model.principals import Principal
from chalicelib.model.projects import Member, Project, ProjectRole
from chalicelib.model.usage import OwnLimits
from chalicelib.model.users import AccountRole, AdminStays, CodeRequired, User
from chalicelib.services.idempotency import Creation
from tests.conftest import HERE, NOON, PASSWORD, Person, SettableClock
from tests.fakes.wiring import FakeServices

DELETED = "Your Janus account was deleted"


@pytest.fixture
def user(services: FakeServices, user: User) -> User:
    with_password = replace(user, password_hash=services.passwords.hash(PASSWORD))
    services.adapters.users.stored[user.id] = with_password
    return with_password


@pytest.fixture
def admin(make_person: Callable[[], Person], services: FakeServices) -> Principal:
    return Principal(replace(services.adapters.users.stored[make_person().id], role=AccountRole.ADMIN), None)


def close(services: FakeServices, user: User) -> None:
    services.adapters.users.mark_deleted(user, NOON, [])


class TestTheRequest:
    def test_an_account_is_closed_by_its_user_with_the_password(self, services: FakeServices, user: User) -> None:
        services.deletion.request_own(user, PASSWORD, None)
        closed = services.adapters.users.stored[user.id]
        assert (closed.deleted_at, closed.disabled, closed.generation) == (NOON, True, 1)
        assert services.adapters.jobs.sent == [("purge user", user.id)]
        assert services.adapters.email.subjects_to(user.email) == [DELETED]
        assert services.adapters.audit_log.actions(user.id) == ["user.deleted"]

    def test_another_password_closes_nothing(self, services: FakeServices, user: User) -> None:
        with pytest.raises(InvalidField) as caught:
            services.deletion.request_own(user, "another password", None)
        assert caught.value.field == "password"
        assert services.adapters.users.stored[user.id] == user
        assert services.adapters.jobs.sent == []

    def test_ten_passwords_may_be_tried(self, services: FakeServices, user: User) -> None:
        for _ in range(10):
            services.throttle.password(user.id)
        with pytest.raises(RateLimitExceeded):
            services.deletion.request_own(user, PASSWORD, None)

    def test_a_wrong_password_counts_as_an_attempt(self, services: FakeServices, user: User) -> None:
        for _ in range(10):
            with pytest.raises(InvalidField):
                services.deletion.request_own(user, "another password", None)
        with pytest.raises(RateLimitExceeded):
            services.deletion.request_own(user, PASSWORD, None)

    def test_a_code_is_required_where_there_is_a_second_factor(self, services: FakeServices, user: User) -> None:
        with pytest.raises(CodeRequired):
            services.deletion.request_own(replace(user, totp_secret="secret"), PASSWORD, None)

    def test_an_administrator_stays(self, services: FakeServices, user: User) -> None:
        with pytest.raises(AdminStays):
            services.deletion.request_own(replace(user, role=AccountRole.ADMIN), PASSWORD, None)
        assert services.adapters.jobs.sent == []

    def test_an_administrator_closes_an_account(self, services: FakeServices, user: User, admin: Principal) -> None:
        services.deletion.request(admin, user)
        (event,) = services.adapters.audit_log.events.values()
        assert (event.actor_id, event.user_id, event.subject_id) == (admin.user_id, user.id, user.id)

    def test_an_account_that_changed_meanwhile_is_not_closed(
        self, services: FakeServices, user: User, admin: Principal
    ) -> None:
        close(services, user)
        with pytest.raises(ChangedMeanwhile):
            services.deletion.request(admin, user)
        assert services.adapters.email.sent == []
        assert services.adapters.jobs.sent == []

    def test_a_closed_account_gets_another_message_and_no_email(
        self, services: FakeServices, user: User, admin: Principal
    ) -> None:
        close(services, user)
        services.deletion.request(admin, services.adapters.users.stored[user.id])
        assert services.adapters.jobs.sent == [("purge user", user.id)]
        assert services.adapters.email.sent == []


class TestOverdueDeletions:
    @pytest.mark.parametrize(("after", "overdue"), [(timedelta(), False), (timedelta(microseconds=1), True)])
    def test_a_deletion_is_overdue_after_a_day(
        self, services: FakeServices, owner: Principal, clock: SettableClock, after: timedelta, overdue: bool
    ) -> None:
        close(services, services.adapters.users.stored[owner.user_id])
        services.adapters.projects.mark_deleted(owner.project.id, NOON, [])
        clock.advance(timedelta(days=1) + after)
        services.deletion.retry_overdue()
        messages = [("purge user", owner.user_id), ("purge project", owner.project.id)]
        assert services.adapters.jobs.sent == (messages if overdue else [])

    def test_up_to_five_hundred_of_each_are_retried_at_once(
        self, services: FakeServices, user: User, clock: SettableClock
    ) -> None:
        for number in range(501):
            closed = replace(user, id=f"{number}", email=f"{number}", deleted_at=NOON)
            services.adapters.users.stored[closed.id] = closed
            services.adapters.projects.add(Project(f"{number}", "Shop", NOON), user.id)
            services.adapters.projects.mark_deleted(f"{number}", NOON, [])
        clock.advance(timedelta(days=2))
        services.deletion.retry_overdue()
        assert [kind for kind, _ in services.adapters.jobs.sent] == ["purge user"] * 500 + ["purge project"] * 500

    def test_open_accounts_and_projects_are_left_alone(
        self, services: FakeServices, owner: Principal, clock: SettableClock
    ) -> None:
        clock.advance(timedelta(days=9))
        services.deletion.retry_overdue()
        assert services.adapters.jobs.sent == []


class TestThePurge:
    def fill(self, services: FakeServices, principal: Principal) -> None:
        """Store something of every kind for an owner."""
        image, _ = services.images.create(
            principal.owner_id, principal.user_id, ImageUpload("a.png", "image/png", 6, None, None)
        )
        services.adapters.objects.upload(image.key)
        services.research_notes.add(principal, "topic", {}, [])

    def left(self, services: FakeServices) -> dict[str, int]:
        adapters = services.adapters
        stores: dict[str, Sized] = {
            "users": adapters.users.stored,
            "sessions": adapters.sessions.stored,
            "api keys": adapters.api_keys.stored,
            "data exports": adapters.data_exports.stored,
            "idempotency": adapters.idempotency.stored,
            "notes": adapters.research_notes.stored,
            "projects": adapters.projects.stored,
            "members": adapters.projects.memberships,
            "invitations": adapters.invitations.stored,
            "images": adapters.images.stored,
            "objects": adapters.objects.stored,
        }
        return {name: len(store) for name, store in stores.items() if store}

    def test_all_data_of_a_closed_account_is_deleted(
        self, services: FakeServices, user: User, owner: Principal
    ) -> None:
        for principal in (Principal(user, None), owner):
            self.fill(services, principal)
        services.projects.invite(owner, "guest@people.example", ProjectRole.VIEWER, HERE.ip_address)
        services.api_keys.create(user, "CI", {Scope.IMAGES_WRITE}, None)
        services.data_export.request(user)
        with services.adapters.objects.write_data_export(user.id, "export") as file:
            file.write(b"zip")

        def project(id_: str) -> Project:
            return Project(id_, "Shop", NOON)

        services.idempotency.run_once(user.id, "key", "fingerprint", Creation(project, project, lambda _: False))
        close(services, user)
        services.purge.purge_user(user.id)
        services.purge.purge_user(user.id)
        assert self.left(services) == {}

    def test_an_open_account_is_not_purged(
        self, services: FakeServices, user: User, caplog: pytest.LogCaptureFixture
    ) -> None:
        self.fill(services, Principal(user, None))
        before = self.left(services)
        services.purge.purge_user(user.id)
        assert self.left(services) == before
        assert [record.levelname for record in caplog.records] == ["WARNING"]

    def test_another_user_keeps_everything(
        self, services: FakeServices, user: User, make_person: Callable[[], Person]
    ) -> None:
        other = make_person()
        self.fill(services, Principal(services.adapters.users.stored[other.id], None))
        before = self.left(services)
        close(services, user)
        services.purge.purge_user(user.id)
        assert self.left(services) == before | {"users": 1, "sessions": 1}

    def test_all_data_of_a_closed_project_is_deleted(self, services: FakeServices, owner: Principal) -> None:
        self.fill(services, owner)
        services.projects.invite(owner, "guest@people.example", ProjectRole.VIEWER, HERE.ip_address)
        services.adapters.projects.mark_deleted(owner.project.id, NOON, [])
        services.purge.purge_project(owner.project.id)
        services.purge.purge_project(owner.project.id)
        assert self.left(services) == {"users": 1, "sessions": 1}

    def test_an_open_project_is_not_purged(
        self, services: FakeServices, owner: Principal, caplog: pytest.LogCaptureFixture
    ) -> None:
        self.fill(services, owner)
        before = self.left(services)
        services.purge.purge_project(owner.project.id)
        assert self.left(services) == before
        assert [record.levelname for record in caplog.records] == ["WARNING"]

    def test_many_images_are_deleted(self, services: FakeServices, user: User) -> None:
        many = OwnLimits(analyses_in_flight=101)
        for _ in range(101):  # a page has 100
            services.images.create(user.id, user.id, ImageUpload("a.png", "image/png", 6, None, None), own_limits=many)
        close(services, user)
        services.purge.purge_user(user.id)
        assert services.adapters.images.stored == {}

    def join(self, services: FakeServices, owner: Principal, role: ProjectRole, minutes: int) -> Member:
        user = User(new_id(), f"{new_id()}@people.example", None, AccountRole.USER, "hash", NOON, verified_at=NOON)
        services.adapters.users.add(user)
        member = Member(owner.project.id, user.id, role, NOON + timedelta(minutes=minutes))
        services.adapters.projects.memberships[member.project_id, member.user_id] = member
        return member

    def roles(self, services: FakeServices, project_id: str) -> dict[str, str]:
        return {member.user_id: member.role.value for member in services.adapters.projects.members(project_id)}

    def test_an_only_owner_is_succeeded_by_the_first_editor(
        self, services: FakeServices, user: User, owner: Principal
    ) -> None:
        viewer = self.join(services, owner, ProjectRole.VIEWER, 1)
        first = self.join(services, owner, ProjectRole.EDITOR, 2)
        second = self.join(services, owner, ProjectRole.EDITOR, 3)
        close(services, user)
        services.purge.purge_user(user.id)
        assert self.roles(services, owner.project.id) == {
            viewer.user_id: "viewer",
            first.user_id: "owner",
            second.user_id: "editor",
        }

    def test_an_only_owner_without_editors_is_succeeded_by_the_first_member(
        self, services: FakeServices, user: User, owner: Principal
    ) -> None:
        first, second = (self.join(services, owner, ProjectRole.VIEWER, minutes) for minutes in (1, 2))
        close(services, user)
        services.purge.purge_user(user.id)
        assert self.roles(services, owner.project.id) == {first.user_id: "owner", second.user_id: "viewer"}

    def test_one_of_two_owners_leaves_the_other(self, services: FakeServices, user: User, owner: Principal) -> None:
        other = self.join(services, owner, ProjectRole.OWNER, 1)
        viewer = self.join(services, owner, ProjectRole.VIEWER, 2)
        close(services, user)
        services.purge.purge_user(user.id)
        assert self.roles(services, owner.project.id) == {other.user_id: "owner", viewer.user_id: "viewer"}

    def test_a_closed_account_and_one_that_is_gone_succeed_nobody(
        self, services: FakeServices, user: User, owner: Principal
    ) -> None:
        gone, closed = (self.join(services, owner, ProjectRole.EDITOR, minutes) for minutes in (1, 2))
        viewer = self.join(services, owner, ProjectRole.VIEWER, 3)
        services.adapters.users.delete(services.adapters.users.stored[gone.user_id])
        close(services, services.adapters.users.stored[closed.user_id])
        close(services, user)
        services.purge.purge_user(user.id)
        assert self.roles(services, owner.project.id)[viewer.user_id] == "owner"

    def test_a_project_whose_other_members_are_all_gone_is_deleted(
        self, services: FakeServices, user: User, owner: Principal
    ) -> None:
        other = self.join(services, owner, ProjectRole.EDITOR, 1)
        close(services, services.adapters.users.stored[other.user_id])
        close(services, user)
        services.purge.purge_user(user.id)
        assert services.adapters.projects.memberships == {}
        assert services.adapters.projects.stored == {}

    def test_a_membership_that_the_index_has_with_an_earlier_role_ends(
        self, services: FakeServices, user: User, owner: Principal, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        stale = replace(owner.membership.member, role=ProjectRole.VIEWER) if owner.membership else None
        self.join(services, owner, ProjectRole.OWNER, 1)
        monkeypatch.setattr(services.adapters.projects, "of_user", lambda _: [stale])
        close(services, user)
        services.purge.purge_user(user.id)
        assert user.id not in self.roles(services, owner.project.id)

    def test_a_membership_that_changes_meanwhile_is_tried_again(
        self, services: FakeServices, user: User, owner: Principal, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        close(services, user)
        monkeypatch.setattr(services.adapters.projects, "remove", lambda *_: False)
        with pytest.raises(ChangedMeanwhile):
            services.purge.purge_user(user.id)
        assert user.id in services.adapters.users.stored

    def test_a_project_that_is_created_meanwhile_is_left_too(
        self, services: FakeServices, user: User, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        close(services, user)

        def create(*_: object) -> None:
            services.adapters.projects.add(Project(new_id(), "Late", NOON), user.id)

        monkeypatch.setattr(services.adapters.idempotency, "delete_all", create)
        services.purge.purge_user(user.id)
        assert services.adapters.projects.memberships == {}

    def test_objects_without_a_record_are_deleted_too(self, services: FakeServices, user: User) -> None:
        services.adapters.objects.write_view(ImageKey(user.id, new_id()), "overlay", b"png")
        close(services, user)
        services.purge.purge_user(user.id)
        assert services.adapters.objects.stored == {}

    def test_sessions_that_have_expired_are_deleted_too(
        self, services: FakeServices, user: User, clock: SettableClock
    ) -> None:
        close(services, user)
        clock.advance(timedelta(days=40))
        services.purge.purge_user(user.id)
        assert services.adapters.sessions.stored == {}

    def test_invitations_of_the_account_end_in_projects_of_others(
        self, services: FakeServices, user: User, owner: Principal, make_person: Callable[[], Person]
    ) -> None:
        member = self.join(services, owner, ProjectRole.OWNER, 1)
        other = services.adapters.users.stored[member.user_id]
        for inviter, guest in ((owner, "guest@people.example"), (replace(owner, user=other), user.email)):
            services.projects.invite(inviter, guest, ProjectRole.VIEWER, HERE.ip_address)
        services.projects.invite(replace(owner, user=other), "stays@people.example", ProjectRole.VIEWER, "192.0.2.9")
        close(services, user)
        services.purge.purge_user(user.id)
        assert [invitation.email for invitation in services.adapters.invitations.stored.values()] == [
            "stays@people.example"
        ]


class TestAbandonedRegistrations:
    """An address that was never confirmed may be a stranger's: it is kept for a week after the last link expired."""

    @pytest.fixture
    def registered(self, services: FakeServices, clock: SettableClock) -> User:
        clock.now = utc_now()  # ids are made with the machine's time
        services.accounts.register("ann@people.example", PASSWORD, "Ann", HERE.ip_address)
        (user,) = services.adapters.users.stored.values()
        return user

    @pytest.mark.parametrize(("minutes", "closed"), [(-1, False), (1, True)])
    def test_one_is_closed_a_week_after_its_link_expired(
        self, services: FakeServices, registered: User, clock: SettableClock, minutes: int, closed: bool
    ) -> None:
        services.adapters.audit_log.events.clear()
        clock.advance(timedelta(days=8, minutes=minutes))
        services.deletion.close_abandoned()
        assert (services.adapters.users.stored[registered.id].deleted_at is not None) is closed
        assert services.adapters.jobs.sent == [("purge user", registered.id)] * closed
        assert services.adapters.audit_log.actions(registered.id) == ["user.deleted"] * closed
        assert DELETED not in services.adapters.email.subjects_to(registered.email)

    def test_another_link_prolongs_it(self, services: FakeServices, registered: User, clock: SettableClock) -> None:
        clock.advance(timedelta(days=6))
        services.accounts.resend_verification(registered.email, HERE.ip_address)
        clock.advance(timedelta(days=7))
        services.deletion.close_abandoned()
        assert services.adapters.users.stored[registered.id].deleted_at is None

    def test_one_that_was_confirmed_stays(self, services: FakeServices, registered: User, clock: SettableClock) -> None:
        services.adapters.users.confirm(registered, clock(), [])
        clock.advance(timedelta(days=99))
        services.deletion.close_abandoned()
        assert services.adapters.jobs.sent == []

    def test_one_that_is_confirmed_meanwhile_stays(
        self, services: FakeServices, registered: User, clock: SettableClock, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        services.adapters.users.confirm(registered, clock(), [])
        clock.advance(timedelta(days=99))
        monkeypatch.setattr(services.adapters.abandoned_registrations, "list", lambda *_: [registered.id])
        services.deletion.close_abandoned()
        assert services.adapters.jobs.sent == []

    def test_the_address_is_free_once_it_is_purged(
        self, services: FakeServices, registered: User, clock: SettableClock
    ) -> None:
        clock.advance(timedelta(days=9))
        services.deletion.close_abandoned()
        services.purge.purge_user(registered.id)
        assert services.adapters.users.stored == {}
        assert services.adapters.users.by_email == {}
