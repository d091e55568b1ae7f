"""Metrics are what CloudWatch reads: checked against the schema of the embedded metric format's specification.

https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
"""

import json
from collections.abc import Callable
from typing import Any

import pytest
from jsonschema import validate

from chalicelib import metrics
from chalicelib.model.ids import new_id
from chalicelib.model.images import ImageUpload
from chalicelib.storage.object_store import upload_name
from chalicelib.wiring import Services
from januslens import ImageCorrupt
from tests.conftest import NOON, PASSWORD, Api, FakeAnalyzer
from tests.mailbox import register

NAME = {"type": "string", "minLength": 1, "maxLength": 1024}
SCHEMA = {
    "type": "object",
    "required": ["_aws"],
    "properties": {
        "_aws": {
            "type": "object",
            "required": ["Timestamp", "CloudWatchMetrics"],
            "properties": {
                "Timestamp": {"type": "integer", "minimum": 0},
                "CloudWatchMetrics": {
                    "type": "array",
                    "items": {
                        "type": "object",
                        "required": ["Namespace", "Dimensions", "Metrics"],
                        "properties": {
                            "Namespace": NAME,
                            "Dimensions": {
                                "type": "array",
                                "minItems": 1,
                                "items": {
                                    "type": "array",
                                    "maxItems": 30,
                                    "items": {"type": "string", "minLength": 1, "maxLength": 250},
                                },
                            },
                            "Metrics": {
                                "type": "array",
                                "items": {"type": "object", "required": ["Name"], "properties": {"Name": NAME}},
                            },
                        },
                    },
                },
            },
        }
    },
}

type Seen = dict[tuple[str, str | None], list[float]]


@pytest.fixture
def measured(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[[], Seen]:
    """Return the values that were measured since the last look, by metric and by the dimension beside the service."""
    monkeypatch.setenv("POWERTOOLS_SERVICE_NAME", "janus-dev")

    def read() -> Seen:
        seen: Seen = {}
        for line in capsys.readouterr().out.splitlines():
            metric = json.loads(line)
            if "_aws" in metric:
                key, values = one(metric)
                seen[key] = seen.get(key, []) + values
        return seen

    def one(metric: dict[str, Any]) -> tuple[tuple[str, str | None], list[float]]:
        validate(metric, SCHEMA)
        (directive,) = metric["_aws"]["CloudWatchMetrics"]
        (dimensions,) = directive["Dimensions"]
        (described,) = directive["Metrics"]
        assert (directive["Namespace"], metric["service"]) == ("Janus", "janus-dev")
        others = [metric[name] for name in dimensions if name != "service"]
        return (described["Name"], *(others or [None])), metric[described["Name"]]

    return read


def test_a_measure_has_its_unit_and_dimensions(measured: Callable[[], Seen]) -> None:
    metrics.record("PhaseDuration", 12.5, metrics.MILLISECONDS, phase="decode")
    metrics.count("Uploads")
    assert measured() == {("PhaseDuration", "decode"): [12.5], ("Uploads", None): [1]}


def test_sign_ins_are_counted_by_how_they_end(api: Api, measured: Callable[[], Seen]) -> None:
    credentials = {"email": f"{new_id()}@people.example", "password": PASSWORD}
    register(api, credentials["email"])
    api("POST", "/auth/login", credentials | {"password": "something else"})
    api("POST", "/auth/login", credentials)
    assert measured() == {("SignIns", "failed"): [1], ("SignIns", "signed_in"): [1, 1]}


def test_analyses_are_counted_by_how_they_end_and_timed_by_phase(
    services: Services, store: Callable[..., None], analyzer: FakeAnalyzer, measured: Callable[[], Seen]
) -> None:
    analyzer.result.seconds["decode"] = 0.25
    for rejected in (False, True):
        image, _ = services.images.create(new_id(), "somebody", ImageUpload("a.png", "image/png", 6, None, None))
        store(image.key)
        if rejected:
            analyzer.fail(ImageCorrupt("no picture"))
        services.analyses.upload_arrived(upload_name(image.key), NOON)
    assert measured() == {
        ("Uploads", None): [1, 1],
        ("Analyses", "analyzed"): [1],
        ("Analyses", "image_corrupt"): [1],
        ("Pixels", None): [780 * 1688],
        ("PhaseDuration", "decode"): [250],
        ("PhaseDuration", "whole"): [0],
    }
