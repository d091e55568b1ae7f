"""What only the image's scale decides: one check of a rule stands for all, as one answer decides them together.

The report says in a note that the scale was estimated; a check for each place would repeat it a hundred times.
"""

from collections.abc import Callable, Iterable, Iterator

from januslens.accessibility.check import Outcome, Reason

type Verdict = tuple[Outcome, Reason | None]


def stand_for_all[T](
    judged: Iterable[tuple[T, Verdict]], size: Callable[[T], float]
) -> Iterator[tuple[T, Verdict, int]]:
    """Yield what was judged, its verdict, and for how many others of the same verdict it stands.

    That is 0 but for the smallest of those that are open because of the scale, which comes last and stands for them.
    """
    undecided: list[T] = []
    for each, verdict in judged:
        if verdict[1] is Reason.SCALE:
            undecided.append(each)
        else:
            yield each, verdict, 0
    if undecided:
        yield min(undecided, key=size), (Outcome.CANT_TELL, Reason.SCALE), len(undecided) - 1
