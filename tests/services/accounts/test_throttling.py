"""The limits, written out by hand: each is reached after its exact number of attempts and ends with its window."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from chalicelib.model.errors import RateLimitExceeded
from chalicelib.services.accounts.throttling import Throttle, network_of
from tests.conftest import NOON, SettableClock
from tests.fakes.wiring import FakeServices

type Attempt = Callable[[Throttle, int], None]

MINUTES = timedelta(minutes=1)
LIMITS: list[tuple[Attempt, str, int, timedelta]] = [
    (lambda throttle, _: throttle.sign_in("ann", "192.0.2.7"), "sign-in-account-ip", 10, 15 * MINUTES),
    (lambda throttle, n: throttle.sign_in("ann", f"192.0.2.{n}"), "sign-in-account", 60, 15 * MINUTES),
    (lambda throttle, n: throttle.sign_in(f"ann{n}", "192.0.2.7"), "sign-in-ip", 200, 15 * MINUTES),
    (lambda throttle, n: throttle.email("ann", f"192.0.2.{n}"), "email-recipient", 5, 60 * MINUTES),
    (lambda throttle, n: throttle.email(f"ann{n}", "192.0.2.7"), "email-ip", 200, 60 * MINUTES),
    (lambda throttle, n: throttle.change_email("ann", f"new{n}", "192.0.2.7"), "sign-in-account-ip", 10, 15 * MINUTES),
    (lambda throttle, n: throttle.change_email(f"ann{n}", "new", "192.0.2.7"), "email-recipient", 5, 60 * MINUTES),
    (lambda throttle, n: throttle.change_email(f"ann{n}", f"new{n}", "192.0.2.7"), "email-ip", 200, 60 * MINUTES),
    (lambda throttle, _: throttle.email_token("192.0.2.7"), "email-token", 60, 15 * MINUTES),
    (lambda throttle, _: throttle.data_export("ann"), "data-export", 5, 24 * 60 * MINUTES),
    (lambda throttle, _: throttle.code("ann"), "second-factor", 10, 60 * MINUTES),
]


@pytest.mark.parametrize(("attempt", "name", "permitted", "window"), LIMITS)
def test_a_limit_is_reached_after_its_number_of_attempts_and_ends_with_its_window(
    services: FakeServices, clock: SettableClock, attempt: Attempt, name: str, permitted: int, window: timedelta
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


def test_sign_ins_and_changes_of_the_email_address_count_together(services: FakeServices) -> None:
    for number in range(10):
        services.throttle.change_email("ann", f"new{number}", "192.0.2.7")
    with pytest.raises(RateLimitExceeded):
        services.throttle.sign_in("ann", "192.0.2.7")


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "::ffff:192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::", "2001:db8:1:2::/64"),
        ("not an address", "not an address"),
    ],
)
def test_a_network_of_version_6_is_counted_once(address: str, counted: str) -> None:
    assert network_of(address) == counted
