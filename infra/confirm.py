"""Confirm the email address of a registered user: `python -m infra.confirm ADDRESS`, with the functions' environment.

It needs the operator's AWS credentials instead of the link in the email. The exit code is 1 if no user has the address.
"""

import sys
from collections.abc import Sequence
from typing import Final

from chalicelib.model.emails import canonical_email
from chalicelib.model.errors import InvalidField
from chalicelib.model.users import User
from chalicelib.wiring import Services

COMMAND: Final = "command"  # the actor, in the audit log


class NoSuchUser(Exception):
    """No user has the email address."""


def confirmed_user(services: Services, address: str) -> User:
    """Confirm the email address of a user, if it isn't yet, and return the user. Raises NoSuchUser."""
    user = _look_up(services, address)
    services.administration.confirm_email(COMMAND, user)
    return services.administration.get(user.id)


def _look_up(services: Services, address: str) -> User:
    try:
        email = canonical_email(address)
    except InvalidField as error:
        raise NoSuchUser(address) from error
    user = services.adapters.users.look_up(email)
    if user is None:
        raise NoSuchUser(address)
    return user


def main(arguments: Sequence[str], services: Services | None = None) -> int:
    """Confirm the address of a user, and return the exit code.

    The code is 0 on success, 1 if no user has the address, and 2 unless there is exactly one argument.
    """
    if len(arguments) != 1:
        sys.stderr.write("usage: python -m infra.confirm ADDRESS\n")
        return 2
    try:
        user = confirmed_user(services or Services(), arguments[0])
    except NoSuchUser:
        sys.stderr.write(f"janus: no user has the email address {arguments[0]}\n")
        return 1
    sys.stdout.write(f"The address {user.email} is confirmed.\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
