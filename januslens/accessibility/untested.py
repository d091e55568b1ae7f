"""The success criteria of levels A and AA that no rule here tests, because a picture cannot show them, with reasons.

Source: WCAG 2.2, https://www.w3.org/TR/WCAG22/. A report lists them so that it is not mistaken for a complete audit.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from januslens.accessibility.rule import Level


class Why(StrEnum):
    """The reason why a criterion cannot be tested in a picture; its value is a sentence for the report."""

    MARKUP = "It is about the page's markup, which a picture doesn't hold."
    OPERATION = "It is about what happens when the page is operated, and a picture is one moment."
    MEDIA = "It is about sound and video."
    TIME = "It is about time limits or movement, and a picture is one moment."
    PAGES = "It is about several pages or states, and a picture is one."
    MEANING = "A person has to judge what the content means."
    REFLOW = "It is about the page at another size, zoom or spacing."


@dataclass(frozen=True, slots=True)
class Untested:
    """A success criterion of WCAG 2.2 at level A or AA that no rule tests, because a picture cannot show it.

    criterion is its number, such as `1.1.1`; why is the reason.
    """

    criterion: str
    name: str
    level: Level
    why: Why


UNTESTED: Final = (
    Untested("1.1.1", "Non-text Content", Level.A, Why.MARKUP),
    Untested("1.2.1", "Audio-only and Video-only (Prerecorded)", Level.A, Why.MEDIA),
    Untested("1.2.2", "Captions (Prerecorded)", Level.A, Why.MEDIA),
    Untested("1.2.3", "Audio Description or Media Alternative (Prerecorded)", Level.A, Why.MEDIA),
    Untested("1.2.4", "Captions (Live)", Level.AA, Why.MEDIA),
    Untested("1.2.5", "Audio Description (Prerecorded)", Level.AA, Why.MEDIA),
    Untested("1.3.1", "Info and Relationships", Level.A, Why.MARKUP),
    Untested("1.3.2", "Meaningful Sequence", Level.A, Why.MARKUP),
    Untested("1.3.3", "Sensory Characteristics", Level.A, Why.MEANING),
    Untested("1.3.4", "Orientation", Level.AA, Why.REFLOW),
    Untested("1.3.5", "Identify Input Purpose", Level.AA, Why.MARKUP),
    Untested("1.4.2", "Audio Control", Level.A, Why.MEDIA),
    Untested("1.4.4", "Resize Text", Level.AA, Why.REFLOW),
    Untested("1.4.10", "Reflow", Level.AA, Why.REFLOW),
    Untested("1.4.13", "Content on Hover or Focus", Level.AA, Why.OPERATION),
    Untested("2.1.1", "Keyboard", Level.A, Why.OPERATION),
    Untested("2.1.2", "No Keyboard Trap", Level.A, Why.OPERATION),
    Untested("2.1.4", "Character Key Shortcuts", Level.A, Why.OPERATION),
    Untested("2.2.1", "Timing Adjustable", Level.A, Why.TIME),
    Untested("2.2.2", "Pause, Stop, Hide", Level.A, Why.TIME),
    Untested("2.4.1", "Bypass Blocks", Level.A, Why.OPERATION),
    Untested("2.4.2", "Page Titled", Level.A, Why.MARKUP),
    Untested("2.4.3", "Focus Order", Level.A, Why.OPERATION),
    Untested("2.4.4", "Link Purpose (In Context)", Level.A, Why.MEANING),
    Untested("2.4.5", "Multiple Ways", Level.AA, Why.PAGES),
    Untested("2.4.6", "Headings and Labels", Level.AA, Why.MEANING),
    Untested("2.4.7", "Focus Visible", Level.AA, Why.OPERATION),
    Untested("2.4.11", "Focus Not Obscured (Minimum)", Level.AA, Why.OPERATION),
    Untested("2.5.1", "Pointer Gestures", Level.A, Why.OPERATION),
    Untested("2.5.2", "Pointer Cancellation", Level.A, Why.OPERATION),
    Untested("2.5.3", "Label in Name", Level.A, Why.MARKUP),
    Untested("2.5.4", "Motion Actuation", Level.A, Why.OPERATION),
    Untested("2.5.7", "Dragging Movements", Level.AA, Why.OPERATION),
    Untested("3.1.1", "Language of Page", Level.A, Why.MARKUP),
    Untested("3.1.2", "Language of Parts", Level.AA, Why.MARKUP),
    Untested("3.2.1", "On Focus", Level.A, Why.OPERATION),
    Untested("3.2.2", "On Input", Level.A, Why.OPERATION),
    Untested("3.2.3", "Consistent Navigation", Level.AA, Why.PAGES),
    Untested("3.2.4", "Consistent Identification", Level.AA, Why.PAGES),
    Untested("3.2.6", "Consistent Help", Level.A, Why.PAGES),
    Untested("3.3.1", "Error Identification", Level.A, Why.OPERATION),
    Untested("3.3.2", "Labels or Instructions", Level.A, Why.MEANING),
    Untested("3.3.3", "Error Suggestion", Level.AA, Why.OPERATION),
    Untested("3.3.4", "Error Prevention (Legal, Financial, Data)", Level.AA, Why.OPERATION),
    Untested("3.3.7", "Redundant Entry", Level.A, Why.PAGES),
    Untested("3.3.8", "Accessible Authentication (Minimum)", Level.AA, Why.OPERATION),
    Untested("4.1.2", "Name, Role, Value", Level.A, Why.MARKUP),
    Untested("4.1.3", "Status Messages", Level.AA, Why.MARKUP),
)
