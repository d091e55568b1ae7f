"""Estimation of a run's font size from the heights of its glyphs.

The font size is not in the image; the heights of the letters are, and what they are of the font size depends on the
script. Heights in em, from the fonts' own outlines:

- Latin, Cyrillic, Greek: capitals, digits and ascenders 0.655 to 0.78, x-height 0.45 to 0.57 (Arial 0.716 and 0.519,
  Inter 0.727 and 0.546, Roboto 0.711 and 0.528, Georgia 0.692 and 0.481, Liberation Serif 0.655 and 0.459, Verdana
  0.727 and 0.545); an accent on a capital ends at 0.86 (Liberation Serif) to 0.96 (DejaVu Serif).
- Han 0.92 from lowest to highest stroke (Noto Sans CJK, Noto Serif CJK), kana 0.85, Hangul 0.90.
- Devanagari and Bengali: headline at 0.62 above the baseline, signs above to 0.90, below to -0.25 (Noto Sans, Noto
  Serif); at 0.61 (Baloo 2, Eczar) to 0.74 (Poppins).
- Arabic: alef 0.67 (Noto Naskh) to 0.76 (DejaVu Sans), tails to -0.39; hamzas of Amiri from 1.03 to
  -0.6.
- Hebrew: 0.55 (DejaVu Sans) to 0.59 (Noto Sans), lamed to 0.76, tails to -0.21.
- Thai 0.55, tone marks to 0.84 and more where stacked; Tamil 0.55 and 0.84, tails to -0.32 (Noto Sans).

A text's own letters reach less: the bounds were set by lines that Chromium drew. On 4,768 lines of another drawing, in
ten scripts, weights 100 to 900 and at scales 0.5 to 3, they hold for 99.7 %; those of marks and of Thai were widened by
what these lines showed. PingFang, Microsoft YaHei, Yu Gothic, Malgun Gothic, Nirmala UI and Segoe UI aren't on the
machine that drew them; their letters fill the same cells.
"""

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from januslens.text.run import Size
from januslens.text.script import Script
from januslens.text.shape.heights import Heights

TWO_HEIGHTS: Final = 1.2  # ascent to the letters' usual height from which a run has letters of two heights
MIN_USUAL: Final = 0.4  # of the ascent, of the usual height: where less is found, it is no height of letters
MIN_X_HEIGHT: Final = 0.62  # of the ascent: it is 0.69 (Georgia) to 0.75; crossbars of lower-case letters are lower
SIGN: Final = 1.0  # pixel by which signs above, blurred, make the letters of small Thai text look higher
ACCENT: Final = 0.5
"""Pixel by which accents, narrow at their top, make Latin text look higher: of 979 runs with accented capitals in 6
fonts at 10 to 28 px, 1.7 % are smaller than their bounds, and 4 % without it."""
FRINGE: Final = (-0.75, -0.17, 0.3)
"""Pixels by which a measured height is too large: the 1st, 50th and 99th percentile of 16 words in 7 fonts at 9 to 34
px. The tops of round letters make it too small."""

MIN_INK: Final = 0.6  # of the core's height: dashes and dots are lower and say nothing of the size
FEW_LETTERS: Final = 1  # strokes, up to which a run may be a mark, or a part of a letter
FEW_LETTERS_OF_PART: Final = 5
MARK_CORE: Final = 0.075  # em: a dash or a dot, which may be all that was detected of its line; 0.08 is the least seen
MAX_MARK_CORE: Final = 4  # pixels: lower cores of torn pieces are not their letters'
CORE: Final = (0.42, 0.7, 1.2)  # em, the core's height: 1st, 50th and 99th percentile of lines of one or two strokes
PART_CORE: Final = 0.36  # em: 5th percentile of lines that are seen in parts
APART: Final = 0.6  # of the height of all ink: where no shape is as high, the shapes stand above one another
TALLEST: Final = 1.15  # em: no letter is higher, upright or turned


@dataclass(frozen=True, slots=True)
class _Em:
    """A height in em: what letters reach usually, and at least and at most."""

    low: float
    usual: float
    high: float

    def size(self, height: float, least: float | None = None) -> Size:
        """Return the font size in pixels of letters of a height; least is what the height may truly be at least."""
        lowest = height if least is None else least
        return Size(
            (height - FRINGE[1]) / self.usual,
            max(lowest - FRINGE[2], 0.0) / self.high,
            (height - FRINGE[0]) / self.low,
        )


# the ascent of letters of one height (capitals or not), of two, and where crossbars may be taken for the lower one: of
# 37 of 4,734 lines, whose ascent is 0.56 and more
LATIN: Final = _Em(0.47, 0.725, 0.96)
LATIN_OF_TWO_HEIGHTS: Final = _Em(0.65, 0.725, 0.96)
LATIN_WITH_CROSSBARS: Final = _Em(0.535, 0.725, 0.96)
LATIN_OF_LOWER_CASE: Final = _Em(0.65, 0.725, 0.86)
"""The ascent of text whose usual height is the x-height, and which so has no accents on capitals. In 2,700 words and
lines of 29 families at 10 to 56 px it is at most 0.83; in 2,100 of 16 other families it is higher than 0.86 in one."""
LOWER_CASE: Final = 0.68  # of the ascent, of an x-height below ascenders; below accents on capitals it is less
DESCENDERS: Final = 0.34  # of the x-height: cedillas, and Q, reach less far below capitals
CJK: Final = _Em(0.68, 0.95, 1.09)  # all ink
# from the headline to the baseline, in lines; from it to the lowest ink; all ink, if no headline is found
DEVANAGARI: Final = _Em(0.61, 0.645, 0.92)
DEVANAGARI_HANGING: Final = _Em(0.62, 0.645, 1.22)
DEVANAGARI_INK: Final = _Em(0.62, 0.95, 1.36)
ARABIC: Final = _Em(0.42, 0.97, 1.66)  # all ink
ARABIC_OF_TWO_HEIGHTS: Final = _Em(0.57, 0.97, 1.66)
ARABIC_LINE: Final = _Em(0.61, 0.97, 1.66)  # one of several words has an alef or a tail
ARABIC_ASCENT: Final = 0.735
HEBREW: Final = _Em(0.54, 0.57, 0.66)  # the usual height
THAI: Final = _Em(0.53, 0.575, 0.73)  # the usual height, or that of the level strokes of signs above, 0.69 to 0.73
HEBREW_ASCENT: Final = _Em(0.53, 0.6, 0.85)  # if no usual height is found
THAI_ASCENT: Final = _Em(0.53, 0.7, 1.3)
TAMIL: Final = _Em(0.55, 0.58, 0.93)  # the ascent
TAMIL_OF_TWO_HEIGHTS: Final = _Em(0.69, 0.85, 0.93)
WIDE: Final = 3.0  # heights: a word or two
LINE: Final = 5.0  # heights: several words


@dataclass(frozen=True, slots=True)
class PossibleSizes:
    """The font size in pixels of a run by each script, and the least and the highest if it shows little of its size.

    heights and width are those of the run's ink; by_core is the size of a run whose ink says nothing of it. by_form are
    the sizes by the form of the ink, of a run of several letters.
    """

    heights: Heights
    width: int
    by_core: Size | None = None
    least: float = math.inf
    highest: float = 0.0
    by_form: Mapping[Script, Size] = field(default_factory=dict)

    def by(self, script: Script) -> Size:
        """Return the size of a run by one script."""
        if self.by_core is not None:
            return self.by_core
        size = _size(script, self.heights, self.width)
        return _within(size, self.by_form[script]) if script in self.by_form else size

    def of(self, likeliest: Script, possible: Collection[Script]) -> Size:
        """Return the size of a run by its likeliest script, with bounds that hold for all possible ones."""
        sizes = {script: self.by(script) for script in (likeliest, *possible)}
        low, high = min(size.low for size in sizes.values()), max(size.high for size in sizes.values())
        return Size(sizes[likeliest].value, min(low, self.least), max(high, self.highest))


def possible_sizes(
    heights: Heights,
    width: int,
    letters: int,
    tallest: int,
    core_height: int,
    by_form: Mapping[Script, Size],
    *,
    part: bool,
) -> PossibleSizes:
    """Return the font sizes in pixels that a run may have.

    heights are those of the run's ink, width is its width, and tallest the height of its tallest shape. letters is its
    number of strokes. core_height is the height of its line's core, by_form the sizes of words of its form by script.
    part says that the run is only a part of that line.
    The bounds cover the fonts that interfaces commonly use. Dots and dashes show no size, and a single stroke or a
    small part of a line little: there the height of the core counts. So do the tallest shape and the width
    where shapes are above one another, as the letters of vertical text are.
    """
    by_core = Size(core_height / CORE[1], core_height / CORE[2], core_height / (PART_CORE if part else CORE[0]))
    if heights.ink < MIN_INK * core_height:
        return PossibleSizes(heights, width, by_core)
    least = min(tallest, width) / TALLEST if tallest < APART * heights.ink else math.inf
    if letters <= (FEW_LETTERS_OF_PART if part else FEW_LETTERS):
        is_mark = letters <= FEW_LETTERS or core_height <= MAX_MARK_CORE
        highest = core_height / MARK_CORE if is_mark else by_core.high
        return PossibleSizes(heights, width, least=min(least, by_core.low), highest=highest)
    return PossibleSizes(heights, width, least=least, by_form={} if part else by_form)


def _within(size: Size, by_form: Size) -> Size:
    """Return a size by heights, narrowed by that by form unless the two contradict each other."""
    low, high = max(size.low, by_form.low), min(size.high, by_form.high)
    return Size(min(max(size.value, low), high), low, high) if low <= high else size


def _size(script: Script, heights: Heights, width: int) -> Size:
    """Return the font size in pixels of a run in a script."""
    ink, ascent, usual = heights.ink, heights.ascent, heights.usual
    found = usual >= MIN_USUAL * ascent
    two = found and ascent >= TWO_HEIGHTS * usual
    match script:
        case Script.LATIN:
            if two and _is_lower_case(heights, width):
                size = LATIN_OF_LOWER_CASE.size(ascent, heights.least_ascent)
            else:
                of_two = LATIN_OF_TWO_HEIGHTS if usual >= MIN_X_HEIGHT * ascent else LATIN_WITH_CROSSBARS
                size = (of_two if two else LATIN).size(ascent, heights.least_ascent - ACCENT)
        case Script.CJK:
            size = CJK.size(ink)
        case Script.DEVANAGARI:
            size = _hanging(heights, width) if found else DEVANAGARI_INK.size(ink)
        case Script.ARABIC:
            em = ARABIC_LINE if width >= LINE * ink else ARABIC_OF_TWO_HEIGHTS if two else ARABIC
            size = replace(em.size(ink), value=(ascent - FRINGE[1]) / ARABIC_ASCENT)
        case Script.HEBREW:
            size = HEBREW.size(usual) if found else HEBREW_ASCENT.size(ascent)
        case Script.THAI:
            size = THAI.size(usual, usual - SIGN) if found else THAI_ASCENT.size(ascent)
        case Script.TAMIL:
            size = (TAMIL_OF_TWO_HEIGHTS if two else TAMIL).size(ascent, heights.least_ascent)
    return size


def _is_lower_case(heights: Heights, width: int) -> bool:
    """Return whether Latin text of two heights has x-heights, ascenders and descenders, in the proportions of fonts."""
    return (
        width >= WIDE * heights.ink
        and heights.usual >= LOWER_CASE * heights.ascent
        and heights.descent >= DESCENDERS * heights.usual
    )


def _hanging(heights: Heights, width: int) -> Size:
    """Return the font size in pixels of letters that hang from a headline."""
    size = DEVANAGARI.size(heights.usual)
    if width >= WIDE * heights.ink and heights.has_plain_headline:
        return replace(size, high=DEVANAGARI.size(heights.highest_usual).high)
    return replace(DEVANAGARI_HANGING.size(heights.hanging), value=size.value)
