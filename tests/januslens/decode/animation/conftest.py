"""Animations decoded by Chromium, through WebCodecs: https://www.w3.org/TR/webcodecs/#imagedecoder-interface"""

import base64
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final

import numpy as np
import pytest
from numpy.typing import NDArray
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser import chromium

PAGE: Final = "https://page.test/"  # WebCodecs are for secure contexts
DECODE: Final = """async ([base64, type]) => {
    const data = Uint8Array.from(atob(base64), character => character.charCodeAt(0));
    const decoder = new ImageDecoder({ data, type });
    await Promise.all([decoder.tracks.ready, decoder.completed]);
    const { frameCount, repetitionCount } = decoder.tracks.selectedTrack;
    const frames = [];
    for (let frameIndex = 0; frameIndex < frameCount; frameIndex++) {
        const { image } = await decoder.decode({ frameIndex });
        const context = new OffscreenCanvas(image.displayWidth, image.displayHeight).getContext("2d");
        context.fillStyle = "white";
        context.fillRect(0, 0, image.displayWidth, image.displayHeight);
        context.drawImage(image, 0, 0);
        const { width, height, data } = context.getImageData(0, 0, image.displayWidth, image.displayHeight);
        frames.push({ width, height, pixels: Array.from(data), duration: image.duration });
    }
    return { frames, repetitions: repetitionCount };
}"""


@dataclass(frozen=True)
class Decoded:
    """A browser's frames, on white; their durations in seconds, as stated; times that they repeat, inf for ever."""

    frames: list[NDArray[np.uint8]]
    durations: list[float]
    repetitions: float


@pytest.fixture(scope="session")
def decoded_by_browser() -> Iterator[Callable[[bytes, str], Decoded]]:
    """Decode an animated image of a MIME type."""
    if chromium.EXECUTABLE is None:
        pytest.skip("no Chromium is installed here; Debian's package is `chromium`")

    def open_page(browser: Browser) -> Page:
        page = browser.new_page()
        page.route(PAGE, lambda route: route.fulfill(body="<!doctype html>", content_type="text/html"))
        page.goto(PAGE)
        return page

    def decode(page: Page, data: bytes, kind: str) -> Decoded:
        result = page.evaluate(DECODE, [base64.b64encode(data).decode(), kind])
        frames = [
            np.array(frame["pixels"], np.uint8).reshape(frame["height"], frame["width"], 4)[..., :3]
            for frame in result["frames"]
        ]
        return Decoded(frames, [frame["duration"] / 1e6 for frame in result["frames"]], result["repetitions"])

    with ThreadPoolExecutor(max_workers=1) as thread:  # another Playwright may be running in the thread of the tests
        playwright = thread.submit(lambda: sync_playwright().start()).result()
        browser = thread.submit(chromium.launch, playwright).result()
        page = thread.submit(open_page, browser).result()
        yield lambda data, kind: thread.submit(decode, page, data, kind).result()
        thread.submit(browser.close).result()
        thread.submit(playwright.stop).result()
