"""What holds for every format."""

import json
import re
import subprocess
import sys
import tomllib
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given

from januslens.accessibility.report import AccessibilityReport
from januslens.exports import VERSION
from januslens.exports.format import Format
from januslens.exports.reports.formats import FORMATS
from januslens.exports.reports.subject import Subject
from tests.januslens.exports.samples import EMPTY, HOSTILE, NOON, REPORT, UNICODE, few, subject, subjects, with_text

PROJECT = Path(__file__).parents[4]
NO_XML_CHARACTER = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

WITHOUT_NUMPY = """
import json, sys
from datetime import UTC, datetime
from types import SimpleNamespace
from januslens.exports.reports.formats import FORMATS
from januslens.exports.reports.subject import Subject
from januslens.accessibility.report import AccessibilityReport

facts = {"format": "PNG", "width": 400, "height": 300, "scale": 2.0, "scale_source": "given", "notes": ()}
image = SimpleNamespace(**facts, scale_interval=None)
report = AccessibilityReport.from_json(json.load(sys.stdin))
subject = Subject(report, image, "page.png", datetime.now(UTC), b"")
written = [written.write(subject) for written in FORMATS.values()]
print(json.dumps([len(text) for text in written] + sorted(set(sys.modules) & {"numpy", "PIL", "onnxruntime"})))
"""

every_format = pytest.mark.parametrize("written", FORMATS.values(), ids=FORMATS.keys())


def test_formats_go_by_their_names_and_none_by_the_name_or_the_ending_of_another() -> None:
    assert {name: written.name for name, written in FORMATS.items()} == {name: name for name in FORMATS}
    assert len({written.extension for written in FORMATS.values()}) == len(FORMATS)
    assert len({written.media_type for written in FORMATS.values()}) == len(FORMATS)


def test_formats_have_the_media_types_and_extensions_that_their_tools_look_for() -> None:
    assert {name: (written.media_type, written.extension) for name, written in FORMATS.items()} == {
        "axe": ("application/json", ".axe.json"),
        "earl": ("application/ld+json", ".earl.jsonld"),
        "sarif": ("application/sarif+json", ".sarif"),
        "junit": ("application/xml", ".junit.xml"),
        "csv": ("text/csv", ".csv"),
        "html": ("text/html", ".html"),
    }
    assert [name for name, written in FORMATS.items() if written.embeds_image] == ["html"]


@every_format
@few
@given(of=subjects)
def test_the_same_report_is_the_same_text_and_any_report_can_be_encoded(written: Format[Subject], of: Subject) -> None:
    text = written.write(of)
    again = replace(of, report=replace(of.report))
    assert written.write(again) == text
    assert NO_XML_CHARACTER.search(text.encode().decode()) is None


@every_format
@pytest.mark.parametrize("of", [subject(EMPTY), subject(EMPTY, "", file=None), with_text(HOSTILE)])
def test_a_report_of_nothing_or_of_anything_is_written(written: Format[Subject], of: Subject) -> None:
    assert written.write(of)


@every_format
def test_text_of_any_script_is_kept_and_what_no_format_holds_is_replaced(written: Format[Subject]) -> None:
    text = written.write(with_text(UNICODE))
    for word in ("Grüße", "世界", "שלום", "👩‍👩‍👧", "e\u0301"):
        assert word in text
    assert not {"\x00", "\x1b", "\ud83d", "\uffff"} & set(text)


@every_format
def test_a_report_read_from_its_stored_form_is_written_the_same(written: Format[Subject]) -> None:
    stored = AccessibilityReport.from_json(json.loads(json.dumps(REPORT.to_json())))
    assert written.write(subject(stored)) == written.write(subject())


@every_format
def test_a_report_has_the_time_that_it_is_given_in_any_zone(written: Format[Subject]) -> None:
    elsewhere = NOON.astimezone(timezone(timedelta(hours=-7)))
    assert written.write(subject(at=elsewhere)) == written.write(subject())


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        subject(at=datetime(2026, 3, 1))  # noqa: DTZ001
    assert subject(at=datetime(2026, 3, 1, tzinfo=UTC)).timestamp == "2026-03-01T00:00:00.000Z"


def test_exporting_a_stored_report_loads_nothing_that_only_an_analysis_needs() -> None:
    done = subprocess.run(  # noqa: S603  our own lines
        [sys.executable, "-c", WITHOUT_NUMPY],
        cwd=PROJECT,
        env={},
        input=json.dumps(REPORT.to_json()),
        capture_output=True,
        text=True,
        check=True,
    )
    lengths = json.loads(done.stdout)
    assert len(lengths) == len(FORMATS)
    assert all(isinstance(length, int) for length in lengths)


def test_the_version_is_that_of_the_project() -> None:
    assert tomllib.loads((PROJECT / "pyproject.toml").read_text())["project"]["version"] == VERSION


@pytest.mark.parametrize(
    ("name", "uri"), [("a b.png", "a%20b.png"), ("../x", "..%2Fx"), ("a:b#c?d", "a%3Ab%23c%3Fd"), ("", "unnamed")]
)
def test_a_name_is_one_segment_of_an_address(name: str, uri: str) -> None:
    assert subject(name=name).uri == uri


def test_a_name_of_half_a_character_has_an_address_too() -> None:
    assert subject(name="a\ud83d.png").uri == "a%3F.png"


def test_the_size_in_css_pixels_is_by_the_scale() -> None:
    assert subject().css_size == (200, 150)
    assert subject(image=replace(subject().image, scale=1.0)).css_size == (400, 300)
