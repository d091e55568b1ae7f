import pytest

from chalicelib.model.errors import InvalidField
from chalicelib.model.ids import new_id
from chalicelib.model.images import ImageNotFound, ImageUpload
from chalicelib.model.principals import Principal
from chalicelib.model.research_notes import ResearchNoteNotFound
from tests.conftest import NOON
from tests.fakes.wiring import FakeServices


def test_a_note_is_read_as_it_was_added(services: FakeServices, principal: Principal) -> None:
    image, _ = services.images.create(principal.user_id, "by", ImageUpload("a", "image/png", 1, None, None))
    note = services.research_notes.add(principal, "Cafe\u0301", {"n": 1}, [image.key.image_id] * 2)
    assert (note.topic, note.data, note.image_ids) == ("Caf\u00e9", {"n": 1}, (image.key.image_id,))
    assert (note.owner_id, note.created_by, note.created_at) == (principal.user_id, principal.user_id, NOON)
    assert services.research_notes.get(principal, note.id) == note


def test_a_note_of_a_project_belongs_to_it(services: FakeServices, owner: Principal) -> None:
    note = services.research_notes.add(owner, "topic", {}, [])
    assert (note.owner_id, note.created_by) == (owner.project.id, owner.user_id)
    with pytest.raises(ResearchNoteNotFound):
        services.research_notes.get(Principal(owner.user, None), note.id)


def test_a_note_has_up_to_sixty_four_kilobytes_of_json(services: FakeServices, principal: Principal) -> None:
    services.research_notes.add(principal, "topic", {"x": "y" * (65_536 - 8)}, [])  # {"x":""} takes eight bytes
    with pytest.raises(InvalidField, match="64 KB") as caught:
        services.research_notes.add(principal, "topic", {"x": "y" * (65_536 - 7)}, [])
    assert caught.value.field == "data"


def test_a_note_names_images_that_exist(services: FakeServices, principal: Principal) -> None:
    with pytest.raises(ImageNotFound):
        services.research_notes.add(principal, "topic", {}, [new_id()])
    assert services.adapters.research_notes.stored == {}


def test_notes_are_listed_newest_first_and_by_topic(services: FakeServices, principal: Principal) -> None:
    notes = [services.research_notes.add(principal, topic, {}, []) for topic in ("a", "b", "a")]
    assert services.research_notes.list(principal, 9, None, None).items == notes[::-1]
    assert services.research_notes.list(principal, 9, None, "a").items == [notes[2], notes[0]]
    assert services.research_notes.list(principal, 9, notes[2].id, "a").items == [notes[0]]
    assert services.research_notes.list(principal, 1, None, None).items == [notes[2]]


def test_notes_are_audited_in_the_log_of_their_owner(services: FakeServices, owner: Principal) -> None:
    note = services.research_notes.add(owner, "topic", {}, [])
    services.research_notes.delete(owner, note.id)
    services.research_notes.delete(owner, note.id)
    services.audit.write()
    events = [event for event in services.adapters.audit_log.events.values() if event.subject_id == note.id]
    assert [event.action for event in events] == ["research_note.created", "research_note.deleted"]
    assert {(event.actor_id, event.user_id) for event in events} == {(owner.user_id, owner.project.id)}


@pytest.mark.parametrize("note_id", ["no id", "0198c8d2-6c0d-7c3a-9a50-6f1f4b0c2d3e"])
def test_an_unknown_note_is_not_found_and_not_deleted(
    services: FakeServices, principal: Principal, note_id: str
) -> None:
    with pytest.raises(ResearchNoteNotFound):
        services.research_notes.get(principal, note_id)
    services.research_notes.delete(principal, note_id)
    services.audit.write()
    assert services.adapters.audit_log.events == {}
