"""Several pictures' tokens as one set."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from januslens.design_system.leaves import leaves
from januslens.design_system.merge import merge
from tests.dtcg_schema import errors_of
from tests.januslens.design_system.documents import BLUE, HOME, INK, TEAL, WHITE, document, documents

SETTINGS = document({WHITE: 0.7, INK: 0.2, TEAL: 0.02}, {"page": WHITE, "text": INK, "primary": TEAL}, (14, 16))


def evidence(token: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = token["$extensions"]["io.github.janus"]
    return found


@given(st.lists(documents(), min_size=1, max_size=5), st.randoms())
def test_the_order_of_the_pictures_says_nothing(pictures: list[Any], random: Any) -> None:
    shuffled = list(pictures)
    random.shuffle(shuffled)
    assert json.dumps(merge(shuffled)) == json.dumps(merge(pictures))


@given(st.lists(documents(), min_size=1, max_size=4), documents())
def test_a_token_keeps_its_name_when_a_screen_is_added(pictures: list[Any], added: Any) -> None:
    before, after = leaves(merge(pictures)), leaves(merge([*pictures, added]))
    assert set(before) <= set(after)
    assert all(after[path].value == leaf.value for path, leaf in before.items() if path[1] == "observed")


@given(documents())
def test_one_picture_is_itself_without_what_is_derived(picture: Any) -> None:
    merged = merge([picture])
    assert {path: leaf.value for path, leaf in leaves(merged).items()} == {
        path: leaf.value for path, leaf in leaves(picture).items()
    }
    assert {"ramp", "theme"}.isdisjoint(merged["color"])


def test_support_is_on_how_many_screens_of_how_many() -> None:
    colors = merge([HOME, SETTINGS])["color"]["observed"]
    assert {name: (evidence(token)["screens"], evidence(token)["of"]) for name, token in colors.items()} == {
        "c-ffffff": (2, 2),
        "c-20262e": (2, 2),
        "c-1f5fbf": (1, 2),
        "c-1abb9c": (1, 2),
    }


def test_shares_are_of_all_screens_and_counts_add_up() -> None:
    merged = merge([HOME, SETTINGS])
    assert evidence(merged["color"]["observed"]["c-ffffff"])["areaShare"] == pytest.approx(0.65)
    assert evidence(merged["color"]["observed"]["c-1f5fbf"])["areaShare"] == pytest.approx(0.025)
    assert evidence(merged["fontSize"]["observed"]["s-14"])["strokes"] == 200


def test_the_role_that_most_confidence_speaks_for_counts() -> None:
    third = document({BLUE: 0.2}, {"primary": BLUE})
    assert merge([HOME, SETTINGS, third])["color"]["role"]["primary"]["$value"] == "{color.observed.c-1f5fbf}"


def test_an_alias_without_a_target_is_left_out() -> None:
    edited = {"color": {"$type": "color", "role": {"primary": {"$value": "{color.observed.c-gone}"}}}}
    assert merge([edited]) == {}


@given(st.lists(documents(), min_size=1, max_size=3))
def test_a_merged_document_is_valid_by_the_formats_schema(pictures: list[Any]) -> None:
    assert errors_of(merge(pictures)) == []


def test_nothing_can_not_be_merged() -> None:
    with pytest.raises(ValueError, match="nothing to merge"):
        merge([])
