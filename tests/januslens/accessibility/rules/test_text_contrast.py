"""Success criterion 1.4.3 on runs made by hand. Ratios of the pairs are WebAIM's checker's."""

from dataclasses import replace

import pytest

from januslens.accessibility.check import Check, Outcome, Reason
from januslens.accessibility.contrast import LARGE_BOLD_SIZE
from januslens.accessibility.criteria import Criterion
from januslens.accessibility.rules.text_contrast import TEXT_CONTRAST
from januslens.accessibility.sentences import sentence_of
from januslens.color.notation import Rgb
from januslens.decode.geometry import Box
from januslens.decode.lossy import NO_LOSS, USUAL_LOSS, Loss
from januslens.decode.scale import Scale
from januslens.text.run import Backdrop, Foreground, Size, TextRun
from januslens.text.script import Script
from tests.januslens.accessibility.evidence import ASSUMED, GIVEN, evidence

WHITE: Rgb = (255, 255, 255)

PASSES: Rgb = (0x76, 0x76, 0x76)  # 4.54 on white
FAILS: Rgb = (0x77, 0x77, 0x77)  # 4.48
PASSES_LARGE: Rgb = (0x94, 0x94, 0x94)  # 3.03
FAILS_LARGE: Rgb = (0x95, 0x95, 0x95)  # 2.99

LOSSY = Loss(10, 0.05, thin_chroma=False)

NORMAL = Size(16, 14.5, 18)
LARGE = Size(26, 24, 28)
PERHAPS_LARGE = Size(22, 20, 24.5)


def proven(color: Rgb) -> Foreground:
    return Foreground(color, color, color)


def text(color: Rgb, size: Size = NORMAL, *, weight: int = 400) -> TextRun:
    """Text on white whose strokes are as wide as those of Arial in that weight."""
    return TextRun(
        box=Box(10, 20, 100, 16),
        foreground=proven(color),
        background=WHITE,
        backgrounds=(WHITE, WHITE),
        backdrop=Backdrop.FLAT,
        letters=8,
        size=size,
        stem=size.value * {400: 0.09, 700: 0.15, 900: 0.22}[weight],
        core=(24, 32),
        baseline=32,
        monospaced=False,
    )


def check(run: TextRun, scale: Scale = GIVEN, *, loss: Loss = NO_LOSS) -> Check:
    (found,) = TEXT_CONTRAST.check(evidence(runs=[run], scale=scale, loss=loss))
    return found


def verdict(run: TextRun, scale: Scale = GIVEN, *, loss: Loss = NO_LOSS) -> tuple[Outcome, Reason | None]:
    found = check(run, scale, loss=loss)
    return found.outcome, found.reason


def lowest_ratio(found: Check) -> float:
    assert found.interval
    return found.interval[0]


PASSED = (Outcome.PASSED, None)
FAILED = (Outcome.FAILED, None)


@pytest.mark.parametrize(
    ("run", "expected"),
    [
        (text(PASSES), PASSED),
        (text(FAILS), FAILED),
        (text(PASSES_LARGE, LARGE), PASSED),
        (text(FAILS_LARGE, LARGE), FAILED),
        (text(PASSES_LARGE), FAILED),
        (text(PASSES_LARGE, Size(20, 18.66, 21), weight=900), PASSED),
        (text(FAILS_LARGE, Size(20, 18.66, 21), weight=900), FAILED),
        (text(PASSES_LARGE, Size(20, 18.66, 21), weight=400), FAILED),
        (text(PASSES_LARGE, Size(17, 16, 18.6), weight=900), FAILED),
        (text(PASSES_LARGE, Size(22, 21, 23.9), weight=400), FAILED),
    ],
    ids=[
        "4.54 passes",
        "4.48 fails",
        "3.03 passes at 24 px",
        "2.99 fails at 24 px",
        "3.03 fails at 16 px",
        "3.03 passes at 18.66 px bold",
        "2.99 fails at 18.66 px bold",
        "3.03 fails at 18.66 px regular",
        "3.03 fails below 18.66 px bold",
        "3.03 fails below 24 px regular",
    ],
)
def test_each_side_of_what_the_criterion_asks(run: TextRun, expected: tuple[Outcome, Reason | None]) -> None:
    assert verdict(run) == expected


def test_ratios_go_from_1_to_21() -> None:
    assert check(text(WHITE)).ratio == 1
    assert check(text((0, 0, 0))).ratio == pytest.approx(21)


@pytest.mark.parametrize(
    ("color", "expected"),
    [
        (PASSES, PASSED),
        (FAILS, (Outcome.CANT_TELL, Reason.TEXT_SIZE)),
        (PASSES_LARGE, (Outcome.CANT_TELL, Reason.TEXT_SIZE)),
        (FAILS_LARGE, FAILED),
    ],
)
def test_where_the_size_is_in_doubt_only_what_it_cannot_change_is_decided(
    color: Rgb, expected: tuple[Outcome, Reason | None]
) -> None:
    assert verdict(text(color, PERHAPS_LARGE)) == expected


def test_whether_text_is_bold_can_be_in_doubt_too() -> None:
    between = replace(text(FAILS, Size(20, 19, 21)), stem=0.15 * 20)  # of weight 600 or 700
    assert verdict(between) == (Outcome.CANT_TELL, Reason.TEXT_SIZE)


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        (NORMAL, FAILED),  # on a screen of three pixels a CSS pixel it would be smaller still
        (Size(28, 26, 30), (Outcome.CANT_TELL, Reason.TEXT_SIZE)),
        (Size(80, 72, 90), PASSED),
    ],
)
def test_text_is_large_only_at_every_scale_that_the_image_may_have(
    size: Size, expected: tuple[Outcome, Reason | None]
) -> None:
    assert verdict(text(PASSES_LARGE, size), ASSUMED) == expected


@pytest.mark.parametrize(
    ("low", "expected"),
    [(1.9, FAILED), (1.6, (Outcome.CANT_TELL, Reason.TEXT_SIZE))],  # of 19 to 21 CSS px at 2, 22.1 and 26.3 at most
)
def test_text_is_normal_only_at_every_scale_that_the_image_may_have(
    low: float, expected: tuple[Outcome, Reason | None]
) -> None:
    scale = Scale(2.0, "estimated", 0.9, (low,))
    assert verdict(text(PASSES_LARGE, Size(20, 19, 21)), scale) == expected


THIN = Foreground((120, 120, 120), (120, 120, 120), (100, 100, 100))  # 4.42 to 5.92 on white


@pytest.mark.parametrize(
    ("foreground", "expected"),
    [
        (THIN, (Outcome.CANT_TELL, Reason.THIN_TEXT)),
        (Foreground(PASSES, PASSES, (90, 90, 90)), PASSED),
        (Foreground((130, 130, 130), (130, 130, 130), FAILS), FAILED),
    ],
    ids=["between", "all above", "all below"],
)
def test_a_color_in_doubt_is_judged_where_both_its_bounds_agree(
    foreground: Foreground, expected: tuple[Outcome, Reason | None]
) -> None:
    assert verdict(replace(text(WHITE), foreground=foreground)) == expected


BEHIND: dict[str, tuple[tuple[Rgb, Rgb], Outcome]] = {
    "legible on all": ((WHITE, (200, 200, 200)), Outcome.PASSED),
    "illegible on all": (((60, 60, 60), (0, 0, 0)), Outcome.FAILED),
    "in between": ((WHITE, (60, 60, 60)), Outcome.CANT_TELL),
}


@pytest.mark.parametrize(("backdrop", "reason"), [(Backdrop.GRADIENT, Reason.GRADIENT), (Backdrop.IMAGE, Reason.IMAGE)])
@pytest.mark.parametrize(("backgrounds", "outcome"), BEHIND.values(), ids=BEHIND)
def test_on_a_varying_background_its_extremes_decide(
    backgrounds: tuple[Rgb, Rgb], outcome: Outcome, backdrop: Backdrop, reason: Reason
) -> None:
    run = replace(text((30, 30, 30)), background=backgrounds[0], backgrounds=backgrounds, backdrop=backdrop)
    assert verdict(run) == (outcome, reason if outcome is Outcome.CANT_TELL else None)


def test_gray_text_does_not_pass_on_an_image_that_goes_from_black_to_white() -> None:
    run = replace(text(PASSES), backgrounds=((0, 0, 0), WHITE), backdrop=Backdrop.IMAGE)
    assert verdict(run) == (Outcome.CANT_TELL, Reason.IMAGE)
    assert lowest_ratio(check(run)) == 1


@pytest.mark.parametrize(
    ("color", "expected"),
    [
        ((0x66, 0x66, 0x66), PASSED),  # 5.74
        ((0x70, 0x70, 0x70), (Outcome.CANT_TELL, Reason.LOSSY_IMAGE)),  # 4.95
        (FAILS, (Outcome.CANT_TELL, Reason.LOSSY_IMAGE)),
        ((0x85, 0x85, 0x85), FAILED),  # 3.66
    ],
)
def test_a_lossy_image_decides_what_its_compression_cannot_change(
    color: Rgb, expected: tuple[Outcome, Reason | None]
) -> None:
    assert verdict(text(color), loss=LOSSY) == expected


@pytest.mark.parametrize(
    ("color", "expected"),
    [
        ((0x55, 0x55, 0x55), PASSED),  # 7.46
        ((0x66, 0x66, 0x66), (Outcome.CANT_TELL, Reason.LOSSY_IMAGE)),  # 5.74
        ((0x85, 0x85, 0x85), (Outcome.CANT_TELL, Reason.LOSSY_IMAGE)),  # 3.66
        ((0xAA, 0xAA, 0xAA), FAILED),  # 2.32
    ],
)
def test_where_chroma_is_thin_less_is_decided(color: Rgb, expected: tuple[Outcome, Reason | None]) -> None:
    assert verdict(text(color), loss=USUAL_LOSS) == expected


def test_no_interval_begins_below_one() -> None:
    assert lowest_ratio(check(text((250, 250, 250)), loss=LOSSY)) == 1


@pytest.mark.parametrize("letters", [0, 1])
def test_a_single_shape_that_would_fail_may_be_no_text(letters: int) -> None:
    assert verdict(replace(text(FAILS), letters=letters)) == (Outcome.CANT_TELL, Reason.SHORT_TEXT)


@pytest.mark.parametrize(("letters", "color", "expected"), [(1, PASSES, PASSED), (2, FAILS, FAILED)])
def test_a_single_shape_passes_and_two_strokes_may_fail(
    letters: int, color: Rgb, expected: tuple[Outcome, Reason | None]
) -> None:
    assert verdict(replace(text(color), letters=letters)) == expected


@pytest.mark.parametrize(
    ("run", "required"), [(text(FAILS), 4.5), (text(FAILS, LARGE), 3.0), (text(FAILS, PERHAPS_LARGE), 4.5)]
)
def test_what_is_required_is_the_higher_where_the_size_is_in_doubt(run: TextRun, required: float) -> None:
    assert check(run).required == required


def test_a_check_names_its_rule_and_criterion_and_keeps_what_was_measured() -> None:
    run = text(FAILS)
    found = check(run)
    assert (found.rule.id, found.rule.level) == ("text-contrast", "AA")
    assert found.rule.criterion == Criterion("1.4.3", "Contrast (Minimum)")
    assert (found.box, found.foreground, found.background, found.size) == (run.box, FAILS, WHITE, NORMAL)
    assert found.ratio == pytest.approx(4.478, abs=0.001)
    assert found.interval == (found.ratio, found.ratio)


def test_each_run_has_a_check_in_its_place() -> None:
    runs = [text(PASSES), text(FAILS), text(FAILS_LARGE, LARGE)]
    found = TEXT_CONTRAST.check(evidence(runs=runs))
    assert [check.foreground for check in found] == [PASSES, FAILS, FAILS_LARGE]


@pytest.mark.parametrize(
    ("run", "loss", "phrases"),
    [
        (text(FAILS), NO_LOSS, ["#777777", "#ffffff", "4.47:1", "needs 4.5:1"]),
        (text(FAILS_LARGE, LARGE), NO_LOSS, ["2.99:1", "needs 3:1"]),
        (text(FAILS, PERHAPS_LARGE), NO_LOSS, ["4.47:1", "large"]),
        (replace(text(FAILS), foreground=THIN), NO_LOSS, ["between 4.41:1 and 5.91:1", "thin"]),
        (text(FAILS), LOSSY, ["between", "PNG"]),
        (replace(text(FAILS), letters=1), NO_LOSS, ["may be no text"]),
        (replace(text(FAILS), backdrop=Backdrop.GRADIENT), NO_LOSS, ["a gradient"]),
        (replace(text(FAILS), backdrop=Backdrop.IMAGE), NO_LOSS, ["an image"]),
    ],
)
def test_the_message_says_what_was_seen_and_what_is_in_doubt(run: TextRun, loss: Loss, phrases: list[str]) -> None:
    message = sentence_of(check(run, loss=loss))
    assert [phrase for phrase in phrases if phrase not in message] == []


def test_a_color_between_the_bounds_may_be_darker_than_both() -> None:
    """Red text on green, whose color lies somewhere between olive and red, loses green before it gains red."""
    green, olive, brown, red = (0, 150, 0), (89, 98, 0), (128, 75, 0), (255, 0, 0)
    unknown = replace(text(red), foreground=Foreground(red, olive, red), background=green, backgrounds=(green, green))
    exact = [replace(unknown, foreground=proven(color)) for color in (olive, brown, red)]
    interval = check(unknown).interval
    assert interval
    assert interval[1] >= max(check(run).ratio or 0 for run in exact) - 0.01


@pytest.mark.parametrize("script", [Script.CJK, Script.THAI])
def test_dense_letters_are_never_surely_bold(script: Script) -> None:
    size = Size(20, 19, 21)
    latin = replace(text(PASSES_LARGE, size, weight=900), scripts=frozenset({Script.LATIN}))
    dense = replace(latin, scripts=frozenset({Script.LATIN, script}))
    assert (verdict(latin), verdict(dense)) == (PASSED, (Outcome.CANT_TELL, Reason.TEXT_SIZE))


@pytest.mark.parametrize(
    ("script", "stem"),
    [
        (Script.LATIN, 0.132),
        (Script.CJK, 0.104),
        (Script.DEVANAGARI, 0.118),
        (Script.ARABIC, 0.085),
        (Script.HEBREW, 0.12),
    ],
)
def test_a_script_may_be_bold_from_its_own_stem_width(script: Script, stem: float) -> None:
    size = Size(20, 19, 19.5)
    run = replace(text(PASSES_LARGE, size), scripts=frozenset({script}))
    bold = replace(run, stem=stem * LARGE_BOLD_SIZE * 1.01)
    lighter = replace(run, stem=stem * LARGE_BOLD_SIZE * 0.99)
    assert (verdict(bold), verdict(lighter)) == ((Outcome.CANT_TELL, Reason.TEXT_SIZE), FAILED)


def test_the_lightest_bold_of_all_possible_scripts_counts() -> None:
    size = Size(20, 19, 19.5)
    run = replace(text(PASSES_LARGE, size), stem=0.11 * 19, scripts=frozenset({Script.LATIN, Script.CJK}))
    assert verdict(run) == (Outcome.CANT_TELL, Reason.TEXT_SIZE)
