"""Export of results to the formats of other tools: pure functions, one format per module.

`reports` writes accessibility reports, `tokens` design tokens, `html` the HTML report. Nothing here reads a clock, a
network or a file except the HTML report's own style sheets and script, and nothing loads NumPy.
"""

from typing import Final

NAME: Final = "Janus"
VERSION: Final = "0.1.0"  # as in pyproject.toml
TOKENS_ORIGIN: Final = f"Design tokens that {NAME} {VERSION} read from the pixels of an image."
PURPOSE: Final = "Checks the accessibility of a user interface by the pixels of a screenshot."
