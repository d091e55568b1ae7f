"""Several images' tokens as one set, and what changed from some to others."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from januslens.color.notation import Rgb
from januslens.tokens.color import ObservedColor
from januslens.tokens.document import TokenDocument
from tests.api.conftest import NEW, Analyzed
from tests.conftest import Api, FakeAnalyzer, an_analysis

BLUE: Rgb = (31, 95, 191)
Painted = Callable[..., str]


@pytest.fixture
def painted(analyzed: Analyzed, analyzer: FakeAnalyzer) -> Painted:
    """Analyze an image that is painted with some colors."""

    def paint(*colors: Rgb) -> str:
        tokens = TokenDocument([ObservedColor(color, 0.25, ("fill",)) for color in colors])
        analyzer.result = replace(an_analysis(), tokens=tokens)
        return analyzed()

    return paint


def test_images_are_merged(signed_in: Api, painted: Painted) -> None:
    ids = [painted((0, 0, 0)), painted((0, 0, 0), BLUE)]
    answer = signed_in("POST", "/tokens/merge", {"image_ids": ids})
    assert (answer.status, answer.headers["content-type"]) == (200, "application/design-tokens+json")
    told = {name: token["$extensions"]["io.github.janus"] for name, token in answer.json["color"]["observed"].items()}
    assert {name: (evidence["screens"], evidence["of"]) for name, evidence in told.items()} == {
        "c-000000": (2, 2),
        "c-1f5fbf": (1, 2),
    }


def test_an_image_that_is_named_twice_counts_once(signed_in: Api, painted: Painted) -> None:
    image_id = painted(BLUE)
    answer = signed_in("POST", "/tokens/merge", {"image_ids": [image_id, image_id]})
    assert answer.json["color"]["observed"]["c-1f5fbf"]["$extensions"]["io.github.janus"]["of"] == 1


def test_a_merged_set_is_had_in_every_format(signed_in: Api, painted: Painted) -> None:
    body = {"image_ids": [painted(BLUE)]}
    assert "--color-c-1f5fbf: #1f5fbf;" in signed_in("POST", "/tokens/merge?format=css", body).text
    assert "$color-c-1f5fbf: #1f5fbf;" in signed_in("POST", "/tokens/merge", body, accept="text/x-scss").text


def test_what_changed_is_told_with_how_much(signed_in: Api, painted: Painted) -> None:
    body = {"before": [painted(BLUE)], "after": [painted((22, 70, 142))]}
    answer = signed_in("POST", "/tokens/diff", body)
    assert (answer.status, answer.json["changed"], answer.json["minor"]) == (200, 1, 0)
    (change,) = answer.json["changes"]
    assert (change["kind"], change["value_before"], change["value_after"]) == ("changed", "#1f5fbf", "#16468e")
    assert signed_in("POST", "/tokens/diff", {**body, "visible": 50}).json["changed"] == 0


def test_an_image_does_not_differ_from_itself(signed_in: Api, painted: Painted) -> None:
    image_id = painted(BLUE)
    answer = signed_in("POST", "/tokens/diff", {"before": [image_id], "after": [image_id]})
    assert answer.json == {"changed": 0, "minor": 0, "changes": []}


BAD: list[tuple[str, Any, str]] = [
    ("/tokens/merge", {"image_ids": []}, "#/image_ids"),
    ("/tokens/merge", {"image_ids": ["x"] * 51}, "#/image_ids"),
    ("/tokens/merge", {"image_ids": "x"}, "#/image_ids"),
    ("/tokens/merge", {"image_ids": ["x"], "more": 1}, "#/more"),
    ("/tokens/diff", {"before": ["x"]}, "#/after"),
    ("/tokens/diff", {"before": ["x"], "after": ["x"], "visible": -1}, "#/visible"),
]


@pytest.mark.parametrize(("path", "body", "pointer"), BAD)
def test_fields_that_can_not_be_taken_are_named(signed_in: Api, path: str, body: Any, pointer: str) -> None:
    answer = signed_in("POST", path, body)
    assert answer.status == 422
    assert pointer in [
        error["pointer"].rpartition("/")[0] if error["pointer"].count("/") > 1 else error["pointer"]
        for error in answer.json["errors"]
    ]


@pytest.mark.parametrize("image_id", ["no-id", "01990000-0000-7000-8000-000000000000"])
def test_an_image_that_is_nobodys_or_somebody_elses_is_not_found(signed_in: Api, image_id: str) -> None:
    answer = signed_in("POST", "/tokens/merge", {"image_ids": [image_id]})
    assert (answer.status, answer.json["image_id"]) == (404, image_id)
    assert signed_in("POST", "/tokens/diff", {"before": [image_id], "after": [image_id]}).status == 404


def test_another_persons_image_is_not_found(stranger: Api, painted: Painted) -> None:
    assert stranger("POST", "/tokens/merge", {"image_ids": [painted(BLUE)]}).status == 404


def test_an_image_without_a_result_says_so(signed_in: Api) -> None:
    image_id = signed_in("POST", "/images", NEW).json["id"]
    answer = signed_in("POST", "/tokens/merge", {"image_ids": [image_id]})
    assert (answer.status, answer.code, answer.json["image_id"]) == (409, "not_analyzed", image_id)


def test_only_who_is_signed_in_may_ask(api: Api, painted: Painted) -> None:
    assert api("POST", "/tokens/merge", {"image_ids": [painted(BLUE)]}).status == 401
