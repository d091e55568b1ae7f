"""Reports as Chromium shows them."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from chalicelib.exports.formats import FORMATS
from chalicelib.exports.subject import Subject
from tests.browser import chromium


@dataclass
class Visit:
    """An open report, and what it did meanwhile that it must not: complaints, and addresses that it asked for."""

    page: Page
    complaints: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)


Visiting = Callable[..., Any]


@pytest.fixture(scope="session")
def visit(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visiting]:
    """Open a report as a file and return what `look` makes of it. Other arguments are those of a browser's context."""
    if chromium.EXECUTABLE is None:
        pytest.skip("no Chromium is installed here; Debian's package is `chromium`")
    folder = tmp_path_factory.mktemp("reports")

    def open_and_look(browser: Browser, of: Subject, look: Callable[[Visit], Any], options: dict[str, Any]) -> Any:
        context = browser.new_context(**{"viewport": {"width": 1280, "height": 800}, **options})
        try:
            visit = Visit(context.new_page())
            visit.page.on("console", lambda message: visit.complaints.append(message.text))
            visit.page.on("pageerror", lambda error: visit.complaints.append(str(error)))
            visit.page.on("request", lambda request: visit.requests.append(request.url.partition(",")[0]))
            visit.page.goto(_saved(folder, of))
            return look(visit)
        finally:
            context.close()

    with ThreadPoolExecutor(max_workers=1) as thread:  # another Playwright may be running in the thread of the tests
        playwright = thread.submit(lambda: sync_playwright().start()).result()
        browser = thread.submit(chromium.launch, playwright).result()
        yield lambda of, look, **options: thread.submit(open_and_look, browser, of, look, options).result()
        thread.submit(browser.close).result()
        thread.submit(playwright.stop).result()


def _saved(folder: Path, of: Subject) -> str:
    path = folder / "report.html"
    path.write_text(FORMATS["html"].write(of), encoding="utf-8")
    return path.as_uri()
