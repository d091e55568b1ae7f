"""The contrast of controls: of the colors that meet at a boundary, the two that differ most."""

from collections.abc import Iterator, Sequence

from januslens.accessibility.evidence import MeasuredControl
from januslens.color.luminance import contrast_ratio
from januslens.color.notation import Rgb
from januslens.layout.control import Control


def measure_controls(controls: Sequence[Control]) -> list[MeasuredControl]:
    """Return each control with the two colors that have the highest contrast ratio at its boundary.

    The pairs considered are fill and surroundings and, if the control has a border, border and surroundings, and border
    and fill.
    """
    return [_measured(control) for control in controls]


def _measured(control: Control) -> MeasuredControl:
    foreground, background = max(_boundaries(control), key=lambda pair: contrast_ratio(*pair))
    return MeasuredControl(control, foreground, background, contrast_ratio(foreground, background))


def _boundaries(control: Control) -> Iterator[tuple[Rgb, Rgb]]:
    """Yield the pairs of colors that meet at a control's boundary."""
    yield control.fill, control.surrounding
    if control.border is not None:
        yield control.border, control.surrounding
        yield control.border, control.fill
