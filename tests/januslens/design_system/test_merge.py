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
from tests.januslens.design_system.written import color, length, role, token, tokens

SETTINGS = document({WHITE: 0.7, INK: 0.2, TEAL: 0.02}, {"page": WHITE, "text": INK, "primary": TEAL}, (14, 16))


def evidence(token: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = token["$extensions"]["io.github.janus"]
    return found


@given(st.lists(documents(), min_size=1, max_size=5), st.randoms())
def test_the_order_of_the_images_says_nothing(pictures: list[Any], random: Any) -> None:
    shuffled = list(pictures)
    random.shuffle(shuffled)
    assert json.dumps(merge(shuffled)) == json.dumps(merge(pictures))


@given(st.lists(documents(), min_size=1, max_size=4), documents())
def test_a_token_keeps_its_name_when_a_screen_is_added(pictures: list[Any], added: Any) -> None:
    before, after = leaves(merge(pictures)), leaves(merge([*pictures, added]))
    assert set(before) <= set(after)
    assert all(after[path].value == leaf.value for path, leaf in before.items() if path[1] == "observed")


@given(documents())
def test_one_image_is_itself_without_what_is_derived(picture: Any) -> None:
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


def color_of(*documents: Any) -> tuple[str, dict[str, Any]]:
    """The color that primary points to when these are merged, and the evidence for it."""
    primary = merge(documents)["color"]["role"]["primary"]
    return primary["$value"].rpartition(".")[2].strip("}"), evidence(primary)


COLORS = {"a": color("#1f5fbf"), "b": color("#1abb9c")}


def pointing(target: str, **said: Any) -> dict[str, Any]:
    return tokens({"primary": role(target, **said)}, color=COLORS)


def test_one_who_is_sure_outweighs_two_who_are_not() -> None:
    documents = [pointing("a", confidence=0.4), pointing("b", confidence=0.9), pointing("a", confidence=0.4)]
    assert color_of(*documents) == ("b", {"screens": 1, "of": 3, "confidence": 0.3})  # 0.9 of three screens
    documents[1] = pointing("b", confidence=0.7)
    assert color_of(*documents) == ("a", {"screens": 2, "of": 3, "confidence": 0.266667})


def test_a_token_without_a_confidence_is_sure() -> None:
    assert color_of(pointing("b"), pointing("a", confidence=0.99)) == ("b", {"screens": 1, "of": 2})
    assert color_of(pointing("b"), pointing("a")) == ("a", {"screens": 1, "of": 2})  # of equals the first by its JSON


@pytest.mark.parametrize(("confidence", "chosen"), [(0.51, "a"), (0.49, "b")])
def test_a_token_of_which_a_part_is_assumed_counts_half(confidence: float, chosen: str) -> None:
    assumed = pointing("b", confidence=1.0, assumed=["lineHeight"])
    assert color_of(assumed, pointing("a", confidence=confidence))[0] == chosen
    third = pointing("b", confidence=1.0, assumed=["lineHeight", "fontWeight"])
    assert color_of(third, pointing("a", confidence=0.34))[0] == "a"


def test_weights_that_differ_by_rounding_only_are_equal() -> None:
    thrice = [pointing("b", confidence=0.1)] * 3  # 0.1 + 0.1 + 0.1 > 0.3 in floating point
    assert color_of(*thrice, pointing("a", confidence=0.3))[0] == "a"


def test_confidence_is_of_all_screens_that_have_the_role() -> None:
    nothing = tokens(color=COLORS)
    assert color_of(pointing("a", confidence=0.8), nothing)[1] == {"screens": 1, "of": 2, "confidence": 0.8}
    both = color_of(pointing("a", confidence=0.8), pointing("b", confidence=0.5), nothing)
    assert both == ("a", {"screens": 1, "of": 3, "confidence": 0.4})


@pytest.mark.parametrize("count", ["strokes", "areas", "distances", "lines"])
def test_counts_add_up_also_where_a_screen_has_none(count: str) -> None:
    screens = [{count: 3}, {}, {count: 4}]
    merged = merge([tokens(radius={"r-4": length(4, "px", **screen)}) for screen in screens])
    assert evidence(merged["radius"]["observed"]["r-4"]) == {"screens": 3, "of": 3, count: 7}


def test_a_screen_without_a_color_has_none_of_its_area() -> None:
    merged = merge([tokens(color={"a": color("#1f5fbf", areaShare=0.1)}), tokens(), tokens()])
    assert evidence(merged["color"]["observed"]["a"]) == {"screens": 1, "of": 3, "areaShare": 0.033333}


def test_colors_come_by_their_areas_lengths_by_their_sizes_and_all_else_by_name() -> None:
    areas = {"a": 0.1, "b": 0.3, "c": 0.1}
    merged = merge(
        [
            tokens(
                {"text": role("a"), "page": role("b")},
                radius={"r-12": length(12), "r-4": length(4)},
                color={name: color("#1f5fbf", areaShare=share) for name, share in areas.items()},
                lineHeight={"l-2": token(2), "l-1": token(1.25)},
                fontFamily={"serif": token("Lora"), "mono": token("Fira")},
            )
        ]
    )
    assert {family: list(groups["observed"]) for family, groups in merged.items()} == {
        "color": ["b", "a", "c"],
        "fontFamily": ["mono", "serif"],
        "lineHeight": ["l-1", "l-2"],
        "radius": ["r-4", "r-12"],
    }
    assert list(merged) == sorted(merged)
    assert list(merged["color"]["role"]) == ["page", "text"]


def test_a_family_states_its_type_and_a_token_only_one_of_its_own() -> None:
    own = {"$type": "duration", **token({"value": 8, "unit": "s"})}
    merged = merge([{"size": {"$type": "dimension", "a": length(4), "b": own}, "n": {"c": token(1)}}])
    assert merged["size"]["$type"] == "dimension"
    assert merged["size"]["b"]["$type"] == "duration"
    assert "$type" not in merged["size"]["a"]
    assert merged["n"] == {"c": {"$value": 1, "$extensions": {"io.github.janus": {"screens": 1, "of": 1}}}}


def test_a_value_is_the_same_in_whatever_order_its_members_are_written() -> None:
    one, other = ({"x": token(value)} for value in ({"value": 4, "unit": "px"}, {"unit": "px", "value": 4}))
    assert evidence(merge([one, other])["x"]) == {"screens": 2, "of": 2}


def test_a_token_may_be_in_no_group() -> None:
    found = merge([{"x": {"$type": "number", **token(4)}, "y": token(5)}])
    assert [(name, each.get("$type"), each["$value"]) for name, each in found.items()] == [
        ("x", "number", 4),
        ("y", None, 5),
    ]


def test_a_value_of_another_type_is_another_value() -> None:
    number, weight = ({"x": {"$type": kind, "a": token(400)}} for kind in ("number", "fontWeight"))
    assert evidence(merge([number, weight])["x"]["a"]) == {"screens": 1, "of": 2}


def test_an_alias_without_a_target_is_left_out() -> None:
    edited = {"color": {"$type": "color", "role": {"primary": {"$value": "{color.observed.c-gone}"}}}}
    assert merge([edited]) == {}


@given(st.lists(documents(), min_size=1, max_size=3))
def test_a_merged_document_is_valid_by_the_formats_schema(pictures: list[Any]) -> None:
    assert errors_of(merge(pictures)) == []


def test_nothing_can_not_be_merged() -> None:
    with pytest.raises(ValueError, match="nothing to merge"):
        merge([])
