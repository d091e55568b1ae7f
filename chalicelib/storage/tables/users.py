"""The tables of users and of their email addresses.

A session records the generation of its user at its start. Incrementing the user's generation ends all sessions of
earlier generations at their next request. In the same way an API key records the key generation of its user.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Final

import msgspec
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action
from pynamodb.transactions import TransactWrite

from chalicelib.model.audit import AuditEvent
from chalicelib.model.emails import EmailChange, EmailTaken, EmailToken, EmailTokenPurpose
from chalicelib.model.ids import new_id
from chalicelib.model.paging import MAX_READ, page_of
from chalicelib.model.usage import NO_OWN_LIMITS, OwnLimits, Usage
from chalicelib.model.users import AccountRole, LastAdmin, User, UserPage
from chalicelib.storage.tables.email_token_actions import is_valid, no_token, set_token, verified_at
from chalicelib.storage.tables.table import ALL_OLD, bind
from chalicelib.storage.tables.transaction import Transactions
from chalicelib.storage.tables.usage import UsageTable
from chalicelib.storage.tables.user_items import (
    CLOSING,
    DIRECTORY,
    NO_EMAIL_CHANGE,
    NO_SECOND_FACTOR,
    AdminCountItem,
    EmailItem,
    UserItem,
    set_or_remove,
)

ADMINS: Final = "admins"  # no user's id: those are UUIDs
NOBODY: Final = "nobody"  # nor is this


class UsersTable:
    """The DynamoDB tables of users and of their email addresses. Methods raise PynamoDBException if a request fails."""

    def __init__(
        self, users_table: str, emails_table: str, region: str, transactions: Transactions, usage: UsageTable
    ) -> None:
        self.user_items = bind(UserItem, users_table, region)
        self.admin_count_items = bind(AdminCountItem, users_table, region)
        self.email_items = bind(EmailItem, emails_table, region)
        self._transactions = transactions
        self._usage = usage

    def add(self, user: User, events: Sequence[AuditEvent] = ()) -> None:
        """Store a new user, their email address, and the usage of the account, together with audit events.

        Raises EmailTaken if another user has the address.
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
            verify_digest=user.verification and user.verification.digest,
            verify_expires_at=user.verification and user.verification.expires_at,
        )

        def write(transaction: TransactWrite) -> None:
            transaction.save(self.email_items(user.email, user_id=user.id), condition=EmailItem.email.does_not_exist())
            transaction.save(item, condition=UserItem.id.does_not_exist())
            self._usage.begin(transaction, Usage.none(user.id, user.created_at))

        if not self._transactions.write(write, events):
            raise EmailTaken

    def register_again(self, pending: User, new: User, events: Sequence[AuditEvent]) -> None:
        """Replace the registration of an unconfirmed email address, and all that was set up with it, by a new one.

        The account keeps its id; its password, display name, verification, and confirmation become those of `new`. Its
        sessions, API keys and second factor end, as does what is pending. Audit events are stored in the same
        transaction. Raises EmailTaken if the account was confirmed, changed or closed since `pending` was read.
        """
        actions = [
            *_new_password(new.password_hash, revoke_api_keys=True, remove_second_factor=True),
            set_or_remove(UserItem.display_name, new.display_name),
            *set_token(EmailTokenPurpose.VERIFY, new.verification),
        ]
        if new.verified_at is not None:
            actions.append(UserItem.verified_at.set(new.verified_at))
        unchanged = (UserItem.password_hash == pending.password_hash) & (UserItem.email == pending.email)
        still_pending = UserItem.verified_at.does_not_exist() & UserItem.deleted_at.does_not_exist()
        if not self.update(pending.id, actions, unchanged & still_pending, events):
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

    def look_up(self, email: str) -> User | None:
        """Return the user with this email address, or None, as the tables have it now.

        The work is two reads in both cases, so that the time taken does not disclose whether the user exists.
        """
        try:
            user_id = self.email_items.get(email, consistent_read=True).user_id
        except self.email_items.DoesNotExist:
            user_id = NOBODY
        return self.get(user_id)

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

        Return False, without a change, if the role differs from that of `user`, the account is closed, or a disabled
        user would become an administrator: those that are counted can act. Raises LastAdmin if no administrator would
        remain.
        """
        change = (role is AccountRole.ADMIN) - (user.role is AccountRole.ADMIN)

        def write(transaction: TransactWrite) -> None:
            permitted = (UserItem.role == user.role) & UserItem.deleted_at.does_not_exist()
            if role is AccountRole.ADMIN:
                permitted &= UserItem.disabled == False  # noqa: E712 - a condition of DynamoDB
            actions: list[Action] = [UserItem.role.set(role.value), _NEXT_GENERATION]
            transaction.update(self.user_items(user.id), actions=actions, condition=permitted)
            enough = AdminCountItem.admins > 1 if change < 0 else None
            transaction.update(
                self.admin_count_items(ADMINS), actions=[AdminCountItem.admins.add(change)], condition=enough
            )

        return self._transactions.write(write, events, last=LastAdmin)

    def rename(self, user_id: str, display_name: str | None) -> None:
        """Store a display name, or remove it if display_name is None; do nothing if there is no user with this id."""
        self.update(user_id, [set_or_remove(UserItem.display_name, display_name)], UserItem.id.exists())

    def set_disabled(self, user: User, events: Sequence[AuditEvent], *, disabled: bool) -> bool:
        """Disable or enable a user and end all their sessions, together with audit events.

        Return False, without a change, if the user was disabled, enabled, given another role, or closed since `user`
        was read.
        """
        as_read = (UserItem.disabled == user.disabled) & (UserItem.role == user.role)
        unchanged = as_read & UserItem.deleted_at.does_not_exist()
        return self.update(user.id, [UserItem.disabled.set(disabled), _NEXT_GENERATION], unchanged, events)

    def set_limits(self, user: User, limits: OwnLimits, events: Sequence[AuditEvent]) -> bool:
        """Store the limits of a user's account, together with audit events.

        Return False, without a change, if the limits were changed or the account closed since `user` was read.
        """
        stored = None if user.limits == NO_OWN_LIMITS else msgspec.to_builtins(user.limits)
        as_read = UserItem.limits.does_not_exist() if stored is None else UserItem.limits == stored
        change = (
            UserItem.limits.remove() if limits == NO_OWN_LIMITS else UserItem.limits.set(msgspec.to_builtins(limits))
        )
        unchanged = UserItem.id.exists() & UserItem.deleted_at.does_not_exist() & as_read
        return self.update(user.id, [change], unchanged, events)

    def replace_password_hash(self, user: User, password_hash: str) -> None:
        """Store another hash of the same password, or do nothing if the password was changed since `user` was read."""
        unchanged = UserItem.password_hash == user.password_hash
        self.update(user.id, [UserItem.password_hash.set(password_hash)], unchanged)

    def change_password(
        self, user: User, password_hash: str, events: Sequence[AuditEvent], *, revoke_api_keys: bool = False
    ) -> bool:
        """Store the hash of a new password and end all sessions of the user, together with audit events.

        A pending reset, change of the email address, or second factor is discarded, and all API keys are revoked if
        revoke_api_keys is set. Return False, without a change, if the password was changed since `user` was read.
        """
        actions = _new_password(password_hash, revoke_api_keys=revoke_api_keys)
        return self.update(user.id, actions, UserItem.password_hash == user.password_hash, events)

    def mark_deleted(self, user: User, now: datetime, events: Sequence[AuditEvent]) -> bool:
        """Close an account, disable it, end all its sessions, and discard what is pending, together with audit events.

        The data is deleted later. Return False, without a change, if the role or the address was changed, or the
        account closed, since `user` was read.
        """
        unchanged = (UserItem.role == user.role) & (UserItem.email == user.email)
        return self.update(user.id, closed(now), unchanged & UserItem.deleted_at.does_not_exist(), events)

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
            if user.role is AccountRole.ADMIN:  # an account that an earlier version closed
                transaction.update(self.admin_count_items(ADMINS), actions=[AdminCountItem.admins.add(-1)])

        self._transactions.write(write)

    def end_generation(self, user_id: str, events: Sequence[AuditEvent] = ()) -> bool:
        """End all sessions of a user, together with audit events; return False if there is no user with this id."""
        return self.update(user_id, [_NEXT_GENERATION], UserItem.id.exists(), events)

    def store_token(
        self, user: User, purpose: EmailTokenPurpose, token: EmailToken, events: Sequence[AuditEvent] = ()
    ) -> bool:
        """Store an email token, together with audit events, in place of an earlier token for the same purpose.

        purpose is RESET or VERIFY. Return False, without storing it, if the user no longer has the email address of
        `user`, which may come from an index that lags behind, or if the account is closed.
        """
        still_theirs = (UserItem.email == user.email) & UserItem.deleted_at.does_not_exist()
        return self.update(user.id, set_token(purpose, token), still_theirs, events)

    def with_reset_token(self, user_id: str, digest: str, now: datetime) -> User | None:
        """Return the user whose stored token for a password reset has this digest and expires after now, or None."""
        try:
            item = self.user_items.get(user_id, consistent_read=True)
        except self.user_items.DoesNotExist:
            return None
        is_stored = item.reset_digest == digest and item.reset_expires_at is not None and item.reset_expires_at > now
        return user_of(item) if is_stored else None

    def reset_password(
        self,
        user: User,
        digest: str,
        now: datetime,
        password_hash: str,
        events: Sequence[AuditEvent] = (),
        *,
        revoke_api_keys: bool = False,
    ) -> bool:
        """Consume a token for a password reset, store the hash of a new password, and end all sessions of the user.

        The token was sent to the email address, which is thereby verified at now. A pending change of the address or
        second factor is discarded, and all API keys are revoked if revoke_api_keys is set. If the address was not
        verified before, somebody else may have set up the account: its API keys are revoked in any case, and its second
        factor is removed. Audit events are stored in the same transaction. Return False, without a change, unless the
        user's stored token has this digest and expires after now, and the address is verified or not as in `user`.
        """
        actions = [
            *_new_password(
                password_hash,
                revoke_api_keys=revoke_api_keys or not user.is_confirmed,
                remove_second_factor=not user.is_confirmed,
            ),
            UserItem.verified_at.set(UserItem.verified_at | now),
            *no_token(EmailTokenPurpose.VERIFY),
        ]
        as_read = UserItem.verified_at.exists() if user.is_confirmed else UserItem.verified_at.does_not_exist()
        return self.update(user.id, actions, as_read & is_valid(EmailTokenPurpose.RESET, digest, now), events)

    def confirm(self, user: User, now: datetime, events: Sequence[AuditEvent]) -> bool:
        """Record that the user's email address was verified at now, together with audit events.

        Return False, without a change, if the address was verified or changed since `user` was read.
        """
        unchanged = UserItem.verified_at.does_not_exist() & (UserItem.email == user.email)
        return self.update(user.id, verified_at(now), unchanged, events)

    def check_active(self, transaction: TransactWrite, user_id: str) -> None:
        """Add to a transaction that its commit fails unless a user exists, is confirmed, and is not disabled."""
        active = UserItem.verified_at.exists() & (UserItem.disabled == False)  # noqa: E712 - a condition of DynamoDB
        transaction.condition_check(self.user_items, user_id, condition=active)

    def update(
        self, user_id: str, actions: Sequence[Action], condition: Condition, events: Sequence[AuditEvent] = ()
    ) -> bool:
        """Apply actions to a user's item, together with audit events.

        Return False, with nothing written, if the condition is not met.
        """
        write_id = new_id()

        def write(transaction: TransactWrite) -> None:
            item, signed = self.user_items(user_id), [*actions, UserItem.write_id.set(write_id)]
            transaction.update(item, actions=signed, condition=condition, return_values=ALL_OLD)

        return self._transactions.write(write, events, own_id=write_id)


_NEXT_GENERATION: Final = UserItem.generation.set((UserItem.generation | 0) + 1)
_NEXT_KEY_GENERATION: Final = UserItem.key_generation.set((UserItem.key_generation | 0) + 1)


def _new_password(password_hash: str, *, revoke_api_keys: bool, remove_second_factor: bool = False) -> list[Action]:
    """Return the actions that store a new password and end what was begun under the old one."""
    factor = NO_SECOND_FACTOR if remove_second_factor else [UserItem.totp_proposed.remove()]
    return [
        UserItem.password_hash.set(password_hash),
        _NEXT_GENERATION,
        *([_NEXT_KEY_GENERATION] if revoke_api_keys else []),
        *factor,
        *NO_EMAIL_CHANGE,
        *no_token(EmailTokenPurpose.RESET),
    ]


def closed(now: datetime) -> list[Action]:
    """Return the actions that close an account at now, and discard what is pending."""
    return [
        UserItem.deleted_at.set(now),
        UserItem.disabled.set(True),
        UserItem.directory.set(CLOSING),
        _NEXT_GENERATION,
        *NO_EMAIL_CHANGE,
        *no_token(EmailTokenPurpose.RESET),
        *no_token(EmailTokenPurpose.VERIFY),
    ]


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
        key_generation=int(item.key_generation),
        verified_at=item.verified_at,
        disabled=item.disabled,
        totp_secret=item.totp_secret,
        totp_proposed=item.totp_proposed,
        recovery_codes=len(item.recovery_digests or ()),
        deleted_at=item.deleted_at,
        email_change=_email_change(item),
        verification=_verification(item),
        limits=msgspec.convert(item.limits or {}, OwnLimits),
    )


def _verification(item: UserItem) -> EmailToken | None:
    if item.verify_digest is None or item.verify_expires_at is None:
        return None
    return EmailToken(item.verify_digest, item.verify_expires_at)


def _email_change(item: UserItem) -> EmailChange | None:
    if item.new_email is None or item.email_change_expires_at is None:
        return None
    return EmailChange(item.new_email, item.new_email_digest, item.old_email_digest, item.email_change_expires_at)
