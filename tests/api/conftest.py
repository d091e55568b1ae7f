"""An analyzed image, a project and its members, and administrators."""

from collections.abc import Callable

import pytest
import requests

from chalicelib.model.clock import utc_now
from chalicelib.model.ids import new_id
from chalicelib.model.images import ImageKey
from chalicelib.model.projects import Invitation, Member, ProjectRole
from chalicelib.model.users import AccountRole
from chalicelib.storage.object_store import upload_name
from chalicelib.wiring import Services
from tests.conftest import HERE, NOON, Api, Person, SettableClock, add_factor

NEW = {"name": "card@2x.png", "content_type": "image/png", "size": 6}
Analyzed = Callable[..., str]
Joined = Callable[[str, str], Api]


@pytest.fixture
def today(clock: SettableClock) -> None:
    """The clock that ids go by is the machine's."""
    clock.now = utc_now()


@pytest.fixture
def sign_in_again(services: Services) -> Callable[[Person], str]:
    """Begin another session of somebody's, and return its access token."""

    def begin(person: Person) -> str:
        user = services.adapters.users.get(person.id)
        assert user is not None
        return services.authentication._start(user, HERE).access

    return begin


@pytest.fixture
def analyzed(signed_in: Api, person: Person, services: Services) -> Analyzed:
    """Upload an image by its form, into a project if one is named, and analyze it."""

    def analyze(project_id: str | None = None) -> str:
        place = "" if project_id is None else f"/projects/{project_id}"
        created = signed_in("POST", f"{place}/images", NEW).json
        form = created["upload"]
        requests.post(form["url"], data=form["fields"], files={"file": b"pixels"}, timeout=10).raise_for_status()
        key = ImageKey(project_id or person.id, created["id"])
        services.analyses.upload_arrived(upload_name(key), NOON)
        return str(created["id"])

    return analyze


@pytest.fixture
def project(signed_in: Api) -> str:
    """Return the path of a project that the person owns."""
    return f"/projects/{signed_in('POST', '/projects', {'name': 'Shop'}).json['id']}"


def id_of(project: str) -> str:
    return project.rpartition("/")[2]


@pytest.fixture
def joined(api: Api, make_person: Callable[[], Person], services: Services) -> Joined:
    """Make somebody a member of a project, without the mail."""

    def join(project_id: str, role: str) -> Api:
        person = make_person()
        invitation = Invitation(project_id, new_id(), person.email, ProjectRole(role), services.clock())
        services.adapters.invitations.add(invitation, [])
        assert services.adapters.invitations.accept(
            invitation, Member(project_id, person.id, ProjectRole(role), services.clock()), []
        )
        return Api(api.gateway, person.access)

    return join


@pytest.fixture
def stranger(api: Api, make_person: Callable[[], Person]) -> Api:
    return Api(api.gateway, make_person().access)


@pytest.fixture
def admin(
    api: Api, make_person: Callable[[], Person], services: Services, sign_in_again: Callable[[Person], str]
) -> Api:
    person = make_person()
    user = services.adapters.users.get(person.id)
    assert user is not None
    services.administration.change_role("command", user, AccountRole.ADMIN)
    add_factor(services, user.id)
    return Api(api.gateway, sign_in_again(person))
