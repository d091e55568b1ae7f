"""A child that would stay for an hour, if its parent did."""

import time

from infra.local import child

if __name__ == "__main__":
    child.end_with_parent()
    print("here", flush=True)  # noqa: T201 - its parent's parent waits for it
    time.sleep(3600)
