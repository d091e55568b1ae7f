"""Make a registered user an administrator: `python -m infra.make_admin ADDRESS`, with the functions' environment.

The first administrator is made so; no route can. Exit code 1 if nobody has the address.
"""

import sys
from collections.abc import Sequence

from chalicelib.services.addresses import canonical_email
from chalicelib.services.fields import FieldUnacceptable
from chalicelib.storage.users import ROLE_ADMIN
from chalicelib.wiring import Services

COMMAND = "command"  # who does it, in the log


def main(arguments: Sequence[str], services: Services | None = None) -> int:
    """Make the user with an address an administrator."""
    if len(arguments) != 1:
        sys.stderr.write("usage: python -m infra.make_admin ADDRESS\n")
        return 2
    services = services or Services()
    try:
        user = services.users.find(canonical_email(arguments[0]))
    except FieldUnacceptable:
        user = None
    if user is None:
        sys.stderr.write(f"janus: nobody is registered with the address {arguments[0]}\n")
        return 1
    services.administration.change_role(COMMAND, user, ROLE_ADMIN)
    sys.stdout.write(f"{user.email} is an administrator, and signed out everywhere\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
