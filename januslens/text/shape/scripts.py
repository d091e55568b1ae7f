"""The scripts that a run of text may be written in, by its form.

Multinomial logistic regression of the measures of `form`: C. M. Bishop, "Pattern Recognition and Machine Learning",
2006, section 4.3.4. Its weights were fitted to 8,036 lines that Chromium drew in 12 scripts and 37 fonts, at 9 to 40
px, in weights 100 to 900, at scales 1 to 3, with gray and LCD anti-aliasing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from januslens.text.script import Script

SCRIPTS: Final = (
    Script.LATIN,
    Script.CJK,
    Script.DEVANAGARI,
    Script.ARABIC,
    Script.HEBREW,
    Script.THAI,
    Script.TAMIL,
)
WEIGHTS: Final = np.array(
    [
        (0.00, 0.00, 0.00, 0.00, 0.00, 0.00, 0.00, 0.00, 0.00, 0.00, 0.00, 0.00, 0.00),  # Latin
        (-7.02, -8.49, -4.04, 6.18, -4.48, -9.54, 2.43, 9.26, 2.49, 0.83, 1.78, 2.29, -2.94),  # CJK
        (-27.33, -18.95, 11.05, 2.84, -1.87, 16.82, -11.33, 19.30, -1.53, -0.58, -1.41, 2.12, -2.07),  # Devanagari
        (-6.92, 0.10, -11.47, -0.34, -3.02, 11.90, -23.64, 13.06, 1.17, 0.11, 2.16, 3.32, -5.85),  # Arabic
        (0.30, -3.00, 7.24, -8.88, -0.84, 19.47, -13.44, -15.31, -0.20, 2.47, 1.95, 1.18, 8.80),  # Hebrew
        (-5.88, -4.04, 2.00, -2.13, 2.64, -3.01, 3.34, 0.59, 0.73, 5.21, 1.95, 1.46, -0.12),  # Thai
        (-19.58, -0.06, -0.35, 2.39, 0.26, 8.17, -16.06, 21.48, -0.17, -0.27, -1.91, -0.16, -1.54),  # Tamil
    ]
)
"""The weights of one, and of each of `form.MEASURES`, in the logarithm of each script's odds against Latin."""
LIKELY: Final = 0.03  # probability from which a script is likely
POSSIBLE: Final = 0.01
"""Probability from which a script that the image shows is possible. Of 11,610 runs on pages that Chromium drew in 12
scripts, 97.7 % have their own script among the possible ones, and 99.5 % a size within the bounds of these; with LIKELY
for all scripts, 97 %."""
SHOWN_SHARE: Final = 0.1  # of the image's text, of a script that it shows
MIN_SHARE: Final = 0.05
"""Share of an image's text that each script is taken to have at least, when judging whether a run may be in it."""
UNSEEN: Final = 60.0  # strokes, counted for each image: two lines say little of what others may be in
LATIN_UNSEEN: Final = 0.5  # of these: digits, names and brands are in Latin everywhere; the others share the rest
SURE: Final = 0.9  # probability of runs that tell the image's script: digits look a little like Thai and Hebrew
FOREIGN: Final = 0.1  # how much less likely than its share a script is that is neither Latin nor the image's own
ROUNDS: Final = 5  # after which the shares of scripts change no more


@dataclass(frozen=True, slots=True)
class RunScripts:
    """The scripts that a run may be written in: the likeliest, the likely ones, and every possible one."""

    likeliest: Script
    likely: frozenset[Script]
    possible: frozenset[Script]


def script_probabilities(forms: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the probability of each of SCRIPTS for runs of text, shape (runs, 7), given their forms, (runs, 12).

    All scripts count as equally frequent as in the lines to which the weights were fitted.
    """
    odds = WEIGHTS[:, 0] + forms @ WEIGHTS[:, 1:].T
    odds = np.exp(odds - odds.max(axis=1, keepdims=True))
    probabilities: NDArray[np.float64] = odds / odds.sum(axis=1, keepdims=True)
    return probabilities


def scripts_of_runs(probabilities: NDArray[np.float64], letters: Sequence[int]) -> list[RunScripts]:
    """Return the scripts that each run of an image may be written in.

    probabilities (runs, 7) are those of SCRIPTS by the runs' own forms, letters their numbers of strokes. The shares of
    scripts in the image follow from its runs, and what a run is likely written in from these shares: expectation
    maximization of a mixture (Bishop, section 9.3). An interface is mostly in one script, with Latin among it. A script
    that the image does not show is kept possible for a run that has its form: as if a twentieth of the text were in it.
    """
    weights = np.asarray(letters, np.float64)[:, None] + 1
    unseen = np.full(len(SCRIPTS), (1 - LATIN_UNSEEN) / (len(SCRIPTS) - 1))
    latin = SCRIPTS.index(Script.LATIN)
    unseen[latin] = LATIN_UNSEEN
    shares = unseen
    for _ in range(ROUNDS):
        joint = _normal(probabilities * shares)
        shares = ((joint * weights).sum(axis=0) + UNSEEN * unseen) / (weights.sum() + UNSEEN)
    sure = np.where(probabilities >= SURE, weights, 0).sum(axis=0)
    sure[latin] = 0
    usual = (sure == sure.max()) | (np.arange(len(SCRIPTS)) == latin)
    likeliest = (probabilities * shares * np.where(usual, 1, FOREIGN)).argmax(axis=1)
    posterior = _normal(probabilities * np.maximum(shares, MIN_SHARE))
    least = np.where(shares >= SHOWN_SHARE, POSSIBLE, LIKELY)
    return [
        RunScripts(SCRIPTS[number], _scripts(of_run >= LIKELY), _with_lookalikes(_scripts(of_run >= least)))
        for number, of_run in zip(likeliest.tolist(), posterior, strict=True)
    ]


def _scripts(which: NDArray[np.bool_]) -> frozenset[Script]:
    return frozenset(SCRIPTS[number] for number in np.flatnonzero(which).tolist())


def _with_lookalikes(possible: frozenset[Script]) -> frozenset[Script]:
    """Return scripts with Thai where Tamil is among them: small Thai text with signs above looks like Tamil."""
    return possible | {Script.THAI} if Script.TAMIL in possible else possible


def _normal(values: NDArray[np.float64]) -> NDArray[np.float64]:
    normal: NDArray[np.float64] = values / values.sum(axis=1, keepdims=True)
    return normal
