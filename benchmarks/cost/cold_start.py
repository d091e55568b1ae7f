"""Cold starts: `python -m benchmarks.cost.cold_start [IMAGE]`, each figure beside a reference from the same run.

The import of the API function is compared with that of the packages that it needs; the first result of the analysis
function in a new process with its second one and the loading of the models.
"""

import re
import statistics
import subprocess
import sys
from pathlib import Path
from typing import Final

PROJECT: Final = Path(__file__).parents[2]
RUNS: Final = 9
NEEDED: Final = "import chalice, pynamodb.models, jwt"
API: Final = "import app"
ANALYSIS: Final = """
import sys, time
started = time.perf_counter()
from pathlib import Path
import januslens
data = Path(sys.argv[1]).read_bytes()
times = []
for _ in range(2):
    januslens.analyze(data, scale=None, name="a.png", max_pixels=40_000_000)
    times.append(time.perf_counter() - started)
from januslens.text import detector
from januslens.text import recognizer
from januslens.text.models import open_model
loading = time.perf_counter()
for model in (detector.MODEL, recognizer.MODEL):
    open_model(model)
print(times[0], times[1] - times[0], time.perf_counter() - loading)
"""


def main() -> int:
    """Measure and print the import times, the analysis times, and their ratios; return 0."""
    image = sys.argv[1] if len(sys.argv) > 1 else str(PROJECT / "chalicelib/web/sample.png")
    pairs = [(_import_seconds(NEEDED), _import_seconds(API)) for _ in range(RUNS)]
    needed, api = (statistics.median(times) for times in zip(*pairs, strict=True))
    _say("import of chalice, pynamodb and jwt", needed)
    _say("import of the API function", api)
    sys.stdout.write(f"ratio\t{api / needed:.2f}\n")
    first, warm, load = (statistics.median(times) for times in zip(*(_analyses(image) for _ in range(3)), strict=True))
    _say("first analysis of an empty process", first)
    _say("second analysis", warm)
    _say("loading of the models", load)
    sys.stdout.write(f"ratio of the first to the second, less the models\t{(first - load) / warm:.2f}\n")
    return 0


def _import_seconds(statement: str) -> float:
    """Return the total time of all modules by `-X importtime`."""
    said = _run("-X", "importtime", "-c", statement).stderr
    return sum(int(own) for own in re.findall(r"^import time:\s+(\d+) \|", said, re.MULTILINE)) / 1e6


def _analyses(image: str) -> tuple[float, float, float]:
    first, warm, load = map(float, _run("-c", ANALYSIS, image).stdout.split())
    return first, warm, load


def _run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603  our own code
        [sys.executable, *arguments], cwd=PROJECT, env={}, capture_output=True, text=True, check=True
    )


def _say(what: str, seconds: float) -> None:
    sys.stdout.write(f"{what}\t{seconds * 1e3:.0f} ms\n")


if __name__ == "__main__":
    sys.exit(main())
