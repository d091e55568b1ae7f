import numpy as np
from hypothesis import given
from hypothesis.extra.numpy import arrays

from benchmarks.truth.histogram import histogram, packed, unpacked


@given(arrays(np.uint8, (3, 4, 3)))
def test_packing_loses_nothing(pixels: np.ndarray) -> None:
    assert (unpacked(packed(pixels)) == pixels).all()


def test_every_pixel_is_counted() -> None:
    colors = histogram(np.array([[[1, 2, 3], [0, 0, 255], [1, 2, 3]]], np.uint8))
    assert colors.colors.tolist() == [[0, 0, 255], [1, 2, 3]]
    assert colors.counts.tolist() == [1, 2]
