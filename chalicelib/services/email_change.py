"""Another e-mail address for an account: confirmed from the new one, and from the old one if that ever was confirmed.

Who knows a password can so not take an account away from whoever reads its mail.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Final

import msgspec

from chalicelib.security.mailed_secrets import new_secret
from chalicelib.security.passwords import Passwords
from chalicelib.services import letters
from chalicelib.services.addresses import canonical_email
from chalicelib.services.audit import Action, Audit
from chalicelib.services.clock import Clock
from chalicelib.services.fields import FieldUnacceptable
from chalicelib.services.mailed_links import not_good, read_link
from chalicelib.services.own_password import check_own_password
from chalicelib.services.post import Post
from chalicelib.services.throttling import Throttle
from chalicelib.storage.email_changes import EmailChanges
from chalicelib.storage.users import EmailChange, Purpose, User, Users

CONFIRMED_WITHIN: Final = timedelta(days=1)


class NewAddress(msgspec.Struct, frozen=True):
    """The use cases of a changed address. link returns the address of the page that takes a mailed secret."""

    users: Users
    changes: EmailChanges
    passwords: Passwords
    post: Post
    throttle: Throttle
    audit: Audit
    clock: Clock
    link: Callable[[Purpose, str], str]

    def ask(self, user: User, email: str, password: str, from_address: str) -> None:
        """Mail the links that confirm a change. Whether the new address has an account isn't told.

        Raises FieldUnacceptable, OverLimit.
        """
        new = canonical_email(email)
        self.throttle.change_email(user.email, new, from_address)
        check_own_password(self.passwords, user, password)
        if new == user.email:
            raise FieldUnacceptable("email", "is the account's address already")
        take, take_digest = new_secret(user.id)
        leave, leave_digest = new_secret(user.id)
        was_confirmed = user.verified_at is not None
        expires_at = self.clock() + CONFIRMED_WITHIN
        change = EmailChange(new, take_digest, leave_digest if was_confirmed else None, expires_at)
        asked = self.audit.entry(Action.EMAIL_CHANGE_ASKED, actor_id=user.id, subject_id=user.id)
        if not self.changes.ask(user, change, [asked]):
            raise FieldUnacceptable("password", "is no longer the account's password")
        self.post.send(new, letters.take_address(self.link(Purpose.CONFIRM, take)))
        self.post.send(
            user.email,
            letters.leave_address(self.link(Purpose.CONFIRM, leave)) if was_confirmed else letters.ADDRESS_LEAVING,
        )

    def confirm(self, secret: str, from_address: str) -> bool:
        """Take the link of one of the mails; return whether the address is changed, and not yet to be confirmed again.

        Raises FieldUnacceptable, OverLimit.
        """
        self.throttle.guess(from_address)
        user_id, digest = read_link(secret)
        user = self.users.get(user_id)
        change = None if user is None else user.email_change
        if user is None or change is None or digest not in change.digests or change.expires_at <= self.clock():
            raise not_good()
        if len(change.digests) > 1:
            if not self.changes.confirm_one(user, change, digest):
                raise not_good()
            return False
        changed = self.audit.entry(Action.EMAIL_CHANGED, actor_id=user.id, subject_id=user.id)
        if not self.changes.complete(user, change, self.clock(), [changed]):
            raise FieldUnacceptable("token", "was used before, or is of an address that has an account by now")
        self.post.send(user.email, letters.ADDRESS_CHANGED)
        return True
