"""Roles of the observed colors, such as page, text, border and primary, inferred from position and use.

An image does not say what a color is called. These are guesses from use, each with a confidence: the share of the
evidence for a role that supports the color. A role without evidence is omitted.

- page: the color of most of the image's right and lower edge, where neither a header nor a sidebar is.
- surface: the other background of most text; surface-raised, the fill of most boxes that cast a shadow.
- text, text-muted: the color of most letters there, and that of most other letters with less contrast.
- primary: the vivid color used by controls, links, letters and areas in the most ways. Red, yellow and green have less
  weight, as they just as often mean danger, warning and success; link, the color of most links.
- border: the color around fields, else that of most lines that are not vivid.
- danger, warning, success, info: vivid colors of these hues that are not the primary color.
- accent: the most used vivid color of a hue different from all of these.
- text-on-primary and the like: the color of the letters on them.
- disabled: the color of faint gray labels of gray buttons.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import numpy as np

from januslens.color.luminance import contrast_ratio
from januslens.color.notation import Rgb
from januslens.color.oklch import OTHER_HUE, degrees_apart, hue_of, is_vivid
from januslens.layout.control import Control, Kind, Observations
from januslens.raster.indexed_image import IndexedImage
from januslens.text.run import Backdrop, TextRun
from januslens.tokens.color import ObservedColor

WEIGHTS: Final[Mapping[Kind, float]] = MappingProxyType(
    {Kind.BUTTON: 3.0, Kind.LINK: 1.0, Kind.ICON: 0.3, Kind.FIELD: 1.0, Kind.BOX: 1.0}
)
"""Weight of each kind of control as evidence of the primary color: a button counts most, an icon may have any color."""
BORDER_WEIGHT: Final = 1.0
TEXT_WEIGHT: Final = 0.5
FILL_WEIGHT: Final = 0.5
MAX_FILLS: Final = 200  # the most frequent colors that count as areas': a mosaic has thousands
STATES: Final[Mapping[str, tuple[float, float]]] = MappingProxyType(
    {"danger": (8, 42), "warning": (55, 110), "success": (128, 162), "info": (195, 235)}
)
"""OKLCH hues, in degrees, of the usual reds, yellows, greens and cyans, as in Bootstrap, Material and Primer."""
ALARMING: Final = ("danger", "warning", "success")  # cyan is as often the primary color as another blue
STATE_WEIGHT: Final = 0.4  # of a color of such a hue
LEGIBLE: Final = 3.0  # contrast ratio; fainter labels are meant to look disabled
MIN_SHARE: Final = 0.03  # of the image that a surface fills, and of the letters that a role of text has
MIN_STROKES: Final = 3

Weights = Mapping[Rgb, float]
"""Weight of the evidence for each color."""
NOTHING_RAISED: Final[Weights] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Role:
    """The guessed color of a role, such as page, text or primary: an observed color, and the confidence in it.

    confidence is the share, 0 to 1, of the evidence for the role that supports this color.
    """

    name: str
    color: Rgb
    confidence: float


def find_roles(
    indexed: IndexedImage,
    observed: Sequence[ObservedColor],
    observations: Observations,
    *,
    raised: Weights = NOTHING_RAISED,
) -> list[Role]:
    """Guess the roles of an image's observed colors, such as page, text and primary, from their position and use.

    A role without evidence is omitted, and so is one whose likeliest color is not among the observed ones. indexed is
    the image as palette indices; observations are its text and controls. raised is the total area of boxes that cast
    shadows, by fill color.
    """
    known = {color.rgb for color in observed}
    return [
        role for role in _roles(indexed, observed, observations, raised) if role is not None and role.color in known
    ]


def _roles(
    indexed: IndexedImage, observed: Sequence[ObservedColor], observations: Observations, raised: Weights
) -> Iterator[Role | None]:
    words = [run for run in observations.runs if run.letters >= MIN_STROKES and run.backdrop is Backdrop.FLAT]
    controls = observations.controls
    page = _likeliest("page", _at_edges(indexed, observed))
    yield page
    yield _likeliest("surface", _surfaces(observed, words, page))
    yield _likeliest("surface-raised", {color: area for color, area in raised.items() if not is_vivid(color)})
    text = _likeliest("text", _weigh((run.foreground.color, run.letters) for run in words))
    yield text
    yield _likeliest("text-muted", _muted(words, text))
    uses = _vivid_uses(observed, controls, words)
    primary = _likeliest("primary", _by_ways(uses))
    links = (control for control in controls if control.kind is Kind.LINK)
    link = _likeliest("link", _weigh((control.fill, control.box.width) for control in links))
    states = [_likeliest(state, _of_state(uses, state, primary)) for state in STATES]
    accent = _likeliest("accent", _of_other_hues(uses, primary, link))
    yield link
    yield _likeliest("border", _borders(observed, controls))
    for vivid in (primary, *states, accent):
        yield vivid
        yield _text_on(vivid, words)
    yield _likeliest("disabled", _faint_labels(controls))


def _weigh(uses: Iterable[tuple[Rgb, float]]) -> Weights:
    weights: defaultdict[Rgb, float] = defaultdict(float)
    for color, weight in uses:
        weights[color] += weight
    return weights


def _likeliest(name: str, weights: Weights) -> Role | None:
    """Return the role of the color with the most evidence; None if there is no evidence."""
    if not weights:
        return None
    color = max(weights, key=lambda color: (weights[color], color))
    return Role(name, color, weights[color] / sum(weights.values()))


def _at_edges(indexed: IndexedImage, observed: Sequence[ObservedColor]) -> Weights:
    edges = indexed.histogram(np.concatenate([indexed.indices[:, -1], indexed.indices[-1]]))
    fills = {color.rgb: indexed.find(color.rgb) for color in observed if "fill" in color.observed_as}
    return {color: float(edges[index]) for color, index in fills.items() if index is not None and edges[index]}


def _surfaces(observed: Sequence[ObservedColor], words: Sequence[TextRun], page: Role | None) -> Weights:
    fills = {color.rgb for color in observed if "fill" in color.observed_as and color.share >= MIN_SHARE}
    grounds = _weigh((run.background, run.letters) for run in words if run.background in fills)
    return {color: letters for color, letters in grounds.items() if page is not None and color != page.color}


def _muted(words: Sequence[TextRun], text: Role | None) -> Weights:
    """Return the grays and tinted grays with less contrast than the text on the same background."""
    if text is None:
        return {}
    least = MIN_SHARE * sum(run.letters for run in words)
    fainter = _weigh(
        (run.foreground.color, run.letters)
        for run in words
        if _contrast(run, run.foreground.color) < _contrast(run, text.color) and not is_vivid(run.foreground.color)
    )
    return {color: letters for color, letters in fainter.items() if letters >= least}


def _contrast(run: TextRun, color: Rgb) -> float:
    return contrast_ratio(color, run.background)


def _vivid_uses(
    observed: Sequence[ObservedColor], controls: Sequence[Control], words: Sequence[TextRun]
) -> dict[Rgb, dict[str, float]]:
    """Return for each vivid color the weight of each kind of use."""
    uses: defaultdict[Rgb, defaultdict[str, float]] = defaultdict(lambda: defaultdict(float))
    for control in controls:
        uses[control.fill][control.kind] += WEIGHTS[control.kind]
        if control.border is not None:
            uses[control.border]["border"] += BORDER_WEIGHT
    for run in words:
        if run.foreground.proven:
            uses[run.foreground.color]["text"] += TEXT_WEIGHT
    for color in observed[:MAX_FILLS]:
        if "fill" in color.observed_as:
            uses[color.rgb]["fill"] += FILL_WEIGHT
    return {color: ways for color, ways in uses.items() if is_vivid(color)}


def _by_ways(uses: Mapping[Rgb, Mapping[str, float]]) -> Weights:
    """Weigh colors by the amount and the variety of their use.

    A color that is used by many buttons but in no other way may belong to a campaign.
    """
    of_buttons = {color: ways[Kind.BUTTON] for color, ways in uses.items() if Kind.BUTTON in ways}
    plain = any(not _is_alarming(color) for color in of_buttons)
    usual = None if plain else max(of_buttons, key=lambda color: (of_buttons[color], color), default=None)
    return {
        color: sum(ways.values()) * len(ways) * (STATE_WEIGHT if _is_alarming(color) and color != usual else 1.0)
        for color, ways in uses.items()
    }


def _is_alarming(color: Rgb) -> bool:
    return _state_of(color) in ALARMING


def _borders(observed: Sequence[ObservedColor], controls: Sequence[Control]) -> Weights:
    fields = (control for control in controls if control.kind is Kind.FIELD)
    around = _weigh((field.border, 1.0) for field in fields if field.border is not None)
    lines = (color for color in observed if color.observed_as == ("line",) and not is_vivid(color.rgb))
    return around or _weigh((color.rgb, color.share) for color in lines)


def _of_state(uses: Mapping[Rgb, Mapping[str, float]], state: str, primary: Role | None) -> Weights:
    return {
        color: sum(ways.values())
        for color, ways in uses.items()
        if _state_of(color) == state and (primary is None or color != primary.color)
    }


def _of_other_hues(uses: Mapping[Rgb, Mapping[str, float]], *taken: Role | None) -> Weights:
    hues = [hue_of(role.color) for role in taken if role is not None]
    return {
        color: sum(ways.values()) * len(ways)
        for color, ways in uses.items()
        if _state_of(color) is None and all(degrees_apart(hue_of(color), hue) >= OTHER_HUE for hue in hues)
    }


def _text_on(role: Role | None, words: Sequence[TextRun]) -> Role | None:
    if role is None:
        return None
    on_it = (run for run in words if run.background == role.color)
    return _likeliest(f"text-on-{role.name}", _weigh((run.foreground.color, run.letters) for run in on_it))


def _faint_labels(controls: Sequence[Control]) -> Weights:
    gray = (control for control in controls if control.kind is Kind.BUTTON and not is_vivid(control.fill))
    labels = (run for control in gray for run in control.runs)
    faint = (run for run in labels if _contrast(run, run.foreground.color) < LEGIBLE)
    return _weigh((run.foreground.color, run.letters) for run in faint if not is_vivid(run.foreground.color))


def _state_of(color: Rgb) -> str | None:
    """Return the state usually expressed by a vivid color's hue, None if there is none."""
    hue = hue_of(color)
    return next((state for state, (first, last) in STATES.items() if first <= hue <= last), None)
