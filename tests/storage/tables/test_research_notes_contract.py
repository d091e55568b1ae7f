"""The same assertions against the real adapter and its fake."""

from copy import replace

from chalicelib.model.ids import new_id
from chalicelib.model.research_notes import ResearchNote
from chalicelib.wiring.adapters import Adapters
from tests.conftest import NOON
from tests.storage.examples import event_of, page_by_page, recorded


def test_research_notes_are_read_as_json_newest_first_page_by_page(adapters: Adapters) -> None:
    owner, other = new_id(), new_id()
    notes = [ResearchNote(owner, new_id(), "by", "topic", {"n": n, "l": [1]}, ("a",), NOON) for n in range(5)]
    for note in notes:
        adapters.research_notes.add(note, [event_of(owner)])
    adapters.research_notes.add(replace(notes[0], owner_id=other), [])
    pages: list[list[ResearchNote]] = list(
        page_by_page(lambda before: adapters.research_notes.list(owner, 2, before, lambda _: True))
    )
    assert [note for page in pages for note in page] == notes[::-1]
    assert adapters.research_notes.list(owner, 9, None, lambda note: note.data["n"] == 3).items == [notes[3]]
    assert adapters.research_notes.get(owner, notes[0].id) == notes[0]
    assert adapters.research_notes.get(owner, new_id()) is None
    assert [adapters.research_notes.delete(notes[0]) for _ in range(2)] == [True, False]
    for note in notes:
        adapters.research_notes.delete(note)
    assert adapters.research_notes.list(owner, 9, None, lambda _: True).items == []
    assert adapters.research_notes.get(other, notes[0].id) is not None
    assert len(recorded(adapters, owner)) == 5
