"""An image that was analyzed, for whoever asks for its results."""

from collections.abc import Callable

import pytest
import requests

from chalicelib.services.clock import utc_now
from chalicelib.storage.images import ImageKey
from chalicelib.storage.objects import upload_name
from chalicelib.wiring import Services
from tests.conftest import HERE, NOON, Api, Person, SettableClock

NEW = {"name": "card@2x.png", "content_type": "image/png", "size": 6}
Analyzed = Callable[..., str]


@pytest.fixture
def today(clock: SettableClock) -> None:
    """The clock that ids go by is the machine's."""
    clock.now = utc_now()


@pytest.fixture
def sign_in_again(services: Services) -> Callable[[Person], str]:
    """Begin another session of somebody's, and return its access token."""

    def begin(person: Person) -> str:
        user = services.users.get(person.id)
        assert user is not None
        return services.authentication._begin(user, HERE).access

    return begin


@pytest.fixture
def analyzed(signed_in: Api, person: Person, services: Services) -> Analyzed:
    """Upload an image by its form and analyze it."""

    def analyze() -> str:
        created = signed_in("POST", "/images", NEW).json
        form = created["upload"]
        requests.post(form["url"], data=form["fields"], files={"file": b"pixels"}, timeout=10).raise_for_status()
        services.analyses.upload_arrived(upload_name(ImageKey(person.id, created["id"])), NOON)
        return str(created["id"])

    return analyze


@pytest.fixture
def stranger(api: Api, make_person: Callable[[], Person]) -> Api:
    return Api(api.gateway, make_person().access)
