"""Package a stage: `python -m infra.package STAGE`, into build/STAGE/."""

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

from infra import stages
from infra.package import deployable, functions, vision_layer
from infra.terminal import say


def main() -> int:
    """Package the stage of the command line, print the sizes of the files, and return 0.

    Raises CalledProcessError if chalice or pip fails.
    """
    parser = argparse.ArgumentParser(prog="python -m infra.package", description=__doc__)
    parser.add_argument("stage", choices=sorted(stages.names()))
    parser.add_argument("--output", type=Path, default=deployable.BUILD)
    chosen = parser.parse_args()
    folder = chosen.output / chosen.stage
    build(chosen.stage, folder)
    for name in (deployable.TEMPLATE, deployable.FUNCTIONS, deployable.LAYER):
        say(f"{folder / name}\t{(folder / name).stat().st_size / 1e6:.1f} MB")
    return 0


def build(stage: str, folder: Path) -> None:
    """Build the package of a stage in a folder, whose earlier content is deleted: the template, and both archives.

    Raises CalledProcessError if chalice or pip fails.
    """
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        document = functions.package(stage, work)
        functions.archive_packaged(work, folder / deployable.FUNCTIONS)
        vision_layer.build(work, folder / deployable.LAYER)
        deployable.write(document, stage, folder)


if __name__ == "__main__":
    sys.exit(main())
