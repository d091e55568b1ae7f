"""The same assertions against the real adapter and its fake."""

from copy import replace

import pytest

from chalicelib.model.ids import new_id
from chalicelib.model.projects import LastOwner, Member, Project, ProjectRole
from chalicelib.wiring.adapters import Adapters
from tests.conftest import NOON
from tests.storage.examples import DAY, HOUR, MOMENT, event_of, join, recorded


def test_a_project_is_read_with_its_first_owner(adapters: Adapters, owner: Member) -> None:
    assert (owner.role, owner.since) == (ProjectRole.OWNER, NOON)
    assert adapters.projects.named([owner.project_id, new_id()]) == {
        owner.project_id: Project(owner.project_id, "Shop", NOON, 1)
    }
    assert adapters.projects.named([]) == {}
    assert adapters.projects.member(owner.project_id, owner.user_id) == owner
    assert adapters.projects.member(owner.project_id, new_id()) is None
    assert recorded(adapters, owner.project_id) == ["session.started"]


def test_a_users_projects_come_newest_first(adapters: Adapters, owner: Member) -> None:
    second = Project(new_id(), "Blog", NOON)
    adapters.projects.add(second, owner.user_id)
    found = [member.project_id for member in adapters.projects.of_user(owner.user_id)]
    assert found == [second.id, owner.project_id]


def test_a_closed_project_has_no_name_and_keeps_its_members(adapters: Adapters, owner: Member) -> None:
    id_ = owner.project_id
    assert adapters.projects.is_open(id_)
    assert adapters.projects.rename(id_, "Store", [event_of(id_)])
    assert adapters.projects.named([id_])[id_].name == "Store"
    assert adapters.projects.mark_deleted(id_, NOON, [event_of(id_)])
    assert not adapters.projects.mark_deleted(id_, NOON, [event_of(id_)])
    assert not adapters.projects.rename(id_, "Another", [event_of(id_)])
    assert not adapters.projects.is_open(id_)
    assert adapters.projects.named([id_]) == {}
    assert adapters.projects.members(id_) == [owner]
    assert len(recorded(adapters, id_)) == 3


def test_closed_projects_are_found_after_their_time_oldest_first(adapters: Adapters) -> None:
    long_ago = NOON - 9 * DAY
    projects = [Project(new_id(), "Shop", NOON) for _ in range(3)]
    for number, project in enumerate(projects):
        adapters.projects.add(project, new_id())
        adapters.projects.mark_deleted(project.id, long_ago - number * HOUR, [])
    assert adapters.projects.closed_before(long_ago, 100) == [projects[2].id, projects[1].id]
    assert adapters.projects.closed_before(long_ago + MOMENT, 2) == [projects[2].id, projects[1].id]


def test_a_deleted_project_is_gone_with_its_members(adapters: Adapters, owner: Member) -> None:
    adapters.projects.delete(owner.project_id)
    adapters.projects.delete(owner.project_id)
    assert not adapters.projects.is_open(owner.project_id)
    assert adapters.projects.members(owner.project_id) == []


def test_members_are_counted_and_come_as_they_joined(adapters: Adapters, owner: Member) -> None:
    id_ = owner.project_id
    later = join(adapters, id_, ProjectRole.VIEWER, NOON + 2 * HOUR)
    sooner = join(adapters, id_, ProjectRole.EDITOR, NOON + HOUR)
    assert adapters.projects.members(id_) == [owner, sooner, later]
    assert adapters.projects.named([id_])[id_].members == 3
    assert adapters.projects.remove(later, [event_of(id_)])
    assert adapters.projects.named([id_])[id_].members == 2


def test_a_role_changes_only_if_it_is_the_one_that_was_read(adapters: Adapters, owner: Member) -> None:
    member = join(adapters, owner.project_id, ProjectRole.VIEWER)
    stale = replace(member, role=ProjectRole.EDITOR)
    assert not adapters.projects.change_role(stale, ProjectRole.OWNER, [event_of(owner.project_id)])
    assert not adapters.projects.remove(stale, [event_of(owner.project_id)])
    assert adapters.projects.change_role(member, ProjectRole.OWNER, [event_of(owner.project_id)])
    assert adapters.projects.member(member.project_id, member.user_id) == replace(member, role=ProjectRole.OWNER)
    assert len(recorded(adapters, owner.project_id)) == 2


def test_the_last_owner_stays(adapters: Adapters, owner: Member) -> None:
    with pytest.raises(LastOwner):
        adapters.projects.remove(owner, [])
    with pytest.raises(LastOwner):
        adapters.projects.change_role(owner, ProjectRole.VIEWER, [])
    second = join(adapters, owner.project_id, ProjectRole.OWNER)
    assert adapters.projects.change_role(owner, ProjectRole.VIEWER, [])
    with pytest.raises(LastOwner):
        adapters.projects.remove(second, [])
