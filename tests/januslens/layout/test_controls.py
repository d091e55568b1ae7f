"""The controls of pages that Chromium drew, against its own boxes of them."""

import io
from collections.abc import Callable, Iterable, Sequence

import numpy as np
import pytest
from PIL import Image

from januslens.decode.lossy import NO_LOSS
from januslens.layout.control import Control, Kind
from januslens.layout.controls import find_controls
from januslens.raster.areas import find_areas
from januslens.raster.indexed_image import IndexedImage
from januslens.text.detector import detect_lines
from januslens.text.measure_text import measure_text
from januslens.text.run import TextRun
from tests.januslens.conftest import Rendering

Render = Callable[[str, int, float], Rendering]

PLACED = "position: absolute; box-sizing: border-box; margin: 0; font: 14px Arial, sans-serif"
BUTTON = "background: #0d6efd; color: #fff; border: 0; border-radius: 6px; height: 36px; padding: 0 16px"
OUTLINED = "background: #fff; color: #333; border: 1px solid #888; border-radius: 4px; height: 32px; padding: 0 12px"
FIELD = "background: #fff; border: 1px solid #999; border-radius: 4px; height: 38px; width: 260px; padding: 0 12px"
DRAWN_BOX = "appearance: none; border: 1px solid #777; background: #fff; width: 16px; height: 16px"

CONTROLS = {
    "filled": (Kind.BUTTON, 20, 20, "button", BUTTON, "Save changes"),
    "outlined": (Kind.BUTTON, 200, 20, "button", OUTLINED, "Cancel"),
    "pill": (Kind.BUTTON, 320, 20, "button", f"{BUTTON}; border-radius: 18px", "Subscribe"),
    "wide": (Kind.BUTTON, 20, 80, "button", f"{BUTTON}; width: 400px", "Create account"),
    "circle": (
        Kind.BUTTON,
        450,
        74,
        "button",
        f"{BUTTON}; width: 40px; height: 40px; padding: 0; border-radius: 50%",
        "×",
    ),
    "empty-field": (Kind.FIELD, 20, 140, "input", FIELD, ""),
    "filled-field": (Kind.FIELD, 20, 200, "input", FIELD, "Marie Curie"),
    "field-of-2": (Kind.FIELD, 320, 200, "input", f"{FIELD}; border: 2px solid #000; border-radius: 0", ""),
    "checkbox": (Kind.BOX, 20, 270, "input type=checkbox", DRAWN_BOX, ""),
    "radio": (Kind.BOX, 80, 270, "input type=radio", f"{DRAWN_BOX}; border-radius: 50%", ""),
    "native": (Kind.BOX, 140, 270, "input type=checkbox", "", ""),
    "native-radio": (Kind.BOX, 200, 270, "input type=radio", "", ""),
}

NO_CONTROLS = {
    "table": "".join(
        f"<tr>{''.join(f'<td style="border: 1px solid #ccc; padding: 9px">{word}</td>' for word in row.split())}</tr>"
        for row in ("Name City Country", "Ada London England", "Marie Paris France", "Emmy Göttingen Germany")
    ).join(("<table style='border-collapse: collapse; margin: 20px'>", "</table>")),
    "list": "".join(
        f'<div style="border: 1px solid #ccc; margin-top: -1px; padding: 10px 16px; width: 260px">{word}</div>'
        for word in ("Overview of it all", "Members and their roles", "Settings")
    ).join(("<div style='padding: 20px'>", "</div>")),
    "stripes": "".join(
        f'<div style="background: {color}; padding: 8px; width: 500px"><span>{word}</span>'
        '<span style="float: right">12.50</span></div>'
        for word, color in (("Apples", "#eee"), ("Pears", "#fff"), ("Plums", "#eee"), ("Figs", "#fff"))
    ).join(("<div style='padding: 20px'>", "</div>")),
    "card": '<div style="margin: 20px; width: 300px; border: 1px solid #ddd; border-radius: 8px; padding: 12px">'
    "<b>Storage</b><br>12 of 20 gigabytes are used</div>",
    "chart": "".join(
        f'<div style="display: inline-block; width: 24px; height: {height}px; background: #36c; margin: 4px"></div>'
        for height in (20, 50, 70, 40)
    ).join(("<div style='padding: 20px'>", "</div>")),
    "photo": '<div style="width: 500px; height: 300px; background: conic-gradient(#123, #f80, #0af, #123)"></div>',
}


def html(name: str) -> str:
    _, left, top, tag, style, text = CONTROLS[name]
    open_image = f'<{tag} id="{name}" style="{PLACED}; left: {left}px; top: {top}px; {style}"'
    return f"{open_image} value='{text}'>" if tag.startswith("input") else f"{open_image}>{text}</{tag}>"


def found_in(flat: IndexedImage, runs: Sequence[TextRun], scale: float) -> list[Control]:
    return find_controls(flat, find_areas(flat), runs, scale)


def controls_of(rendering: Rendering) -> list[Control]:
    pixels = np.asarray(Image.open(io.BytesIO(rendering.png)).convert("RGB"))
    runs = measure_text(pixels, detect_lines(pixels, rendering.scale), scale=rendering.scale, loss=NO_LOSS)
    return found_in(IndexedImage.of(pixels, rendering.scale), runs, rendering.scale)


@pytest.fixture(scope="module", params=[1.0, 2.0])
def page(request: pytest.FixtureRequest, render: Render) -> tuple[Rendering, list[Control]]:
    body = f'<div style="height: 320px; background: #fff">{"".join(map(html, CONTROLS))}</div>'
    rendering = render(body, 620, request.param)
    return rendering, controls_of(rendering)


@pytest.mark.parametrize("name", CONTROLS)
def test_a_control_is_found_where_the_browser_has_it(page: tuple[Rendering, list[Control]], name: str) -> None:
    rendering, controls = page
    left, top, right, bottom = rendering.rectangles[name]
    x, y = (left + right) / 2, (top + bottom) / 2
    (control,) = (control for control in controls if _holds(control, x, y) and control.kind is not Kind.ICON)
    assert control.kind is CONTROLS[name][0]
    box, near = control.box, 1.5 * rendering.scale
    assert (box.x, box.y, box.x + box.width, box.y + box.height) == pytest.approx((left, top, right, bottom), abs=near)


def test_only_those_are_found(page: tuple[Rendering, list[Control]]) -> None:
    _, controls = page
    framed = [control for control in controls if control.kind in (Kind.BUTTON, Kind.FIELD, Kind.BOX)]
    assert len(framed) == len(CONTROLS)


def test_colors_are_those_of_the_style(page: tuple[Rendering, list[Control]]) -> None:
    rendering, controls = page
    left, top, right, bottom = rendering.rectangles["outlined"]
    (control,) = (each for each in controls if _holds(each, (left + right) / 2, (top + bottom) / 2))
    assert (control.fill, control.border, control.surrounding) == ((255,) * 3, (0x88,) * 3, (255,) * 3)


def test_what_is_empty_is_known_from_what_is_not(page: tuple[Rendering, list[Control]]) -> None:
    rendering, controls = page
    empty = {
        name
        for name, (left, top, right, bottom) in rendering.rectangles.items()
        if any(control.empty and _holds(control, (left + right) / 2, (top + bottom) / 2) for control in controls)
    }
    assert empty == {"empty-field", "field-of-2", "checkbox", "radio", "native", "native-radio"}


@pytest.mark.parametrize("name", NO_CONTROLS)
def test_what_is_no_control_is_not_found(render: Render, name: str) -> None:
    body = f'<div style="font: 14px Arial, sans-serif; background: #fff; color: #222">{NO_CONTROLS[name]}</div>'
    assert list(_kinds(controls_of(render(body, 620, 1.0)))) == []


def test_an_underlined_line_is_a_link(render: Render) -> None:
    body = '<p style="font: 16px Arial; margin: 20px; color: #222"><u>Forgotten your password</u><p>Not a link at all'
    (link,) = controls_of(render(body, 400, 1.0))
    assert link.kind is Kind.LINK


def test_a_label_close_to_its_field_is_no_link(render: Render) -> None:
    field = '<input style="border: 2px solid #222; width: 200px; height: 36px; display: block">'
    found = controls_of(render(f'<div style="font: 16px/17px Arial; color: #222; padding: 20px">Day{field}', 300, 1.0))
    assert [control.kind for control in found] == [Kind.FIELD]


def test_an_icon_is_a_shape_that_stands_alone(render: Render) -> None:
    shape = "M12 2l3 7h7l-6 4 3 8-7-5-7 5 3-8-6-4h7z"
    drawing = f'<svg id="star" width="24" height="24" viewBox="0 0 24 24"><path fill="#c60" d="{shape}"/></svg>'
    rendering = render(f'<div style="padding: 30px; background: #fff">{drawing}</div>', 200, 1.0)
    (icon,) = controls_of(rendering)
    assert icon.kind is Kind.ICON
    assert icon.fill == (0xCC, 0x66, 0)


def test_an_image_of_nothing_has_no_controls() -> None:
    flat = IndexedImage.of(np.full((40, 60, 3), 255, np.uint8), 1.0)
    assert found_in(flat, [], 1.0) == []


def test_noise_has_no_controls() -> None:
    noise = np.random.default_rng(3).integers(0, 256, (200, 300, 3), np.uint8)
    assert found_in(IndexedImage.of(noise, 1.0), [], 1.0) == []


def _holds(control: Control, x: float, y: float) -> bool:
    box = control.box
    return box.x <= x < box.x + box.width and box.y <= y < box.y + box.height


def _kinds(controls: Iterable[Control]) -> Iterable[Kind]:
    return (control.kind for control in controls if control.kind not in (Kind.ICON, Kind.LINK))
