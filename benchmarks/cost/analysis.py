"""Cost of an analysis beside the text detector's inference: `python -m benchmarks.cost.analysis FILE…`.

For each image, the minimum time over several rounds is measured for the detector's network (all calls of ONNX Runtime's
`run` in one analysis together) and for the whole of `januslens.analyze` on the bytes of the file. The *rest* is the
second minus the first, the *share* the rest divided by the first. Each round goes through all images, so that a busy
moment of the machine affects one round of many images and not all rounds of one. Both times come from the same calls,
so that a busy machine slows both.

The network runs on as many threads as in the product, which is ONNX Runtime's default of one per core; NumPy and Pillow
mostly use one. So the share depends on the machine: compare shares of one machine only. `--threads 1` gives both one
core, like a Lambda function of 1,769 MB. (`taskset` does not: ONNX Runtime sets the affinity of its threads itself.)

The process's peak memory is the high-water mark of the resident set, including the interpreter, the model and the
analysis of the largest image.
"""

import argparse
import os
import resource
import statistics
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from unittest.mock import patch

import onnxruntime

from januslens import analyze
from januslens.text import detector
from januslens.text.models import model_path

ROUNDS: Final = 5
MAXRSS_UNIT: Final = 1024 if sys.platform == "linux" else 1  # getrusage(2): kilobytes on Linux, bytes on macOS


class AnalysisIncomplete(Exception):
    """A part of an analysis failed, which would make the analysis look cheap."""


class TimedSession:
    """An ONNX Runtime session of the text detector that adds up the seconds spent in `run`.

    threads is the number of threads of the network, 0 for ONNX Runtime's default.
    """

    def __init__(self, threads: int) -> None:
        self._session = detector._session()
        if threads:
            options = self._session.get_session_options()
            options.intra_op_num_threads = threads
            self._session = onnxruntime.InferenceSession(model_path(detector.MODEL), options)
        self.seconds = 0.0

    def run(self, *arguments: Any) -> Any:
        """Run the network, add the time to `seconds`, and return the outputs."""
        start = time.perf_counter()
        try:
            return self._session.run(*arguments)
        finally:
            self.seconds += time.perf_counter() - start


@dataclass(slots=True)
class Cost:
    """The cost of an image: the minimum seconds of its inference and of its whole analysis, and its size."""

    name: str
    data: bytes
    megapixels: float = 0.0
    inference: float = float("inf")
    whole: float = float("inf")

    @property
    def share(self) -> float:
        """The time of the rest of the analysis divided by that of the inference."""
        return (self.whole - self.inference) / self.inference

    def measure(self, session: TimedSession) -> None:
        """Analyze the image once more, and keep the minimum of each time. Raises AnalysisIncomplete if a part fails."""
        session.seconds = 0.0
        start = time.perf_counter()
        analysis = analyze(self.data, name=self.name, quote=False)
        self.whole = min(self.whole, time.perf_counter() - start)
        if analysis.failures:
            raise AnalysisIncomplete(f"{self.name}: {analysis.failures}")
        self.inference = min(self.inference, session.seconds)
        self.megapixels = analysis.image.width * analysis.image.height / 1e6


def main(arguments: Sequence[str] | None = None) -> int:
    """Print one row per image and the summary; return 1 if the median share exceeds --at-most, otherwise 0.

    Raises AnalysisIncomplete.
    """
    options = _parser().parse_args(arguments)
    costs = [Cost(path.name, path.read_bytes()) for path in options.files]
    session = TimedSession(options.threads)
    with patch.object(detector, "_session", lambda: session):
        costs[0].measure(session)  # loads what an analysis loads
        costs[0].inference = costs[0].whole = float("inf")
        for _ in range(options.rounds):
            for cost in costs:
                cost.measure(session)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * MAXRSS_UNIT / 2**20
    median = statistics.median(cost.share for cost in costs)
    rows = ["  Mpx  inference    whole  share", *(_row(cost) for cost in sorted(costs, key=lambda cost: cost.share))]
    rows += [
        f"median share    {median:.1%}",
        f"per megapixel   {_per_megapixel(costs):.2f} s, of which inference {_per_megapixel(costs, whole=False):.2f} s",
        f"peak memory     {peak:.0f} MiB",
        f"measured        {len(costs)} images, {options.rounds} rounds, {os.process_cpu_count()} cores, "
        f"the network on {options.threads or 'all'}",
    ]
    sys.stdout.write("\n".join(rows) + "\n")
    return int(options.at_most is not None and median > options.at_most)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.cost.analysis", description=(__doc__ or "").partition(":")[0]
    )
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="images, named as for januslens")
    parser.add_argument("--rounds", type=int, default=ROUNDS, metavar="N", help="default: %(default)s")
    parser.add_argument(
        "--threads", type=int, default=0, metavar="N", help="threads of the network; default: one per core"
    )
    parser.add_argument(
        "--at-most", type=float, metavar="SHARE", help="fail if the median share is larger, such as 0.4"
    )
    return parser


def _row(cost: Cost) -> str:
    return f"{cost.megapixels:5.2f} {cost.inference:8.3f} s {cost.whole:6.3f} s {cost.share:6.1%}  {cost.name}"


def _per_megapixel(costs: Sequence[Cost], *, whole: bool = True) -> float:
    seconds = sum(cost.whole if whole else cost.inference for cost in costs)
    return seconds / sum(cost.megapixels for cost in costs)


if __name__ == "__main__":
    sys.exit(main())
