from copy import replace
from datetime import timedelta

import pytest

from chalicelib.model.api_keys import ApiKeyNotFound, Scope
from chalicelib.model.ids import new_id
from chalicelib.model.usage import Limit, LimitReached
from chalicelib.model.users import User
from chalicelib.security.api_keys import read_api_key
from tests.conftest import NOON, SettableClock
from tests.fakes.wiring import FakeServices

WRITE = frozenset({Scope.IMAGES_WRITE})


def audited(services: FakeServices, user: User) -> list[str]:
    services.audit.write()
    return services.adapters.audit_log.actions(user.id)


def test_a_key_is_stored_as_the_digest_of_its_text(services: FakeServices, user: User) -> None:
    key, text = services.api_keys.create(user, "CI", WRITE, None)
    assert services.adapters.api_keys.of_user(user.id) == [key]
    assert (key.user_id, key.name, key.scopes, key.created_at, key.expires_at) == (user.id, "CI", WRITE, NOON, None)
    presented = read_api_key(text)
    assert (presented.user_id, presented.key_id, presented.digest) == (user.id, key.id, key.digest)
    assert text not in repr(key)


def test_a_new_key_is_audited(services: FakeServices, user: User) -> None:
    key, _ = services.api_keys.create(user, "CI", WRITE, None)
    (event,) = services.adapters.audit_log.events.values()
    assert (event.action, event.actor_id, event.subject_id) == ("api_key.created", user.id, key.id)


def test_a_key_ends_after_its_days_to_the_second(services: FakeServices, user: User, clock: SettableClock) -> None:
    clock.advance(timedelta(microseconds=250_000))
    key, _ = services.api_keys.create(user, "CI", WRITE, 30)
    assert key.expires_at == NOON + timedelta(days=30)
    clock.now = NOON + timedelta(days=30) - timedelta(microseconds=1)
    assert services.api_keys.list(user) == [key]
    clock.now = NOON + timedelta(days=30)
    assert services.api_keys.list(user) == []


def test_a_user_has_up_to_fifty_keys(services: FakeServices, user: User) -> None:
    for _ in range(50):
        services.api_keys.create(user, "CI", WRITE, None)
    with pytest.raises(LimitReached) as caught:
        services.api_keys.create(user, "CI", WRITE, None)
    assert (caught.value.limit, caught.value.max_count) == (Limit.API_KEYS, 50)
    services.api_keys.create(replace(user, id=new_id()), "CI", WRITE, None)
    services.api_keys.revoke(user, services.api_keys.list(user)[0].id)
    services.api_keys.create(user, "CI", WRITE, None)


def test_a_revoked_key_is_gone_and_audited(services: FakeServices, user: User) -> None:
    key, _ = services.api_keys.create(user, "CI", WRITE, None)
    services.api_keys.revoke(user, key.id)
    assert services.api_keys.list(user) == []
    assert audited(services, user) == ["api_key.created", "api_key.revoked"]
    (revoked,) = [event for event in services.adapters.audit_log.events.values() if event.action == "api_key.revoked"]
    assert revoked.subject_id == key.id


@pytest.mark.parametrize("key_id", ["no id", "0198c8d2-6c0d-7c3a-9a50-6f1f4b0c2d3e"])
def test_revoking_an_unknown_key_is_not_audited(services: FakeServices, user: User, key_id: str) -> None:
    with pytest.raises(ApiKeyNotFound):
        services.api_keys.revoke(user, key_id)
    assert audited(services, user) == []


def test_a_key_of_another_user_is_not_revoked(services: FakeServices, user: User) -> None:
    other = replace(user, id=new_id())
    key, _ = services.api_keys.create(other, "CI", WRITE, None)
    with pytest.raises(ApiKeyNotFound):
        services.api_keys.revoke(user, key.id)
    assert services.api_keys.list(other) == [key]


def test_a_key_of_an_earlier_generation_is_not_listed_nor_counted(services: FakeServices, user: User) -> None:
    for _ in range(50):
        services.api_keys.create(user, "CI", WRITE, None)
    later = replace(user, key_generation=1)
    assert services.api_keys.list(later) == []
    key, _ = services.api_keys.create(later, "CI", WRITE, None)
    assert services.api_keys.list(later) == [key]
