"""The style guide in Chromium: accessible, closed to the outside, and true to the tokens."""

from typing import Any

import pytest

from januslens.exports.tokens.formats import TOKEN_FORMATS
from januslens.exports.tokens.source.document import Document, tokens
from tests.januslens.exports.conftest import OpenFile
from tests.januslens.exports.tokens.samples import DOCUMENT, EMPTY, NASTY, STRANGE, px
from tests.januslens.exports.visit import Visit, mistakes

LARGE: Document = {"fontSize": {"$type": "dimension", "s-300": {"$value": px(300)}, "x": {"$value": px(-1)}}}
SAMPLES = {"all": DOCUMENT, "empty": EMPTY, "strange": STRANGE, "nasty": NASTY, "large": LARGE}
every_sample = pytest.mark.parametrize("document", SAMPLES.values(), ids=SAMPLES)


def guide(document: Document) -> str:
    return TOKEN_FORMATS["styleguide"].write(document)


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 1280), ("light", 320)])
def test_axe_core_finds_nothing(open_file: OpenFile, scheme: str, width: int) -> None:
    size = {"width": width, "height": 800}
    assert open_file(guide(DOCUMENT), mistakes, color_scheme=scheme, viewport=size) == []


@every_sample
def test_any_document_makes_an_accessible_page_on_the_smallest_phone(open_file: OpenFile, document: Document) -> None:
    assert open_file(guide(document), mistakes, viewport={"width": 320, "height": 640}) == []


@every_sample
def test_nothing_is_loaded_nothing_runs_and_nothing_complains(open_file: OpenFile, document: Document) -> None:
    def look(visit: Visit) -> Any:
        suspicious = visit.page.locator("script, link, img, iframe, base, [style], [onclick], [onerror]").count()
        return visit.complaints, len(visit.requests), suspicious

    assert open_file(guide(document), look) == ([], 1, 0)


@every_sample
def test_every_token_is_shown_once(open_file: OpenFile, document: Document) -> None:
    shown = open_file(guide(document), lambda visit: visit.page.locator("main li").count())
    assert shown == len(tokens(document))


@pytest.mark.parametrize(
    ("name", "style", "value"),
    [
        ("--color-c-1f5fbf", "background-color", "rgb(31, 95, 191)"),
        ("--color-link", "background-color", "rgb(31, 95, 191)"),
        ("--font-size-s-16", "font-size", "16px"),
        ("--font-size-s-13_5", "font-size", "13.5px"),
        ("--radius-r-9_5", "border-radius", "9.5px"),
        ("--spacing-g-8", "inline-size", "8px"),
        ("--font-weight-w-700", "font-weight", "700"),
        ("--shadow-e-1", "box-shadow", "rgba(0, 0, 0, 0.5) 0px 1px 2px 0px"),
        ("--gradient-g-1", "background-image", "linear-gradient(90deg, rgb(255, 255, 255) 0%, rgb(31, 95, 191) 100%)"),
        ("--typography-body-font-family", "font-family", '"Some Sans", sans-serif'),
    ],
)
def test_a_specimen_has_the_value(open_file: OpenFile, name: str, style: str, value: str) -> None:
    def look(visit: Visit) -> Any:
        item = visit.page.locator("li").filter(has=visit.page.get_by_text(name, exact=True))
        script = "(element, name) => getComputedStyle(element).getPropertyValue(name)"
        return item.locator(".specimen").evaluate(script, style)

    assert open_file(guide(DOCUMENT), look) == value


def test_groups_are_headed_in_the_order_of_the_document(open_file: OpenFile) -> None:
    headings = open_file(guide(DOCUMENT), lambda visit: visit.page.locator("h2").all_inner_texts())
    assert headings[:3] == ["color: role", "color: observed", "fontSize: observed"]
    assert len(set(headings)) == len(headings)
