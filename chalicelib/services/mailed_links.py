"""Links that were mailed: what their secrets say, and what is said of one that isn't good."""

from chalicelib.security.mailed_secrets import SecretMalformed, read_secret
from chalicelib.services.fields import FieldUnacceptable


def read_link(secret: str) -> tuple[str, str]:
    """Return what a link is of, a user or a project, and the digest of its secret. Raises FieldUnacceptable."""
    try:
        return read_secret(secret)
    except SecretMalformed as error:
        raise not_good() from error


def not_good() -> FieldUnacceptable:
    """Return the error of a link that isn't good, whatever the reason."""
    return FieldUnacceptable("token", "was used before, is too old, or was never sent")
