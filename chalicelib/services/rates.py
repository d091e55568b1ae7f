"""How much of what was checked passed."""

from collections.abc import Mapping


def pass_rate(outcomes: Mapping[str, int]) -> float | None:
    """Return the share that passed of what was decided, to four digits, None where nothing was."""
    passed, failed = outcomes.get("passed", 0), outcomes.get("failed", 0)
    return round(passed / (passed + failed), 4) if passed + failed else None
