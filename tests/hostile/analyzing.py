"""A process that analyzes files, whose paths it reads a line each, and says as JSON lines what became of each."""

import json
import resource
import sys
import time
from pathlib import Path

from januslens import ImageRejected, analyze


def outcome(data: bytes) -> str:
    try:
        return "incomplete" if analyze(data).failures else "analyzed"
    except ImageRejected as error:
        return error.code


if __name__ == "__main__":
    for path in sys.stdin.read().splitlines():
        start = time.process_time()
        found = outcome(Path(path).read_bytes())
        seconds = time.process_time() - start
        megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
        line = {"path": path, "outcome": found, "seconds": seconds, "megabytes": megabytes}
        sys.stdout.write(json.dumps(line) + "\n")
        sys.stdout.flush()
