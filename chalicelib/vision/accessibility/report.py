"""The accessibility report: every check, and how many ended how."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from chalicelib.vision.accessibility.check import ContrastCheck, Outcome
from chalicelib.vision.color.notation import ceiled, floored, hex_color

INTERVAL_DIGITS = 4


@dataclass(frozen=True, slots=True)
class AccessibilityReport:
    """All checks of a picture, from top to bottom."""

    checks: tuple[ContrastCheck, ...]

    def summary(self) -> dict[str, int]:
        """Return how many checks had each outcome."""
        counts = Counter(check.outcome for check in self.checks)
        return {outcome.value: counts[outcome] for outcome in Outcome}

    def to_json(self) -> dict[str, Any]:
        """Return the report's native form."""
        return {"checks": [_check_json(check) for check in self.checks], "summary": self.summary()}


def _check_json(check: ContrastCheck) -> dict[str, Any]:
    low, high = check.interval
    return {
        "rule": check.rule,
        "criterion": check.criterion,
        "level": check.level,
        "outcome": check.outcome.value,
        "reason": None if check.reason is None else check.reason.value,
        "box": {"x": check.box.x, "y": check.box.y, "width": check.box.width, "height": check.box.height},
        "foreground": hex_color(check.foreground),
        "background": hex_color(check.background),
        "ratio": floored(check.ratio),
        "interval": [floored(low, INTERVAL_DIGITS), ceiled(high, INTERVAL_DIGITS)],
        "required": check.required,
        "size": {
            "value": round(check.size.value, 1),
            "unit": "px",
            "interval": [round(check.size.low, 1), round(check.size.high, 1)],
        },
        "message": check.message,
    }
