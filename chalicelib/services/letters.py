"""What mails to account holders say."""

import msgspec


class Letter(msgspec.Struct, frozen=True):
    """A mail's subject and text."""

    subject: str
    text: str


def welcome(link: str) -> Letter:
    """To a new account, with the link that proves that its mail is read."""
    return Letter(
        "Your account at Janus",
        f"""\
An account at Janus was made with this e-mail address. Confirm that it is yours within a day:

{link}

Sign in with the password that you chose, and upload a screenshot. If it wasn't you who made the account, you need do
nothing.
""",
    )


def verify(link: str) -> Letter:
    """To an account, with another link that proves that its mail is read."""
    return Letter(
        "Confirm your e-mail address",
        f"""\
Confirm within a day that this e-mail address is that of your account at Janus:

{link}

If you didn't ask for this, you need do nothing.
""",
    )


def take_address(link: str) -> Letter:
    """To the address that an account is to have."""
    return Letter(
        "Confirm your new e-mail address",
        f"""\
The account at Janus of somebody, you we hope, is to have this e-mail address. Confirm within a day that it is yours:

{link}

If it isn't you who asked for it, you need do nothing.
""",
    )


def leave_address(link: str) -> Letter:
    """To the address that an account is to leave."""
    return Letter(
        "Confirm that your account leaves this e-mail address",
        f"""\
Your account at Janus is to have another e-mail address. Confirm within a day that you want it to:

{link}

If it wasn't you who asked for it, someone knows your password: choose another one at once, by "Forgot password".
""",
    )


ADDRESS_LEAVING = Letter(
    "Your account at Janus is to have another e-mail address",
    """\
Your account at Janus is to have another e-mail address, and will once that one is confirmed.

If it wasn't you who asked for it, someone knows your password: choose another one at once, by "Forgot password".
""",
)
ADDRESS_CHANGED = Letter(
    "Your account at Janus has another e-mail address",
    """\
Your account at Janus has the other e-mail address that was confirmed. No more mail comes to this one.

If it wasn't you, write to us at once.
""",
)


def invitation(project: str, by: str, link: str) -> Letter:
    """To whoever is invited into a project."""
    return Letter(
        "You are invited into a project at Janus",
        f"""\
{by} invites you into the project "{project}" at Janus. Join it within a week, by an account with this e-mail address:

{link}

If you don't want to, you need do nothing.
""",
    )


TAKEN = Letter(
    "Someone tried to register with your address",
    """\
Someone asked Janus for a new account with this e-mail address, which has one already.

If it was you, sign in with the password that you chose. If it wasn't, you need do nothing: no account was made, and
nobody was told that you have one.
""",
)


def reset(link: str) -> Letter:
    """To an account whose password was forgotten."""
    return Letter(
        "A new password for Janus",
        f"""\
Someone, you we hope, asked for a new password for the account at Janus with this e-mail address. Choose one within
half an hour:

{link}

If it wasn't you, you need do nothing: the password stays what it is.
""",
    )


NO_ACCOUNT = Letter(
    "There is no account at Janus with your address",
    """\
Someone asked Janus for a new password for an account with this e-mail address, which has none.

If it was you, try another of your addresses, or register. If it wasn't, you need do nothing.
""",
)
PASSWORD_CHANGED = Letter(
    "Your password at Janus was changed",
    """\
The password of your account at Janus was changed, and whoever was signed in to it is signed out.

If it wasn't you, ask for a new password at once, by "Forgot password".
""",
)
SECOND_FACTOR_ADDED = Letter(
    "Your account at Janus has a second factor",
    """\
From now on, signing in to your account at Janus takes a code of your authenticator app beside the password.

If it wasn't you, someone is signed in to your account: ask for a new password at once, by "Forgot password", and write
to us.
""",
)
SECOND_FACTOR_REMOVED = Letter(
    "Your account at Janus has no second factor any more",
    """\
From now on, signing in to your account at Janus takes the password alone.

If it wasn't you, ask for a new password at once, by "Forgot password", and add a second factor again.
""",
)
ACCOUNT_CLOSED = Letter(
    "Your account at Janus is deleted",
    """\
Your account at Janus is closed, and all that belongs to it is being deleted: pictures, results, keys and sessions.

If it wasn't you, write to us at once.
""",
)
