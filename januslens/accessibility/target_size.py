"""The size of a target against the minimum of a success criterion: what the two rules on target size share."""

from collections.abc import Mapping
from typing import Final

from januslens.accessibility.check import Check, Message, Outcome, Reason
from januslens.accessibility.rule import Rule
from januslens.accessibility.severity import severity
from januslens.accessibility.targets import Look, Target
from januslens.accessibility.undecided import Verdict
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


def check_of(
    rule: Rule,
    min_size_px: float,
    target: Target,
    verdict: Verdict,
    scale: Scale,
    *,
    message_id: str,
    others: int = 0,
) -> Check:
    """Return the check of a target against a minimum size in CSS pixels, given its outcome and reason.

    Its severity is 0 unless it failed or may not be a target. message_id is an id of the rule's messages; others is the
    number of other targets that the check stands for.
    """
    outcome, reason = verdict
    open_or_failed = outcome is Outcome.FAILED or reason is Reason.PERHAPS_NO_TARGET
    return Check(
        rule=rule,
        outcome=outcome,
        reason=reason,
        severity=severity(1 - target.size.value / min_size_px, target.box, scale.value) if open_or_failed else 0.0,
        box=target.box,
        size=target.size.over(scale),
        required=min_size_px,
        message=Message(
            message_id,
            {
                "look": Message(f"look.{target.look}"),
                "width": target.width,
                "height": target.height,
                "required": min_size_px,
                "others": others,
            },
        ),
    )
