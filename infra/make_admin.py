"""Make a registered user an administrator: `python -m infra.make_admin EMAIL`, with the functions' environment.

The first administrator can only be made this way, because no route does it. The exit code is 1 if no user has the
email address.
"""

import sys
from collections.abc import Sequence

from chalicelib.model.emails import canonical_email
from chalicelib.model.errors import InvalidField
from chalicelib.model.users import AccountRole
from chalicelib.wiring import Services

COMMAND = "command"  # the actor, in the audit log


def main(arguments: Sequence[str], services: Services | None = None) -> int:
    """Make the user with an email address an administrator, and return the exit code.

    The code is 0 on success, 1 if no user has the address, and 2 unless there is exactly one argument. Raises
    ChangedMeanwhile if another request changes the user's role.
    """
    if len(arguments) != 1:
        sys.stderr.write("usage: python -m infra.make_admin EMAIL\n")
        return 2
    services = services or Services()
    try:
        user = services.adapters.users.find(canonical_email(arguments[0]))
    except InvalidField:
        user = None
    if user is None:
        sys.stderr.write(f"janus: no user has the email address {arguments[0]}\n")
        return 1
    services.administration.change_role(COMMAND, user, AccountRole.ADMIN)
    sys.stdout.write(f"{user.email} is now an administrator and was signed out of all sessions.\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
