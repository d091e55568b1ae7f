"""The password once more, of somebody who is signed in, before what can't be undone."""

from chalicelib.security.passwords import Passwords
from chalicelib.services.fields import FieldUnacceptable
from chalicelib.storage.users import User


def check_own_password(passwords: Passwords, user: User, password: str) -> None:
    """Raise FieldUnacceptable unless a password is the user's."""
    if not passwords.verify(user.password_hash, password):
        raise FieldUnacceptable("password", "is not the account's password")
