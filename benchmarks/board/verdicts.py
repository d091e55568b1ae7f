"""Scores of verdicts on the board's texts: `python -m benchmarks.board.verdicts FOLDER [--show N] [--encoding NAME]`.

FOLDER was written by `benchmarks.board.render`; the verdicts come from `opinions`.

By text. Janus's verdict on a text follows from the checks that touch it (more than 5 % of whose box lies in the
text's): fail if one failed, pass if all passed, else open; missed if there is none. The verdict of another algorithm
follows from the computed ratio: pass if it reaches the required one, else fail.

- right: true verdicts, of all texts whose truth is pass or fail. Open and missed are neither right nor wrong.
- agrees: verdicts equal to the truth, of all texts. The truth is open if the required ratio is reached by the best but
  not by the worst pixel of a text's background. An algorithm that never answers open is wrong about these, and can be
  right about all others if it is told enough.
- wrong pass, wrong fail: texts of which the opposite is true.

By claim. Each `passed` or `failed` check of Janus is a claim about its own box, and is compared with the text's
background inside that box; a claim of another algorithm is about the whole text.

- false pass: claims to pass where the worst pixel does not. Where a text lies across two colors, its verdict is mostly
  open or that of its worse part, which says little; there, false passes are what must not occur.
- false fail: claims to fail where the best pixel does not, or where there is no text.
- precision: the share of claims to fail that are not false.

The targets are in `missed_targets`; the exit code is 1 if any is missed.
"""

import argparse
import os
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from benchmarks.board.compared import ALGORITHMS
from benchmarks.board.known_text import KnownText, Verdict, read_board
from benchmarks.board.opinions import JANUS, JANUS_TOLD, Claim, Judged, Opinion, judge_image
from benchmarks.board.render import ENCODINGS, SETS, SPLIT
from benchmarks.board.snippets import Kind

PNG: Final = "png"
MIN_PRECISION: Final = 0.995
COMPARED_GROUPS: Final = ("gray-1x png", "lcd-1x png", "gray-2x png")  # where Janus has to agree more often
HEADINGS: Final = (
    *("texts", "right", "agrees", "wrong pass", "wrong fail", "open", "missed"),
    *("claims", "false pass", "false fail", "precision"),
)


@dataclass(slots=True)
class Score:
    """The score of one algorithm: counts of its verdicts and claims.

    texts counts the texts by true and claimed verdict, the latter None if the text was missed; claims counts the claims
    by verdict and by whether they are false.
    """

    texts: Counter[tuple[Verdict, Verdict | None]] = field(default_factory=Counter)
    claims: Counter[tuple[Verdict, bool]] = field(default_factory=Counter)

    def add(self, opinions: Iterable[Opinion], claims: Iterable[Claim]) -> None:
        """Count opinions and claims of the algorithm."""
        self.texts.update((opinion.text.verdict, opinion.verdict) for opinion in opinions)
        self.claims.update((claim.said, claim.is_false) for claim in claims)

    @property
    def right(self) -> float:
        """The fraction of right verdicts among the texts whose truth is pass or fail, 0 to 1; 1 without such texts."""
        decidable = sum(count for (truth, _), count in self.texts.items() if truth is not Verdict.OPEN)
        return _share(self._same() - self.texts[Verdict.OPEN, Verdict.OPEN], decidable)

    @property
    def agrees(self) -> float:
        """The fraction of verdicts that equal the truth among all texts, 0 to 1; 1 without texts."""
        return _share(self._same(), self.texts.total())

    @property
    def wrong_passes(self) -> int:
        """The number of texts whose truth is fail and whose verdict is pass."""
        return self.texts[Verdict.FAIL, Verdict.PASS]

    @property
    def false_passes(self) -> int:
        """The number of claims to pass where a pixel of the background does not."""
        return self.claims[Verdict.PASS, True]

    @property
    def precision(self) -> float:
        """The fraction of claims to fail that are not false, 0 to 1; 1 without such claims."""
        true, false = (self.claims[Verdict.FAIL, kind] for kind in (False, True))
        return _share(true, true + false)

    def __str__(self) -> str:
        """Return the cells of the score's row in the Markdown table, in the order of HEADINGS."""
        left = [sum(self.texts[truth, said] for truth in Verdict) for said in (Verdict.OPEN, None)]
        wrong = self.wrong_passes, self.texts[Verdict.PASS, Verdict.FAIL]
        false = [self.claims[said, True] for said in (Verdict.PASS, Verdict.FAIL)]
        claimed = sum(count for (said, _), count in self.claims.items() if said is not Verdict.OPEN)
        return " | ".join(
            [f"{self.texts.total():4}", f"{self.right:6.1%}", f"{self.agrees:6.1%}"]
            + [f"{number:4}" for number in (*wrong, *left, claimed, *false)]
            + [f"{self.precision:6.1%}"]
        )

    def _same(self) -> int:
        return sum(self.texts[verdict, verdict] for verdict in Verdict)


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0


Scores = dict[tuple[str, str], Score]
"""By group and who."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table, the mistakes on request, and the missed targets; return 1 if a target is missed, otherwise 0.

    Raises AnalysisIncomplete.
    """
    options = _parser().parse_args(arguments)
    jobs = [
        (page, options.folder / f"{page.name}.{encoding}")
        for page in read_board(options.folder)
        for encoding in options.encoding or (PNG, *ENCODINGS)
        if (options.folder / f"{page.name}.{encoding}").exists()
    ]
    with ProcessPoolExecutor(options.workers) as workers:
        judged = [entry for entries in workers.map(judge_image, *zip(*jobs, strict=True)) for entry in entries]
    scores = score(judged)
    missed = list(missed_targets(scores))
    rows = [*mistakes(judged, options.show), *table(scores), *missed]
    sys.stdout.write("\n".join(rows) + "\n")
    return int(bool(missed))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.board.verdicts", description=(__doc__ or "").partition(":")[0]
    )
    parser.add_argument("folder", type=Path, help="output folder of python -m benchmarks.board.render")
    parser.add_argument(
        "--show", type=int, default=0, metavar="N", help="also list Janus's first N mistakes per kind and group"
    )
    parser.add_argument(
        "--encoding", action="append", choices=(PNG, *ENCODINGS), help="only this encoding, repeatable; default: all"
    )
    parser.add_argument("--workers", type=int, default=os.process_cpu_count(), help="processes; default: one per core")
    return parser


def score(judged: Iterable[Judged]) -> Scores:
    """Return the score of each algorithm by group and algorithm; the groups are sets with an encoding.

    For PNG there is also a group per kind of background.
    """
    scores: defaultdict[tuple[str, str], Score] = defaultdict(Score)
    for entry in judged:
        scores[entry.group, entry.who].add(entry.opinions, entry.claims)
        kinds = {opinion.text.kind for opinion in entry.opinions}
        for kind in kinds if entry.image.endswith(f".{PNG}") else ():
            scores[f"{entry.group} {kind}", entry.who].add(
                (opinion for opinion in entry.opinions if opinion.text.kind is kind),
                (claim for claim in entry.claims if claim.text and claim.text.kind is kind),
            )
    return dict(scores)


def table(scores: Scores) -> Iterator[str]:
    """Yield the rows of the scores as a Markdown table."""
    names = [JANUS, JANUS_TOLD, *(algorithm.name for algorithm in ALGORITHMS)]
    yield f"| {'':20} | {'':21} | {' | '.join(HEADINGS)} |"
    yield "|---" * 2 + "|--:" * len(HEADINGS) + "|"
    suffixes = [PNG, *(f"{PNG} {kind}" for kind in Kind), *ENCODINGS]
    for group in (f"{kind.name} {suffix}" for kind in SETS for suffix in suffixes):
        for name in names:
            if (group, name) in scores:
                yield f"| {group:20} | {name:21} | {scores[group, name]} |"


def missed_targets(scores: Scores) -> Iterator[str]:
    """Yield one line per target that Janus misses."""
    for (group, who), found in scores.items():
        if who == JANUS and found.wrong_passes:
            yield f"missed: {group}: {found.wrong_passes} wrong passes"
        if who == JANUS and group.startswith(SPLIT) and found.false_passes:
            yield f"missed: {group}: {found.false_passes} false passes"
        if who == JANUS and found.precision < MIN_PRECISION:
            yield f"missed: {group}: a precision of {found.precision:.1%}"
        if who not in (JANUS, JANUS_TOLD) and group in COMPARED_GROUPS and scores[group, JANUS].agrees <= found.agrees:
            yield f"missed: {group}: {who} agrees with the truth more often"


def mistakes(judged: Iterable[Judged], most: int) -> Iterator[str]:
    """Yield one row per wrong verdict and false claim of Janus, at most `most` per kind of mistake and group."""
    shown: Counter[tuple[str, str]] = Counter()
    for entry in judged:
        if entry.who != JANUS:
            continue
        wrong = [(f"wrong {o.verdict}", o.text, None, o.reason) for o in entry.opinions if o.is_wrong]
        false = [(_kind(claim), claim.text, claim.bounds, claim.reason) for claim in entry.claims if claim.is_false]
        for kind, text, bounds, reason in (*wrong, *false):
            shown[kind, entry.group] += 1
            if shown[kind, entry.group] <= most:
                yield f"{kind}\t{entry.image}\t{_shown(text, bounds)}\tsaid {reason}"


def _kind(claim: Claim) -> str:
    """Name a false claim: the opposite of the truth, more than the pixels show, or about no text."""
    if claim.truth is None:
        return "stray fail"
    return f"{'rash' if claim.truth is Verdict.OPEN else 'opposite'} {claim.said}"


def _shown(text: KnownText | None, bounds: tuple[float, float] | None) -> str:
    if text is None:
        return "nothing"
    box = " ".join(f"{number:g}" for number in text.box)
    here = f", here {bounds[0]:.2f}–{bounds[1]:.2f}" if bounds else ""
    return (
        f"{text.text!r} [{box}] {text.family} {text.weight} {text.size:g} px, {text.kind} {text.ground}, "
        f"is {text.foreground} {text.lowest:.2f}–{text.highest:.2f} of {text.required:g}{here}"
    )


if __name__ == "__main__":
    sys.exit(main())
