import numpy as np

from januslens.fitting.shadow import MAX_LOG_DEVIATION, fit_shadow


def test_darkness_that_ends_at_once_has_a_bounded_blur() -> None:
    """A strip of 26 pixels beside a box, as dark at its end as in its middle, is a column of the page and no shadow."""
    strip = [25.08, 24.4, 24.6, 23.37, 24.4, 22.21, 25.08, 23.37, 23.25, 22.13, 22.69, 23.84]
    side = np.array([1.24, 0.0, 1.71, *strip, *strip[::-1], *[0.0] * 12])
    flat = np.zeros(12)
    shadow = fit_shadow([side, flat, side, flat], 156, 54)
    assert shadow is not None
    assert shadow.blur <= 2 * np.exp(MAX_LOG_DEVIATION)
