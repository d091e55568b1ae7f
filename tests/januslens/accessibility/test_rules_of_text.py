"""Size, spacing, images of text and links, on runs made by hand."""

import pytest

from januslens.accessibility.check import Check, Outcome, Reason
from januslens.accessibility.rules.images_of_text import IMAGES_OF_TEXT
from januslens.accessibility.rules.link_distinguishable import LINK_DISTINGUISHABLE
from januslens.accessibility.rules.text_size import TEXT_SIZE
from januslens.accessibility.rules.text_spacing_tight import TEXT_SPACING_TIGHT
from januslens.accessibility.sentences import sentence_of
from januslens.color.notation import Rgb
from januslens.decode.scale import Scale
from januslens.text.paragraphs import paragraphs, text_lines
from januslens.text.run import Backdrop
from tests.januslens.accessibility.evidence import ASSUMED, BLANK, GIVEN, evidence
from tests.januslens.accessibility.texts import BOLD, DARK, REGULAR, text

BLUE: Rgb = (0, 90, 180)  # 6.8:1 on white, and 2.3:1 beside #222222
LIGHT_BLUE: Rgb = (77, 163, 255)  # 6.0:1 beside #222222


@pytest.mark.parametrize(
    ("size", "scale", "outcome"),
    [
        (10, GIVEN, Outcome.FAILED),
        (11.3, GIVEN, Outcome.CANT_TELL),  # perhaps 11.9
        (12, GIVEN, Outcome.PASSED),
        (16, GIVEN, Outcome.PASSED),
        (10, ASSUMED, Outcome.FAILED),  # at another scale it would be smaller still
        (16, ASSUMED, Outcome.CANT_TELL),
    ],
)
def test_text_below_12_px_is_small(size: float, scale: Scale, outcome: Outcome) -> None:
    (check,) = TEXT_SIZE.check(evidence(runs=[text(size=size)], scale=scale))
    assert check.outcome is outcome
    assert (check.severity > 0) == (size < 12)


def test_of_all_text_for_which_the_scale_decides_the_smallest_stands() -> None:
    scale = Scale(2.75, "estimated", 0.9, (2.625, 3.0))
    runs = [text(size=size) for size in (12.3, 12.1, 12.2, 16, 10)]
    checks = list(TEXT_SIZE.check(evidence(runs=runs, scale=scale)))
    assert [(check.size.value, check.outcome) for check in checks if check.size] == [
        (16, Outcome.PASSED),
        (10, Outcome.FAILED),
        (12.1, Outcome.CANT_TELL),
    ]
    assert checks[-1].reason is Reason.SCALE
    assert sentence_of(checks[-1]).endswith("The image's scale decides, also for other text (2 places).")


def test_a_text_is_said_to_be_as_large_as_it_may_be_at_every_scale() -> None:
    (check,) = TEXT_SIZE.check(evidence(runs=[text(size=16)], scale=Scale(2.0, "estimated", 0.9, (1.6, 2.5))))
    assert "about 16 CSS px large (12.2 to 21.0)" in sentence_of(check)  # 0.95 * 2 / 2.5, 1.05 * 2 / 1.6


def test_a_single_shape_has_no_size() -> None:
    assert list(TEXT_SIZE.check(evidence(runs=[text(size=8, letters=1)]))) == []


@pytest.mark.parametrize(("pitch", "outcome"), [(16, Outcome.CANT_TELL), (18, Outcome.CANT_TELL), (24, Outcome.PASSED)])
def test_lines_closer_than_1_2_sizes_are_pointed_out(pitch: int, outcome: Outcome) -> None:
    lines = text_lines([text(0, 20 + n * pitch, width=400) for n in range(3)], 1.0)
    (check,) = TEXT_SPACING_TIGHT.check(evidence(lines=lines))
    assert check.outcome is outcome
    assert check.ratio == pytest.approx(pitch / 16)


def test_lines_of_another_size_or_place_are_no_paragraph() -> None:
    heading, body, aside = text(0, 20, size=32), text(0, 50), text(300, 70)
    assert list(paragraphs(text_lines([heading, body, aside], 1.0), 1.0)) == []


def test_labels_below_one_another_are_no_prose() -> None:
    lines = text_lines([text(0, 20 + n * 17, width=30, letters=6) for n in range(3)], 1.0)
    assert list(TEXT_SPACING_TIGHT.check(evidence(lines=lines))) == []


def test_runs_that_stand_close_are_one_line_and_far_ones_are_two() -> None:
    near, far = text_lines([text(0), text(105)], 1.0), text_lines([text(0), text(400)], 1.0)
    assert [len(line.runs) for line in near] == [2]
    assert [len(line.runs) for line in far] == [1, 1]


@pytest.mark.parametrize("backdrop", Backdrop)
def test_only_text_on_an_image_may_be_an_image_of_text(backdrop: Backdrop) -> None:
    checks = list(IMAGES_OF_TEXT.check(evidence(runs=[text(backdrop=backdrop)])))
    assert [check.outcome for check in checks] == [Outcome.CANT_TELL] * (backdrop is Backdrop.IMAGE)


def link_checks(color: Rgb, *, stem: float = REGULAR, before: int = 30, underline: bool = False) -> list[Check]:
    """Return the checks of a link after so many letters of dark text."""
    pixels = BLANK.copy()
    if underline:
        pixels[22, 205:285] = color
    line = text_lines(
        [text(0, width=200, letters=before), text(205, width=80, color=color, letters=10, stem=stem)], 1.0
    )
    return list(LINK_DISTINGUISHABLE.check(evidence(pixels=pixels, lines=line)))


def link_check(color: Rgb, *, stem: float = REGULAR, underline: bool = False) -> Check:
    (check,) = link_checks(color, stem=stem, underline=underline)
    return check


def link(
    color: Rgb, *, stem: float = REGULAR, before: int = 30, underline: bool = False
) -> list[tuple[Outcome, Reason | None]]:
    """Return how a link is judged after so many letters of dark text."""
    checks = link_checks(color, stem=stem, before=before, underline=underline)
    return [(check.outcome, check.reason) for check in checks]


def test_a_link_that_only_its_hue_tells_apart_fails() -> None:
    assert link(BLUE) == [(Outcome.FAILED, None)]


def test_contrast_to_the_text_around_an_underline_or_weight_suffices() -> None:
    assert link(LIGHT_BLUE) == [(Outcome.PASSED, None)]
    assert link(BLUE, underline=True) == [(Outcome.PASSED, None)]
    assert link(BLUE, stem=BOLD) == [(Outcome.PASSED, None)]


def test_a_link_that_passes_says_by_what_it_is_told_apart() -> None:
    colors = "What stands out as #005ab4 in text of #222222"
    assert sentence_of(link_check(BLUE, underline=True)) == f"{colors} is told from it by its underline too."
    assert sentence_of(link_check(BLUE, stem=BOLD)) == f"{colors} is told from it by its weight too."


def test_beside_a_label_it_may_be_no_link() -> None:
    assert link(BLUE, before=8) == [(Outcome.CANT_TELL, Reason.PERHAPS_NO_TARGET)]


@pytest.mark.parametrize("color", [(90, 90, 90), (40, 38, 60)], ids=["gray", "nearly the same"])
def test_what_does_not_stand_out_by_its_hue_is_no_link(color: Rgb) -> None:
    assert link(color) == []


def test_a_line_of_one_color_has_no_link_in_it() -> None:
    assert list(LINK_DISTINGUISHABLE.check(evidence(lines=text_lines([text(0), text(105)], 1.0)))) == []
    assert text().foreground.color == DARK
