"""Make a registered user an administrator: `python -m infra.make_admin ADDRESS`, with the functions' environment.

The first administrator can only be made this way, because no route does it. The user's email address is confirmed, if
it isn't yet. The exit code is 1 if no user has the address.
"""

import sys
from collections.abc import Sequence

from chalicelib.model.users import AccountRole
from chalicelib.wiring import Services
from infra.confirm import COMMAND, NoSuchUser, confirmed_user


def main(arguments: Sequence[str], services: Services | None = None) -> int:
    """Confirm the email address of a user, make the user an administrator, and return the exit code.

    The code is 0 on success, 1 if no user has the address, and 2 unless there is exactly one argument. Raises
    ChangedMeanwhile if another request changes the user's role.
    """
    if len(arguments) != 1:
        sys.stderr.write("usage: python -m infra.make_admin ADDRESS\n")
        return 2
    services = services or Services()
    try:
        user = confirmed_user(services, arguments[0])
    except NoSuchUser:
        sys.stderr.write(f"janus: no user has the email address {arguments[0]}\n")
        return 1
    services.administration.change_role(COMMAND, user, AccountRole.ADMIN)
    sys.stdout.write(
        f"{user.email}, registered at {user.created_at:%Y-%m-%d %H:%M} UTC, is now an administrator with a confirmed "
        "address, and was signed out of all sessions.\n"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
