"""The limits, written out by hand: each is reached after its exact number of attempts and ends with its window."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from chalicelib.model.errors import RateLimitExceeded
from chalicelib.services.accounts.accounts import PASSWORD_RESET_LIFETIME
from chalicelib.services.accounts.throttling import (
    RESETS_PER_ADDRESS,
    RESETS_PER_MAILBOX_AND_IP,
    Throttle,
    customer_of,
)
from tests.conftest import NOON, SettableClock
from tests.fakes.wiring import FakeServices

type Attempting = Callable[[Throttle, int], object]

MINUTES = timedelta(minutes=1)
LIMITS: list[tuple[Attempting, str, int, timedelta]] = [
    (lambda throttle, _: throttle.sign_in("ann", "192.0.2.7"), "sign-in-account-ip", 10, 15 * MINUTES),
    (lambda throttle, n: throttle.sign_in("ann", f"2001:db8::{n}"), "sign-in-account-ip", 10, 15 * MINUTES),
    (lambda throttle, n: throttle.sign_in("ann", f"192.0.2.{n}"), "sign-in-account", 60, 15 * MINUTES),
    (lambda throttle, n: throttle.sign_in(f"ann{n}", "192.0.2.7"), "sign-in-ip", 200, 15 * MINUTES),
    (lambda throttle, n: throttle.sign_in(f"ann{n}", f"2001:db8:0:{n:x}::"), "sign-in-ip", 1000, 15 * MINUTES),
    (lambda throttle, n: throttle.sign_in("ann", f"192.0.2.{n}", "device"), "sign-in-device", 10, 15 * MINUTES),
    (lambda throttle, _: throttle.password("ann"), "password", 10, 15 * MINUTES),
    (lambda throttle, _: throttle.email("ann@x", "192.0.2.7"), "email-mailbox-ip", 5, 60 * MINUTES),
    (lambda throttle, n: throttle.email("ann@x", f"2001:db8::{n}"), "email-mailbox-ip", 5, 60 * MINUTES),
    (lambda throttle, n: throttle.email(f"ann+{n}@x", f"192.0.2.{n}"), "email-mailbox", 20, 60 * MINUTES),
    (lambda throttle, n: throttle.email(f"ann{n}@x", "192.0.2.7"), "email-ip", 200, 60 * MINUTES),
    (lambda throttle, n: throttle.email(f"ann{n}@x", f"2001:db8:0:{n:x}::"), "email-ip", 1000, 60 * MINUTES),
    (lambda throttle, n: throttle.reset(f"ann+{n}@x", "192.0.2.7", None), "reset-mailbox-ip", 5, 60 * MINUTES),
    (lambda throttle, n: throttle.reset("ann@x", f"2001:db8::{n}", None), "reset-mailbox-ip", 5, 60 * MINUTES),
    (lambda throttle, n: throttle.reset(f"ann+{n}@x", f"192.0.2.{n}", None), "reset-mailbox", 6, 15 * MINUTES),
    (lambda throttle, n: throttle.reset(f"ann{n}@x", "192.0.2.7", None), "email-ip", 200, 60 * MINUTES),
    (lambda throttle, n: throttle.reset(f"ann{n}@x", f"2001:db8:0:{n:x}::", None), "email-ip", 1000, 60 * MINUTES),
    (lambda throttle, n: throttle.reset("ann@x", f"192.0.2.{n}", "device"), "reset-device", 5, 60 * MINUTES),
    (lambda throttle, n: throttle.change_email("ann", f"new{n}@x", "192.0.2.7"), "password", 10, 15 * MINUTES),
    (lambda throttle, n: throttle.change_email(f"ann{n}", "new@x", "192.0.2.7"), "email-mailbox-ip", 5, 60 * MINUTES),
    (lambda throttle, n: throttle.change_email(f"ann{n}", "new@x", f"192.0.2.{n}"), "email-mailbox", 20, 60 * MINUTES),
    (lambda throttle, n: throttle.change_email(f"ann{n}", f"new{n}@x", "192.0.2.7"), "email-ip", 200, 60 * MINUTES),
    (lambda throttle, _: throttle.email_token("192.0.2.7"), "email-token", 60, 15 * MINUTES),
    (lambda throttle, n: throttle.email_token(f"2001:db8:0:{n:x}::"), "email-token", 300, 15 * MINUTES),
    (lambda throttle, _: throttle.data_export("ann"), "data-export", 5, 24 * 60 * MINUTES),
    (lambda throttle, _: throttle.code("ann"), "second-factor", 10, 60 * MINUTES),
]


@pytest.mark.parametrize(("attempt", "name", "permitted", "window"), LIMITS)
def test_a_limit_is_reached_after_its_number_of_attempts_and_ends_with_its_window(
    services: FakeServices, clock: SettableClock, attempt: Attempting, name: str, permitted: int, window: timedelta
) -> None:
    clock.now = NOON.replace(hour=0)  # the start of every window
    for number in range(permitted):
        attempt(services.throttle, number)
    clock.advance(window - timedelta(seconds=1))
    with pytest.raises(RateLimitExceeded) as caught:
        attempt(services.throttle, permitted)
    assert (caught.value.limit.name, caught.value.seconds_left) == (name, 1)
    clock.advance(timedelta(seconds=1))
    attempt(services.throttle, permitted)


def test_passwords_of_somebody_who_is_signed_in_count_together_and_apart_from_sign_ins(services: FakeServices) -> None:
    for number in range(9):
        services.throttle.change_email("ann", f"new{number}@x", "192.0.2.7")
    services.throttle.password("ann")
    services.throttle.sign_in("ann", "192.0.2.7")
    with pytest.raises(RateLimitExceeded):
        services.throttle.password("ann")


def test_a_success_takes_back_what_counts_failures_of_the_account(services: FakeServices) -> None:
    attempts = [services.throttle.sign_in("ann", "192.0.2.7", device) for device in (None, "device")]
    attempts.append(services.throttle.code("ann"))
    for attempt in attempts:
        services.throttle.take_back(attempt)
    left = {name for (name, _, _), number in services.adapters.counters.counted_attempts.items() if number}
    assert left == {"sign-in-ip", "sign-in-devices"}


def test_beyond_the_limit_of_all_known_devices_one_counts_as_any_client(services: FakeServices) -> None:
    counted = services.adapters.counters.counted_attempts
    for number in range(61):
        services.throttle.sign_in("ann", "192.0.2.7", f"device{number}")
    for number in range(21):
        services.throttle.reset("ann@x", "192.0.2.7", f"device{number}")
    of_all = {name: number for (name, _, _), number in counted.items() if not name.endswith("-device")}
    assert of_all == {
        "sign-in-devices": 60,
        "sign-in-account-ip": 1,
        "sign-in-account": 1,
        "sign-in-ip": 1,
        "reset-devices": 20,
        "reset-mailbox-ip": 1,
        "reset-address": 1,
        "email-ip": 1,
    }


def test_who_gets_no_further_link_has_a_valid_one() -> None:
    assert 2 * RESETS_PER_ADDRESS.window <= PASSWORD_RESET_LIFETIME
    assert RESETS_PER_ADDRESS.max_count > RESETS_PER_MAILBOX_AND_IP.max_count  # no place alone uses them up


def test_links_to_an_address_are_limited_without_an_error(services: FakeServices, clock: SettableClock) -> None:
    sent = [services.throttle.reset("ann@x", f"192.0.2.{number}", None) for number in range(8)]
    assert sent == [True] * 6 + [False] * 2
    assert services.throttle.reset("ann@x", "192.0.2.7", "device")
    clock.advance(15 * MINUTES)
    assert services.throttle.reset("ann@x", "192.0.2.7", None)


def test_plus_addresses_do_not_use_up_the_links_of_the_address_without_one(services: FakeServices) -> None:
    for number in range(6):
        services.throttle.reset(f"ann+{number}@x", f"192.0.2.{number}", None)
    assert services.throttle.reset("ann@x", "192.0.2.7", None)


@pytest.mark.parametrize(
    ("address", "customer"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1::/56"),
        ("2001:db8:1:ff::", "2001:db8:1::/56"),
        ("2001:db8:1:100::", "2001:db8:1:100::/56"),
        ("not an address", "not an address"),
    ],
)
def test_a_customer_of_version_6_is_counted_once(address: str, customer: str) -> None:
    assert customer_of(address) == customer
