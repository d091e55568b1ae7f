"""Signs that were detected as lines of their own have the font size of the letters nearby, by construction.

The letters are Thai, of 100 pixels: their core is 30 pixels high. Signs in the font Taviraj are 0.2 em
above it.
"""

from dataclasses import replace

import pytest

from januslens.decode.geometry import Box
from januslens.text.run import Backdrop, Foreground, Size, TextRun
from januslens.text.script import Script
from januslens.text.shape.signs import with_signs

LETTERS = TextRun(
    box=Box(200, 80, 500, 60),
    foreground=Foreground((0, 0, 0), (0, 0, 0), (0, 0, 0)),
    background=(255, 255, 255),
    backgrounds=((255, 255, 255), (255, 255, 255)),
    backdrop=Backdrop.FLAT,
    letters=14,
    size=Size(100, 70, 120),
    stem=9.0,
    core=(100, 130),
    baseline=130,
    monospaced=False,
    scripts=frozenset({Script.THAI, Script.LATIN}),
)
SIGN = replace(
    LETTERS,
    box=Box(300, 68, 45, 14),
    letters=2,
    size=Size(24, 15, 35),
    core=(70, 80),
    scripts=frozenset({Script.LATIN}),
)
ITS_OWN, OF_LETTERS = SIGN.size, Size(100, 15, 120)


def at(top: int, left: int = 300, width: int = 45) -> TextRun:
    return replace(SIGN, box=Box(left, top - 2, width, 14), core=(top, top + 10))


def size_of(sign: TextRun, letters: TextRun = LETTERS, scale: float = 1.0) -> Size:
    return with_signs([letters, sign], scale)[1].size


def test_a_sign_above_letters_may_have_their_size() -> None:
    assert size_of(SIGN) == OF_LETTERS


def test_the_letters_keep_their_size() -> None:
    assert with_signs([LETTERS, SIGN], 1.0)[0] == LETTERS


@pytest.mark.parametrize(
    ("top", "size"),
    [(39, ITS_OWN), (41, OF_LETTERS), (95, OF_LETTERS), (105, OF_LETTERS), (169, OF_LETTERS), (171, ITS_OWN)],
)
def test_a_sign_is_at_most_half_an_em_above_and_two_fifths_below_the_core_of_its_letters(top: int, size: Size) -> None:
    assert size_of(at(top)) == size


@pytest.mark.parametrize(("left", "size"), [(149, ITS_OWN), (151, OF_LETTERS), (704, OF_LETTERS), (706, ITS_OWN)])
def test_a_sign_reaches_at_most_half_an_em_beside_its_letters(left: int, size: Size) -> None:
    assert size_of(at(70, left)) == size


@pytest.mark.parametrize(("width", "size"), [(139, OF_LETTERS), (141, ITS_OWN)])
def test_a_wider_run_is_a_line_of_its_own(width: int, size: Size) -> None:
    assert size_of(at(70, width=width)) == size


def test_a_run_of_the_same_line_is_no_sign() -> None:
    assert size_of(replace(SIGN, core=LETTERS.core)) == ITS_OWN


@pytest.mark.parametrize("core", [(100, 128), (102, 130)])
def test_a_run_in_rows_of_the_letters_that_was_detected_apart_may_be_a_sign(core: tuple[int, int]) -> None:
    assert size_of(replace(SIGN, core=core)) == OF_LETTERS


@pytest.mark.parametrize("script", [Script.LATIN, Script.CJK, Script.HEBREW])
def test_small_text_above_letters_is_small_in_an_image_without_signs(script: Script) -> None:
    assert size_of(SIGN, replace(LETTERS, scripts=frozenset({script}))) == ITS_OWN


@pytest.mark.parametrize("script", [Script.THAI, Script.DEVANAGARI, Script.ARABIC, Script.TAMIL])
def test_letters_of_scripts_with_signs_have_them(script: Script) -> None:
    assert size_of(SIGN, replace(LETTERS, scripts=frozenset({script, Script.CJK}))) == OF_LETTERS


def test_letters_whose_highest_size_is_less_tell_nothing_of_a_sign() -> None:
    assert size_of(SIGN, replace(LETTERS, size=Size(100, 20, 34))) == ITS_OWN


def test_the_largest_of_the_letters_nearby_count() -> None:
    smaller = replace(LETTERS, size=Size(90, 60, 110))
    for letters in ([LETTERS, smaller], [smaller, LETTERS]):
        assert with_signs([*letters, SIGN], 1.0)[2].size == OF_LETTERS


def test_letters_elsewhere_do_not_count() -> None:
    elsewhere = replace(LETTERS, box=Box(1000, 80, 500, 60), size=Size(150, 100, 200))
    assert with_signs([elsewhere, SIGN, LETTERS], 1.0)[1].size == OF_LETTERS


def test_distances_are_in_pixels_and_sizes_in_css_pixels() -> None:
    letters = replace(LETTERS, size=Size(50, 35, 60))
    sign = replace(SIGN, size=Size(12, 8, 18))
    assert size_of(sign, letters, scale=2.0) == Size(50, 8, 60)


def test_an_image_without_text_has_no_signs() -> None:
    assert with_signs([], 1.0) == []


@pytest.mark.parametrize(("strokes", "size"), [(59, ITS_OWN), (60, OF_LETTERS)])
def test_an_image_has_signs_if_six_tenths_of_its_strokes_may_be_in_scripts_with_signs(strokes: int, size: Size) -> None:
    thai = replace(LETTERS, letters=strokes)
    latin = replace(LETTERS, box=Box(1000, 80, 500, 60), letters=100 - strokes, scripts=frozenset({Script.LATIN}))
    assert with_signs([thai, replace(SIGN, letters=0), latin], 1.0)[1].size == size


def test_letters_that_are_taken_for_latin_have_signs_in_an_image_of_such_a_script() -> None:
    thai = replace(LETTERS, box=Box(1000, 80, 500, 60), letters=100)
    assert with_signs([replace(LETTERS, scripts=frozenset({Script.LATIN})), SIGN, thai], 1.0)[1].size == OF_LETTERS
