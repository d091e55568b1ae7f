"""The tables of users and of their email addresses.

A session records the generation of its user at its start. Incrementing the user's generation ends all sessions of
earlier generations at their next request.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Final

from pynamodb.attributes import UnicodeAttribute, UTCDateTimeAttribute
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action
from pynamodb.transactions import TransactWrite

from chalicelib.model.audit import AuditEvent
from chalicelib.model.emails import EmailChange, EmailTaken, EmailToken, EmailTokenPurpose
from chalicelib.model.paging import MAX_READ, page_of
from chalicelib.model.users import AccountRole, LastAdmin, User, UserPage
from chalicelib.storage.tables.table import bind
from chalicelib.storage.tables.transaction import Transactions
from chalicelib.storage.tables.user_items import CLOSING, DIRECTORY, AdminCountItem, EmailItem, UserItem

ADMINS: Final = "admins"  # no user's id: those are UUIDs


class UsersTable:
    """The DynamoDB tables of users and of their email addresses. Methods raise PynamoDBException if a request fails."""

    def __init__(self, users_table: str, emails_table: str, region: str, transactions: Transactions) -> None:
        self.user_items = bind(UserItem, users_table, region)
        self.admin_count_items = bind(AdminCountItem, users_table, region)
        self.email_items = bind(EmailItem, emails_table, region)
        self._transactions = transactions

    def add(self, user: User, verification: EmailToken | None = None, events: Sequence[AuditEvent] = ()) -> None:
        """Store a new user and their email address together with audit events.

        verification is the token that verifies the email address, if one was sent. Raises EmailTaken if another user
        has the address.
        """
        item = self.user_items(
            user.id,
            email=user.email,
            display_name=user.display_name,
            role=user.role.value,
            password_hash=user.password_hash,
            created_at=user.created_at,
            generation=user.generation,
            verified_at=user.verified_at,
            disabled=user.disabled,
            verify_digest=verification and verification.digest,
            verify_expires_at=verification and verification.expires_at,
        )

        def write(transaction: TransactWrite) -> None:
            transaction.save(self.email_items(user.email, user_id=user.id), condition=EmailItem.email.does_not_exist())
            transaction.save(item, condition=UserItem.id.does_not_exist())

        if not self._transactions.write(write, events):
            raise EmailTaken

    def get(self, user_id: str) -> User | None:
        """Return the user with this id, or None."""
        try:
            return user_of(self.user_items.get(user_id, consistent_read=True))
        except self.user_items.DoesNotExist:
            return None

    def named(self, user_ids: Sequence[str]) -> dict[str, User]:
        """Return the users that have one of these ids, by id; ids without a user are left out."""
        return {item.id: user_of(item) for item in self.user_items.batch_get(list(user_ids))}

    def find(self, email: str) -> User | None:
        """Return the user with this email address, or None, from an index that may lag behind.

        The work is one read in both cases, so that the time taken does not disclose whether the user exists.
        """
        return next((user_of(item) for item in self.user_items.by_email.query(email, limit=1)), None)

    def list(self, before_id: str | None, limit: int, wanted: Callable[[User], bool]) -> UserPage:
        """Return a page of up to limit wanted users, newest first, without users whose accounts are closed.

        The page starts after the user before_id, who is excluded, or with the newest user if before_id is None.
        """
        older = None if before_id is None else UserItem.id < before_id
        found = self.user_items.in_order.query(
            DIRECTORY, older, scan_index_forward=False, limit=MAX_READ, page_size=MAX_READ
        )
        return page_of((user_of(item) for item in found), before_id, limit, wanted)

    def change_role(self, user: User, role: AccountRole, events: Sequence[AuditEvent]) -> bool:
        """Change a user's role and end all their sessions, together with audit events.

        Return False, without a change, if the role differs from that of `user`. Raises LastAdmin if no administrator
        would remain.
        """
        change = (role is AccountRole.ADMIN) - (user.role is AccountRole.ADMIN)

        def write(transaction: TransactWrite) -> None:
            unchanged = UserItem.role == user.role
            actions: list[Action] = [UserItem.role.set(role.value), _NEXT_GENERATION]
            transaction.update(self.user_items(user.id), actions=actions, condition=unchanged)
            enough = AdminCountItem.admins > 1 if change < 0 else None
            transaction.update(
                self.admin_count_items(ADMINS), actions=[AdminCountItem.admins.add(change)], condition=enough
            )

        return self._transactions.write(write, events, last=LastAdmin)

    def rename(self, user_id: str, display_name: str | None) -> None:
        """Store a display name, or remove it if display_name is None; do nothing if there is no user with this id."""
        name = UserItem.display_name
        action = name.remove() if display_name is None else name.set(display_name)
        self.update(user_id, [action], UserItem.id.exists())

    def set_disabled(self, user: User, events: Sequence[AuditEvent], *, disabled: bool) -> bool:
        """Disable or enable a user and end all their sessions, together with audit events.

        Return False, without a change, if the user was disabled, enabled, given another role, or closed since `user`
        was read.
        """
        as_read = (UserItem.disabled == user.disabled) & (UserItem.role == user.role)
        unchanged = as_read & UserItem.deleted_at.does_not_exist()
        return self.update(user.id, [UserItem.disabled.set(disabled), _NEXT_GENERATION], unchanged, events)

    def replace_password_hash(self, user: User, password_hash: str) -> None:
        """Store another hash of the same password, or do nothing if the password was changed since `user` was read."""
        unchanged = UserItem.password_hash == user.password_hash
        self.update(user.id, [UserItem.password_hash.set(password_hash)], unchanged)

    def change_password(self, user: User, password_hash: str, events: Sequence[AuditEvent]) -> bool:
        """Store the hash of a new password and end all sessions of the user, together with audit events.

        A pending password reset is discarded. Return False, without a change, if the password was changed since `user`
        was read.
        """
        actions = [*_password(password_hash), *_no_token(EmailTokenPurpose.RESET)]
        return self.update(user.id, actions, UserItem.password_hash == user.password_hash, events)

    def mark_deleted(self, user: User, now: datetime, events: Sequence[AuditEvent]) -> bool:
        """Close an account, disable it, and end all its sessions, together with audit events.

        The data is deleted later. Return False, without a change, if the role was changed or the account closed since
        `user` was read.
        """
        closed = [UserItem.deleted_at.set(now), UserItem.disabled.set(True), UserItem.directory.set(CLOSING)]
        actions = [*closed, _NEXT_GENERATION]
        unchanged = (UserItem.role == user.role) & UserItem.deleted_at.does_not_exist()
        return self.update(user.id, actions, unchanged, events)

    def closed_before(self, time: datetime, max_count: int) -> Sequence[str]:
        """Return the ids of up to max_count users whose accounts were closed before a time and who still exist.

        They are in the order in which the users registered.
        """
        found = self.user_items.in_order.query(
            CLOSING, filter_condition=UserItem.deleted_at < time, limit=max_count, page_size=max_count
        )
        return [item.id for item in found]

    def delete(self, user: User) -> None:
        """Delete a user and release the email address; do nothing if the user does not exist or has another address."""

        def write(transaction: TransactWrite) -> None:
            transaction.delete(self.email_items(user.email), condition=EmailItem.user_id == user.id)
            transaction.delete(self.user_items(user.id), condition=UserItem.id.exists())

        self._transactions.write(write)

    def end_generation(self, user_id: str, events: Sequence[AuditEvent] = ()) -> bool:
        """End all sessions of a user, together with audit events; return False if there is no user with this id."""
        return self.update(user_id, [_NEXT_GENERATION], UserItem.id.exists(), events)

    def store_token(
        self, user_id: str, purpose: EmailTokenPurpose, token: EmailToken, events: Sequence[AuditEvent] = ()
    ) -> None:
        """Store an email token, together with audit events, in place of an earlier token for the same purpose.

        purpose is RESET or VERIFY. Nothing happens if there is no user with this id.
        """
        digest, expires_at = _token(purpose)
        actions = [digest.set(token.digest), expires_at.set(token.expires_at)]
        self.update(user_id, actions, UserItem.id.exists(), events)

    def with_reset_token(self, user_id: str, digest: str, now: datetime) -> User | None:
        """Return the user whose stored token for a password reset has this digest and expires after now, or None."""
        try:
            item = self.user_items.get(user_id, consistent_read=True)
        except self.user_items.DoesNotExist:
            return None
        is_valid = item.reset_digest == digest and item.reset_expires_at is not None and item.reset_expires_at > now
        return user_of(item) if is_valid else None

    def reset_password(
        self, user_id: str, digest: str, now: datetime, password_hash: str, events: Sequence[AuditEvent] = ()
    ) -> bool:
        """Consume a token for a password reset, store the hash of a new password, and end all sessions of the user.

        Audit events are stored in the same transaction. Return False, without a change, unless the user's stored token
        has this digest and expires after now.
        """
        actions = [*_password(password_hash), *_no_token(EmailTokenPurpose.RESET)]
        return self.update(user_id, actions, _is_valid(EmailTokenPurpose.RESET, digest, now), events)

    def verify(self, user_id: str, digest: str, now: datetime, events: Sequence[AuditEvent] = ()) -> bool:
        """Consume a token for email verification and record that the address was verified at now.

        Audit events are stored in the same transaction. Return False, without a change, unless the user's stored token
        has this digest and expires after now.
        """
        actions = [UserItem.verified_at.set(now), *_no_token(EmailTokenPurpose.VERIFY)]
        return self.update(user_id, actions, _is_valid(EmailTokenPurpose.VERIFY, digest, now), events)

    def update(
        self, user_id: str, actions: Sequence[Action], condition: Condition, events: Sequence[AuditEvent] = ()
    ) -> bool:
        """Apply actions to a user's item, together with audit events.

        Return False, with nothing written, if the condition is not met.
        """

        def write(transaction: TransactWrite) -> None:
            transaction.update(self.user_items(user_id), actions=list(actions), condition=condition)

        return self._transactions.write(write, events)


_NEXT_GENERATION: Final = UserItem.generation.set((UserItem.generation | 0) + 1)


def _password(password_hash: str) -> list[Action]:
    return [UserItem.password_hash.set(password_hash), _NEXT_GENERATION]


def _token(purpose: EmailTokenPurpose) -> tuple[UnicodeAttribute, UTCDateTimeAttribute]:
    return getattr(UserItem, f"{purpose}_digest"), getattr(UserItem, f"{purpose}_expires_at")


def _no_token(purpose: EmailTokenPurpose) -> list[Action]:
    return [attribute.remove() for attribute in _token(purpose)]


def _is_valid(purpose: EmailTokenPurpose, presented: str, now: datetime) -> Condition:
    digest, expires_at = _token(purpose)
    valid: Condition = (digest == presented) & (expires_at > now)
    return valid


def user_of(item: UserItem) -> User:
    """Return the `User` that a stored item represents."""
    return User(
        id=item.id,
        email=item.email,
        display_name=item.display_name,
        role=AccountRole(item.role),
        password_hash=item.password_hash,
        created_at=item.created_at,
        generation=int(item.generation),
        verified_at=item.verified_at,
        disabled=item.disabled,
        totp_secret=item.totp_secret,
        totp_proposed=item.totp_proposed,
        recovery_codes=len(item.recovery_digests or ()),
        deleted_at=item.deleted_at,
        email_change=_email_change(item),
    )


def _email_change(item: UserItem) -> EmailChange | None:
    if item.new_email is None or item.email_change_expires_at is None:
        return None
    return EmailChange(item.new_email, item.new_email_digest, item.old_email_digest, item.email_change_expires_at)
