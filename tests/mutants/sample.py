"""A sample of mutants that is the same for the same seed and sources."""

import difflib
import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.mutants.operators import Module, Mutation

PACKAGES: Final = ("januslens", "chalicelib")  # where a target is looked for; chalicelib has shims of some of januslens


@dataclass(frozen=True)
class Mutant:
    """A module, by its path below the project, with one mistake."""

    module: Path
    line: int
    operator: str
    original: str
    source: str

    @property
    def diff(self) -> list[str]:
        """The lines that differ, each beginning with `-` or `+`."""
        lines = difflib.unified_diff(self.original.splitlines(), self.source.splitlines(), n=0, lineterm="")
        return [line for line in lines if line[0] in "+-" and line[:3] not in {"+++", "---"}]


def modules_of(target: str, project: Path) -> list[Path]:
    """Return the modules of a package such as `services` or `infra/deploy`, or the one module of this path."""
    for place in (Path(target), *(Path(package, target) for package in PACKAGES)):
        if (project / place).is_file():
            return [place]
        if (project / place).is_dir() and any((project / place).glob("**/*.py")):
            return [found.relative_to(project) for found in sorted((project / place).glob("**/*.py"))]
    raise FileNotFoundError(f"no package or module {target}")


def draw(modules: Sequence[Path], project: Path, size: int, seed: str) -> list[Mutant]:
    """Draw mutants, each on a line of its own: a line first, then an operator, then one of its mistakes.

    Drawn the other way, calls with many arguments would be most of the sample. Fewer than `size` are returned if
    there are fewer lines that can be mutated.
    """
    chance = random.Random(seed)  # noqa: S311 - a sample, no secret
    sources = {module: (project / module).read_text() for module in modules}
    parsed = {module: Module(source) for module, source in sources.items()}
    by_line: defaultdict[tuple[Path, int], list[Mutation]] = defaultdict(list)
    for module, tree in parsed.items():
        for mutation in tree.mutations:
            by_line[module, mutation.line].append(mutation)
    mutants = []
    for module, line in chance.sample(sorted(by_line), min(size, len(by_line))):
        choices = by_line[module, line]
        operator = chance.choice(sorted({mutation.operator for mutation in choices}))
        mutation = chance.choice([mutation for mutation in choices if mutation.operator == operator])
        mutants.append(Mutant(module, line, operator, sources[module], parsed[module].plant(mutation)))
    return mutants
