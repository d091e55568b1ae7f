"""Neighboring areas that only their hue tells apart look the same to people with a color vision deficiency.

Source: WCAG 2.2, success criterion 1.4.1 (A), https://www.w3.org/TR/WCAG22/#use-of-color, which asks that color not be
the only means of telling things apart. How they are compared is in `measure.merging_areas`.

Advice only. What pixels can't say: whether the difference between two areas carries a meaning, or whether a label, a
pattern or their order tells it too. So nothing fails; a pair that merges is `cantTell`, and that none does is no proof
of the criterion. Areas of one flat color are compared, not photos, not text with its background (`text-contrast` does).
"""

from collections.abc import Iterator
from typing import Final

from januslens.accessibility.check import Check, Message, Outcome, Reason
from januslens.accessibility.criteria import Criterion
from januslens.accessibility.evidence import Evidence, MergingAreas
from januslens.accessibility.rule import Level, Rule, Unit
from januslens.accessibility.severity import severity


def check(evidence: Evidence) -> Iterator[Check]:
    """Yield a `cantTell` for each pair of neighboring flat colors that look alike with a color vision deficiency.

    The rule is advice: nothing fails or passes. Photos, and text with its background, are not compared.
    """
    return (_check(areas, evidence.stride) for areas in evidence.areas)


def _check(areas: MergingAreas, stride: int) -> Check:
    deficiencies = [Message(f"deficiency.{deficiency}") for deficiency in areas.deficiencies]
    return Check(
        rule=COLOR_VISION,
        outcome=Outcome.CANT_TELL,
        reason=Reason.ADVISORY,
        severity=severity(0.5, areas.box, stride),
        box=areas.box,
        foreground=areas.one,
        background=areas.other,
        ratio=areas.ratio,
        message=Message(Reason.ADVISORY, {"one": areas.one, "other": areas.other, "deficiencies": deficiencies}),
    )


COLOR_VISION: Final = Rule(
    id="color-vision",
    name="Color vision",
    title="Neighboring areas can be told apart without seeing their hue",
    level=Level.ADVISORY,
    criterion=Criterion("1.4.1", "Use of Color"),
    unit=Unit.RATIO,
    colors=("one area", "other area"),
    messages={
        Reason.ADVISORY: "{one:color} and {other:color} side by side look alike with {deficiencies}. "
        "If their difference means something, show it by more than hue.",
        "deficiency.protan": "protanopia",
        "deficiency.deutan": "deuteranopia",
        "deficiency.tritan": "tritanopia",
        "deficiency.achromatopsia": "achromatopsia",
    },
    check=check,
)
