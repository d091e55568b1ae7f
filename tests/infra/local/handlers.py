"""Functions for the event source mapping's tests: what they are handed goes to the file that the message names."""

import ctypes
import json
import os
import time
from pathlib import Path
from typing import Any


def note(event: dict[str, Any], context: object) -> None:
    """Write down the event, with the process that had it."""
    for record in event["Records"]:
        with Path(record["body"]).open("a", encoding="utf-8") as notes:
            notes.write(json.dumps({"process": os.getpid(), "record": record}) + "\n")


def refuse(event: dict[str, Any], context: object) -> None:
    note(event, context)
    raise LookupError("nothing to analyze")


def refuse_one(event: dict[str, Any], context: object) -> dict[str, Any]:
    """Fail with the first message alone."""
    note(event, context)
    return {"batchItemFailures": [{"itemIdentifier": event["Records"][0]["messageId"]}]}


def crash(event: dict[str, Any], context: object) -> None:
    note(event, context)
    ctypes.string_at(0)  # a segmentation fault


def hang(event: dict[str, Any], context: object) -> None:
    note(event, context)
    time.sleep(3600)
