from copy import replace
from datetime import timedelta

import pytest

from chalicelib.model.api_keys import ApiKey, ApiKeyRefused, Scope, ScopeMissing
from chalicelib.model.principals import Principal, Requirement
from chalicelib.model.projects import Member, ProjectNotFound, ProjectRole, RoleMissing
from chalicelib.model.sessions import SessionEnded
from chalicelib.model.users import User
from tests.conftest import NOON, Person, SettableClock
from tests.fakes.wiring import FakeServices

WRITE = Requirement(Scope.IMAGES_WRITE)
MOMENT = timedelta(microseconds=1)


@pytest.fixture
def key(services: FakeServices, user: User) -> tuple[ApiKey, str]:
    return services.api_keys.create(user, "CI", {Scope.IMAGES_WRITE}, 1)


def last_use(services: FakeServices, user: User) -> object:
    return services.adapters.api_keys.of_user(user.id)[0].last_used_at


def test_an_access_token_proves_its_user(services: FakeServices, person: Person, user: User) -> None:
    principal = services.authorization.authorize(person.access, Requirement())
    assert (principal.user, principal.membership) == (user, None)


def test_an_access_token_is_valid_for_fifteen_minutes(
    services: FakeServices, person: Person, clock: SettableClock
) -> None:
    clock.now = NOON + timedelta(minutes=15) - MOMENT
    services.authorization.from_access_token(person.access)
    clock.now = NOON + timedelta(minutes=15)
    with pytest.raises(SessionEnded) as refused:
        services.authorization.from_access_token(person.access)
    assert str(refused.value.__cause__) == "It has expired."


def test_a_session_proves_its_user_until_it_expires(services: FakeServices, person: Person) -> None:
    end = NOON + timedelta(days=30)
    services.authorization.from_session(person.session_id, person.id, end - MOMENT)
    with pytest.raises(SessionEnded):
        services.authorization.from_session(person.session_id, person.id, end)


def test_a_key_proves_its_user_until_it_expires(
    services: FakeServices, user: User, key: tuple[ApiKey, str], clock: SettableClock
) -> None:
    clock.now = NOON + timedelta(days=1) - MOMENT
    assert services.authorization.authorize(key[1], WRITE) == Principal(user, None)
    clock.now = NOON + timedelta(days=1)
    with pytest.raises(ApiKeyRefused):
        services.authorization.authorize(key[1], WRITE)


def test_a_key_without_an_end_stays_valid(services: FakeServices, user: User, clock: SettableClock) -> None:
    _, text = services.api_keys.create(user, "CI", {Scope.IMAGES_WRITE}, None)
    clock.advance(timedelta(days=10_000))
    services.authorization.authorize(text, WRITE)


def test_a_key_with_another_secret_is_refused(services: FakeServices, key: tuple[ApiKey, str]) -> None:
    last = key[1][-2]
    with pytest.raises(ApiKeyRefused):
        services.authorization.authorize(key[1][:-2] + ("A" if last != "A" else "B") + key[1][-1], WRITE)


@pytest.mark.parametrize("text", ["janus_", "janus_x"])
def test_a_malformed_key_is_refused(services: FakeServices, text: str) -> None:
    with pytest.raises(ApiKeyRefused):
        services.authorization.authorize(text, WRITE)


def test_a_revoked_key_is_refused(services: FakeServices, user: User, key: tuple[ApiKey, str]) -> None:
    services.api_keys.revoke(user, key[0].id)
    with pytest.raises(ApiKeyRefused):
        services.authorization.authorize(key[1], WRITE)


def test_a_key_of_a_disabled_user_is_refused(services: FakeServices, user: User, key: tuple[ApiKey, str]) -> None:
    services.adapters.users.set_disabled(user, [], disabled=True)
    with pytest.raises(ApiKeyRefused):
        services.authorization.authorize(key[1], WRITE)


@pytest.mark.parametrize("scope", [Scope.RESULTS_READ, None])
def test_a_key_permits_only_its_scopes(
    services: FakeServices, user: User, key: tuple[ApiKey, str], scope: Scope | None
) -> None:
    with pytest.raises(ScopeMissing) as caught:
        services.authorization.authorize(key[1], Requirement(scope))
    assert caught.value.scope is scope
    assert last_use(services, user) is None


def test_the_use_of_a_key_is_recorded_every_ten_minutes(
    services: FakeServices, user: User, key: tuple[ApiKey, str], clock: SettableClock
) -> None:
    recorded = []
    for minutes in (0, 9, 10, 19, 20):
        clock.now = NOON + timedelta(minutes=minutes)
        services.authorization.authorize(key[1], WRITE)
        recorded.append(last_use(services, user))
    assert recorded == [NOON + timedelta(minutes=minutes) for minutes in (0, 0, 10, 10, 20)]


@pytest.mark.parametrize(
    ("role", "permitted"),
    [("viewer", {"viewer"}), ("editor", {"viewer", "editor"}), ("owner", {"viewer", "editor", "owner"})],
)
@pytest.mark.parametrize("required", ["viewer", "editor", "owner"])
def test_a_member_has_the_permissions_of_the_role_and_those_below(
    services: FakeServices, owner: Principal, person: Person, role: str, permitted: set[str], required: str
) -> None:
    memberships, key = services.adapters.projects.memberships, (owner.project.id, owner.user_id)
    memberships[key] = replace(memberships[key], role=ProjectRole(role))
    requirement = Requirement(None, owner.project.id, ProjectRole(required))
    if required in permitted:
        assert services.authorization.authorize(person.access, requirement).role == role
        return
    with pytest.raises(RoleMissing) as caught:
        services.authorization.authorize(person.access, requirement)
    assert caught.value.role == required


@pytest.mark.parametrize("project_id", ["no id", "0198c8d2-6c0d-7c3a-9a50-6f1f4b0c2d3e"])
def test_a_project_without_a_membership_is_not_found(services: FakeServices, person: Person, project_id: str) -> None:
    with pytest.raises(ProjectNotFound):
        services.authorization.authorize(person.access, Requirement(None, project_id))


def test_a_key_works_in_its_users_projects(services: FakeServices, owner: Principal, key: tuple[ApiKey, str]) -> None:
    principal = services.authorization.authorize(key[1], Requirement(Scope.IMAGES_WRITE, owner.project.id))
    assert principal.owner_id == owner.project.id
    assert isinstance(principal.membership and principal.membership.member, Member)


def test_a_session_of_an_earlier_generation_proves_nothing(services: FakeServices, person: Person) -> None:
    services.adapters.users.end_generation(person.id)
    with pytest.raises(SessionEnded) as refused:
        services.authorization.from_access_token(person.access)
    assert refused.value.__cause__ is None  # the token itself is valid


def test_a_session_of_a_disabled_user_proves_nothing(services: FakeServices, person: Person, user: User) -> None:
    services.adapters.users.stored[user.id] = replace(user, disabled=True)
    with pytest.raises(SessionEnded) as refused:
        services.authorization.from_access_token(person.access)
    assert refused.value.__cause__ is None  # the token itself is valid
