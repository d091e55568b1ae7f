"""Numbers and places as reports write them. A ratio is never rounded to one that would pass, WCAG's "at least".

Source of the places: Media Fragments URI 1.0, section 4.2.2, https://www.w3.org/TR/media-frags/#naming-space
"""

from types import MappingProxyType
from typing import Final

from januslens.accessibility.check import Check, Outcome
from januslens.accessibility.report import AccessibilityReport
from januslens.accessibility.rule import Level, Rule, Unit
from januslens.color.notation import Fix, Rgb, ceiled, floored, hex_color
from januslens.decode.geometry import Box

MEDIA_FRAGMENTS: Final = "http://www.w3.org/TR/media-frags/"
OUTCOMES: Final = MappingProxyType(
    {Outcome.FAILED: "Failed", Outcome.CANT_TELL: "Can't tell", Outcome.PASSED: "Passed"}
)
UNITS: Final = MappingProxyType(
    {Unit.RATIO: ":1", Unit.MULTIPLE: " font sizes", Unit.PX: " px", Unit.PER_SECOND: " per second"}
)
SAME: Final = 0.01  # of a ratio: ends of an interval that are read as one


def ratio(value: float | None) -> float | None:
    """Return a ratio rounded down to two decimals; None for None."""
    return None if value is None else floored(value)


def interval(check: Check) -> list[float] | None:
    """Return the lowest and highest possible ratio of a check, rounded outward to two decimals; None if it has none."""
    return None if check.interval is None else [floored(check.interval[0]), ceiled(check.interval[1])]


def color(value: Rgb | None) -> str | None:
    """Return a color in CSS notation, #rrggbb; None for None."""
    return value and hex_color(value)


def contrast(value: float) -> str:
    """Return a contrast ratio as text, rounded down to two decimals, such as 4.49:1."""
    return f"{floored(value):.2f}:1"


def measured(check: Check) -> str | None:
    """Return the measured value of a check as text, with its unit: a ratio, an interval, or a size.

    It is the size if the rule's unit is CSS pixels, and the interval of the ratio if the check is `cantTell`. Ratios
    are rounded down. Returns None if nothing was measured.
    """
    if check.rule.unit is Unit.PX:
        return None if check.size is None else f"about {check.size.value:.0f} px"
    if check.ratio is None:
        return None
    unit = UNITS[check.rule.unit or Unit.RATIO]
    if check.outcome is Outcome.CANT_TELL and check.interval and check.interval[1] - check.interval[0] >= SAME:
        return f"{floored(check.interval[0]):.2f} to {ceiled(check.interval[1]):.2f}{unit}"
    return f"{floored(check.ratio):.2f}{unit}"


def needed(check: Check) -> str | None:
    """Return the value that a check's rule requires as text, with its unit; None if it requires none."""
    return None if check.required is None else f"{check.required:g}{UNITS[check.rule.unit or Unit.RATIO]}"


def requirement(rule: Rule) -> str:
    """Return the success criterion of a rule and its level as text, or "Best practice" if it has no criterion."""
    if rule.criterion is None:
        return "Best practice"
    level = "advisory" if rule.level is Level.ADVISORY else f"level {rule.level}"
    return f"WCAG {rule.criterion.number} {rule.criterion.name}, {level}"


def conditions(check: Check) -> str:
    """Return as text what the places of a check's issue have in common: colors, size, required value, reason.

    It is the rule's title if there is none of these. It stays the same when the measured values change slightly.
    """
    colors = check.foreground and check.background and f"{hex_color(check.foreground)} on {hex_color(check.background)}"
    size = check.size and f"{check.size.value:.0f} px"
    need = needed(check)
    doubt = check.reason and check.reason.value
    parts = (colors, size, need and f"needs {need}", doubt)
    return ", ".join(part for part in parts if part) or check.rule.title


def fixes(check: Check) -> tuple[str, ...]:
    """Return one sentence per suggested color of a check, with the contrast that it reaches; empty without fixes."""
    if check.fixes is None:
        return ()
    changes = zip(check.rule.colors, (check.fixes.foreground, check.fixes.background), strict=True)
    return tuple(_change(part, fix) for part, fix in changes if fix is not None)


def _change(part: str, fix: Fix) -> str:
    return f"With {hex_color(fix.color)} for the {part} it would be {contrast(fix.ratio)}."


def counted(count: int, noun: str) -> str:
    """Return a count with thousands separators and its noun, such as 1,200 places; the plural adds an s."""
    return f"{count:,} {noun}" + ("" if count == 1 else "s")


def outcomes_of(report: AccessibilityReport, rule: Rule) -> dict[Outcome, int]:
    """Return the number of a rule's checks in a report by outcome, failed first; outcomes without any are omitted."""
    outcomes = [check.outcome for check in report.of(rule)]
    return {outcome: outcomes.count(outcome) for outcome in OUTCOMES if outcome in outcomes}


def fragment(box: Box) -> str:
    """Return a box as a spatial media fragment (W3C Media Fragments), in image pixels: `xywh=10,20,100,16`."""
    return f"xywh={box.x},{box.y},{box.width},{box.height}"


def place(check: Check) -> str:
    """Return the place of a check as text: its box in image pixels, after the recognized text if there is any."""
    box = check.box
    where = f"{box.x}, {box.y} ({box.width} × {box.height} px)"
    return f"“{check.text}” at {where}" if check.text else f"At {where}"
