"""Changes of an account's email address, confirmed from the new address and from the old one.

A stolen password alone is therefore not enough to take over an account.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Final

import msgspec

from chalicelib.model.audit import AuditAction
from chalicelib.model.clock import Clock
from chalicelib.model.emails import EmailChange, EmailTokenPurpose, InvalidEmailToken, canonical_email
from chalicelib.model.errors import InvalidField
from chalicelib.model.users import User
from chalicelib.security.email_tokens import new_email_token, read_email_token
from chalicelib.security.passwords import Passwords
from chalicelib.services.accounts.throttling import Throttle
from chalicelib.services.audit import AuditRecorder
from chalicelib.services.email.mailer import Mailer, Message
from chalicelib.storage.tables.email_changes import EmailChangesTable
from chalicelib.storage.tables.users import UsersTable

CONFIRMATION_LIFETIME: Final = timedelta(days=1)


class EmailChangeService(msgspec.Struct, frozen=True):
    """The use cases of email changes: requesting and confirming one.

    A change is confirmed from both addresses. link returns the URL of the
    page that accepts an email token for a purpose.
    """

    users: UsersTable
    changes: EmailChangesTable
    passwords: Passwords
    mailer: Mailer
    throttle: Throttle
    audit: AuditRecorder
    clock: Clock
    link: Callable[[EmailTokenPurpose, str], str]

    def request(self, user: User, email: str, password: str, ip_address: str) -> None:
        """Send the links with which the new and the old address confirm a change.

        They are valid for a day, and replace those of an earlier change. Whether the new address has an account is not
        disclosed. Raises InvalidField if the password is wrong or the new address is invalid or the account's own, and
        RateLimitExceeded.
        """
        new = canonical_email(email)
        self.throttle.change_email(user.id, new, ip_address)
        self.passwords.check(user.password_hash, password)
        if new == user.email:
            raise InvalidField("email", "is already the account's email address")
        confirm_new, new_email_digest = new_email_token(user.id)
        confirm_old, old_email_digest = new_email_token(user.id)
        change = EmailChange(new, new_email_digest, old_email_digest, self.clock() + CONFIRMATION_LIFETIME)
        requested = self.audit.event(AuditAction.EMAIL_CHANGE_REQUESTED, actor_id=user.id, subject_id=user.id)
        if not self.changes.request(user, change, [requested]):
            raise InvalidField("password", "is no longer the account's password")
        self.mailer.send(new, Message.CONFIRM_NEW_EMAIL, link=self.link(EmailTokenPurpose.CONFIRM, confirm_new))
        self.mailer.send(
            user.email, Message.CONFIRM_EMAIL_CHANGE, link=self.link(EmailTokenPurpose.CONFIRM, confirm_old)
        )

    def confirm(self, token: str, ip_address: str) -> bool:
        """Confirm a change with an email token; return whether the change is now made.

        Return False if the other address must confirm it, too. Raises InvalidEmailToken if the token is not valid,
        InvalidField if the new address has an account meanwhile, and RateLimitExceeded.
        """
        self.throttle.email_token(ip_address)
        user_id, digest = read_email_token(token)
        user = self.users.get(user_id)
        change = None if user is None else user.email_change
        if user is None or change is None or digest not in change.digests or change.expires_at <= self.clock():
            raise InvalidEmailToken
        if len(change.digests) > 1:
            if not self.changes.confirm_one(user, change, digest):
                raise InvalidEmailToken
            return False
        changed = self.audit.event(AuditAction.EMAIL_CHANGED, actor_id=user.id, subject_id=user.id)
        if not self.changes.complete(user, change, self.clock(), [changed]):
            raise InvalidField("token", "was used before, or belongs to an email address that now has an account")
        self.mailer.send(user.email, Message.EMAIL_CHANGED)
        return True
