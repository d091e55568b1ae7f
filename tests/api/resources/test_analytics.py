"""Research entries, and what several images come to."""

from dataclasses import replace

import pytest

from chalicelib.model.ids import new_id
from chalicelib.services.research_notes import MAX_DATA_BYTES
from tests.api.conftest import Analyzed
from tests.conftest import Api, FakeAnalyzer, SettableClock, an_analysis

pytestmark = pytest.mark.usefixtures("today")


def test_an_entry_is_kept_as_it_was_sent(signed_in: Api, analyzed: Analyzed) -> None:
    image_id = analyzed()
    data = {"participants": 12, "quote": "the gray is hard to read\n", "scores": [4.5, None, {"deep": True}]}
    body = {"topic": "Cafe\u0301 menu", "data": data, "image_ids": [image_id, image_id]}
    made = signed_in("POST", "/analytics", body)
    assert made.status == 201
    assert (made.json["topic"], made.json["data"], made.json["image_ids"]) == ("Caf\u00e9 menu", data, [image_id])
    assert signed_in("GET", f"/analytics/{made.json['id']}").json == made.json
    assert signed_in("DELETE", f"/analytics/{made.json['id']}").status == 204
    assert signed_in("GET", f"/analytics/{made.json['id']}").status == 404


def test_entries_are_listed_newest_first_and_by_topic(signed_in: Api) -> None:
    topics = ["Type", "Contrast", "Type"]
    ids = [signed_in("POST", "/analytics", {"topic": topic, "data": {}}).json["id"] for topic in topics]
    first = signed_in("GET", "/analytics?limit=2").json
    assert [item["id"] for item in first["items"]] == [ids[2], ids[1]]
    rest = signed_in("GET", f"/analytics?limit=2&cursor={first['next']}").json
    assert ([item["id"] for item in rest["items"]], rest["next"]) == ([ids[0]], None)
    of_type = signed_in("GET", "/analytics?topic=Type").json["items"]
    assert [item["id"] for item in of_type] == [ids[2], ids[0]]


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"topic": "", "data": {}}, "#/topic"),
        ({"topic": "a", "data": []}, "#/data"),
        ({"topic": "a", "data": {"a": "x" * MAX_DATA_BYTES}}, "#/data"),
        ({"topic": "a", "data": {}, "image_ids": ["x"] * 51}, "#/image_ids"),
    ],
    ids=["topic", "data", "large", "images"],
)
def test_what_cannot_be_taken_is_named(signed_in: Api, body: object, pointer: str) -> None:
    assert signed_in("POST", "/analytics", body).pointers == {pointer}


def test_an_entry_is_about_images_that_are_there(signed_in: Api) -> None:
    absent = new_id()
    answer = signed_in("POST", "/analytics", {"topic": "a", "data": {}, "image_ids": [absent]})
    assert (answer.status, answer.json["image_id"]) == (404, absent)


class TestTheSummary:
    def test_nothing_comes_to_nothing(self, signed_in: Api) -> None:
        summary = signed_in("GET", "/analytics/summary").json
        assert summary == {"images": 0, "left_out": 0, "rules": [], "issues": [], "colors": [], "font_sizes": []}

    def test_rates_issues_and_colors_are_those_of_all_images(self, signed_in: Api, analyzed: Analyzed) -> None:
        for _ in range(2):
            analyzed()
        summary = signed_in("GET", "/analytics/summary").json
        assert summary["images"] == 2
        (rule,) = summary["rules"]
        assert (rule["rule"], rule["criterion"], rule["images_failing"]) == ("text-contrast", "1.4.3", 2)
        assert (rule["outcomes"], rule["pass_rate"]) == ({"failed": 2}, 0.0)
        (issue,) = summary["issues"]
        assert (issue["foreground"], issue["background"]) == ("#777777", "#ffffff")
        assert (issue["places"], issue["images"]) == (2, 2)
        assert summary["colors"] == [{"value": "#1a2332", "images": 2, "share": 0.25}]

    def test_the_images_are_those_that_are_named_or_of_a_time(
        self, signed_in: Api, analyzed: Analyzed, clock: SettableClock
    ) -> None:
        one, two = analyzed(), analyzed()
        assert signed_in("GET", f"/analytics/summary?image_ids={one}").json["images"] == 1
        assert signed_in("GET", f"/analytics/summary?image_ids={one},{two}").json["images"] == 2
        assert signed_in("GET", f"/analytics/summary?image_ids={one},{new_id()}").status == 404
        assert signed_in("GET", "/analytics/summary?to=2026-01-01T00:00:00Z").json["images"] == 0
        assert signed_in("GET", "/analytics/summary?from=2026-02-30T00:00:00Z").pointers == {"#/from"}
        assert signed_in("GET", "/analytics/summary?image_ids=").pointers == {"#/image_ids"}

    def test_a_part_that_failed_is_left_out(self, signed_in: Api, analyzed: Analyzed, analyzer: FakeAnalyzer) -> None:
        analyzer.result = replace(an_analysis(), accessibility=None, failures={"accessibility": "part_crashed"})
        analyzed()
        summary = signed_in("GET", "/analytics/summary").json
        assert (summary["images"], summary["rules"]) == (1, [])
        assert summary["colors"]

    def test_more_images_than_are_read_are_counted(
        self, signed_in: Api, analyzed: Analyzed, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("chalicelib.services.insights.MAX_IMAGES", 1)
        for _ in range(2):
            analyzed()
        summary = signed_in("GET", "/analytics/summary").json
        assert (summary["images"], summary["left_out"]) == (1, 1)
