"""Accuracy of the primary color: `python -m benchmarks.accuracy.roles PAGES RESULTS.jsonl [--show]`.

PAGES is a folder of PACKAGE--PAGE.png, RESULTS the output of `python -m januslens.cli.analyze --jsonl`. The truth is
the package's own primary color (`roles.toml`). Pages that show fewer than 48 CSS px² of it do not count, nor do
packages without one. The role is right if its color and the truth look the same (CIEDE2000 up to 2).
"""

import argparse
import sys
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from benchmarks.truth.css_color import Rgb, is_among, rgb, to_hex
from benchmarks.truth.pages import read_folder
from benchmarks.truth.results import Result, read_results

PRIMARIES: Final = Path(__file__).with_suffix(".toml")
MIN_SHOWN_PX2: Final = 48.0  # CSS px²


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the percentage of right primary colors and, on request, the pages on which they are wrong; return 0.

    Raises ZeroDivisionError if no page counts.
    """
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.accuracy.roles", description=(__doc__ or "").partition(":")[0]
    )
    parser.add_argument("pages", type=Path)
    parser.add_argument("results", type=Path)
    parser.add_argument("--show", action="store_true", help="also list the pages on which it is wrong")
    options = parser.parse_args(arguments)
    judged = list(judge(options.pages, options.results))
    wrong = [(page, true, said) for page, true, said in judged if said is None or not is_among(said, (true,))]
    if options.show:
        sys.stdout.writelines(
            f"{page}\tis {to_hex(true)}\tsaid {said and to_hex(said)}\n" for page, true, said in wrong
        )
    right = len(judged) - len(wrong)
    sys.stdout.write(f"primary right: {right / len(judged):.1%} ({right} of {len(judged)})\n")
    return 0


def judge(pages: Path, results: Path) -> Iterator[tuple[str, Rgb, Rgb | None]]:
    """Yield the name, the true and the claimed primary color of each page that counts (see the module).

    The claimed color is None if Janus names none.
    """
    primaries = {package: rgb(color) for package, color in tomllib.loads(PRIMARIES.read_text()).items()}
    found = read_results(results)
    for truth in read_folder(pages):
        primary = primaries.get(truth.name.partition("--")[0])
        if primary is not None and (truth.pixels() == primary).all(axis=-1).sum() >= MIN_SHOWN_PX2 * truth.scale**2:
            yield truth.name, primary, found.get(truth.name, Result()).primary


if __name__ == "__main__":
    sys.exit(main())
