"""Controls and lines of text made by hand, in CSS pixels."""

from januslens.color.notation import Rgb
from januslens.decode.geometry import Box
from januslens.layout.control import Control, Kind
from januslens.text.paragraphs import TextLine, text_lines
from januslens.text.run import Backdrop, Foreground, Size, TextRun

WHITE: Rgb = (255, 255, 255)
GRAY: Rgb = (110, 118, 135)
BLUE: Rgb = (26, 101, 166)


def text(x: int, baseline: int, width: int, *, size: float = 15, color: Rgb = GRAY, letters: int = 10) -> TextRun:
    """A run of text on white."""
    return TextRun(
        box=Box(x, baseline - round(0.75 * size), width, round(0.95 * size)),
        foreground=Foreground(color, color, color),
        background=WHITE,
        backgrounds=(WHITE, WHITE),
        backdrop=Backdrop.FLAT,
        letters=letters,
        size=Size(size, 0.9 * size, 1.15 * size),
        stem=1.2,
        core=(baseline - round(0.52 * size), baseline),
        baseline=baseline,
        monospaced=False,
    )


def lines(*runs: TextRun) -> list[TextLine]:
    """The lines that runs are in."""
    return text_lines(runs, 1.0)


def control(
    kind: Kind,
    box: tuple[int, int, int, int],
    *,
    fill: Rgb = WHITE,
    border: Rgb | None = None,
    surrounding: Rgb = WHITE,
    empty: bool = False,
) -> Control:
    """A control of a kind, with what it has of colors."""
    return Control(kind, Box(*box), fill, border, surrounding, empty=empty)


def link(run: TextRun) -> Control:
    """Text that looks like a link."""
    return Control(Kind.LINK, run.box, run.foreground.color, None, run.background, (run,))
