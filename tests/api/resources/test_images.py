"""Images and their results over HTTP."""

import dataclasses
from collections.abc import Callable
from typing import Any

import msgspec
import pytest
import requests
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.api.paging import to_cursor
from chalicelib.model.ids import new_id
from chalicelib.model.images import ImageKey
from januslens import ImageCorrupt
from tests.api.conftest import NEW, Analyzed
from tests.conftest import Api, FakeAnalyzer, FakePainter, Person, an_analysis


def test_a_new_image_is_answered_with_its_record_and_the_form_to_upload_with(signed_in: Api) -> None:
    answer = signed_in("POST", "/images", NEW | {"scale": 2, "sha256": "0" * 64})
    assert answer.status == 201
    upload = answer.json.pop("upload")
    record = signed_in("GET", f"/images/{answer.json['id']}").json
    assert record == {
        "id": answer.json["id"],
        **NEW,
        "scale": 2.0,
        "sha256": "0" * 64,
        "status": "awaiting_upload",
        "status_times": {"awaiting_upload": "2026-03-01T12:00:00.000Z"},
        "failure": None,
        "summary": None,
        "picture": None,
        "views": None,
    }
    assert upload.keys() == {"url", "fields", "expires_at"}
    assert upload["expires_at"] == "2026-03-01T12:05:00.000Z"
    assert upload["fields"]["Content-Type"] == "image/png"


@pytest.mark.parametrize(
    ("changes", "pointers"),
    [
        ({"content_type": "image/svg+xml"}, {"#/content_type"}),
        ({"size": 0}, {"#/size"}),
        ({"size": 20_000_001}, {"#/size"}),
        ({"size": 10**40}, {"#/size"}),
        ({"size": "6"}, {"#/size"}),
        ({"size": True}, {"#/size"}),
        ({"size": 1.5}, {"#/size"}),
        ({"scale": 0.49}, {"#/scale"}),
        ({"scale": 8.01}, {"#/scale"}),
        ({"scale": "2"}, {"#/scale"}),
        ({"name": ""}, {"#/name"}),
        ({"name": "x" * 256}, {"#/name"}),
        ({"name": "a\rb"}, {"#/name"}),
        ({"name": "a\x85b"}, {"#/name"}),
        ({"name": "a.png\n"}, {"#/name"}),
        ({"sha256": "0" * 63}, {"#/sha256"}),
        ({"sha256": "g" * 64}, {"#/sha256"}),
        ({"sha256": "0" * 64 + "\n"}, {"#/sha256"}),
        ({"id": "1", "owner_id": "2", "size": -1}, {"#/id", "#/owner_id", "#/size"}),
        ({"name": None, "content_type": None, "size": None}, {"#/name", "#/content_type", "#/size"}),
    ],
)
def test_all_fields_that_cannot_be_taken_are_named(signed_in: Api, changes: dict[str, Any], pointers: set[str]) -> None:
    answer = signed_in("POST", "/images", NEW | changes)
    assert (answer.status, answer.code, answer.pointers) == (422, "invalid_fields", pointers)


@pytest.mark.parametrize(
    "changes",
    [
        *({"scale": 0.5}, {"scale": 8}, {"scale": None, "sha256": None}, {"name": "x" * 255}),
        *({"size": 3065.0}, {"sha256": "A" * 64}, {"content_type": "image/jpg"}, {"content_type": "Image/PNG"}),
    ],
)
def test_what_is_at_the_limits_is_taken(signed_in: Api, changes: dict[str, Any]) -> None:
    assert signed_in("POST", "/images", NEW | changes).status == 201


def test_names_are_stored_composed(signed_in: Api) -> None:
    answer = signed_in("POST", "/images", NEW | {"name": "cafe\u0301.png"})
    assert answer.json["name"] == "caf\u00e9.png"


def test_an_analyzed_image_shows_its_summary_and_file(signed_in: Api, analyzed: Analyzed) -> None:
    record = signed_in("GET", f"/images/{analyzed()}").json
    assert (record["status"], record["size"]) == ("analyzed", 6)
    assert list(record["status_times"]) == ["awaiting_upload", "queued", "analyzing", "analyzed"]
    assert record["summary"] == {
        "width": 780,
        "height": 1688,
        "accessibility": {"passed": 0, "failed": 1, "cantTell": 0},
        "colors": 1,
    }
    assert requests.get(record["picture"]["url"], timeout=10).content == b"pixels"
    assert record["picture"]["expires_at"] == "2026-03-01T12:05:00.000Z"


def test_an_analyzed_image_shows_its_views(signed_in: Api, analyzed: Analyzed) -> None:
    views = signed_in("GET", f"/images/{analyzed()}").json["views"]
    assert list(views) == ["protan", "overlay"]
    for view, address in views.items():
        assert requests.get(address["url"], timeout=10).content == f"{view} of pixels".encode()
        assert address["expires_at"] == "2026-03-01T12:05:00.000Z"


def test_an_image_analyzed_without_views_has_none_to_show(
    signed_in: Api, analyzed: Analyzed, painter: FakePainter
) -> None:
    painter.names = ()
    assert signed_in("GET", f"/images/{analyzed()}").json["views"] == {}


def test_the_report_is_that_of_the_analysis(signed_in: Api, analyzed: Analyzed) -> None:
    answer = signed_in("GET", f"/images/{analyzed()}/accessibility")
    native = an_analysis().to_json()
    assert (answer.status, answer.headers["content-type"]) == (200, "application/json")
    assert answer.json == {"image": native["image"], **native["accessibility"]}


def test_the_tokens_are_those_of_the_analysis(signed_in: Api, analyzed: Analyzed) -> None:
    answer = signed_in("GET", f"/images/{analyzed()}/tokens")
    assert (answer.status, answer.headers["content-type"]) == (200, "application/design-tokens+json")
    assert answer.json == an_analysis().to_json()["tokens"]


@pytest.mark.parametrize("part", ["accessibility", "tokens"])
def test_a_result_that_is_known_is_not_sent_again(signed_in: Api, analyzed: Analyzed, part: str) -> None:
    path = f"/images/{analyzed()}/{part}"
    first = signed_in("GET", path)
    etag = first.headers["etag"]
    assert etag.startswith('"')  # strong
    assert first.headers["cache-control"] == "private, no-cache"
    for known in (etag, f'"other", {etag}', f"W/{etag}", "*"):
        again = signed_in("GET", path, if_none_match=known)
        assert (again.status, again.text, again.headers["etag"]) == (304, "", etag)
        assert again.headers["cache-control"] == "private, no-cache"
    for unknown in ("", '"other"', etag.strip('"')):
        assert signed_in("GET", path, if_none_match=unknown).status == 200


def test_results_of_different_content_have_different_etags(
    signed_in: Api, analyzed: Analyzed, analyzer: FakeAnalyzer
) -> None:
    first = signed_in("GET", f"/images/{analyzed()}/tokens").headers["etag"]
    assert signed_in("GET", f"/images/{analyzed()}/tokens").headers["etag"] == first
    tokens = an_analysis().tokens
    assert tokens
    analyzer.result = dataclasses.replace(an_analysis(), tokens=dataclasses.replace(tokens, colors=[]))
    assert signed_in("GET", f"/images/{analyzed()}/tokens").headers["etag"] != first


@pytest.mark.parametrize("part", ["accessibility", "tokens"])
def test_what_is_not_analyzed_yet_says_how_far_it_is(signed_in: Api, part: str) -> None:
    image_id = signed_in("POST", "/images", NEW).json["id"]
    answer = signed_in("GET", f"/images/{image_id}/{part}")
    assert (answer.status, answer.code, answer.json["image_status"]) == (409, "not_analyzed", "awaiting_upload")


@pytest.mark.parametrize("part", ["accessibility", "tokens"])
def test_what_failed_says_why(signed_in: Api, analyzed: Analyzed, analyzer: FakeAnalyzer, part: str) -> None:
    analyzer.fail(ImageCorrupt("The file is damaged."))
    image_id = analyzed()
    answer = signed_in("GET", f"/images/{image_id}/{part}")
    assert (answer.status, answer.code) == (409, "analysis_failed")
    assert (answer.json["failure_code"], answer.json["detail"]) == ("image_corrupt", "The file is damaged.")
    record = signed_in("GET", f"/images/{image_id}").json
    assert record["failure"] == {"code": "image_corrupt", "detail": "The file is damaged."}


@pytest.mark.parametrize(("missing", "there"), [("accessibility", "tokens"), ("tokens", "accessibility")])
def test_one_part_that_failed_leaves_the_other(
    signed_in: Api, analyzed: Analyzed, analyzer: FakeAnalyzer, missing: str, there: str
) -> None:
    lost: dict[str, Any] = {missing: None, "failures": {missing: "analysis_crashed"}}
    analyzer.result = dataclasses.replace(an_analysis(), **lost)
    image_id = analyzed()
    failed = signed_in("GET", f"/images/{image_id}/{missing}")
    assert (failed.status, failed.code, failed.json["failure_code"]) == (409, "analysis_failed", "analysis_crashed")
    assert signed_in("GET", f"/images/{image_id}/{there}").status == 200


def test_somebody_elses_image_is_not_found_and_stays(signed_in: Api, stranger: Api, analyzed: Analyzed) -> None:
    path = f"/images/{analyzed()}"
    for part in ("", "/accessibility", "/tokens"):
        answer = stranger("GET", path + part)
        assert (answer.status, answer.code) == (404, "not_found")
    assert stranger("DELETE", path).status == 204
    assert signed_in("GET", path).status == 200
    assert stranger("GET", "/images").json == {"items": [], "next": None}


@pytest.mark.parametrize("image_id", ["01990000-0000-7000-8000-000000000000", "x", "..", "%00", "%2e%2e%2f", "é"])
def test_what_names_no_image_is_not_found(signed_in: Api, image_id: str) -> None:
    for part in ("", "/accessibility", "/tokens"):
        assert signed_in("GET", f"/images/{image_id}{part}").code == "not_found"
    assert signed_in("DELETE", f"/images/{image_id}").status == 204


def test_deleting_is_idempotent_and_leaves_nothing(
    signed_in: Api, person: Person, analyzed: Analyzed, stored: Callable[[ImageKey], set[str]]
) -> None:
    image_id = analyzed()
    for _ in range(2):
        answer = signed_in("DELETE", f"/images/{image_id}")
        assert (answer.status, answer.text) == (204, "")
    assert signed_in("GET", f"/images/{image_id}").status == 404
    assert stored(ImageKey(person.id, image_id)) == set()


def pages(client: Api, limit: int) -> list[list[str]]:
    found, cursor = [], None
    while True:
        answer = client("GET", f"/images?limit={limit}" + (f"&cursor={cursor}" if cursor else ""))
        assert answer.status == 200
        found.append([item["id"] for item in answer.json["items"]])
        cursor = answer.json["next"]
        if cursor is None:
            return found


@pytest.fixture
def seven(signed_in: Api) -> list[str]:
    """Seven images, the newest first."""
    return [signed_in("POST", "/images", NEW).json["id"] for _ in range(7)][::-1]


@pytest.mark.parametrize("limit", [1, 2, 3, 6, 7, 8, 100])
def test_pages_are_full_complete_and_newest_first(signed_in: Api, seven: list[str], limit: int) -> None:
    found = pages(signed_in, limit)
    assert [image_id for page in found for image_id in page] == seven
    assert [len(page) for page in found] == [limit] * (7 // limit) + [7 % limit] * (7 % limit > 0)


def test_a_list_has_twenty_images_unless_asked_otherwise(signed_in: Api) -> None:
    for _ in range(21):
        signed_in("POST", "/images", NEW)
    assert len(signed_in("GET", "/images").json["items"]) == 20


def test_a_list_goes_on_where_it_was_although_images_come_and_go(signed_in: Api, seven: list[str]) -> None:
    first = signed_in("GET", "/images?limit=3").json
    signed_in("POST", "/images", NEW)
    signed_in("DELETE", f"/images/{seven[2]}")  # the one that the cursor is made of
    second = signed_in("GET", f"/images?limit=3&cursor={first['next']}").json
    assert [item["id"] for item in second["items"]] == seven[3:6]


def test_listed_images_have_no_signed_url(signed_in: Api, analyzed: Analyzed) -> None:
    analyzed()
    (item,) = signed_in("GET", "/images").json["items"]
    assert (item["picture"], item["views"]) == (None, None)
    assert item["status"] == "analyzed"


def test_somebody_elses_cursor_shows_ones_own_images_only(signed_in: Api, stranger: Api, seven: list[str]) -> None:
    mine = stranger("POST", "/images", NEW).json["id"]
    cursor = signed_in("GET", "/images?limit=2").json["next"]
    assert {item["id"] for item in stranger("GET", f"/images?cursor={cursor}").json["items"]} <= {mine}
    assert stranger("GET", f"/images?cursor={to_cursor(mine)}").json["items"] == []


@pytest.mark.parametrize("query", ["limit=0", "limit=101", "limit=-1", "limit=x", "limit=", "limit=1.5"])
def test_a_limit_outside_1_to_100_is_refused(signed_in: Api, query: str) -> None:
    answer = signed_in("GET", f"/images?{query}")
    assert (answer.status, answer.pointers) == (422, {"#/limit"})


@pytest.mark.parametrize(
    ("query", "pointers"),
    [
        ("offset=1", {"#/offset"}),
        ("limit=1&limit=2", {"#/limit"}),
        ("limit=0&page=2", {"#/limit", "#/page"}),
        ("cursor=", {"#/cursor"}),
        ("cursor=x", {"#/cursor"}),
        ("cursor=AAAAAAAAAAAAAAAAAAAAAA", {"#/cursor"}),  # sixteen bytes that are no UUID of version 7
    ],
)
def test_other_queries_are_refused(signed_in: Api, query: str, pointers: set[str]) -> None:
    answer = signed_in("GET", f"/images?{query}")
    assert (answer.status, answer.pointers) == (422, pointers)


def test_a_cursor_is_accepted_in_the_one_form_that_it_was_given_in(signed_in: Api) -> None:
    cursor = to_cursor(new_id())
    assert signed_in("GET", f"/images?cursor={cursor}").status == 200
    for forged in (cursor + "=", cursor + "%3D%3D", cursor[:-1], cursor + "A", "%20" + cursor):
        assert signed_in("GET", f"/images?cursor={forged}").pointers == {"#/cursor"}


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=40))
def test_no_text_as_cursor_is_more_than_refused(signed_in: Api, text: str) -> None:
    answer = signed_in("GET", "/images?" + requests.compat.urlencode({"cursor": text}))
    assert answer.status in {200, 422}


VALUES = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text()
FIELDS = st.sampled_from(["name", "content_type", "size", "scale", "sha256", "id"]) | st.text(max_size=5)


@given(st.dictionaries(FIELDS, st.recursive(VALUES, lambda inner: st.lists(inner, max_size=3), max_leaves=5)))
@settings(max_examples=150)
def test_no_body_is_more_than_refused(signed_in: Api, body: dict[str, Any]) -> None:
    answer = signed_in("POST", "/images", msgspec.json.encode(NEW | body))
    assert answer.status in {201, 400, 422}
    if answer.status == 422:
        assert answer.pointers
