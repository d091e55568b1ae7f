"""Rendering of pages at many scales: `python -m benchmarks.pages.scales [FOLDER]`.

Renders the pages of `scales.toml` in the installed Chromium, on phones, tablets, desktops, and reduced afterwards as a
chat or a document reduces a picture. Writes PAGE--WIDTHxHEIGHT@SCALE.png and, for all of them, `scales.json`: the
file's name, the kind of device, the scale, and the half that its package belongs to.
"""

import argparse
import io
import json
import sys
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from typing import Any, Final

from PIL import Image
from playwright.sync_api import Browser, ViewportSize, sync_playwright

from benchmarks.pages.held_out import Package, slug
from benchmarks.pages.render import BUILD, SETTLE, launch, opened

LIST: Final = Path(__file__).with_name("scales.toml")
INDEX: Final = "scales.json"
DESKTOP: Final = ("desktop", "tablet", "reduced")  # where desktop packages are shown


@dataclass(frozen=True, slots=True)
class Device:
    """A screen: its kind, the page's width and height in CSS px, and its scale.

    size is that of the picture in pixels, if it is smaller than that of the page. reduced is the factor by which the
    picture is resized.
    """

    kind: str
    view: str
    scale: float
    size: tuple[int, int] | None = None
    reduced: float = 1.0


@dataclass(frozen=True, slots=True)
class Picture:
    """A page of a package on a device; half is `learned` or `measured`."""

    package: Package
    path: str
    half: str
    device: Device

    @property
    def name(self) -> str:
        """The name of the picture's file, which states its scale."""
        device = self.device
        page = slug(self.path.replace(".html", ""))
        reduced = "-reduced" if device.reduced != 1 else ""
        package = slug(self.package.own or self.package.name)
        return f"{package}--{page}--{device.view}{reduced}@{self.scale:g}.png"

    @property
    def scale(self) -> float:
        """The picture's scale, in its pixels per CSS pixel."""
        return round(self.device.scale * self.device.reduced, 4)


def main(arguments: Sequence[str] | None = None) -> int:
    """Render all pictures that do not exist yet and write the index of all; return 0."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.pages.scales", description=(__doc__ or "").partition(":")[0]
    )
    parser.add_argument("folder", nargs="?", type=Path, default=BUILD / "scales", help="default: %(default)s")
    folder: Path = parser.parse_args(arguments).folder
    folder.mkdir(parents=True, exist_ok=True)
    pictures = list(read_pictures())
    with sync_playwright() as playwright:
        browser = launch(playwright, subpixel=False)
        for picture in pictures:
            if not (folder / picture.name).exists():
                (folder / picture.name).write_bytes(_render(browser, picture))
        browser.close()
    index = [
        {"file": picture.name, "kind": picture.device.kind, "scale": picture.scale, "half": picture.half}
        for picture in pictures
    ]
    (folder / INDEX).write_text(json.dumps(index, indent=1))
    sys.stdout.write(f"{len(index)} pictures\n")
    return 0


def read_pictures(path: Path = LIST) -> Iterator[Picture]:
    """Yield all pictures of a list of pages and devices."""
    document = tomllib.loads(path.read_text())
    devices = {
        kind: cycle([_device(entry) for entry in document["device"] if entry["kind"] == kind])
        for kind in document["each"]
    }
    for package, page, half, kind in [*_phone_pages(document), *_desktop_pages(document, path.parent)]:
        for device in islice(devices[kind], document["each"][kind]):
            yield Picture(package, page, half, device)


def _device(entry: Mapping[str, Any]) -> Device:
    size = entry.get("size")
    return Device(**{**entry, "size": None if size is None else tuple(size)})


def _phone_pages(document: Mapping[str, Any]) -> Iterator[tuple[Package, str, str, str]]:
    for entry in document["package"]:
        package = Package(**entry)
        for kind, pages in package.pages.items():
            for page in pages:
                yield package, page, package.half, kind


def _desktop_pages(document: Mapping[str, Any], folder: Path) -> Iterator[tuple[Package, str, str, str]]:
    for group in document["desktop"]:
        listed = tomllib.loads((folder / group["list"]).read_text())["package"]
        pinned = {entry["name"]: Package(**entry) for entry in listed}
        for name in group["packages"]:
            for page in group["pages"]:
                for kind in DESKTOP:
                    yield pinned[name], page, group["half"], kind


def _render(browser: Browser, picture: Picture) -> bytes:
    device = picture.device
    width, height = map(int, device.view.split("x"))
    view: ViewportSize = {"width": width, "height": height}
    with opened(browser, picture.package, picture.path, view, device.scale) as page:
        page.evaluate("document.fonts.ready.then(() => null)")
        page.wait_for_timeout(SETTLE)
        shot = page.screenshot(caret="hide", scale="device")
    return _as_shown(shot, device)


def _as_shown(shot: bytes, device: Device) -> bytes:
    """Return a screenshot cut to the device's screen and reduced."""
    image = Image.open(io.BytesIO(shot)).convert("RGB")
    if device.size is not None:
        image = image.crop((0, 0, *device.size))
    if device.reduced != 1:
        size = round(image.width * device.reduced), round(image.height * device.reduced)
        image = image.resize(size, Image.Resampling.LANCZOS)
    written = io.BytesIO()
    image.save(written, "PNG")
    return written.getvalue()


if __name__ == "__main__":
    sys.exit(main())
