"""Design systems: the merged tokens of several images, and how one set of images differs from another."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from chalicelib.design_system.drift import Change, diff
from chalicelib.design_system.merge import merge
from chalicelib.services.images import ImageLibrary
from chalicelib.storage.images import ImageKey


@dataclass(frozen=True, slots=True)
class DesignSystems:
    """The use cases of design systems."""

    library: ImageLibrary

    def merged(self, owner_id: str, image_ids: Sequence[str]) -> dict[str, Any]:
        """Return one token set of the owner's images; an image that is named twice counts once.

        Raises ImageNotFound, NotAnalyzed, AnalysisFailed.
        """
        keys = [ImageKey(owner_id, image_id) for image_id in dict.fromkeys(image_ids)]
        return merge([msgspec.json.decode(self.library.tokens(key)) for key in keys])

    def drift(
        self, owner_id: str, before: Sequence[str], after: Sequence[str], visible_color: float
    ) -> Sequence[Change]:
        """Return what changed from some of the owner's images to others; visible_color is in CIEDE2000.

        Raises ImageNotFound, NotAnalyzed, AnalysisFailed.
        """
        return diff(self.merged(owner_id, before), self.merged(owner_id, after), visible_color=visible_color)
