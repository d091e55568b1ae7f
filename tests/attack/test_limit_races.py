"""No limit of an account is exceeded by requests that are sent at once."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.config import Settings
from chalicelib.model.api_keys import Scope
from chalicelib.model.errors import RateLimitExceeded
from chalicelib.model.ids import new_id
from chalicelib.model.images import ImageUpload
from chalicelib.model.principals import Principal
from chalicelib.model.projects import Invitation, ProjectRole
from chalicelib.model.usage import Limit, LimitReached, OwnLimits, PerLimit
from chalicelib.model.users import AccountRole, User
from chalicelib.security.email_tokens import new_email_token
from chalicelib.wiring import Services
from tests.conftest import FakeAnalyzer, FakePainter, SettableClock
from tests.racing import RUNNERS, race, variables

__all__ = ["variables"]

KILOBYTE = ImageUpload("a.png", "image/png", 1_000, None, None)


@pytest.fixture
def services(variables: dict[str, str], clock: SettableClock, analyzer: FakeAnalyzer) -> Services:
    services = Services(lambda: Settings.from_environment(variables), clock, analyzer, FakePainter())
    # Built before the race: a client is shared by threads, but not made by several at once.
    assert all((services.api_keys, services.projects, services.research_notes, services.images))
    return services


@pytest.fixture
def make_user(services: Services, clock: SettableClock) -> Callable[..., User]:
    def make(**limits: int) -> User:
        user = User(
            new_id(), f"{new_id()}@people.example", None, AccountRole.USER, "hash", clock(), verified_at=clock()
        )
        services.adapters.users.add(user)
        assert not limits or services.adapters.users.set_limits(user, OwnLimits(**limits), [])
        found = services.adapters.users.get(user.id)
        assert found is not None
        return found

    return make


def used(services: Services, user: User) -> PerLimit:
    usage = services.adapters.usage.get(user.id)
    assert usage is not None
    return usage.used


def reached(outcomes: list[Any]) -> list[Limit]:
    return [outcome.limit for outcome in outcomes if isinstance(outcome, LimitReached)]


def test_of_eighty_keys_that_are_made_at_once_fifty_are(services: Services, make_user: Callable[..., User]) -> None:
    user = make_user()

    def make(_: int) -> None:
        services.api_keys.create(user, "CI", {Scope.RESULTS_READ}, None)

    assert reached(race(make, LimitReached, runners=80)) == [Limit.API_KEYS] * 30
    assert len(services.api_keys.list(user)) == used(services, user).api_keys == 50


def test_of_twenty_projects_that_are_made_at_once_as_many_are_as_are_left(
    services: Services, make_user: Callable[..., User]
) -> None:
    user = make_user()
    for _ in range(90):
        services.projects.create(user, "Shop")
    outcomes = race(lambda _: services.projects.create(user, "Shop"), LimitReached)
    assert reached(outcomes) == [Limit.PROJECTS] * 10
    assert len(services.projects.of_user(user.id)) == used(services, user).projects == 100


def test_invitations_that_are_accepted_at_once_are_limited_too(
    services: Services, make_user: Callable[..., User], clock: SettableClock
) -> None:
    host, guest = make_user(), make_user(projects=5)
    tokens = []
    for _ in range(RUNNERS):
        project = services.projects.create(host, "Shop")
        token, digest = new_email_token(project.id)
        tokens.append(token)
        services.adapters.invitations.add(
            Invitation(project.id, digest, guest.email, ProjectRole.VIEWER, clock() + timedelta(days=7), host.id), []
        )
    outcomes = race(lambda number: services.projects.accept(guest, tokens[number]), LimitReached)
    assert reached(outcomes) == [Limit.PROJECTS] * 15
    assert len(services.projects.of_user(guest.id)) == 5


def test_of_notes_that_are_written_at_once_as_many_are_as_may_be(
    services: Services, make_user: Callable[..., User]
) -> None:
    user = make_user(research_notes=7)
    outcomes = race(lambda _: services.research_notes.add(Principal(user, None), "topic", {}, []), LimitReached)
    assert reached(outcomes) == [Limit.RESEARCH_NOTES] * 13
    assert len(services.research_notes.list(Principal(user, None), 100, None, None).items) == 7


@pytest.mark.parametrize(
    ("limits", "refusal"),
    [
        ({"images_per_hour": 6}, RateLimitExceeded),
        ({"stored_images": 6}, LimitReached),
        ({"stored_bytes": 6_999}, LimitReached),
        ({"analyses_in_flight": 6}, LimitReached),
    ],
)
def test_of_images_that_are_announced_at_once_as_many_are_as_may_be(
    services: Services, make_user: Callable[..., User], limits: dict[str, int], refusal: type[Exception]
) -> None:
    user = make_user(**limits)
    outcomes = race(lambda _: services.images.create(user.id, user.id, KILOBYTE, own_limits=user.limits), refusal)
    assert [outcome.limit for outcome in outcomes if isinstance(outcome, LimitReached)] == (
        [next(iter(limits))] * 14 if refusal is LimitReached else []
    )
    assert len(services.images.list(user.id, 100, None).items) == 6
    assert (used(services, user).stored_images, used(services, user).stored_bytes) == (6, 6_000)


def test_an_image_that_is_deleted_at_once_is_given_back_once(
    services: Services, make_user: Callable[..., User]
) -> None:
    user = make_user()
    image, _ = services.images.create(user.id, user.id, KILOBYTE)
    race(lambda _: services.images.delete(image.key, user.id))
    assert used(services, user) == PerLimit()


def test_an_account_that_was_never_counted_is_counted_once(services: Services, make_user: Callable[..., User]) -> None:
    user = make_user()
    for _ in range(3):
        services.images.create(user.id, user.id, KILOBYTE)
    services.adapters.usage.delete(user.id)  # as if from before there was a count
    race(lambda _: services.images.create(user.id, user.id, KILOBYTE))
    assert used(services, user).stored_images == len(services.images.list(user.id, 100, None).items) == 3 + RUNNERS
