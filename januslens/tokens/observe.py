"""Observation of all design tokens of an image, family by family."""

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from januslens.color.notation import Rgb
from januslens.layout.containers import Containers, find_containers
from januslens.layout.control import Observations
from januslens.raster.areas import Areas
from januslens.raster.indexed_image import IndexedImage
from januslens.tokens.border import observed_borders
from januslens.tokens.color import observed_colors
from januslens.tokens.derived.derive import derive
from januslens.tokens.document import TokenDocument
from januslens.tokens.gradient import observed_gradients
from januslens.tokens.photo import photo_colors
from januslens.tokens.radius import observed_radii
from januslens.tokens.roles import find_roles
from januslens.tokens.shadow import observed_shadows
from januslens.tokens.spacing import measure_distances, observed_spacings
from januslens.tokens.spacing_base import spacing_base
from januslens.tokens.typography.font_size import observed_font_sizes
from januslens.tokens.typography.styles import observed_typography


def observe_tokens(
    pixels: NDArray[np.uint8], indexed: IndexedImage, areas: Areas | None, observations: Observations, scale: float
) -> TokenDocument:
    """Find the design tokens of an image of an interface, and derive others from its colors.

    pixels has shape (height, width, 3). indexed holds the same image as palette indices, areas are its areas of one
    color, None if it has too many (then no radii are found), and observations are its text and controls; scale is in
    image pixels per CSS pixel.
    """
    containers = find_containers(pixels, indexed, areas, observations.runs, scale)
    borders = observed_borders(indexed, containers)
    colors = observed_colors(indexed, observations.runs, {border.color for border in borders}, scale)
    outer, inner = (np.rint(boxes * scale).astype(np.intp) for boxes in (containers.outer, containers.inner))
    shadows = observed_shadows(pixels, outer, inner, scale)
    roles = find_roles(indexed, colors, observations, raised=_areas_by_color(indexed, containers, shadows.casting))
    sizes = observed_font_sizes(observations.runs)
    distances = measure_distances(containers)
    photo = photo_colors(indexed)
    return TokenDocument(
        colors=colors,
        roles=roles,
        derived=derive([color.rgb for color in colors], roles, [color.rgb for color in photo]),
        photo=photo,
        font_sizes=sizes,
        typography=observed_typography(observations, sizes, scale),
        spacings=observed_spacings(distances),
        spacing_base=spacing_base(distances, scale),
        radii=observed_radii(pixels, indexed, areas, scale),
        borders=borders,
        gradients=observed_gradients(pixels, indexed.stride),
        shadows=shadows.observed,
    )


def _areas_by_color(indexed: IndexedImage, containers: Containers, which: Sequence[int]) -> dict[Rgb, float]:
    """Return the total area of selected containers in CSS px², by the color that fills them."""
    sizes = (containers.inner[which, 2:] - containers.inner[which, :2]).prod(axis=1)
    areas: defaultdict[Rgb, float] = defaultdict(float)
    for index, size in zip(containers.fill[which].tolist(), sizes.tolist(), strict=True):
        areas[indexed.color(index)] += size
    return areas
