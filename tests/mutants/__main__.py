"""Plant a seeded sample of mutants and report which the mirrored tests notice: `python -m tests.mutants services`."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from infra.terminal import say
from tests.mutants import accepted
from tests.mutants.mirrors import NoMirror
from tests.mutants.sample import Mutant, draw, modules_of
from tests.mutants.trial import TestsFail, Verdict, laboratory

PROJECT: Final = Path(__file__).parents[2]
PACKAGES: Final = ("services", "storage", "security", "api", "design_system", "exports", "infra/deploy")


def main(arguments: Sequence[str]) -> int:
    """Return 0 if every package reaches the floor, 1 if one does not, 2 if the mutants could not be judged."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutants", description=__doc__)
    parser.add_argument(
        "targets", nargs="*", default=PACKAGES, help=f"packages or modules (default: {', '.join(PACKAGES)})"
    )
    parser.add_argument("--sample", type=int, default=20, help="mutants per target (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=1, help="another seed draws other mutants (default: %(default)s)")
    parser.add_argument("--floor", type=int, default=80, help="lowest share noticed, in percent (default: %(default)s)")
    parser.add_argument("--workers", type=int, default=2, help="copies tested at once (default: %(default)s)")
    chosen = parser.parse_args(arguments)
    known = accepted.keys(accepted.read())
    try:
        drawn = {
            target: draw(modules_of(target, PROJECT), PROJECT, chosen.sample, f"{chosen.seed} {target}")
            for target in chosen.targets
        }
        with laboratory(PROJECT, chosen.workers) as trials:
            mutants = [mutant for sample in drawn.values() for mutant in sample if accepted.key(mutant) not in known]
            verdicts: dict[Mutant, Verdict] = {}
            for mutant, verdict in trials.try_all(mutants):
                verdicts[mutant] = verdict
                say(f"{verdict:8}  {mutant.module}:{mutant.line}  {mutant.operator}")
                if verdict is Verdict.SURVIVED:
                    say("\n".join(f"    {line}" for line in mutant.diff))
    except (FileNotFoundError, NoMirror, TestsFail) as error:
        sys.stderr.write(f"mutants: {error}\n")
        return 2
    return _report(drawn, verdicts, chosen.floor)


def _report(drawn: dict[str, list[Mutant]], verdicts: dict[Mutant, Verdict], floor: int) -> int:
    """Say how many mutants of each target were noticed; return the exit code."""
    below = False
    for target, sample in drawn.items():
        judged = [verdicts[mutant] for mutant in sample if mutant in verdicts]
        noticed = judged.count(Verdict.NOTICED)
        share = 100 * noticed / len(judged) if judged else 100
        below |= share < floor
        left_out = f", {len(sample) - len(judged)} accepted" if len(judged) < len(sample) else ""
        say(f"{target}: {noticed} of {len(judged)} noticed ({share:.0f} %){left_out}")
    return 1 if below else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
