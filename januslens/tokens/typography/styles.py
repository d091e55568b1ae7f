"""Text styles as composite tokens, and their roles: body, headings, caption, button labels.

A composite needs a family, a size, a weight, a letter spacing and a line height (DTCG Format Module 2025.10, section
9.8). A part that cannot be observed is assumed, and marked as assumed: no letter spacing; a sans-serif family if the
letters do not show it; a line height of 1.2, about that of browsers' `normal`, for text that never wraps.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from januslens.layout.control import Control, Kind, Observations
from januslens.tokens import dtcg
from januslens.tokens.recurring import Recurring
from januslens.tokens.typography.line_height import observed_pitches
from januslens.tokens.typography.modular_scale import ModularScale, modular_scale
from januslens.tokens.typography.text_styles import Family, TextStyle, find_text_styles

ASSUMED_LINE_HEIGHT: Final = 1.2
RATIO_DIGITS: Final = 2
HEADING: Final = 1.3  # of the body's size, from which text is a heading's: a lead paragraph has 1.25 in Bootstrap
BOLD_HEADING: Final = 1.1  # the same of text bolder than the body's
CAPTION: Final = 0.93  # of the body's size, up to which text is a caption's
MAX_HEADINGS: Final = 6  # as HTML has
NOTHING: Final[Mapping[Any, Any]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Typography:
    """The text styles of an image, their roles by name (such as body), and the modular scale of their sizes.

    pitches are the usual baseline distances, in CSS pixels, of the styles in which paragraphs are set. scale is None if
    the sizes follow no modular scale.
    """

    styles: Sequence[TextStyle] = ()
    pitches: Mapping[TextStyle, Recurring] = NOTHING
    roles: Mapping[str, TextStyle] = NOTHING
    scale: ModularScale | None = None

    def families_json(self) -> dict[str, Any]:
        """Return one DTCG token per recognized generic font family by name, with its strokes and its confidence."""
        of_family: defaultdict[Family, list[tuple[int, float]]] = defaultdict(list)
        for style in self.styles:
            if style.family is not None:
                family, confidence = style.family
                of_family[family].append((style.strokes, confidence))
        return {family.value: _family(family, of_family[family]) for family in Family if family in of_family}

    def weights_json(self) -> dict[str, Any]:
        """Return one DTCG token per font weight by name, such as w-700, with its number of strokes of letters."""
        weights = sorted({style.weight for style in self.styles})
        return {
            _weight_name(weight): dtcg.token(
                weight, strokes=sum(style.strokes for style in self.styles if style.weight == weight)
            )
            for weight in weights
        }

    def line_heights_json(self) -> dict[str, Any]:
        """Return one DTCG token per observed line height by name, as a multiple of the font size.

        The evidence of each is the number of lines that show it. Styles without wrapped paragraphs have none.
        """
        lines: dict[float, float] = {}
        for style, pitch in self.pitches.items():
            ratio = self._ratio(style, pitch)
            lines[ratio] = lines.get(ratio, 0) + pitch.weight
        return {_line_height_name(ratio): dtcg.token(ratio, lines=round(lines[ratio])) for ratio in sorted(lines)}

    def styles_json(self) -> dict[str, Any]:
        """Return one DTCG typography token per style by name; its evidence names the parts that were assumed."""
        return {_style_name(style): self._composite(style) for style in self.styles}

    def roles_json(self) -> dict[str, Any]:
        """Return one DTCG token per role by name, an alias of the style that has the role."""
        return {
            name: dtcg.token(dtcg.alias("typography", "observed", _style_name(style)))
            for name, style in self.roles.items()
        }

    def _composite(self, style: TextStyle) -> dict[str, Any]:
        pitch = self.pitches.get(style)
        line_height = (
            ASSUMED_LINE_HEIGHT
            if pitch is None
            else dtcg.alias("lineHeight", "observed", _line_height_name(self._ratio(style, pitch)))
        )
        family = style.family and dtcg.alias("fontFamily", "observed", style.family[0].value)
        value = {
            "fontFamily": family or Family.SANS_SERIF.value,
            "fontSize": dtcg.alias("fontSize", "observed", dtcg.measure_name("s", style.size)),
            "fontWeight": dtcg.alias("fontWeight", "observed", _weight_name(style.weight)),
            "letterSpacing": dtcg.dimension(0),
            "lineHeight": line_height,
        }
        observations = {"fontFamily": family is not None, "letterSpacing": False, "lineHeight": pitch is not None}
        assumed = [part for part, is_seen in observations.items() if not is_seen]
        evidence: dtcg.Evidence = {"strokes": style.strokes, "assumed": assumed}
        if pitch is not None:
            evidence["baselines"] = dtcg.number(round(pitch.value, RATIO_DIGITS))
        return dtcg.token(value, **evidence)

    @staticmethod
    def _ratio(style: TextStyle, pitch: Recurring) -> float:
        return round(pitch.value / style.size, RATIO_DIGITS)


def observed_typography(observations: Observations, sizes: Sequence[Recurring], scale: float) -> Typography:
    """Find the text styles of an image, with their line heights, roles and modular scale.

    sizes are the observed font sizes of the image; scale is in image pixels per CSS pixel.
    """
    styles = find_text_styles(observations.runs, sizes)
    roles = assign_text_roles(styles, observations.controls)
    steps = modular_scale([size.value for size in sizes], roles["body"].size) if roles else None
    return Typography(styles, observed_pitches(observations.runs, styles, scale), roles, steps)


def assign_text_roles(styles: Sequence[TextStyle], controls: Sequence[Control]) -> Mapping[str, TextStyle]:
    """Return the styles by role, as guessed from size and use: body, heading-1 to heading-6, caption and button.

    body is the style with most strokes, headings are larger, caption is smaller, and button is that of most labels of
    buttons. controls are those of the image. Roles without a style are omitted; the mapping is empty if there are no
    styles.
    """
    return dict(_roles(styles, controls))


def _roles(styles: Sequence[TextStyle], controls: Sequence[Control]) -> Iterator[tuple[str, TextStyle]]:
    if not styles:
        return
    body = _most_used(styles)
    yield "body", body
    headings = [style for style in styles if _is_heading(style, body)]
    sizes = sorted({style.size for style in headings}, reverse=True)[:MAX_HEADINGS]
    for level, size in enumerate(sizes, start=1):
        yield f"heading-{level}", _most_used([style for style in headings if style.size == size])
    smaller = [style for style in styles if style.size < CAPTION * body.size]
    if smaller:
        yield "caption", _most_used(smaller)
    labels = {id(run) for control in controls if control.kind is Kind.BUTTON for run in control.runs}
    of_buttons = {style: sum(run.letters for run in style.runs if id(run) in labels) for style in styles}
    if any(of_buttons.values()):
        yield "button", max(of_buttons, key=lambda style: of_buttons[style])


def _is_heading(style: TextStyle, body: TextStyle) -> bool:
    least = BOLD_HEADING if style.weight > body.weight else HEADING
    return style.size >= least * body.size


def _most_used(styles: Sequence[TextStyle]) -> TextStyle:
    return max(styles, key=lambda style: style.strokes)


def _family(family: Family, observations: Sequence[tuple[int, float]]) -> dict[str, Any]:
    """Return a family's token, given the number of strokes and the confidence of each style that has it."""
    strokes = sum(count for count, _ in observations)
    confidence = sum(count * sure for count, sure in observations) / strokes
    return dtcg.token(family.value, strokes=strokes, confidence=round(confidence, dtcg.CONFIDENCE_DIGITS))


def _style_name(style: TextStyle) -> str:
    return f"{dtcg.measure_name('m' if style.monospaced else 't', style.size)}-{style.weight}"


def _weight_name(weight: int) -> str:
    return f"w-{weight}"


def _line_height_name(ratio: float) -> str:
    return dtcg.measure_name("l", ratio)
