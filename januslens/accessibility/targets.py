"""The parts of an image that may be targets of a pointer, and their sizes.

Source: WCAG 2.2, "target", https://www.w3.org/TR/WCAG22/#dfn-targets: the region that responds to a pointer. Pixels
show what is drawn; padding that responds as well isn't seen. So a target is sure only where a control's frame is drawn,
in the size of a button or as a box to check. What only may be a target:

- a label of less than 24 CSS px that is drawn like a button: badges are,
- an icon,
- a line of text that looks like a link and isn't part of a sentence,
- short lines of one look that follow one another closely, at least three in a column or two in each of two columns, as
  lists of links in footers and sidebars do, indented where they are nested,
- the item of a list whose icon is repeated item by item, as a star or a menu is: often the whole item responds too.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import Final

from januslens.decode.geometry import Box, holding_middle
from januslens.layout.control import Control, Kind
from januslens.text.paragraphs import ALIGNED, ALIKE, NEAR, TextLine
from januslens.text.run import Size, TextRun

MIN_BUTTON_PX: Final = 24.0  # CSS px: what is lower is as often a badge
LINE_HEIGHT: Final = 1.2  # font sizes: what `line-height: normal` makes of common fonts, and the height that links have
ABOVE_BASELINE: Final = 0.79  # of that height: of common fonts 0.77 (Roboto) to 0.81 (Arial)
MAX_LINE_EM: Final = 12.0  # font sizes: three words or so
MIN_STROKES: Final = 3  # strokes
CLOSE: Final = 24.0  # CSS px from line to line: targets farther apart than that are so by their place
MIN_PITCH_EM: Final = 1.1  # font sizes from line to line: of the closest lists; a size is measured to a tenth
INDENT: Final = 3.0  # font sizes that a list within a list is indented by
MIN_LINES: Final = 3  # in one column
RAGGED: Final = 0.75  # of the longest line: a paragraph's lines, but its last, are all longer, as they are filled up
SAME_ROW: Final = 0.15  # font sizes by which baselines are measured differently
MIN_COLUMNS: Final = 2
PROSE: Final = 24  # strokes in a line: a sentence, not a label beside its value
MIN_ITEMS: Final = 4  # with the same icon
SAME_PLACE: Final = 1.5  # CSS px by which an icon's place and size differ from item to item
ITEM_ROOM: Final = 40.0  # CSS px from the icon to its item's text
ROUNDING_PX: Final = 0.5  # CSS px by which a side or a circle that begins and ends amid pixels is measured differently


class Look(StrEnum):
    """The appearance of a target: what it looks like, and so how sure it is that it responds to a pointer.

    BUTTON, FIELD and BOX (a checkbox or radio button) are sure. LABEL is drawn like a button but lower than 24 CSS px,
    LINK a line of text that looks like a link, LISTED a short line in what may be a list of links, and ITEM a list's
    item beside which an icon is repeated.
    """

    BUTTON = "button"
    LABEL = "label"
    FIELD = "field"
    BOX = "box"
    ICON = "icon"
    LINK = "link"
    LISTED = "listed"
    ITEM = "item"


@dataclass(frozen=True, slots=True)
class Target:
    """A part of an image that is, or may be, a target of a pointer.

    box is in image pixels, width and height are in CSS pixels; for text they are those of the line, not of the letters.
    size is the length of the shorter side in CSS pixels, with the interval of its true value. text has the runs of text
    that belong to the target.
    """

    look: Look
    box: Box
    width: float
    height: float
    size: Size
    text: tuple[TextRun, ...] = ()

    @property
    def is_sure(self) -> bool:
        """Whether the target is taken for a control without doubt: a button, a field, a checkbox or a radio button."""
        return self.look in (Look.BUTTON, Look.FIELD, Look.BOX)

    def is_large(self, min_size_px: float) -> bool:
        """Return whether both sides of the target reach a minimum in CSS pixels, less 0.5 px of rounding."""
        return min(self.width, self.height) > min_size_px - ROUNDING_PX


def find_targets(controls: Sequence[Control], lines: Sequence[TextLine], scale: float) -> list[Target]:
    """Return the targets of an image, sure or not, given its controls and lines of text.

    Links within a sentence or paragraph are omitted, and so is a target inside a larger framed one, such as an icon in
    a button. Besides the controls, lines and items that may belong to lists are included. scale is in image pixels per
    CSS pixel.
    """
    framed = [_of_control(control, scale) for control in controls if control.kind not in (Kind.ICON, Kind.LINK)]
    alone = [line for line in lines if not _is_within(line.box, framed)]
    links = {run for control in controls if control.kind is Kind.LINK for run in control.runs}
    linked = [line for line in alone if links.issuperset(line.runs) and not _is_in_paragraph(line, alone, scale)]
    listed = [line for line in _listed(alone, scale) if line not in linked]
    texts = [_of_line(line, Look.LINK, scale) for line in linked]
    texts += [_of_line(line, Look.LISTED, scale) for line in listed]
    drawn = [_of_control(control, scale) for control in controls if control.kind is Kind.ICON]
    boxes = [target for target in framed if target.look is Look.BOX]
    icons = [
        icon
        for icon in drawn
        if not (_is_within(icon.box, framed + drawn) or _leads(icon, texts, scale) or _labels(icon, boxes))
    ]
    outer = [target for target in framed if not _is_within(target.box, framed)]
    return [*outer, *texts, *icons, *_items(icons, alone, scale)]


def _of_control(control: Control, scale: float) -> Target:
    box = control.box
    width, height = box.width / scale, box.height / scale
    small = min(width, height) < MIN_BUTTON_PX
    look = Look.LABEL if control.kind is Kind.BUTTON and small else _LOOKS[control.kind]
    side, error = min(width, height), max(1, int(scale)) / scale
    return Target(look, box, width, height, Size(side, max(side - error, 0.0), side + error), control.runs)


_LOOKS: Final = {Kind.BUTTON: Look.BUTTON, Kind.FIELD: Look.FIELD, Kind.BOX: Look.BOX, Kind.ICON: Look.ICON}


def _of_line(line: TextLine, look: Look, scale: float) -> Target:
    size, box = line.main.size, line.box
    height = round(LINE_HEIGHT * size.value * scale)
    box = Box(box.x, max(0, line.baseline - round(ABOVE_BASELINE * height)), box.width, height)
    side = Size(*(min(LINE_HEIGHT * part, box.width / scale) for part in (size.value, size.low, size.high)))
    return Target(look, box, box.width / scale, height / scale, side, line.runs)


def _is_within(box: Box, targets: Sequence[Target]) -> bool:
    """Whether a box's middle is in a target that is larger."""
    around = holding_middle(box, (target.box for target in targets))
    return any(other.width * other.height > box.width * box.height for other in around)


def _is_in_paragraph(line: TextLine, lines: Sequence[TextLine], scale: float) -> bool:
    """Whether the line before or after is a sentence of another color, or too long for a link of its own."""
    return any(_follow(line, other, scale) and _is_sentence(other, line, scale) for other in lines)


def _follow(one: TextLine, other: TextLine, scale: float) -> bool:
    size = one.main.size.value * scale
    near = 0 < abs(other.baseline - one.baseline) <= NEAR * size
    return near and abs(other.box.x - one.box.x) <= ALIGNED * size


def _is_sentence(line: TextLine, link: TextLine, scale: float) -> bool:
    if line.main.foreground.color == link.main.foreground.color:
        size = line.main.size.value * scale
        return max(line.box.width, link.box.width) > MAX_LINE_EM * size
    return sum(run.letters for run in line.runs) >= PROSE


def _listed(lines: Sequence[TextLine], scale: float) -> Iterator[TextLine]:
    """Yield the lines that may be the links of a list."""
    short = [line for line in lines if _is_short(line, scale)]
    columns = [column for column in _columns(short, scale) if len(column) > 1]
    for column in columns:
        beside = [
            other
            for other in columns
            if other is not column
            and _is_alike(column[0], other[0])
            and sum(_is_beside(line, column, scale) for line in other) > 1
        ]
        longest = max(line.main.box.width for line in column)
        ragged = any(line.main.box.width < RAGGED * longest for line in column[:-1])
        if len(beside) + 1 >= MIN_COLUMNS or (len(column) >= MIN_LINES and ragged):
            yield from column


def _is_beside(line: TextLine, column: Sequence[TextLine], scale: float) -> bool:
    """Whether a line is in a row with one of a column's."""
    off = SAME_ROW * line.main.size.value * scale
    return any(abs(other.baseline - line.baseline) <= off for other in column)


def _is_short(line: TextLine, scale: float) -> bool:
    words = [run for run in line.runs if run.letters > 1] or [line.main]  # not a list's bullets
    letters = sum(run.letters for run in words)
    one_color = len({run.foreground.color for run in words}) == 1
    return one_color and letters >= MIN_STROKES and line.main.box.width <= MAX_LINE_EM * line.main.size.value * scale


def _columns(lines: Sequence[TextLine], scale: float) -> list[list[TextLine]]:
    """Join the lines of one look that follow one another from one left edge, or nearly."""
    columns: list[list[TextLine]] = []
    for line in sorted(lines, key=lambda line: line.baseline):
        above = [column for column in columns if _continues(column[-1], line, scale)]
        if above:
            min(above, key=lambda column: _indent(column[-1], line)).append(line)
        else:
            columns.append([line])
    return columns


def _continues(last: TextLine, line: TextLine, scale: float) -> bool:
    size = line.main.size.value * scale
    near = MIN_PITCH_EM * size < line.baseline - last.baseline < CLOSE * scale
    return near and _is_alike(last, line) and _indent(last, line) <= INDENT * size


def _indent(one: TextLine, other: TextLine) -> int:
    return abs(one.main.box.x - other.main.box.x)


def _is_alike(one: TextLine, other: TextLine) -> bool:
    same_color = one.main.foreground.color == other.main.foreground.color
    return same_color and abs(one.main.size.value - other.main.size.value) <= ALIKE * one.main.size.value


def _leads(icon: Target, texts: Sequence[Target], scale: float) -> bool:
    """Whether an icon is beside a link that it belongs to."""
    x, y = icon.box.x + icon.box.width / 2, icon.box.y + icon.box.height / 2
    reach = MIN_BUTTON_PX * scale
    return any(
        target.box.y <= y < target.box.y + target.box.height
        and target.box.x - reach <= x <= target.box.x + target.box.width + reach
        for target in texts
    )


def _labels(icon: Target, boxes: Sequence[Target]) -> bool:
    """Whether a supposed icon is right after a box to check, and so its label."""
    middle = icon.box.y + icon.box.height / 2
    return any(
        box.y <= middle < box.y + box.height and 0 <= icon.box.x - (box.x + box.width) <= box.width
        for box in (target.box for target in boxes)
    )


def _items(icons: Sequence[Target], lines: Sequence[TextLine], scale: float) -> Iterator[Target]:
    """Yield the items of lists, of two lines or more each, beside which the same icon is repeated."""
    for icon in icons:
        column = sorted((other.box for other in icons if _is_repeated(icon, other, scale)), key=lambda box: box.y)
        if len(column) < MIN_ITEMS:
            continue
        pitch = min(below.y - above.y for above, below in pairwise(column))
        top, right = icon.box.y + (icon.box.height - pitch) // 2, icon.box.x + icon.box.width
        beside = [
            line
            for line in lines
            if top <= (line.main.core[0] + line.main.core[1]) / 2 < top + pitch
            and 0 <= line.box.x - right <= ITEM_ROOM * scale
        ]
        if len(beside) > 1:
            width = max(line.box.x + line.box.width for line in beside) - icon.box.x
            size = min(width, pitch) / scale
            box = Box(icon.box.x, max(top, 0), width, pitch)
            yield Target(Look.ITEM, box, width / scale, pitch / scale, Size(size, size, size))


def _is_repeated(icon: Target, other: Target, scale: float) -> bool:
    one, two = icon.box, other.box
    differences = one.x - two.x, one.width - two.width, one.height - two.height
    return all(abs(difference) <= SAME_PLACE * scale for difference in differences)
