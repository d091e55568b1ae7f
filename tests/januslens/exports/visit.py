"""Pages of ours in Chromium, and what axe-core says of them."""

from dataclasses import dataclass, field
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

AXE = Axe()
TAGS = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]}}


@dataclass
class Visit:
    """An open page, and what it did meanwhile that it must not: complaints, and addresses that it asked for."""

    page: Page
    complaints: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)


def mistakes(visit: Visit) -> Any:
    """What axe-core finds, and whether the page is wider than its window."""
    results = AXE.run(visit.page, options=TAGS)
    found = [results.generate_report()] if results.violations_count else []
    wider = visit.page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return found + ([f"{wider} px too wide"] if wider > 0 else [])
