"""Runs of text made by hand, for rules that judge runs."""

from januslens.color.notation import Rgb
from januslens.decode.geometry import Box
from januslens.text.run import Backdrop, Foreground, Size, TextRun

WHITE: Rgb = (255, 255, 255)
DARK: Rgb = (34, 34, 34)
REGULAR, BOLD = 0.09, 0.15  # stem widths of Arial, in font sizes


def text(
    x: int = 0,
    baseline: int = 20,
    *,
    width: int = 100,
    size: float = 16,
    color: Rgb = DARK,
    letters: int = 30,
    stem: float = REGULAR,
    backdrop: Backdrop = Backdrop.FLAT,
) -> TextRun:
    """Text on white, at scale 1, whose size is known to a tenth."""
    return TextRun(
        box=Box(x, baseline - round(0.75 * size), width, round(size)),
        foreground=Foreground(color, color, color),
        background=WHITE,
        backgrounds=(WHITE, WHITE),
        backdrop=backdrop,
        letters=letters,
        size=Size(size, 0.95 * size, 1.05 * size),
        stem=stem * size,
        core=(baseline - round(0.5 * size), baseline),
        baseline=baseline,
        monospaced=False,
    )
