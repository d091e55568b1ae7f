"""Survivors that were looked at and accepted: mutants that change nothing that anybody could notice."""

import tomllib
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import Final

import msgspec

from tests.mutants.sample import Mutant

LIST: Final = Path(__file__).with_name("accepted.toml")


class Survivor(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A mutant by its module and the lines that it changes, without their indentation, and why it is accepted."""

    module: str
    before: str
    after: str
    reason: str


def read() -> list[Survivor]:
    """Return the list. Raises msgspec.ValidationError for an entry that lacks a field."""
    return msgspec.convert(tomllib.loads(LIST.read_text()).get("survivor", []), list[Survivor])


def keys(survivors: list[Survivor]) -> AbstractSet[tuple[str, str, str]]:
    """Return what `key` returns for these survivors."""
    return {(survivor.module, survivor.before, survivor.after) for survivor in survivors}


def key(mutant: Mutant) -> tuple[str, str, str]:
    """Return what identifies a mutant wherever its line has moved to."""
    before, after = (" ".join(line[1:].strip() for line in mutant.diff if line[0] == sign) for sign in ("-", "+"))
    return mutant.module.as_posix(), before, after
