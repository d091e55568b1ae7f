"""One check per rule for all places that are undecided for the same reason: the image's scale is not certain.

Stating the scale decides them together. A check for each place would repeat a hundred times what a note in the report
says.
"""

from collections.abc import Callable, Iterable, Iterator

from januslens.accessibility.check import Outcome, Reason

type Verdict = tuple[Outcome, Reason | None]


def stand_for_all[T](
    judged: Iterable[tuple[T, Verdict]], size: Callable[[T], float]
) -> Iterator[tuple[T, Verdict, int]]:
    """Yield each judged item with its verdict and the number of other items that it represents, mostly 0.

    Of the items that are undecided because of the scale only the smallest is yielded, last: it represents the others.
    """
    undecided: list[T] = []
    for item, verdict in judged:
        if verdict[1] is Reason.SCALE:
            undecided.append(item)
        else:
            yield item, verdict, 0
    if undecided:
        yield min(undecided, key=size), (Outcome.CANT_TELL, Reason.SCALE), len(undecided) - 1
