from dataclasses import replace

import pytest

from benchmarks.board.known_text import KnownText, Verdict
from benchmarks.board.opinions import Check, Claim, Judged, Opinion, inner, overall
from benchmarks.board.snippets import Kind

TEXT = KnownText("Help", (10, 10, 30, 12), Kind.SOLID, "#000000", "#ffffff", "Arial", 12, 400, 21, 21, 4.5)
PASS, FAIL, OPEN = Verdict.PASS, Verdict.FAIL, Verdict.OPEN


@pytest.mark.parametrize(
    ("said", "verdict"), [([], None), ([PASS, PASS], PASS), ([PASS, OPEN], OPEN), ([OPEN, FAIL, PASS], FAIL)]
)
def test_the_worst_of_a_texts_checks_decides(said: list[Verdict], verdict: Verdict | None) -> None:
    assert overall(TEXT, [Check(TEXT.box, each, None, (1, 21), "") for each in said]).verdict is verdict


def test_a_check_is_of_a_text_that_holds_more_than_a_twentieth_of_it() -> None:
    assert Check((10, 20, 30, 10), FAIL, None, (1, 2), "").is_of(TEXT)  # a fifth
    assert not Check((10, 21.6, 30, 10), FAIL, None, (1, 2), "").is_of(TEXT)  # a 25th


@pytest.mark.parametrize(("interval", "verdict"), [((3.1, 4.4), PASS), ((2.5, 2.9), FAIL), ((2.9, 3.1), OPEN)])
def test_a_check_that_is_told_the_size_is_judged_by_its_interval(
    interval: tuple[float, float], verdict: Verdict
) -> None:
    large, other = replace(TEXT, size=24, required=3), replace(TEXT, box=(10, 50, 30, 12))
    check = Check(TEXT.box, OPEN, "textSize", interval, "")
    assert check.told([other, large]).verdict is verdict
    assert check.told([other]) == check  # of no text


def test_to_be_told_the_size_does_not_make_a_text_of_a_shape() -> None:
    assert Check(TEXT.box, OPEN, "shortTextContent", (9, 9), "").told([TEXT]).verdict is OPEN


@pytest.mark.parametrize(
    ("said", "bounds", "false"),
    [
        (FAIL, (3, 4), False),
        (FAIL, (3, 5), True),
        (FAIL, (5, 6), True),
        (FAIL, None, True),
        (PASS, (5, 6), False),
        (PASS, (3, 5), True),
        (PASS, (3, 4), True),
        (PASS, None, False),
        (OPEN, (5, 6), False),
    ],
)
def test_a_claim_is_false_that_says_more_than_its_place_shows(
    said: Verdict, bounds: tuple[float, float] | None, false: bool
) -> None:
    assert Claim(said, TEXT, bounds, "").is_false is false


def test_the_inner_part_of_a_box_lacks_its_outermost_device_pixels() -> None:
    assert inner((10, 20, 30, 8), 2) == (10.5, 20.5, 29, 7)


def test_the_inner_part_of_a_narrow_box_is_its_middle() -> None:
    assert inner((10, 20, 1.5, 8), 1) == (10.5, 21, 0.5, 6)


def test_an_alarm_that_is_of_no_text_is_false() -> None:
    assert Claim(FAIL, None, None, "").is_false


@pytest.mark.parametrize(
    ("lowest", "said", "wrong"), [(21, PASS, False), (21, FAIL, True), (3, FAIL, False), (21, OPEN, False)]
)
def test_an_opinion_is_wrong_if_the_opposite_is_true(lowest: float, said: Verdict, wrong: bool) -> None:
    assert Opinion(replace(TEXT, lowest=lowest), said, "").is_wrong is wrong


def test_an_image_belongs_to_its_set_and_encoding() -> None:
    assert Judged("gray-1x-03.q75.jpg", "Janus", (), ()).group == "gray-1x q75.jpg"
