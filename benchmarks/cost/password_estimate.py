"""CPU time of judging the worst passwords: `python -m benchmarks.cost.password_estimate`.

Passwords are composed of common words in which signs replace letters, and changed at random for a minute. Those that
take longer to judge than any before are kept and changed further.
"""

import random
import sys
import time
from contextlib import suppress
from typing import Final

from zxcvbn.matching import L33T_TABLE, RANKED_DICTIONARIES

from chalicelib.security.passwords import MAX_PASSWORD_LENGTH, PasswordUnacceptable, check_new_password

SECONDS: Final = 60
SIGNS: Final = sorted({sign for signs in L33T_TABLE.values() for sign in signs})
WORDS: Final = [*RANKED_DICTIONARIES["passwords"]][:3000]


def main() -> int:
    """Print the longest time and its password; return 0."""
    generator = random.Random(18)  # noqa: S311 - for the same passwords each time
    worst, longest = "", 0.0
    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        password = _composed(generator) if not worst or generator.random() < 0.5 else _changed(worst, generator)  # noqa: PLR2004
        taken = _seconds(password)
        if taken > longest:
            worst, longest = password, taken
    sys.stdout.write(f"{longest * 1e3:.0f} ms\t{worst}\n")
    return 0


def _composed(generator: random.Random) -> str:
    signs = generator.sample(SIGNS, generator.randint(1, len(SIGNS)))
    password = ""
    while len(password) < MAX_PASSWORD_LENGTH:
        for letter in generator.choice(WORDS):
            replaced = [sign for sign in L33T_TABLE.get(letter, []) if sign in signs]
            password += generator.choice([letter, *replaced])
    return password[:MAX_PASSWORD_LENGTH]


def _changed(password: str, generator: random.Random) -> str:
    characters = list(password)
    for _ in range(generator.randint(1, 4)):
        characters[generator.randrange(len(characters))] = generator.choice([*SIGNS, "a", "e", "i", "o", "s"])
    return "".join(characters)


def _seconds(password: str) -> float:
    began = time.process_time()
    with suppress(PasswordUnacceptable):
        check_new_password(password, ("ann@people.example", "Ann"))
    return time.process_time() - began


if __name__ == "__main__":
    sys.exit(main())
