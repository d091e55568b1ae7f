"""A process that decodes files, given as hexadecimal digits by name, and says what became of them and its memory."""

import json
import resource
import sys

from januslens import MAX_PIXELS
from januslens.decode.image import decode
from januslens.decode.rejection import ImageRejected
from tests.januslens.png import GRAY, png


def outcome(data: bytes) -> str:
    try:
        decode(data, max_pixels=MAX_PIXELS)
    except ImageRejected as error:
        return error.code
    return "decoded"


def peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000


if __name__ == "__main__":
    files = json.load(sys.stdin)
    outcome(png((1, 1), 8, GRAY, [b"\0"]))
    before = peak()
    outcomes = {name: outcome(bytes.fromhex(data)) for name, data in files.items()}
    json.dump({"outcomes": outcomes, "megabytes": peak() - before}, sys.stdout)
