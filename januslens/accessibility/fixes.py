"""Fixes: the nearest colors that reach the contrast a check asks for, and one for a color that fails in many places.

Nearest is meant as in `color.nearest`: of the same hue, by CIEDE2000. A fix is given where both colors are known and
flat; on a gradient or an image no single color is right.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from typing import Final

from januslens.accessibility.check import Check, Fixes, Outcome, PaletteFix, Reason
from januslens.accessibility.rule import ColorFix
from januslens.color.luminance import contrast_ratio
from januslens.color.nearest import nearest_reaching
from januslens.color.notation import Fix, Rgb

VARYING = (Reason.GRADIENT, Reason.IMAGE)
FARTHEST: Final = 40.0  # CIEDE2000: from white to the gray #808080 it is 33

nearest = lru_cache(maxsize=1024)(nearest_reaching)


def with_fixes(checks: Iterable[Check]) -> Iterator[Check]:
    """Yield all checks, adding suggested colors to those that failed or may fail for lack of contrast.

    Fixes are added if the check's rule suggests colors, the check did not pass, it is not on a gradient or an image,
    and it has both colors and a required ratio. All other checks are yielded unchanged.
    """
    for check in checks:
        pair = _pair(check)
        if pair is None:
            yield check
        else:
            foreground, background, required = pair
            yield replace(
                check,
                fixes=Fixes(
                    nearest(foreground, background, required),
                    nearest(background, foreground, required),
                ),
            )


def palette_fixes(checks: Iterable[Check]) -> tuple[PaletteFix, ...]:
    """Return one replacement for each text color that fails in several places, the color with the most places first.

    Only failed checks of rules with `ColorFix.PALETTE` count. The replacement reaches the required ratio on all
    backgrounds on which the color fails. A color gets none if it fails in one place only, or if no color within a
    CIEDE2000 difference of 40 suffices on all of its backgrounds.
    """
    needs: defaultdict[Rgb, dict[Rgb, float]] = defaultdict(dict)
    places: defaultdict[Rgb, int] = defaultdict(int)
    for check in checks:
        pair = _pair(check) if check.outcome is Outcome.FAILED and check.rule.color_fix is ColorFix.PALETTE else None
        if pair is not None:
            foreground, background, required = pair
            needs[foreground][background] = max(required, needs[foreground].get(background, 0.0))
            places[foreground] += 1
    found = [
        _palette_fix(color, needs[color])
        for color in sorted(needs, key=lambda color: -places[color])
        if places[color] > 1
    ]
    return tuple(fix for fix in found if fix is not None)


def _palette_fix(color: Rgb, needs: dict[Rgb, float]) -> PaletteFix | None:
    candidates = [nearest(color, background, required) for background, required in needs.items()]
    suiting = [
        fix
        for fix in candidates
        if fix is not None
        and fix.difference <= FARTHEST
        and all(contrast_ratio(fix.color, on) >= required for on, required in needs.items())
    ]
    if not suiting:
        return None
    best = min(suiting, key=lambda fix: fix.difference)
    lowest = min(contrast_ratio(best.color, background) for background in needs)
    return PaletteFix(color, tuple(needs), Fix(best.color, lowest, best.difference))


def _pair(check: Check) -> tuple[Rgb, Rgb, float] | None:
    """Return the two colors of a check that lacks contrast, and what it needs."""
    if check.rule.color_fix is ColorFix.NONE or check.outcome is Outcome.PASSED or check.reason in VARYING:
        return None
    if check.foreground is None or check.background is None or check.required is None:
        return None
    return check.foreground, check.background, check.required
