from collections.abc import Callable
from copy import replace

import pytest

from chalicelib.model.errors import ChangedMeanwhile
from chalicelib.model.ids import new_id
from chalicelib.model.images import ImageUpload
from chalicelib.model.principals import Principal
from chalicelib.model.users import AccountRole, AdminStays, User, UserNotFound
from chalicelib.services.administration import UserSearch
from tests.conftest import Person
from tests.fakes.wiring import FakeServices


@pytest.fixture
def admin(services: FakeServices, make_person: Callable[[], Person]) -> Principal:
    user = services.adapters.users.stored[make_person().id]
    services.adapters.users.change_role(user, AccountRole.ADMIN, [])
    return Principal(services.adapters.users.stored[user.id], None)


def current(services: FakeServices, user: User) -> User:
    return services.adapters.users.stored[user.id]


@pytest.mark.parametrize(
    ("search", "found"),
    [
        (UserSearch(9), ["ben", "ann"]),
        (UserSearch(1), ["ben"]),
        (UserSearch(9, text="ANN@PEOPLE"), ["ann"]),
        (UserSearch(9, text="benedict"), ["ben"]),
        (UserSearch(9, text="example\nb"), ["ben"]),
        (UserSearch(9, text="somebody"), []),
        (UserSearch(9, role=AccountRole.ADMIN), ["ben"]),
        (UserSearch(9, role=AccountRole.USER), ["ann"]),
        (UserSearch(9, disabled=True), ["ann"]),
        (UserSearch(9, disabled=False), ["ben"]),
        (UserSearch(9, text="people", disabled=True), ["ann"]),
        (UserSearch(9, text="benedict", disabled=True), []),
    ],
)
def test_users_are_found_newest_first(services: FakeServices, search: UserSearch, found: list[str]) -> None:
    users = services.adapters.users
    ann = User(new_id(), "ann@people.example", None, AccountRole.USER, "hash", services.clock(), disabled=True)
    ben = User(new_id(), "ben@people.example", "Benedict", AccountRole.ADMIN, "hash", services.clock())
    for user in (ann, ben):
        users.add(user)
    assert [user.email.partition("@")[0] for user in services.administration.search(search).items] == found


def test_users_come_page_by_page(services: FakeServices, make_person: Callable[[], Person]) -> None:
    people = [make_person().id for _ in range(3)]
    first = services.administration.search(UserSearch(2))
    rest = services.administration.search(UserSearch(2, first.next_id))
    assert [[user.id for user in page.items] for page in (first, rest)] == [people[:0:-1], people[:1]]


@pytest.mark.parametrize("user_id", ["no id", "0198c8d2-6c0d-7c3a-9a50-6f1f4b0c2d3e"])
def test_an_unknown_user_is_not_found(services: FakeServices, user_id: str) -> None:
    with pytest.raises(UserNotFound):
        services.administration.get(user_id)


def test_a_user_is_found_by_id(services: FakeServices, user: User) -> None:
    assert services.administration.get(user.id) == user


def test_a_users_images_come_newest_first(services: FakeServices, user: User) -> None:
    ids = [
        services.images.create(user.id, user.id, ImageUpload("a", "image/png", 1, None, None))[0].key.image_id
        for _ in range(3)
    ]
    page = services.administration.images_of(user.id, 2, None)
    assert [image.key.image_id for image in page.items] == ids[:0:-1]
    page = services.administration.images_of(user.id, 2, page.next_id)
    assert [image.key.image_id for image in page.items] == ids[:1]


def test_a_role_is_changed_with_an_audit_event(services: FakeServices, user: User, admin: Principal) -> None:
    services.administration.change_role(admin.user_id, user, AccountRole.ADMIN)
    assert (current(services, user).role, current(services, user).generation) == (AccountRole.ADMIN, 1)
    (event,) = services.adapters.audit_log.events.values()
    assert (event.action, event.actor_id, event.user_id) == ("user.role_changed", admin.user_id, user.id)
    assert (event.subject_id, event.detail) == (user.id, "user to admin")


def test_the_same_role_ends_no_sessions(services: FakeServices, user: User, admin: Principal) -> None:
    services.administration.change_role(admin.user_id, user, AccountRole.USER)
    assert current(services, user) == user
    assert services.adapters.audit_log.events == {}


def test_the_last_administrator_stays_one(services: FakeServices, admin: Principal) -> None:
    with pytest.raises(AdminStays):
        services.administration.change_role(admin.user_id, admin.user, AccountRole.USER)


def test_a_role_that_was_changed_meanwhile_is_not_overwritten(
    services: FakeServices, user: User, admin: Principal
) -> None:
    services.adapters.users.change_role(user, AccountRole.ADMIN, [])
    with pytest.raises(ChangedMeanwhile):
        services.administration.change_role(admin.user_id, user, AccountRole.ADMIN)


def test_a_user_is_disabled_and_enabled_with_audit_events(services: FakeServices, user: User, admin: Principal) -> None:
    for disabled in (True, False):
        services.administration.set_disabled(admin, current(services, user), disabled=disabled)
        assert current(services, user).disabled is disabled
    assert current(services, user).generation == 2
    assert services.adapters.audit_log.actions(user.id) == ["user.disabled", "user.enabled"]
    for event in services.adapters.audit_log.events.values():
        assert (event.actor_id, event.subject_id) == (admin.user_id, user.id)


def test_a_user_who_is_enabled_keeps_their_sessions(services: FakeServices, user: User, admin: Principal) -> None:
    services.administration.set_disabled(admin, user, disabled=False)
    assert current(services, user) == user
    assert services.adapters.audit_log.events == {}


def test_an_administrator_is_not_disabled(services: FakeServices, user: User, admin: Principal) -> None:
    with pytest.raises(AdminStays):
        services.administration.set_disabled(admin, replace(user, role=AccountRole.ADMIN), disabled=True)


def test_a_disabled_administrator_may_be_enabled(services: FakeServices, admin: Principal) -> None:
    services.adapters.users.set_disabled(admin.user, [], disabled=True)
    services.administration.set_disabled(admin, current(services, admin.user), disabled=False)
    assert not current(services, admin.user).disabled


def test_a_user_who_was_disabled_meanwhile_is_reported(services: FakeServices, user: User, admin: Principal) -> None:
    services.adapters.users.set_disabled(user, [], disabled=True)
    with pytest.raises(ChangedMeanwhile):
        services.administration.set_disabled(admin, user, disabled=True)


def test_all_sessions_of_a_user_are_ended_with_an_audit_event(
    services: FakeServices, user: User, admin: Principal
) -> None:
    services.administration.end_sessions(admin, user.id)
    assert current(services, user).generation == 1
    (event,) = services.adapters.audit_log.events.values()
    assert (event.action, event.actor_id, event.user_id) == ("session.all_ended", admin.user_id, user.id)
    assert event.subject_id == user.id


@pytest.mark.parametrize("user_id", ["no id", "0198c8d2-6c0d-7c3a-9a50-6f1f4b0c2d3e"])
def test_sessions_of_an_unknown_user_are_not_ended(services: FakeServices, admin: Principal, user_id: str) -> None:
    with pytest.raises(UserNotFound):
        services.administration.end_sessions(admin, user_id)
    assert services.adapters.audit_log.events == {}
