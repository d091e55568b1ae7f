import secrets
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests import running_stack
from tests.browser import chromium
from tests.browser.visitor import SLOWEST_ANALYSIS, Visitor


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if chromium.EXECUTABLE is None:
        pytest.skip("no Chromium is installed here; Debian's package is `chromium`")
    expect.set_options(timeout=SLOWEST_ANALYSIS)
    with sync_playwright() as playwright:
        started = chromium.launch(playwright)
        yield started
        started.close()


@pytest.fixture(scope="session")
def stack(browser: Browser) -> Iterator[running_stack.RunningStack]:
    """Run the stack; not where its tests are skipped."""
    with running_stack.start() as running:
        yield running


@pytest.fixture
def open_page(browser: Browser, stack: running_stack.RunningStack) -> Iterator[Callable[[], Page]]:
    """Open the page as somebody who was never here; each call is another browser profile."""
    contexts: list[BrowserContext] = []
    mistakes: list[str] = []

    def open_one() -> Page:
        context = browser.new_context(base_url=stack.api_url, viewport={"width": 1280, "height": 800})
        contexts.append(context)
        context.on("weberror", lambda error: mistakes.append(str(error.error)))
        page = context.new_page()
        page.goto("/")
        return page

    yield open_one
    for context in contexts:
        for page in context.pages:
            page.unroute_all(behavior="ignoreErrors")  # a page that polls may be asking still
        context.close()
    assert mistakes == []


@pytest.fixture
def visitor(open_page: Callable[[], Page], stack: running_stack.RunningStack) -> Visitor:
    """Somebody with the page open and no account yet."""
    return Visitor(open_page(), f"{secrets.token_hex(8)}@janus.example", stack)


@pytest.fixture
def user(visitor: Visitor) -> Visitor:
    """Somebody signed in, with no picture yet."""
    visitor.register()
    return visitor
