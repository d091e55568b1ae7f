"""The size of a target against the minimum of a success criterion: what the two rules on target size share."""

from collections.abc import Mapping
from typing import Final

from januslens.accessibility.check import Check, Message, Outcome, Reason
from januslens.accessibility.rule import Rule
from januslens.accessibility.severity import severity
from januslens.accessibility.targets import ROUNDING_PX, Look, Target
from januslens.decode.scale import Scale

SIZE: Final = "{look} is {width:whole} by {height:whole} CSS px"
MINIMUM: Final = "{required:whole} by {required:whole}"
LOOKS: Final[Mapping[str, str]] = {
    f"look.{Look.BUTTON}": "A button",
    f"look.{Look.LABEL}": "What looks like a button or a label",
    f"look.{Look.FIELD}": "A field",
    f"look.{Look.BOX}": "A box to check",
    f"look.{Look.ICON}": "An icon",
    f"look.{Look.LINK}": "What looks like a link",
    f"look.{Look.LISTED}": "A line that may be a link of a list",
    f"look.{Look.ITEM}": "An item of a list",
}


def large_in_any_scale(target: Target, min_size_px: float, scale: Scale) -> bool:
    """Return whether both sides of a target reach a minimum in CSS pixels at any possible scale of the image.

    Sides may be 0.5 CSS px short, for rounding.
    """
    return min(target.width, target.height) * scale.smallest_factor > min_size_px - ROUNDING_PX


def judge_small(target: Target, min_size_px: float, scale: Scale) -> tuple[Outcome, Reason | None]:
    """Return the outcome and reason for a sure target whose shorter side is below a minimum in CSS pixels.

    It fails if the side is too short at any possible scale of the image; otherwise it is `cantTell`, as the scale
    decides.
    """
    small = min(target.width, target.height) * scale.largest_factor <= min_size_px - ROUNDING_PX
    return (Outcome.FAILED, None) if small else (Outcome.CANT_TELL, Reason.SCALE)


def check_of(
    rule: Rule,
    min_size_px: float,
    target: Target,
    judged: tuple[Outcome, Reason | None],
    scale: Scale,
    *,
    message_id: str,
) -> Check:
    """Return the check of a target against a minimum size in CSS pixels; judged are its outcome and reason.

    Its severity is 0 unless it failed or may not be a target. message_id is an id of the rule's messages.
    """
    outcome, reason = judged
    open_or_failed = outcome is Outcome.FAILED or reason is Reason.PERHAPS_NO_TARGET
    return Check(
        rule=rule,
        outcome=outcome,
        reason=reason,
        severity=severity(1 - target.size.value / min_size_px, target.box, scale.value) if open_or_failed else 0.0,
        box=target.box,
        size=target.size,
        required=min_size_px,
        message=Message(
            message_id,
            {
                "look": Message(f"look.{target.look}"),
                "width": target.width,
                "height": target.height,
                "required": min_size_px,
            },
        ),
    )
