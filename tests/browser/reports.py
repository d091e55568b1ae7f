"""Reports changed on their way to the page, to show it what few pictures have."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, Route

from tests.browser import pictures

TEXT_FIX = {"color": "#767676", "ratio": 4.54, "difference": 11.96}


def change(page: Page, by: Callable[[dict[str, Any]], None]) -> None:
    """Have reports changed before the page reads them."""

    def answer(route: Route) -> None:
        fetched = route.fetch()
        report = fetched.json()
        by(report)
        route.fulfill(response=fetched, json=report)

    page.route("**/images/*/accessibility", answer)


def with_text_and_fixes(report: dict[str, Any]) -> None:
    """Read what stands there, and mend it: another gray does, no background alone does."""
    foreground, background, _ = pictures.GRAY_ON_WHITE
    for check in report["checks"]:
        check |= {"text": "Delivered on Thursday morning", "fixes": {"foreground": TEXT_FIX, "background": None}}
    report["palette_fixes"] = [{"color": foreground, "on": [background, "#f4f4f4"], "fix": TEXT_FIX}]


def with_400_issues(report: dict[str, Any]) -> None:
    """Make one issue four hundred."""
    issue = next(issue for issue in report["issues"] if issue["level"] == "AA")
    [place] = issue["places"]
    report["checks"] += [report["checks"][place]] * 399
    report["issues"] = [
        {**issue, "places": [place]} for place in (place, *range(len(report["checks"]) - 399, len(report["checks"])))
    ]


def with_undecided_flashes(report: dict[str, Any]) -> None:
    """Find nothing but flashes, for each reason why they may be none."""
    flashing = {"rule": "flashing", "criterion": "2.3.1", "level": "A", "outcome": "cantTell"}
    measured = {"ratio": 4.0, "interval": None, "required": 3.0, "size": None, "fixes": None}
    check = {**report["checks"][0], **flashing, **measured}
    report["checks"] = [{**check, "reason": reason} for reason in ("cutShort", "perhapsNoFlash")]
    report["issues"] = [{**check, "places": [place]} for place, check in enumerate(report["checks"])]
