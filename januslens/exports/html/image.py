"""The image with its marks, and cuts of it that show what an issue is about.

The file is in the page once; the cuts refer to it. Marks differ by outcome in their lines (whole, dashed, dotted)
as much as in color. A mouse goes by them from a place to its issue; for the keyboard each issue lists its places, so
the marks themselves are no stops on its way.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from januslens.accessibility.check import Check, Outcome
from januslens.accessibility.ordering import Numbered
from januslens.decode.geometry import Box
from januslens.exports.html.elements import Html, Value, element, join
from januslens.exports.html.filters import facets
from januslens.exports.html.still import data_uri
from januslens.exports.reports import figures
from januslens.exports.reports.subject import Subject

COLUMN: Final = 900  # CSS px: how wide the image is shown on a usual screen
TYPE: Final = 10.5  # CSS px: the numbers on it
TAB_HEIGHT: Final = 1.3  # of the type's size
TAB_PADDING: Final = 0.5
DIGIT: Final = 0.62  # of the type's size: how wide a figure is
OUTSIDE: Final = 2  # px of the image from a box to its outline
MARGIN: Final = 6  # CSS px around what a cut shows
MAX_CUT_WIDTH_PX: Final = 340  # CSS px
MAX_CUT_HEIGHT_PX: Final = 64
ENLARGED: Final = 2.0  # times, at most
SHOT: Final = "shot"
SCALES: Final = {
    "given": "as stated",
    "file name": "by the file's name",
    "density": "by the file's pixel density",
    "animation": "the animation's own size",
    "estimated": "estimated from its size and text",
    "assumed": "assumed, because none is stated",
}


def figure(subject: Subject, issues: Sequence[Numbered], uri: str | None) -> Html:
    """Return the figure of the HTML report: the image, with the marks of all checks, and a caption.

    Marks of issues have their numbers and link to them. uri is the image as a data URI; if it is None, the marks are
    drawn on an empty ground.
    """
    image = subject.image
    width, height = subject.css_size
    frame: dict[str, Value] = {
        "viewBox": f"0 0 {image.width} {image.height}",
        "width": max(width, 1),
        "height": max(height, 1),
    }
    shot = element("image", id=SHOT, href=uri, width=image.width, height=image.height) if uri else None
    ground = element("rect", width=image.width, height=image.height, class_="ground")
    name = f"The picture that was checked, {subject.title}" + ("" if uri else "; it isn't shown here")
    return element(
        "figure",
        element(
            "div",
            element(
                "div",
                element("svg", ground, shot, class_="shot", role="img", aria_label=name, **frame),
                element("svg", *_marks(subject, issues), class_="marks", aria_hidden="true", **frame),
                class_="canvas",
            ),
            class_="viewport",
            id="picture",
            role="region",
            aria_label="Picture",
            tabindex=0,
        ),
        element("figcaption", *_caption(subject, uri)),
        class_="stage",
    )


def _caption(subject: Subject, uri: str | None) -> Iterator[Html]:
    image = subject.image
    low, high = image.scale_interval or (image.scale, image.scale)
    span = f"; {low:g} to {high:g}" if low < high else ""
    scale = f"{image.scale:g} px per CSS pixel ({SCALES[image.scale_source]}{span})"
    yield element("span", f"{image.format}, {image.width:,} × {image.height:,} px, {scale}")
    yield element(
        "label",
        element("input", type="checkbox", id="actual-size", autocomplete="off"),
        element("span", "Actual size"),
        class_="choice",
    )
    if uri is None and subject.file is not None:
        yield element("span", "The picture isn't shown: it moves, or is of a type that browsers don't show.")


def image_uri(subject: Subject) -> str | None:
    """Return the report's image file as a data URI.

    Returns None if the file is not given, is animated, or has a type that browsers do not show.
    """
    return None if subject.file is None else data_uri(subject.file)


def cut(subject: Subject, check: Check) -> Html | None:
    """Return the part of the image around the box of a check, as SVG, at no more than twice its size in CSS pixels.

    The SVG refers to the image in the page's figure. Returns None if the box is outside the image.
    """
    image = subject.image
    margin = round(MARGIN * image.scale)
    left, top = max(check.box.x - margin, 0), max(check.box.y - margin, 0)
    width = min(check.box.x + check.box.width + margin, image.width) - left
    height = min(check.box.y + check.box.height + margin, image.height) - top
    if width <= 0 or height <= 0:
        return None
    zoom = min(ENLARGED, MAX_CUT_WIDTH_PX * image.scale / width, MAX_CUT_HEIGHT_PX * image.scale / height) / image.scale
    return element(
        "svg",
        element("use", href=f"#{SHOT}"),
        class_="cut",
        viewBox=f"{left} {top} {width} {height}",
        width=max(round(width * zoom), 1),
        height=max(round(height * zoom), 1),
        aria_hidden="true",
    )


def _marks(subject: Subject, issues: Sequence[Numbered]) -> Iterator[Html]:
    """Draw what passed below what can't be told, that below what failed, and the first issue of a place on top."""
    checks = subject.report.checks
    yield from (_mark(check, f"place-{n}") for n, check in enumerate(checks) if check.outcome is Outcome.PASSED)
    found = [(numbered, position) for numbered in reversed(issues) for position in numbered.issue.places]
    labels = _Labels(subject, found)
    for outcome in (Outcome.CANT_TELL, Outcome.FAILED):
        for numbered, position in found:
            check = checks[position]
            if check.outcome is outcome:
                yield _issue_mark(numbered, check, position, labels.draw(check.box, str(numbered.number)))


def _mark(check: Check, name: str) -> Html:
    return element("g", *_outline(check), id=name, class_="mark", **facets(check))


def _issue_mark(numbered: Numbered, check: Check, position: int, label: Html) -> Html:
    return element(
        "a",
        element("title", f"{numbered.number}. {figures.place(check)}"),
        *_outline(check),
        label,
        id=f"place-{position}",
        href=f"#issue-{numbered.number}",
        class_="mark",
        data_issue=numbered.number,
        tabindex=-1,
        **facets(check),
    )


def _outline(check: Check) -> Iterable[Html]:
    box = check.box
    sides = {"width": box.width + 2 * OUTSIDE, "height": box.height + 2 * OUTSIDE}
    shape = {"x": box.x - OUTSIDE, "y": box.y - OUTSIDE, **sides, "rx": OUTSIDE}
    return (element("rect", class_="halo", **shape), element("rect", class_="line", **shape))


class _Labels:
    """The numbers of marks, left of their boxes and not on their content.

    The issues of one place have theirs on each other, equally large: one that is filtered out shows the next.
    """

    def __init__(self, subject: Subject, found: Iterable[tuple[Numbered, int]]) -> None:
        width, _ = subject.css_size
        self._type = TYPE * subject.image.scale * max(1.0, width / COLUMN)
        self._digits: defaultdict[Box, int] = defaultdict(int)
        for numbered, position in found:
            box = subject.report.checks[position].box
            self._digits[box] = max(self._digits[box], len(str(numbered.number)))

    def draw(self, box: Box, number: str) -> Html:
        width = self._type * (DIGIT * self._digits[box] + TAB_PADDING)
        height = self._type * TAB_HEIGHT
        left, top = box.x - OUTSIDE - 1 - width, box.y + box.height / 2 - height / 2
        if left < 0:  # no room beside it: above
            left, top = float(box.x), max(box.y - OUTSIDE - 1 - height, 0.0)
        middle = {"x": _decimal(left + width / 2), "y": _decimal(top + height / 2)}
        size = {"width": _decimal(width), "height": _decimal(height), "rx": _decimal(height / 6)}
        return join(
            element("rect", class_="tab", x=_decimal(left), y=_decimal(top), **size),
            element("text", number, font_size=_decimal(self._type), **middle),
        )


def _decimal(value: float) -> str:
    return f"{value:.1f}"
