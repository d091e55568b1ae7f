"""Ids that are derived from what happened."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from chalicelib.model.ids import created_at, first_id, id_of, is_id
from tests.conftest import NOON


@given(st.text(), st.integers(0, 10**10))
def test_an_id_of_a_name_is_one_of_its_time(name: str, milliseconds: int) -> None:
    at = NOON + timedelta(milliseconds=milliseconds)
    found = id_of(at, name)
    assert is_id(found)
    assert created_at(found) == at
    assert first_id(at) <= found < first_id(at + timedelta(milliseconds=1))


def test_the_same_name_and_time_have_the_same_id() -> None:
    assert id_of(NOON, "a") == id_of(NOON, "a")
    assert len({id_of(NOON, str(number)) for number in range(1000)}) == 1000
