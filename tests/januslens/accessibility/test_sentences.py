"""Every sentence of the rules, written out; and sentences in another language."""

from collections.abc import Mapping, Sequence

import pytest

from januslens.accessibility.check import Check, Message, Outcome, Reason, Value
from januslens.accessibility.rule import Rule
from januslens.accessibility.rules import BY_ID
from januslens.accessibility.sentences import ENGLISH, Language, sentence_of, written
from januslens.decode.geometry import Box

GRAY, WHITE = (119, 119, 119), (255, 255, 255)

ON_WHITE = Message("ground.flat", {"background": WHITE})
EXACT = Message("contrast.exact", {"low": 4.478, "high": 4.478})
BETWEEN = Message("contrast.interval", {"low": 2.139, "high": 5.601})
type Values = Mapping[str, Value]
type Case = tuple[str, Values, str]

TEXT: Values = {"foreground": GRAY, "ground": ON_WHITE, "contrast": EXACT, "required": 4.5, "large": 3.0}
OPEN: Values = {**TEXT, "contrast": BETWEEN}
SIZE: Values = {"size": 9.4, "low": 8.06, "high": 9.94, "required": 12.0}
PITCH: Values = {"pitch": 15.83, "ratio": 1.134, "required": 1.2}
LINK: Values = {"foreground": (35, 72, 176), "background": GRAY, "ratio": 2.509, "required": 3.0}
MERGING: Values = {
    "one": (200, 60, 60),
    "other": (60, 122, 60),
    "deficiencies": [Message("deficiency.protan"), Message("deficiency.achromatopsia")],
}
FLASHES = Message("found.flashes", {"kind": Message("kind.red"), "per_second": 4.5, "start": 0.26, "share": 0.515})
ALL = Message("seen.all", {"frames": 20, "seconds": 1.96})
PART = Message("seen.part", {"frames": 2000, "seconds": 66.6})
NOTHING = Message("found.nothing")


def target(look: str, required: float) -> Values:
    return {"look": Message(f"look.{look}"), "width": 16.4, "height": 23.6, "required": required}


def shape(kind: str) -> Values:
    return {"shape": Message(f"shape.{kind}"), "ratio": 1.359, "required": 3.0}


ON_TEXT = "Text #777777 on #ffffff has a contrast of 4.47:1; it needs 4.5:1."
OPEN_TEXT = "Text #777777 on #ffffff has a contrast of between 2.13:1 and 5.60:1; it needs 4.5:1."
SMALL = "Text is about 9 CSS px large (8.1 to 9.9); below 12 many find it hard to read."
TIGHT = "Lines are 15.8 CSS px apart, 1.13 times the text's size; below 1.2 they are hard to follow."
HUE = (
    "What stands out as #2348b0 in text of #777777 differs from it by 2.50:1; "
    "without an underline or another weight a link needs 3:1."
)
RED = (
    "saturated red flash 4.5 times in the second from 0.3 s on, over 52% of a field of 341 × 256 CSS px; "
    "more than three flashes over a quarter can cause seizures."
)
QUIET = "nothing flashes more than three times in a second."

OF_CONTRAST: Sequence[Case] = [
    ("passed", TEXT, ON_TEXT),
    ("failed", TEXT, ON_TEXT),
    (
        "bgGradient",
        {**OPEN, "ground": Message("ground.gradient")},
        "Text #777777 on a gradient has a contrast of between 2.13:1 and 5.60:1; it needs 4.5:1. "
        "Where the text stands on the gradient decides.",
    ),
    (
        "bgImage",
        {**OPEN, "ground": Message("ground.image")},
        "Text #777777 on an image has a contrast of between 2.13:1 and 5.60:1; it needs 4.5:1. "
        "What the text stands on in the image decides.",
    ),
    ("shortTextContent", TEXT, f"{ON_TEXT} But a single shape, or a few plain ones, may be no text."),
    ("thinText", OPEN, f"{OPEN_TEXT} Its strokes are too thin to show its color unmixed."),
    ("lossyImage", OPEN, f"{OPEN_TEXT} The image's compression has changed its colors; a PNG would tell."),
    ("textSize", TEXT, f"{ON_TEXT} As large text it would need 3:1, and how large it is can't be told."),
]
ENHANCED = "An icon is 16 by 24 CSS px; 44 by 44 are needed."
SENTENCES: Mapping[str, Sequence[Case]] = {
    "text-contrast": OF_CONTRAST,
    "text-contrast-enhanced": OF_CONTRAST,
    "text-size": [
        *((name, SIZE, SMALL) for name in ("passed", "failed", "textSize")),
        ("scale", SIZE, f"{SMALL} The image's scale decides."),
        ("scale.others", {**SIZE, "others": 7}, f"{SMALL} The image's scale decides, also for other text (7 places)."),
    ],
    "text-spacing-tight": [("passed", PITCH, TIGHT), ("advisory", PITCH, TIGHT)],
    "link-distinguishable": [
        ("passed", LINK, HUE),
        ("failed", LINK, HUE),
        ("perhapsNoTarget", LINK, HUE),
        (
            "passed.underline",
            LINK,
            "What stands out as #2348b0 in text of #777777 is told from it by its underline too.",
        ),
        ("passed.weight", LINK, "What stands out as #2348b0 in text of #777777 is told from it by its weight too."),
    ],
    "images-of-text": [
        ("advisory", {}, "Text stands on or in an image. If it is part of the image, give it as text instead.")
    ],
    "color-vision": [
        (
            "advisory",
            MERGING,
            "#c83c3c and #3c7a3c side by side look alike with protanopia, achromatopsia. "
            "If their difference means something, show it by more than hue.",
        )
    ],
    "target-size": [
        ("passed", target("button", 24.0), "A button is 16 by 24 CSS px; 24 by 24 are needed."),
        ("scale", target("field", 24.0), "A field is 16 by 24 CSS px; 24 by 24 are needed."),
        (
            "passed.room",
            target("link", 24.0),
            "What looks like a link is 16 by 24 CSS px, less than 24 by 24, but has room around it.",
        ),
        (
            "scale.room",
            target("label", 24.0),
            "What looks like a button or a label is 16 by 24 CSS px, less than 24 by 24, but has room around it.",
        ),
        (
            "failed.near",
            target("box", 24.0),
            "A box to check is 16 by 24 CSS px, less than 24 by 24, and too close to another.",
        ),
        (
            "scale.near",
            target("box", 24.0),
            "A box to check is 16 by 24 CSS px, less than 24 by 24, and too close to another.",
        ),
        (
            "perhapsNoTarget.near",
            target("listed", 24.0),
            "A line that may be a link of a list is 16 by 24 CSS px, less than 24 by 24, and too close to another, "
            "if both are targets.",
        ),
    ],
    "target-size-enhanced": [
        *((name, target("icon", 44.0), ENHANCED) for name in ("passed", "failed", "perhapsNoTarget")),
        ("scale", target("icon", 44.0), f"{ENHANCED} The image's scale decides."),
        (
            "scale.others",
            {**target("icon", 44.0), "others": 7},
            f"{ENHANCED} The image's scale decides, also for other targets (7).",
        ),
    ],
    "non-text-contrast": [
        ("passed", shape("button"), "A button's boundary has 1.35:1 to what is beside it."),
        (
            "failed",
            shape("field"),
            "A field's boundary has 1.35:1 to what is beside it; 3:1 are needed where nothing else shows the control.",
        ),
        (
            "thinText",
            shape("box"),
            "The boundary of a box to check has 1.35:1 to what is beside it; "
            "3:1 are needed where nothing else shows the control.",
        ),
        (
            "labeled",
            shape("button"),
            "A button's boundary has 1.35:1 to what is beside it; "
            "less than 3:1 suffices only where what is inside identifies it.",
        ),
        (
            "labeled.icon",
            shape("icon"),
            "An icon has 1.35:1 to what is beside it; "
            "less than 3:1 suffices only where the text beside it identifies it.",
        ),
    ],
    "flashing": [
        ("passed", {"seen": ALL, "found": NOTHING}, f"In 20 frames of 2.0 s {QUIET}"),
        ("failed", {"seen": ALL, "found": FLASHES}, f"In 20 frames of 2.0 s {RED}"),
        ("scale", {"seen": ALL, "found": FLASHES}, f"In 20 frames of 2.0 s {RED}"),
        ("perhapsNoFlash", {"seen": ALL, "found": FLASHES}, f"In 20 frames of 2.0 s {RED}"),
        ("cutShort", {"seen": PART, "found": NOTHING}, f"In 2000 frames of 66.6 s, which are not all, {QUIET}"),
    ],
}


@pytest.mark.parametrize(
    ("rule", "message", "sentence"),
    [
        pytest.param(BY_ID[rule], Message(name, values), sentence, id=f"{rule}-{name}")
        for rule, cases in SENTENCES.items()
        for name, values, sentence in cases
    ],
)
def test_a_message_is_said_in_english(rule: Rule, message: Message, sentence: str) -> None:
    assert written(rule, message) == sentence


@pytest.mark.parametrize("rule_id", SENTENCES)
def test_each_message_of_an_outcome_or_a_reason_is_pinned_above(rule_id: str) -> None:
    starts = {"passed", "failed", *Reason}
    said = {str(message) for message in BY_ID[rule_id].messages if message.partition(".")[0] in starts}
    assert said == {name for name, _, _ in SENTENCES[rule_id]}


def check(message: Message | str) -> Check:
    return Check(rule=BY_ID["text-contrast"], outcome=Outcome.FAILED, reason=None, box=Box(0, 0, 9, 9), message=message)


def test_another_language_has_its_own_words_and_decimal_separator_and_english_for_the_rest() -> None:
    german = Language(
        {
            "text-contrast": {
                "failed": "Text {foreground:color} auf {ground} hat {contrast}, nötig sind {required:number}:1.",
                "contrast.interval": "{low:ratio} bis {high:ratio}",
            }
        },
        decimal_separator=",",
    )
    gradient = {**OPEN, "ground": Message("ground.gradient")}
    assert sentence_of(check(Message("failed", gradient)), german) == (
        "Text #777777 auf a gradient hat 2,13:1 bis 5,60:1, nötig sind 4,5:1."
    )


def test_a_stored_sentence_stays_what_it_was() -> None:
    assert sentence_of(check("A sentence."), ENGLISH) == "A sentence."


def test_the_items_of_a_list_are_in_the_language_of_the_sentence() -> None:
    german = Language({"color-vision": {"advisory": "Gleich bei {deficiencies}.", "deficiency.protan": "Protanopie"}})
    said = written(BY_ID["color-vision"], Message("advisory", MERGING), german)
    assert said == "Gleich bei Protanopie, achromatopsia."
