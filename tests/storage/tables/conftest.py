"""A project with its owner, in the real adapters and in the fakes."""

import pytest

from chalicelib.model.ids import new_id
from chalicelib.model.projects import Member, Project
from chalicelib.wiring.adapters import Adapters
from tests.conftest import NOON
from tests.storage.examples import event_of


@pytest.fixture
def owner(adapters: Adapters) -> Member:
    project = Project(new_id(), "Shop", NOON)
    adapters.projects.add(project, new_id(), [event_of(project.id)])
    (owner,) = adapters.projects.members(project.id)
    return owner
