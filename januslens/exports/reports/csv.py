"""A report as a table, one row per check, for spreadsheets.

Sources: RFC 4180; OWASP ASVS 5.0, 1.2.10, and OWASP's "CSV Injection",
https://owasp.org/www-community/attacks/CSV_Injection, for what a spreadsheet would take for a formula.
"""

import csv
import io
from typing import Final

from januslens.accessibility.check import Check
from januslens.accessibility.sentences import sentence_of
from januslens.color.notation import Fix, ceiled, floored, hex_color
from januslens.exports.reports import figures
from januslens.exports.reports.subject import Subject

type Cell = str | int | float | None

BYTE_ORDER_MARK: Final = "\ufeff"  # Excel reads a CSV file as UTF-8 only if it begins with one
FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""The last four are full-width signs, which some spreadsheets read as the usual ones."""

COLUMNS: Final = (
    *("image", "issue", "rule", "criterion", "level", "outcome", "reason", "severity"),
    *("x", "y", "width", "height"),  # in the image's pixels
    *("text", "foreground", "background", "ratio", "ratio_low", "ratio_high", "required"),
    *("size", "size_low", "size_high"),  # in CSS pixels
    *("fix_foreground", "fix_foreground_ratio", "fix_background", "fix_background_ratio", "message"),
)


def write(subject: Subject) -> str:
    """Return an accessibility report as CSV (RFC 4180): a header, and one row per check, passed ones included.

    The text begins with a byte order mark. Every field is quoted: a reader that also splits at semicolons, as some
    spreadsheets do, starts no new field within one. A cell that a spreadsheet would take for a formula gets an
    apostrophe in front. Boxes are in image pixels, sizes in CSS pixels. The column `issue` is the number, from 1, of a
    check's issue in the report's list, which is not its number in the HTML report; it is empty for a passed check.
    """
    issues = {place: number for number, issue in enumerate(subject.report.issues, 1) for place in issue.places}
    output = io.StringIO()
    output.write(BYTE_ORDER_MARK)
    rows = csv.DictWriter(output, COLUMNS, lineterminator="\r\n", quoting=csv.QUOTE_ALL)
    rows.writeheader()
    for place, check in enumerate(subject.report.checks):
        row = {"image": subject.title, "issue": issues.get(place), **_row(check)}
        rows.writerow({column: _guarded(cell) for column, cell in row.items()})
    return output.getvalue()


def _row(check: Check) -> dict[str, Cell]:
    box, rule = check.box, check.rule
    row: dict[str, Cell] = {
        "rule": rule.id,
        "criterion": None if rule.criterion is None else rule.criterion.number,
        "level": rule.level.value,
        "outcome": check.outcome.value,
        "reason": check.reason and check.reason.value,
        "severity": round(check.severity, 3),
        "x": box.x,
        "y": box.y,
        "width": box.width,
        "height": box.height,
        "text": check.text,
        "foreground": figures.color(check.foreground),
        "background": figures.color(check.background),
        "ratio": figures.ratio(check.ratio),
        "required": check.required,
        "message": sentence_of(check),
    }
    if check.interval is not None:
        row |= {"ratio_low": floored(check.interval[0]), "ratio_high": ceiled(check.interval[1])}
    if check.size is not None:
        size = check.size
        row |= {"size": round(size.value, 1), "size_low": round(size.low, 1), "size_high": round(size.high, 1)}
    if check.fixes is not None:
        row |= {**_fix("fix_foreground", check.fixes.foreground), **_fix("fix_background", check.fixes.background)}
    return row


def _fix(column: str, fix: Fix | None) -> dict[str, Cell]:
    return {} if fix is None else {column: hex_color(fix.color), f"{column}_ratio": floored(fix.ratio)}


def _guarded(cell: Cell) -> Cell:
    if isinstance(cell, str) and (cell.startswith(FORMULA_STARTS) or cell.lstrip().startswith(FORMULA_STARTS)):
        return f"'{cell}"
    return cell
