"""The section of text colors that fail in several places, with one replacement for each."""

from januslens.accessibility.check import PaletteFix
from januslens.exports.html.elements import Html, element
from januslens.exports.html.issues import arrow, noticed
from januslens.exports.html.swatches import pair, swatch
from januslens.exports.reports import figures
from januslens.exports.reports.subject import Subject


def palette(subject: Subject) -> Html | None:
    """Return the HTML section of a report's palette fixes, None if it has none.

    A palette fix is one replacement for a text color that fails in several places.
    """
    fixes = subject.report.palette_fixes
    if not fixes:
        return None
    return element(
        "section",
        element("h2", "Colors to change once"),
        element(
            "p", "Each of these fails on several backgrounds. One new color would do on all of them.", class_="quiet"
        ),
        element("ul", *[_entry(fix) for fix in fixes], class_="palette"),
        class_="panel",
    )


def _entry(fix: PaletteFix) -> Html:
    samples = [pair(fix.color, background) for background in fix.on]
    mended = [pair(fix.fix.color, background) for background in fix.on]
    backgrounds = [element("li", swatch(color)) for color in fix.on]
    return element(
        "li",
        element("div", swatch(fix.color), arrow(), swatch(fix.fix.color), class_="from-to"),
        element("div", *samples, arrow(), *mended, class_="samples"),
        element("p", f"{figures.contrast(fix.fix.ratio)} or more, {noticed(fix.fix)}, on", class_="quiet"),
        element("ul", *backgrounds, class_="on"),
    )
