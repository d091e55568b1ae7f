"""Design systems: the merged tokens of several images, and the differences between two sets of images."""

from collections.abc import Sequence
from typing import Any, Final

import msgspec

from chalicelib.model.images import Image, ImageStatus
from chalicelib.services.images import ImagesService
from januslens.design_system.drift import Change, diff
from januslens.design_system.merge import merge

MAX_IMAGES: Final = 50  # of a project; the same limit as for images named in a request


class NothingAnalyzed(Exception):
    """None of the project's newest images has design tokens."""


class DesignSystemsService(msgspec.Struct, frozen=True):
    """The use cases of design systems: merging the design tokens of several images, and comparing two sets of images.

    Every method also raises ObjectMissing if an image is deleted while its result is read.
    """

    images: ImagesService

    def merged(self, owner_id: str, image_ids: Sequence[str]) -> dict[str, Any]:
        """Return the merged design tokens of the owner's images as a DTCG document; duplicate ids count once.

        Raises ImageNotFound, NotAnalyzed, AnalysisFailed, ResultOutdated, and ValueError without ids.
        """
        return self._merged(self.images.named(owner_id, image_ids))

    def of_project(self, project_id: str) -> dict[str, Any]:
        """Return the merged design tokens of a project's newest images as a DTCG document.

        Of the MAX_IMAGES newest images, those that have design tokens count. Raises NothingAnalyzed if there are none,
        AnalysisFailed, and ResultOutdated.
        """
        analyzed = [
            image
            for image in self.images.list(project_id, MAX_IMAGES, None).items
            if image.status is ImageStatus.ANALYZED and image.summary is not None and image.summary.colors is not None
        ]
        if not analyzed:
            raise NothingAnalyzed
        return self._merged(analyzed)

    def drift(
        self, owner_id: str, before: Sequence[str], after: Sequence[str], visible_color: float
    ) -> Sequence[Change]:
        """Return the changes of design tokens from the images `before` to the images `after`, both of the same owner.

        visible_color is the CIEDE2000 difference from which a color counts as changed. Raises ImageNotFound,
        NotAnalyzed, AnalysisFailed, ResultOutdated, and ValueError if one set is empty.
        """
        return diff(self.merged(owner_id, before), self.merged(owner_id, after), visible_color=visible_color)

    def _merged(self, images: Sequence[Image]) -> dict[str, Any]:
        return merge([msgspec.json.decode(self.images.analysis_of(image, "tokens").tokens) for image in images])
