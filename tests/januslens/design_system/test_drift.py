"""What changed from one token set to the next."""

import io
import json
from collections.abc import Callable
from copy import deepcopy
from typing import Any

import coloraide
import pytest
from hypothesis import given
from PIL import Image

from januslens import analyze
from januslens.color.notation import hex_color
from januslens.design_system.drift import Change, Kind, diff
from januslens.design_system.merge import merge
from tests.januslens.conftest import Rendering
from tests.januslens.design_system.documents import BLUE, HOME, INK, TEAL, WHITE, document, documents

NAVY = (22, 70, 142)
AGAIN = {WHITE: 0.6, INK: 0.1}
ROLES = {"page": WHITE, "text": INK}


def kinds(changes: list[Change]) -> dict[str, str]:
    """What happened to each token, by its last name."""
    return {(change.after or change.before or ("",))[-1]: change.kind.value for change in changes}


@given(documents())
def test_a_set_does_not_differ_from_itself(one: Any) -> None:
    assert diff(one, deepcopy(one)) == []


@given(documents(), documents())
def test_the_other_way_round_as_much_has_changed(one: Any, other: Any) -> None:
    there, back = diff(one, other), diff(other, one)
    assert len(there) == len(back)
    swapped = {Kind.APPEARED: Kind.WENT, Kind.WENT: Kind.APPEARED}
    assert sorted(swapped.get(change.kind, change.kind) for change in there) == sorted(change.kind for change in back)


def test_a_brand_color_made_darker_is_one_change_by_ciede2000() -> None:
    before = document({**AGAIN, BLUE: 0.05}, {**ROLES, "primary": BLUE})
    after = document({**AGAIN, NAVY: 0.05}, {**ROLES, "primary": NAVY})
    (change,) = diff(before, after)
    assert (change.kind, change.value_before, change.value_after) == (Kind.CHANGED, hex_color(BLUE), hex_color(NAVY))
    expected = coloraide.Color(hex_color(BLUE)).delta_e(hex_color(NAVY), method="2000")
    assert change.difference == pytest.approx(expected, abs=0.01)
    assert change.unit == "CIEDE2000"


def test_a_new_brand_color_of_another_hue_is_the_primary_colors_change() -> None:
    before = document({**AGAIN, BLUE: 0.05}, {**ROLES, "primary": BLUE})
    after = document({**AGAIN, TEAL: 0.05}, {**ROLES, "primary": TEAL})
    assert kinds(diff(before, after)) == {"c-1abb9c": "changed"}


def test_a_role_that_points_to_another_color_that_was_there_before_has_changed() -> None:
    colors = {**AGAIN, BLUE: 0.05, TEAL: 0.05}
    changes = diff(document(colors, {**ROLES, "primary": BLUE}), document(colors, {**ROLES, "primary": TEAL}))
    assert kinds(changes) == {"primary": "role changed"}


def test_what_can_not_be_seen_is_no_drift() -> None:
    almost = (31, 95, 192)
    before = document({**AGAIN, BLUE: 0.05}, {**ROLES, "primary": BLUE})
    after = document({**AGAIN, almost: 0.05}, {**ROLES, "primary": almost})
    assert diff(before, after) == []
    assert kinds(diff(before, after, visible_color=0.1)) == {"c-1f5fc0": "changed"}


def test_lengths_change_appear_and_go() -> None:
    before = document(AGAIN, ROLES, sizes=(14, 16, 24), radii=(4,))
    after = document(AGAIN, ROLES, sizes=(14, 18, 24), radii=(4, 16))
    (size, radius) = diff(before, after)
    assert (size.kind, size.value_before, size.value_after, size.difference, size.unit) == (
        Kind.CHANGED,
        "16px",
        "18px",
        2,
        "px",
    )
    assert (radius.kind, radius.value_after) == (Kind.APPEARED, "16px")


def test_a_token_of_the_same_value_under_another_name_is_renamed() -> None:
    before = document(AGAIN, ROLES)
    after = json.loads(json.dumps(before).replace("c-20262e", "ink"))
    assert kinds(diff(before, after)) == {"ink": "renamed"}


def test_a_small_links_changed_color_counts() -> None:
    (change,) = diff(document({**AGAIN, BLUE: 0.0002}, ROLES), document({**AGAIN, NAVY: 0.0002}, ROLES))
    assert (change.kind, change.minor) == (Kind.CHANGED, False)


def test_a_color_in_the_place_of_one_of_another_hue_is_its_change() -> None:
    (change,) = diff(document({**AGAIN, BLUE: 0.0301}, ROLES), document({**AGAIN, TEAL: 0.0300}, ROLES))
    assert (change.kind, change.value_before, change.value_after) == (Kind.CHANGED, hex_color(BLUE), hex_color(TEAL))


def test_a_color_of_another_hue_and_area_is_another_color() -> None:
    changes = diff(document({**AGAIN, BLUE: 0.03}, ROLES), document({**AGAIN, TEAL: 0.06}, ROLES))
    assert kinds(changes) == {"c-1f5fbf": "went", "c-1abb9c": "appeared"}


def test_a_merged_set_can_be_compared() -> None:
    assert kinds(diff(merge([HOME]), merge([HOME, document({TEAL: 0.1}, {}, sizes=(14,))]))) == {"c-1abb9c": "appeared"}


PAGE = """
<main style="padding: 24px; background: #eef1f5; font: 16px/24px 'Liberation Sans'; color: #20262e">
<div style="background: #fff; border-radius: 8px; padding: 24px">
<h1 style="font-size: 32px; margin: 0 0 16px">Delivery and returns</h1>
<p style="margin: 0 0 16px">Orders are sent on the day that they are made, or on the next.</p>
<p style="margin: 0; color: #6b7480">Returns are free for thirty days.</p>
</div></main>
"""
ENCODINGS: dict[str, dict[str, Any]] = {
    "PNG": {"compress_level": 1},
    "PNG again": {"compress_level": 9, "optimize": True},
    "WEBP": {"lossless": True},
}


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_an_image_that_is_encoded_again_has_not_drifted(
    render: Callable[[str, int, float], Rendering], encoding: str
) -> None:
    png = render(PAGE, 640, 2).png
    encoded = io.BytesIO()
    Image.open(io.BytesIO(png)).save(encoded, encoding.partition(" ")[0], **ENCODINGS[encoding])
    before, after = (analyze(data, scale=2, quote=False).tokens for data in (png, encoded.getvalue()))
    assert before is not None
    assert after is not None
    assert diff(before.to_json(), after.to_json()) == []
