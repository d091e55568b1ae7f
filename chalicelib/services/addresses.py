"""E-mail addresses in the one form in which they are stored and looked up."""

from chalicelib.services.fields import FieldUnacceptable


def canonical_email(email: str) -> str:
    """Return the one form of an address. Raises FieldUnacceptable.

    Upper and lower case are not told apart, although RFC 5321 would allow it before the @: no provider does.
    """
    from email_validator import EmailNotValidError, validate_email  # noqa: PLC0415  35 ms that most requests don't need

    try:
        return validate_email(email, check_deliverability=False).normalized.lower()
    except EmailNotValidError as error:
        raise FieldUnacceptable("email", "is not an e-mail address") from error
