"""The rules, one file each, and their list: the order in which reports show them."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from januslens.accessibility.rule import Rule
from januslens.accessibility.rules.color_vision import COLOR_VISION
from januslens.accessibility.rules.flashing import FLASHING
from januslens.accessibility.rules.images_of_text import IMAGES_OF_TEXT
from januslens.accessibility.rules.link_distinguishable import LINK_DISTINGUISHABLE
from januslens.accessibility.rules.non_text_contrast import NON_TEXT_CONTRAST
from januslens.accessibility.rules.target_size import TARGET_SIZE
from januslens.accessibility.rules.target_size_enhanced import TARGET_SIZE_ENHANCED
from januslens.accessibility.rules.text_contrast import TEXT_CONTRAST
from januslens.accessibility.rules.text_contrast_enhanced import TEXT_CONTRAST_ENHANCED
from januslens.accessibility.rules.text_size import TEXT_SIZE
from januslens.accessibility.rules.text_spacing_tight import TEXT_SPACING_TIGHT

RULES: Final = (
    TEXT_CONTRAST,
    TEXT_CONTRAST_ENHANCED,
    TEXT_SIZE,
    TEXT_SPACING_TIGHT,
    LINK_DISTINGUISHABLE,
    IMAGES_OF_TEXT,
    COLOR_VISION,
    TARGET_SIZE,
    TARGET_SIZE_ENHANCED,
    NON_TEXT_CONTRAST,
    FLASHING,
)
BY_ID: Final[Mapping[str, Rule]] = MappingProxyType({rule.id: rule for rule in RULES})
