"""What files say of where they come from."""

from typing import Final

from januslens.exports import tool

ORIGIN: Final = f"Design tokens that {tool.NAME} {tool.VERSION} read from the pixels of a picture."
