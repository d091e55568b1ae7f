"""Rendering of held-out pages with the browser's truth: `python -m benchmarks.pages.render [FOLDER]`.

Renders the pages of `held_out.toml` in the installed Chromium, without network and animations, and writes for each
NAME-WIDTH@SCALE.png (the viewport) and NAME-WIDTH@SCALE.json: the text, controls and painted boxes of the live DOM and
axe-core's verdicts, as `page_truth.js` reads them and `truth.pages` describes them. A page that looks different after
reading than before is omitted, as its truth may belong to another moment. A list may ask for dark themes, subpixel
anti-aliasing and sentences of another language in place of the page's text (see `held_out` and `substitute.js`).

The images depend on the installed fonts and on the version of Chromium, which each JSON file states.
"""

import argparse
import json
import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from importlib.resources import files
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote, urlsplit

from playwright.sync_api import Browser, Page, Playwright, Route, ViewportSize, sync_playwright

from benchmarks.pages.held_out import DARK, LCD, LIST, Package, Shot, read_shots
from benchmarks.pages.packages import fetch
from benchmarks.pages.sentences import script_of

ORIGIN: Final = "http://pages.invalid"  # RFC 2606: resolves nowhere, so only what the package holds is ever loaded
BUILD: Final = Path("build")
SETTLE: Final = 700  # ms that a page's scripts get for layout, each time
ATTEMPTS: Final = 4
STILL: Final = "*, *::before, *::after { animation: none !important; transition: none !important; }"
OWN: Final = Path(__file__).with_name("systems")
SUBSTITUTE: Final = Path(__file__).with_name("substitute.js")
PAGE_TRUTH: Final = Path(__file__).with_name("page_truth.js")
AXE: Final = files("axe_playwright_python") / "axe.min.js"
SUBPIXEL: Final = Path(__file__).with_name("subpixel.conf")
GRAYSCALE_DEFAULTS: Final = ("--font-render-hinting=none", "--disable-lcd-text")  # that Playwright starts browsers with


def main(arguments: Sequence[str] | None = None) -> int:
    """Render all pages that do not exist yet and print the outcome of each; return 1 if any fails, otherwise 0."""
    options = _parser().parse_args(arguments)
    options.folder.mkdir(parents=True, exist_ok=True)
    failed = 0
    with sync_playwright() as playwright:
        for subpixel in (False, True):
            browser = launch(playwright, subpixel=subpixel)
            for shot in read_shots(options.list):
                wanted = subpixel is (options.subpixel or LCD in shot.words)
                if not wanted or (options.folder / f"{shot.name}.json").exists():
                    continue
                problem = _render(browser, shot, options.folder)
                failed += problem is not None
                sys.stdout.write(f"{shot.name}: {problem or 'done'}\n")
                sys.stdout.flush()
            browser.close()
    return min(failed, 1)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.pages.render", description=(__doc__ or "").partition(":")[0]
    )
    parser.add_argument("folder", nargs="?", type=Path, default=BUILD / "held-out", help="default: %(default)s")
    parser.add_argument(
        "--list", type=Path, default=LIST, help="list of pages in the format of held_out.toml; default: %(default)s"
    )
    parser.add_argument("--subpixel", action="store_true", help="hint text and use subpixel anti-aliasing, at scale 1")
    return parser


def launch(playwright: Playwright, *, subpixel: bool) -> Browser:
    """Start the installed Chromium, with text anti-aliased in gray or, hinted, by the stripes of a pixel."""
    switches = ["--disable-gpu", "--disable-background-networking", "--hide-scrollbars"]
    if os.geteuid() == 0:
        switches.append("--no-sandbox")  # Chromium's sandbox refuses to run as root
    executable = shutil.which("chromium")
    if not subpixel:
        return playwright.chromium.launch(executable_path=executable, args=switches)
    return playwright.chromium.launch(
        executable_path=executable,
        args=[*switches, "--enable-lcd-text", "--font-render-hinting=full"],
        ignore_default_args=GRAYSCALE_DEFAULTS,
        env={**os.environ, "FONTCONFIG_FILE": str(SUBPIXEL)},
    )


def _render(browser: Browser, shot: Shot, folder: Path) -> str | None:
    """Write the image and the truth of a shot; return the reason if that is not possible."""
    package = shot.package
    view: ViewportSize = {"width": shot.width, "height": shot.height}
    with opened(browser, package, shot.path, view, shot.scale, dark=DARK in shot.words) as page:
        _change(page, shot)
        page.evaluate("document.fonts.ready.then(() => null)")
        read = _read_still(page)
    if read is None:
        return "moves"
    image, truth = read
    truth |= {
        "id": shot.name,
        "scale": shot.scale,
        "package": f"{package.name}@{package.version}",
        "source": f"{package.base}/{shot.path}",
        "browser": browser.version,
    }
    (folder / f"{shot.name}.png").write_bytes(image)
    (folder / f"{shot.name}.json").write_text(json.dumps(truth))
    return None


@contextmanager
def opened(
    browser: Browser, package: Package, path: str, view: ViewportSize, scale: float, *, dark: bool = False
) -> Iterator[Page]:
    """Open a page of a package, below its base, with its styles and without motion; its fonts may still load."""
    root = fetch(package.name, package.version, package.integrity, BUILD / "packages")
    context = browser.new_context(
        viewport=view,
        device_scale_factor=scale,
        color_scheme="dark" if dark else "light",
        reduced_motion="reduce",
        service_workers="block",
    )
    try:
        page = context.new_page()
        roots = (OWN / package.own, root) if package.own else (root,)
        page.route("**/*", lambda route: serve(route, roots))
        page.goto(f"{ORIGIN}/{package.base}/{path}", wait_until="load")
        for style in package.styles:
            page.add_style_tag(url=f"{ORIGIN}/{style}")
        page.add_style_tag(content=STILL)
        yield page
    finally:
        context.close()


def _change(page: Page, shot: Shot) -> None:
    """Set the theme and the text that a shot asks for."""
    if DARK in shot.words:
        for attribute, value in shot.package.dark.items():
            page.evaluate("([name, value]) => document.documentElement.setAttribute(name, value)", [attribute, value])
    for script in map(script_of, shot.languages):
        page.evaluate(SUBSTITUTE.read_text(), asdict(script) | {"words": script.words})


def serve(route: Route, roots: Sequence[Path]) -> None:
    """Answer a request from our own files for the package, else from the package's files, else not at all."""
    url = urlsplit(route.request.url)
    if f"{url.scheme}://{url.netloc}" == ORIGIN:
        for root in roots:
            path = (root / unquote(url.path).lstrip("/")).resolve()
            if path.is_dir():
                path /= "index.html"
            if path.is_relative_to(root.resolve()) and path.is_file():
                route.fulfill(path=path)
                return
    route.abort()


def _read_still(page: Page) -> tuple[bytes, dict[str, Any]] | None:
    """Return the screenshot and the truth of a page once it looks the same before and after reading, else None."""
    page.evaluate(AXE.read_text())
    for _ in range(ATTEMPTS):
        page.wait_for_timeout(SETTLE)
        before = _screenshot(page)
        truth = _truth(page)
        if _screenshot(page) == before:
            return before, truth
    return None


def _screenshot(page: Page) -> bytes:
    return page.screenshot(caret="hide", scale="device")


def _truth(page: Page) -> dict[str, Any]:
    page.evaluate(PAGE_TRUTH.read_text())  # anew: it numbers the elements as they are now
    truth: dict[str, Any] = page.evaluate("pageTruth.read()")
    truth["axe"] = page.evaluate("pageTruth.judge()")
    return truth


if __name__ == "__main__":
    sys.exit(main())
