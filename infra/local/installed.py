"""A check for the packages of the local stack, which needs the standard library only."""

import importlib.metadata
import re
from typing import Final

from infra import PROJECT

FILES: Final = ("requirements.txt", "requirements-vision.txt", "requirements-models.txt", "requirements-reference.txt")
LOCAL_SERVICES: Final = ("moto", "Flask", "requests")


def missing_package() -> str | None:
    """Return the name of the first package that the local stack requires and that is not installed, or None.

    Versions are not checked.
    """
    for name in (*_required(), *LOCAL_SERVICES):
        try:
            importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            return name
    return None


def _required() -> list[str]:
    lines = [line for file in FILES for line in (PROJECT / file).read_text("utf-8").splitlines()]
    return [name.group() for line in lines if (name := re.match(r"[A-Za-z0-9._-]+", line))]
