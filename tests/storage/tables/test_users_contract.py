"""The same assertions against the real adapter and its fake."""

from copy import replace
from datetime import datetime

import pytest

from chalicelib.model.emails import EmailChange, EmailTaken, EmailToken, EmailTokenPurpose
from chalicelib.model.ids import new_id
from chalicelib.model.usage import OwnLimits
from chalicelib.model.users import AccountRole, LastAdmin, User
from chalicelib.wiring.adapters import Adapters
from tests.conftest import NOON
from tests.storage.examples import DAY, HOUR, MOMENT, SECOND, event_of, page_by_page, recorded


@pytest.fixture
def user(adapters: Adapters) -> User:
    address, token = f"{new_id()}@people.example", EmailToken("verify", NOON + DAY)
    user = User(new_id(), address, "Ann", AccountRole.USER, "hash", NOON, verification=token)
    adapters.users.add(user, [event_of(user.id)])
    return user


def stored(adapters: Adapters, user: User) -> User:
    found = adapters.users.get(user.id)
    assert found is not None
    return found


def test_a_user_is_read_as_stored(adapters: Adapters, user: User) -> None:
    assert adapters.users.get(user.id) == adapters.users.find(user.email) == user
    assert adapters.users.look_up(user.email) == user
    assert adapters.users.look_up("nobody@people.example") is None
    assert adapters.users.named([new_id(), user.id]) == {user.id: user}
    assert recorded(adapters, user.id) == ["session.started"]


def test_an_email_address_has_one_user(adapters: Adapters, user: User) -> None:
    second = replace(user, id=new_id())
    with pytest.raises(EmailTaken):
        adapters.users.add(second, [event_of(second.id)])
    assert adapters.users.get(second.id) is None
    assert recorded(adapters, second.id) == []


def test_unknown_users_change_in_nothing(adapters: Adapters, user: User) -> None:
    unknown = replace(user, id=new_id())
    adapters.users.rename(unknown.id, "Ben")
    adapters.users.replace_password_hash(unknown, "another")
    adapters.users.delete(unknown)
    assert not adapters.users.end_generation(unknown.id, [event_of(unknown.id)])
    assert not adapters.users.change_password(unknown, "another", [event_of(unknown.id)])
    assert not adapters.users.reset_password(unknown, "reset", NOON, "another", [event_of(unknown.id)])
    assert not adapters.users.confirm(unknown, NOON, [event_of(unknown.id)])
    with pytest.raises(EmailTaken):
        adapters.users.register_again(unknown, unknown, [event_of(unknown.id)])
    assert not adapters.users.change_role(unknown, AccountRole.USER, [event_of(unknown.id)])
    assert not adapters.users.mark_deleted(unknown, NOON, [event_of(unknown.id)])
    assert not adapters.users.set_disabled(unknown, [event_of(unknown.id)], disabled=True)
    assert adapters.users.get(unknown.id) is None
    assert recorded(adapters, unknown.id) == []
    assert stored(adapters, user) == user


def test_a_name_is_changed_and_removed(adapters: Adapters, user: User) -> None:
    for name in ("Ben", None):
        adapters.users.rename(user.id, name)
        assert stored(adapters, user) == replace(user, display_name=name)


def test_a_role_changes_once_and_ends_sessions(adapters: Adapters, user: User) -> None:
    admin, other = replace(user, id=new_id(), email=f"{new_id()}@people.example"), user
    adapters.users.add(admin)
    assert adapters.users.change_role(admin, AccountRole.ADMIN, [])
    assert adapters.users.change_role(other, AccountRole.ADMIN, [event_of(other.id)])
    assert not adapters.users.change_role(other, AccountRole.ADMIN, [event_of(other.id)])
    assert stored(adapters, other) == replace(other, role=AccountRole.ADMIN, generation=1)
    assert adapters.users.change_role(stored(adapters, other), AccountRole.USER, [])
    assert recorded(adapters, other.id) == ["session.started", "session.started"]


def test_a_closed_account_changes_no_role(adapters: Adapters, user: User) -> None:
    adapters.users.mark_deleted(user, NOON, [])
    closed = stored(adapters, user)
    assert not adapters.users.change_role(closed, AccountRole.ADMIN, [event_of(user.id)])
    assert stored(adapters, user) == closed
    assert recorded(adapters, user.id) == ["session.started"]


def test_a_disabled_user_becomes_no_administrator(adapters: Adapters, user: User) -> None:
    adapters.users.set_disabled(user, [], disabled=True)
    disabled = stored(adapters, user)
    assert not adapters.users.change_role(disabled, AccountRole.ADMIN, [])
    assert stored(adapters, user) == disabled


def test_limits_are_set_unless_they_were_changed_or_the_account_closed(adapters: Adapters, user: User) -> None:
    first, second = OwnLimits(projects=3), OwnLimits(api_keys=4)
    assert adapters.users.set_limits(user, first, [event_of(user.id)])
    changed = stored(adapters, user)
    assert changed == replace(user, limits=first)
    assert not adapters.users.set_limits(user, second, [event_of(user.id)])
    assert adapters.users.set_limits(changed, second, [])
    assert not adapters.users.set_limits(changed, OwnLimits(), [event_of(user.id)])
    assert adapters.users.set_limits(stored(adapters, user), OwnLimits(), [])
    assert stored(adapters, user) == user
    adapters.users.mark_deleted(user, NOON, [])
    assert not adapters.users.set_limits(stored(adapters, user), first, [event_of(user.id)])
    assert recorded(adapters, user.id) == ["session.started"] * 2  # of the registration, and of the first limits


def test_a_user_who_became_an_administrator_is_not_closed(adapters: Adapters, user: User) -> None:
    adapters.users.change_role(user, AccountRole.ADMIN, [])
    admin = stored(adapters, user)
    assert not adapters.users.mark_deleted(user, NOON, [])  # who was read before
    assert stored(adapters, user) == admin


def test_the_last_administrator_keeps_the_role(adapters: Adapters, user: User) -> None:
    admins = adapters.users.list(None, 100, lambda other: other.role is AccountRole.ADMIN).items
    for admin in admins[1:]:
        adapters.users.change_role(admin, AccountRole.USER, [])
    if not admins:
        adapters.users.change_role(user, AccountRole.ADMIN, [])
    (last,) = adapters.users.list(None, 100, lambda other: other.role is AccountRole.ADMIN).items
    with pytest.raises(LastAdmin):
        adapters.users.change_role(last, AccountRole.USER, [])
    assert stored(adapters, last) == last


def test_disabling_wins_only_against_what_was_read(adapters: Adapters, user: User) -> None:
    assert adapters.users.set_disabled(user, [event_of(user.id)], disabled=True)
    disabled = replace(user, disabled=True, generation=1)
    assert stored(adapters, user) == disabled
    assert not adapters.users.set_disabled(user, [], disabled=True)
    assert not adapters.users.set_disabled(replace(disabled, role=AccountRole.ADMIN), [], disabled=False)
    assert adapters.users.set_disabled(disabled, [], disabled=False)


def test_a_password_changes_only_if_it_is_the_one_that_was_read(adapters: Adapters, user: User) -> None:
    adapters.users.replace_password_hash(user, "rehashed")
    assert stored(adapters, user) == replace(user, password_hash="rehashed")
    assert not adapters.users.change_password(user, "new", [event_of(user.id)])
    assert adapters.users.change_password(stored(adapters, user), "new", [])
    assert stored(adapters, user) == replace(user, password_hash="new", generation=1)


def test_a_new_password_removes_the_token_for_resetting_it(adapters: Adapters, user: User) -> None:
    adapters.users.store_token(user, EmailTokenPurpose.RESET, EmailToken("reset", NOON + HOUR))
    adapters.users.change_password(user, "new", [])
    assert not adapters.users.reset_password(stored(adapters, user), "reset", NOON, "newer")


@pytest.mark.parametrize(
    ("digest", "now", "valid"),
    [
        ("reset", NOON, True),
        ("reset", NOON + HOUR - MOMENT, True),
        ("reset", NOON + HOUR, False),
        ("other", NOON, False),
        ("verify", NOON, False),
    ],
)
def test_a_token_resets_until_it_expires_and_once(
    adapters: Adapters, user: User, digest: str, now: datetime, valid: bool
) -> None:
    adapters.users.store_token(user, EmailTokenPurpose.RESET, EmailToken("replaced", NOON + DAY))
    adapters.users.store_token(user, EmailTokenPurpose.RESET, EmailToken("reset", NOON + HOUR), [event_of(user.id)])
    assert adapters.users.with_reset_token(user.id, digest, now) == (user if valid else None)
    assert adapters.users.reset_password(user, digest, now, "new", [event_of(user.id)]) is valid
    assert adapters.users.with_reset_token(user.id, digest, now) is None
    assert not adapters.users.reset_password(stored(adapters, user), digest, now, "newer")
    reset = replace(user, password_hash="new", generation=1, key_generation=1, verified_at=now, verification=None)
    assert stored(adapters, user) == (reset if valid else user)
    assert len(recorded(adapters, user.id)) == 2 + valid


@pytest.mark.parametrize("purpose", [EmailTokenPurpose.RESET, EmailTokenPurpose.VERIFY])
def test_a_token_is_stored_while_the_address_is_the_users(
    adapters: Adapters, user: User, purpose: EmailTokenPurpose
) -> None:
    before, token = replace(user, email="earlier@people.example"), EmailToken("another", NOON + HOUR)
    assert not adapters.users.store_token(before, purpose, token, [event_of(user.id)])
    assert adapters.users.store_token(user, purpose, token)
    adapters.users.mark_deleted(user, NOON, [])
    assert not adapters.users.store_token(user, purpose, token, [event_of(user.id)])
    assert recorded(adapters, user.id) == ["session.started"]


def set_up(adapters: Adapters, user: User) -> None:
    """Give a user a second factor, another that is proposed, a pending email change, and a pending reset."""
    adapters.second_factors.propose(user.id, "secret")
    adapters.second_factors.confirm(user.id, "secret", 1, ["recovery"], [])
    adapters.email_changes.request(user, EmailChange(f"{new_id()}@people.example", "new", "old", NOON + DAY), [])
    adapters.users.store_token(user, EmailTokenPurpose.RESET, EmailToken("reset", NOON + HOUR))


def test_a_new_password_ends_what_is_pending_and_keys_if_asked(adapters: Adapters, user: User) -> None:
    set_up(adapters, user)
    adapters.users.confirm(user, NOON, [])
    assert adapters.users.change_password(stored(adapters, user), "new", [])
    changed = stored(adapters, user)
    assert (changed.email_change, changed.totp_secret, changed.key_generation) == (None, "secret", 0)
    assert adapters.users.change_password(changed, "newer", [], revoke_api_keys=True)
    assert stored(adapters, user).key_generation == 1


def test_a_new_password_ends_a_second_factor_that_is_only_proposed(adapters: Adapters, user: User) -> None:
    adapters.second_factors.propose(user.id, "secret")
    adapters.users.change_password(user, "new", [])
    assert stored(adapters, user).totp_proposed is None
    assert not adapters.second_factors.confirm(user.id, "secret", 1, ["recovery"], [])


def test_a_reset_of_a_verified_address_keeps_the_second_factor_and_the_keys(adapters: Adapters, user: User) -> None:
    adapters.users.confirm(user, NOON, [])
    set_up(adapters, user)
    before = stored(adapters, user)
    assert adapters.users.reset_password(before, "reset", NOON + SECOND, "new")
    assert stored(adapters, user) == replace(before, password_hash="new", generation=1, email_change=None)


def test_a_reset_of_an_unverified_address_removes_the_second_factor_and_the_keys(
    adapters: Adapters, user: User
) -> None:
    set_up(adapters, user)
    assert adapters.users.reset_password(user, "reset", NOON, "new")
    assert stored(adapters, user) == replace(
        user, password_hash="new", generation=1, key_generation=1, verified_at=NOON, verification=None
    )


def test_a_reset_needs_to_know_whether_the_address_is_verified(adapters: Adapters, user: User) -> None:
    adapters.users.store_token(user, EmailTokenPurpose.RESET, EmailToken("reset", NOON + HOUR))
    adapters.users.confirm(user, NOON, [])
    assert not adapters.users.reset_password(user, "reset", NOON, "new")
    assert adapters.users.reset_password(stored(adapters, user), "reset", NOON, "new")


def test_an_address_is_confirmed_once_and_while_it_is_the_users(adapters: Adapters, user: User) -> None:
    assert not adapters.users.confirm(replace(user, email="another@people.example"), NOON, [])
    assert adapters.users.confirm(user, NOON, [event_of(user.id)])
    confirmed = replace(user, verified_at=NOON, verification=None)
    assert stored(adapters, user) == confirmed
    assert not adapters.users.confirm(user, NOON + HOUR, [event_of(user.id)])
    assert recorded(adapters, user.id) == ["session.started"] * 2


def test_a_registration_is_replaced_with_all_that_was_set_up(adapters: Adapters, user: User) -> None:
    set_up(adapters, user)
    new = replace(user, password_hash="new", display_name=None, verification=EmailToken("again", NOON + DAY))
    adapters.users.register_again(stored(adapters, user), new, [event_of(user.id)])
    assert stored(adapters, user) == replace(new, generation=1, key_generation=1)
    assert not adapters.users.reset_password(stored(adapters, user), "reset", NOON, "newer")
    assert recorded(adapters, user.id) == ["session.started"] * 2


def test_a_registration_may_be_replaced_by_a_verified_one(adapters: Adapters, user: User) -> None:
    new = replace(user, password_hash="new", verification=None, verified_at=NOON)
    adapters.users.register_again(user, new, [])
    assert stored(adapters, user) == replace(new, generation=1, key_generation=1)


@pytest.mark.parametrize("change", ["password", "confirmation", "closing"])
def test_a_registration_that_was_changed_meanwhile_is_not_replaced(adapters: Adapters, user: User, change: str) -> None:
    if change == "password":
        adapters.users.change_password(user, "changed", [])
    elif change == "confirmation":
        adapters.users.confirm(user, NOON, [])
    else:
        adapters.users.mark_deleted(user, NOON, [])
    before = stored(adapters, user)
    with pytest.raises(EmailTaken):
        adapters.users.register_again(user, replace(user, password_hash="new"), [event_of(user.id)])
    assert stored(adapters, user) == before
    assert recorded(adapters, user.id) == ["session.started"]


def test_a_closed_account_is_disabled_unlisted_and_closed_once(adapters: Adapters, user: User) -> None:
    assert adapters.users.mark_deleted(user, NOON, [event_of(user.id)])
    closed = replace(user, deleted_at=NOON, disabled=True, generation=1, verification=None)
    assert stored(adapters, user) == closed
    assert not adapters.users.mark_deleted(closed, NOON, [])
    assert not adapters.users.set_disabled(closed, [], disabled=False)
    assert user.id not in [other.id for other in adapters.users.list(None, 100, lambda _: True).items]


def test_closing_an_account_discards_what_is_pending(adapters: Adapters, user: User) -> None:
    set_up(adapters, user)
    assert not adapters.users.mark_deleted(replace(user, email="earlier@people.example"), NOON, [])
    assert adapters.users.mark_deleted(user, NOON, [])
    closed = stored(adapters, user)
    assert (closed.email_change, closed.verification) == (None, None)
    assert adapters.users.with_reset_token(user.id, "reset", NOON) is None


def test_closed_accounts_are_found_after_their_time_oldest_first(adapters: Adapters) -> None:
    users = [User(new_id(), f"{new_id()}@people.example", None, AccountRole.USER, "h", NOON) for _ in range(3)]
    long_ago = NOON - 9 * DAY
    for user in users:
        adapters.users.add(user)
        adapters.users.mark_deleted(user, long_ago, [])
    found = [id_ for id_ in adapters.users.closed_before(long_ago + MOMENT, 100) if id_ in {u.id for u in users}]
    assert found == [user.id for user in users]
    assert len(adapters.users.closed_before(long_ago + MOMENT, 2)) == 2
    assert not {user.id for user in users} & set(adapters.users.closed_before(long_ago, 100))


def test_a_deleted_user_releases_the_email_address(adapters: Adapters, user: User) -> None:
    adapters.users.delete(user)
    assert adapters.users.get(user.id) is None
    adapters.users.add(replace(user, id=new_id()))


def test_users_come_newest_first_page_by_page(adapters: Adapters) -> None:
    name = new_id()
    users = [User(new_id(), f"{new_id()}@people.example", name, AccountRole.USER, "h", NOON) for _ in range(5)]
    for user in users:
        adapters.users.add(user)
    pages: list[list[User]] = list(
        page_by_page(lambda before: adapters.users.list(before, 2, lambda user: user.display_name == name))
    )
    assert [len(page) for page in pages] == [2, 2, 1]
    assert [user for page in pages for user in page] == users[::-1]
