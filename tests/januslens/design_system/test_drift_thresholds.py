"""Which difference is a change, which token took another's place, and what is minor: below, at and above each limit."""

from typing import Any

import pytest

from januslens.design_system.drift import Change, Kind, diff
from januslens.design_system.leaves import Path
from tests.januslens.design_system.written import color, length, role, token, tokens

BLUE, NAVY, AZURE, TEAL, INK = "#1f5fbf", "#16468e", "#2f6fcf", "#1abb9c", "#20262e"
Told = tuple[str, str | None, str | None]


def told(changes: list[Change]) -> list[Told]:
    """What happened, to which token by its last name, and which one it is now."""
    return [(change.kind.value, _last(change.before), _last(change.after)) for change in changes]


def _last(path: Path | None) -> str | None:
    return path[-1] if path else None


def between(before: Any, after: Any, family: str = "color") -> list[Told]:
    """What happened from one family's observed tokens to the next's."""
    return told(diff(tokens(**{family: before}), tokens(**{family: after})))


@pytest.mark.parametrize(
    ("code", "changed"),
    [("#1c61bd", False), ("#1b5cbe", True)],  # 0.9998 and 1.017 from #1f5fbf by CIEDE2000, by coloraide
)
def test_colors_up_to_1_apart_are_the_same(code: str, changed: bool) -> None:
    expected = [("changed", "a", "a")] if changed else []
    assert between({"a": color(BLUE)}, {"a": color(code)}) == expected


@pytest.mark.parametrize(
    ("code", "changed"),
    [("#1f8fbf", True), ("#1f90bf", False)],  # 19.62 and 20.08 from #1f5fbf
)
def test_colors_up_to_20_apart_may_be_one_that_has_changed(code: str, changed: bool) -> None:
    expected = [("changed", "a", "b")] if changed else [("went", "a", None), ("appeared", None, "b")]
    assert between({"a": color(BLUE)}, {"b": color(code)}) == sorted(
        expected, key=lambda each: each[2] or each[1] or ""
    )


@pytest.mark.parametrize(
    ("family", "before", "same", "changed", "difference", "unit"),
    [
        ("radius", length(16), length(16.5), length(16.6), 0.6, "px"),
        ("radius", length(1, "rem"), length(16.5), length(18), 2, "px"),
        ("radius", length(8), length(0.5, "rem"), length(1, "rem"), 8, "px"),
        ("lineHeight", token(1.5), token(1.54), token(1.56), 0.06, None),
        ("fontWeight", token(400), token(450), token(451), 51, None),
    ],
)
def test_half_a_step_is_not_seen(
    family: str, before: Any, same: Any, changed: Any, difference: float, unit: str | None
) -> None:
    assert between({"a": before}, {"a": same}, family) == []
    assert between({"a": same}, {"a": before}, family) == []
    (change,) = diff(tokens(**{family: {"a": before}}), tokens(**{family: {"a": changed}}))
    assert (change.kind, change.difference, change.unit) == (Kind.CHANGED, difference, unit)
    assert (change.before, change.after) == ((family, "observed", "a"),) * 2


@pytest.mark.parametrize(
    ("family", "before", "alike", "other"),
    [
        ("radius", length(16), length(24.2), length(24.3)),  # 0.339 and 0.342 of the larger
        ("radius", length(16), length(10.6), length(10.5)),  # 0.338 and 0.344
        ("lineHeight", token(1.0), token(1.51), token(1.52)),  # 0.338 and 0.342
        ("fontWeight", token(400), token(800), token(801)),  # 0.500 and 0.501
    ],
)
def test_a_third_more_or_less_may_be_a_length_that_has_changed(
    family: str, before: Any, alike: Any, other: Any
) -> None:
    assert between({"a": before}, {"b": alike}, family) == [("changed", "a", "b")]
    assert between({"a": before}, {"b": other}, family) == [("went", "a", None), ("appeared", None, "b")]


def test_nothing_is_alike_to_nothing_but_nothing() -> None:
    assert between({"a": length(0)}, {"b": length(0)}, "radius") == [("renamed", "a", "b")]
    assert between({"a": length(0)}, {"b": length(1)}, "radius") == [("went", "a", None), ("appeared", None, "b")]


def test_tokens_of_other_families_are_not_compared() -> None:
    changes = diff(tokens(radius={"a": length(16)}), tokens(spacing={"b": length(16)}))
    assert told(changes) == [("went", "a", None), ("appeared", None, "b")]


def test_what_has_no_measure_is_the_same_or_another() -> None:
    sans, serif = token(["Inter", "sans-serif"]), token(["Lora", "serif"])
    assert between({"a": sans}, {"b": sans}, "fontFamily") == [("renamed", "a", "b")]
    assert between({"a": sans}, {"b": serif}, "fontFamily") == [("went", "a", None), ("appeared", None, "b")]
    (change,) = diff(tokens(fontFamily={"a": sans}), tokens(fontFamily={"a": serif}))
    assert (change.kind, change.difference, change.unit) == (Kind.CHANGED, None, None)
    assert (change.value_before, change.value_after) == (["Inter", "sans-serif"], ["Lora", "serif"])


def test_a_token_of_another_type_has_changed_by_nothing_that_can_be_measured() -> None:
    before = {"size": {"a": {"$type": "dimension", **length(16)}}}
    after = {"size": {"a": {"$type": "number", **token(16)}}}
    (change,) = diff(before, after)
    assert (change.kind, change.difference) == (Kind.CHANGED, None)


def test_a_value_that_became_an_alias_has_changed() -> None:
    (change,) = diff(tokens(color={"a": color(BLUE)}), tokens(color={"a": role("b")}))
    assert (change.kind, change.value_before, change.value_after) == (Kind.CHANGED, BLUE, "color.observed.b")


@pytest.mark.parametrize(("alpha", "changes"), [(0.495, []), (0.48, [("changed", "a", "a")])])
def test_a_hundredth_of_opacity_is_seen_as_1_of_ciede2000(alpha: float, changes: list[Told]) -> None:
    assert between({"a": color(BLUE, 0.5)}, {"a": color(BLUE, alpha)}) == changes
    (change,) = diff(tokens(color={"a": color(BLUE)}), tokens(color={"a": color(BLUE, 0.9)}))
    assert change.difference == 10


def test_the_difference_of_color_and_opacity_is_the_larger() -> None:
    (change,) = diff(tokens(color={"a": color(BLUE, 0.9)}), tokens(color={"a": color(NAVY, 0.88)}))
    assert (change.difference, change.unit) == (9.74, "CIEDE2000")  # by coloraide


def test_colors_are_compared_in_their_own_spaces() -> None:
    displayed = token({"colorSpace": "display-p3", "components": [0.193, 0.369, 0.722]})  # #1f5fbf by coloraide
    assert between({"a": color(BLUE)}, {"a": displayed}) == []


def test_the_most_alike_are_one_token() -> None:
    """Navy is 15.4 from azure, which is 5.9 from blue; navy is 9.7 from blue, and 20 would do for any pair."""
    assert between({"a": color(BLUE), "b": color(NAVY)}, {"c": color(AZURE)}) == [
        ("went", "b", None),
        ("changed", "a", "c"),
    ]
    assert between({"c": color(AZURE)}, {"a": color(BLUE), "b": color(NAVY)}) == [
        ("changed", "c", "a"),
        ("appeared", None, "b"),
    ]


def test_of_several_that_are_as_alike_the_first_by_name_is_taken() -> None:
    assert between({"s": length(16)}, {"s-14": length(14), "s-a": length(14)}, "fontSize") == [
        ("changed", "s", "s-14"),
        ("appeared", None, "s-a"),
    ]


def test_a_role_says_which_color_took_anothers_place_before_likeness_does() -> None:
    before = tokens({"primary": role("a")}, color={"a": color(BLUE)})
    after = tokens({"primary": role("c")}, color={"b": color(NAVY), "c": color(TEAL)})
    assert told(diff(before, after)) == [("appeared", None, "b"), ("changed", "a", "c")]


def test_a_role_that_points_to_another_role_says_nothing_of_the_color() -> None:
    before = tokens({"link": role("a")}, color={"a": color(BLUE)})
    after = tokens({"link": token("{color.role.primary}"), "primary": role("c")}, color={"c": color(TEAL)})
    assert told(diff(before, after)) == [
        ("went", "a", None),
        ("appeared", None, "c"),
        ("role changed", "link", "link"),
        ("appeared", None, "primary"),
    ]


def test_a_role_that_is_a_value_now_says_nothing_of_that() -> None:
    before = tokens({"primary": role("a")}, color={"a": color(BLUE)})
    after = tokens({"primary": color(TEAL)}, color={"c": color(TEAL)})
    assert [change.kind for change in diff(before, after)] == [Kind.WENT, Kind.APPEARED, Kind.APPEARED]


@pytest.mark.parametrize(
    ("before", "after", "same_place"),
    [
        ({"areaShare": 0.1, "seenAs": ["fill"]}, {"areaShare": 0.0971, "seenAs": ["fill"]}, True),
        ({"areaShare": 0.1, "seenAs": ["fill"]}, {"areaShare": 0.0969, "seenAs": ["fill"]}, False),
        ({"areaShare": 0.0971, "seenAs": ["fill"]}, {"areaShare": 0.1, "seenAs": ["fill"]}, True),
        ({"areaShare": 0.0969, "seenAs": ["fill"]}, {"areaShare": 0.1, "seenAs": ["fill"]}, False),
        ({"areaShare": 0.1, "seenAs": ["fill"]}, {"areaShare": 0.1, "seenAs": ["fill", "line"]}, False),
        ({"areaShare": 0.0, "seenAs": ["text"]}, {"areaShare": 0.0, "seenAs": ["text"]}, False),
        ({"areaShare": 0.0, "seenAs": ["text"]}, {"areaShare": 0.1, "seenAs": ["text"]}, False),
        ({"seenAs": ["fill"]}, {"areaShare": 0.1, "seenAs": ["fill"]}, False),
        ({"areaShare": 0.1, "seenAs": ["fill"]}, {"seenAs": ["fill"]}, False),
        ({}, {}, False),
    ],
)
def test_a_color_of_another_hue_took_the_place_of_one_of_the_same_area(
    before: Any, after: Any, same_place: bool
) -> None:
    expected = [("changed", "a", "b")] if same_place else [("went", "a", None), ("appeared", None, "b")]
    assert between({"a": color(BLUE, **before)}, {"b": color(TEAL, **after)}) == expected


def test_the_most_equal_areas_are_one_place() -> None:
    areas = {"a": 0.1, "b": 0.0985}
    before = {name: color(code, areaShare=areas[name]) for name, code in (("a", BLUE), ("b", INK))}
    after = {"c": color(TEAL, areaShare=0.0984)}  # 1.6 % less than a's area and 0.1 % less than b's
    assert between(before, after) == [("went", "a", None), ("changed", "b", "c")]


def test_only_colors_take_a_place_by_area() -> None:
    before, after = length(4, areaShare=0.1), length(400, areaShare=0.1)
    assert between({"a": before}, {"b": after}, "radius") == [("went", "a", None), ("appeared", None, "b")]


EVIDENCE = [("strokes", 24, 23), ("areas", 2, 1), ("distances", 3, 2), ("confidence", 0.5, 0.49)]
"""The least of each kind with which a token counts, and a little less."""


@pytest.mark.parametrize(("kind", "enough", "little"), EVIDENCE)
def test_a_change_of_a_token_with_little_evidence_is_minor(kind: str, enough: float, little: float) -> None:
    def minor(before: float, after: float) -> bool:
        (change,) = diff(
            tokens(radius={"a": length(16, "px", **{kind: before})}),
            tokens(radius={"a": length(20, "px", **{kind: after})}),
        )
        return change.minor

    assert [minor(*pair) for pair in ((enough, enough), (little, enough), (enough, little))] == [False, True, True]


@pytest.mark.parametrize(("kind", "enough", "little"), EVIDENCE)
def test_a_token_with_little_evidence_comes_goes_and_is_renamed_as_a_minor_change(
    kind: str, enough: float, little: float
) -> None:
    for amount, minor in ((enough, False), (little, True)):
        evidence = {kind: amount}
        some = tokens({"primary": role("a", **evidence)}, color={"a": color(BLUE, **evidence)})
        assert [(change.kind, change.minor) for change in diff(some, {})] == [(Kind.WENT, minor)] * 2
        assert [(change.kind, change.minor) for change in diff({}, some)] == [(Kind.APPEARED, minor)] * 2
        (renamed,) = diff(tokens(color={"a": color(BLUE)}), tokens(color={"b": color(BLUE, **evidence)}))
        assert (renamed.kind, renamed.minor) == (Kind.RENAMED, minor)


@pytest.mark.parametrize(
    ("before", "after", "minor"), [(0.5, 0.5, False), (0.49, 0.9, True), (0.9, 0.49, True), (None, None, False)]
)
def test_a_role_of_little_confidence_changes_as_a_minor_change(
    before: float | None, after: float | None, minor: bool
) -> None:
    def pointing(target: str, confidence: float | None) -> dict[str, Any]:
        evidence = {} if confidence is None else {"confidence": confidence}
        return tokens({"primary": role(target, **evidence)}, color={"a": color(BLUE), "b": color(TEAL)})

    (change,) = diff(pointing("a", before), pointing("b", after))
    assert (change.kind, change.minor) == (Kind.ROLE_CHANGED, minor)
    assert (change.difference, change.unit) == (46.25, "CIEDE2000")  # by coloraide
    assert (change.value_before, change.value_after) == ("color.observed.a", "color.observed.b")


def test_a_role_follows_a_renamed_color() -> None:
    before = tokens({"primary": role("a")}, color={"a": color(BLUE)})
    after = tokens({"primary": role("b")}, color={"b": color(BLUE)})
    assert told(diff(before, after)) == [("renamed", "a", "b")]


@pytest.mark.parametrize(("code", "changed"), [("#1c61bd", False), ("#1b5cbe", True)])
def test_a_role_that_points_to_a_color_that_looks_the_same_has_not_changed(code: str, changed: bool) -> None:
    colors = {"a": color(BLUE), "b": color(code)}
    before, after = (tokens({"primary": role(target)}, color=colors) for target in ("a", "b"))
    assert told(diff(before, after)) == ([("role changed", "primary", "primary")] if changed else [])


def test_a_role_that_points_to_nothing_has_changed_by_nothing_that_can_be_measured() -> None:
    colors = {"a": color(BLUE)}
    for before, after in (("a", "gone"), ("gone", "a")):
        (change,) = diff(
            tokens({"primary": role(before)}, color=colors), tokens({"primary": role(after)}, color=colors)
        )
        assert (change.kind, change.difference, change.unit) == (Kind.ROLE_CHANGED, None, None)


def test_changes_come_in_the_order_of_their_paths() -> None:
    before = tokens({"link": role("m")}, color={"m": color(TEAL)}, radius={"r-4": length(4)})
    after = tokens({"text": role("m")}, color={"m": color(TEAL), "c": color(INK)}, fontSize={"s-9": length(9)})
    assert told(diff(before, after)) == [
        ("appeared", None, "c"),
        ("went", "link", None),
        ("appeared", None, "text"),
        ("appeared", None, "s-9"),
        ("went", "r-4", None),
    ]


def test_a_change_as_json() -> None:
    (change,) = diff(tokens(radius={"a": length(1.5, "rem")}), tokens(radius={"b": length(20.5, areas=1)}))
    assert change.to_json() == {
        "kind": "changed",
        "before": "radius.observed.a",
        "after": "radius.observed.b",
        "value_before": "1.5rem",
        "value_after": "20.5px",
        "difference": 3.5,
        "unit": "px",
        "minor": True,
    }
    (appeared,) = diff({}, tokens(lineHeight={"a": token(1.5)}))
    assert appeared.to_json() == {
        "kind": "appeared",
        "before": None,
        "after": "lineHeight.observed.a",
        "value_before": None,
        "value_after": 1.5,
        "difference": None,
        "unit": None,
        "minor": False,
    }
