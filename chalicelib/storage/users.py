"""Users, and which e-mail address is whose.

A user's sessions bear the generation that the user was in when they began: where it goes on, they are over, all at once
and at the next request.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Final

import msgspec
from pynamodb.attributes import (
    BooleanAttribute,
    NumberAttribute,
    UnicodeAttribute,
    UnicodeSetAttribute,
    UTCDateTimeAttribute,
)
from pynamodb.connection import Connection
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action
from pynamodb.indexes import AllProjection, GlobalSecondaryIndex
from pynamodb.transactions import TransactWrite

from chalicelib.storage.logs import LogEntry
from chalicelib.storage.paging import READ, PageOf, page_of
from chalicelib.storage.table import Item, bind
from chalicelib.storage.transaction import transact

DIRECTORY: Final = "users"  # one key: who registers is few, and read by administrators alone
CLOSING: Final = "closing"  # the directory of those whose accounts are closed, until they are deleted
ADMINS: Final = "admins"  # no user's id: those are UUIDs
ROLE_USER: Final = "user"
ROLE_ADMIN: Final = "admin"


class EmailTaken(Exception):
    """Another user has the e-mail address."""


class LastAdmin(Exception):
    """The user is the only administrator that there is."""


class Purpose(StrEnum):
    """What a secret that was sent by mail is good for."""

    RESET = "reset"
    VERIFY = "verify"
    CONFIRM = "confirm"


class MailedSecret(msgspec.Struct, frozen=True):
    """The hash of a secret that was sent by mail, in hexadecimal digits, and until when it is good."""

    digest: str
    expires_at: datetime


class EmailChange(msgspec.Struct, frozen=True):
    """A change of address that waits to be confirmed: by the hash of a secret from each address that hasn't yet."""

    new_email: str
    take_digest: str | None
    leave_digest: str | None
    expires_at: datetime

    @property
    def digests(self) -> list[str]:
        """The hashes that are waited for."""
        return [digest for digest in (self.take_digest, self.leave_digest) if digest is not None]


class User(msgspec.Struct, frozen=True):
    """An account. password_hash is argon2's encoded form, verified_at when its owner proved to read its mail.

    totp_secret is what its authenticator app shares, totp_proposed what will be once it is confirmed, recovery_codes
    how many codes are left to recover by. deleted_at is set while all that belongs to the user is being deleted.
    """

    id: str
    email: str
    display_name: str | None
    role: str
    password_hash: str
    created_at: datetime
    generation: int = 0
    verified_at: datetime | None = None
    disabled: bool = False
    totp_secret: str | None = None
    totp_proposed: str | None = None
    recovery_codes: int = 0
    deleted_at: datetime | None = None
    email_change: EmailChange | None = None


type UserPage = PageOf[User]
"""Some users, newest first."""


class UsersByEmail(GlobalSecondaryIndex["UserItem"]):
    """Users by their address. It may lag behind; a session that begins in a generation that is over is over, too."""

    class Meta:
        index_name = "by_email"
        projection = AllProjection()

    email = UnicodeAttribute(hash_key=True)


class UsersInOrder(GlobalSecondaryIndex["UserItem"]):
    """All users, by when they registered."""

    class Meta:
        index_name = "in_order"
        projection = AllProjection()

    directory = UnicodeAttribute(hash_key=True)
    id = UnicodeAttribute(range_key=True)


class UserItem(Item):
    """A user as stored."""

    class Meta:
        table_name = ""

    id = UnicodeAttribute(hash_key=True)
    email = UnicodeAttribute()
    display_name = UnicodeAttribute(null=True)
    role = UnicodeAttribute()
    password_hash = UnicodeAttribute()
    created_at = UTCDateTimeAttribute()
    generation = NumberAttribute(default=0)
    verified_at = UTCDateTimeAttribute(null=True)
    disabled = BooleanAttribute(default=False)
    reset_digest = UnicodeAttribute(null=True)
    reset_expires_at = UTCDateTimeAttribute(null=True)
    verify_digest = UnicodeAttribute(null=True)
    verify_expires_at = UTCDateTimeAttribute(null=True)
    totp_secret = UnicodeAttribute(null=True)
    totp_period = NumberAttribute(null=True)
    totp_proposed = UnicodeAttribute(null=True)
    recovery_digests = UnicodeSetAttribute(null=True)
    new_email = UnicodeAttribute(null=True)
    take_digest = UnicodeAttribute(null=True)
    leave_digest = UnicodeAttribute(null=True)
    email_change_expires_at = UTCDateTimeAttribute(null=True)
    deleted_at = UTCDateTimeAttribute(null=True)
    directory = UnicodeAttribute(default_for_new=DIRECTORY)
    by_email = UsersByEmail()
    in_order = UsersInOrder()


class AdminsItem(Item):
    """How many administrators there are, among the users: it changes with them in one transaction."""

    class Meta:
        table_name = ""

    id = UnicodeAttribute(hash_key=True)
    admins = NumberAttribute()


class EmailItem(Item):
    """An e-mail address that is taken; its key makes it unique, which no index of DynamoDB could."""

    class Meta:
        table_name = ""

    address = UnicodeAttribute(hash_key=True)
    user_id = UnicodeAttribute()


class Users:
    """The users' table and the table of their e-mail addresses."""

    def __init__(self, users_table: str, emails_table: str, region: str) -> None:
        bind(UserItem, users_table, region)
        bind(AdminsItem, users_table, region)
        bind(EmailItem, emails_table, region)
        self._connection = Connection(region=region)

    def add(self, user: User, verification: MailedSecret | None = None, entries: Sequence[LogEntry] = ()) -> None:
        """Add a user, take the address, and log it, all or nothing. Raises EmailTaken."""
        item = UserItem(
            user.id,
            email=user.email,
            display_name=user.display_name,
            role=user.role,
            password_hash=user.password_hash,
            created_at=user.created_at,
            generation=user.generation,
            verified_at=user.verified_at,
            disabled=user.disabled,
            verify_digest=verification and verification.digest,
            verify_expires_at=verification and verification.expires_at,
        )

        def write(transaction: TransactWrite) -> None:
            transaction.save(EmailItem(user.email, user_id=user.id), condition=EmailItem.address.does_not_exist())
            transaction.save(item, condition=UserItem.id.does_not_exist())

        if not transact(self._connection, write, entries):
            raise EmailTaken

    def get(self, user_id: str) -> User | None:
        """Return a user, None if there is none of that id."""
        try:
            return user_of(UserItem.get(user_id, consistent_read=True))
        except UserItem.DoesNotExist:
            return None

    def named(self, user_ids: Sequence[str]) -> dict[str, User]:
        """Return by id the users that are there."""
        return {item.id: user_of(item) for item in UserItem.batch_get(list(user_ids))}

    def find(self, email: str) -> User | None:
        """Return the user whose address it is, None if it is nobody's: one read either way."""
        return next((user_of(item) for item in UserItem.by_email.query(email, limit=1)), None)

    def list(self, before_id: str | None, limit: int, wanted: Callable[[User], bool]) -> UserPage:
        """Return users that are wanted, newest first, of before an id or from the newest on."""
        older = None if before_id is None else UserItem.id < before_id
        found = UserItem.in_order.query(DIRECTORY, older, scan_index_forward=False, limit=READ, page_size=READ)
        return page_of((user_of(item) for item in found), before_id, limit, wanted)

    def change_role(self, user: User, role: str, entries: Sequence[LogEntry]) -> bool:
        """Give a user a role and end all sessions; False if it was changed meanwhile. Raises LastAdmin."""
        change = (role == ROLE_ADMIN) - (user.role == ROLE_ADMIN)

        def write(transaction: TransactWrite) -> None:
            unchanged = UserItem.role == user.role
            actions: list[Action] = [UserItem.role.set(role), _NEXT_GENERATION]
            transaction.update(UserItem(user.id), actions=actions, condition=unchanged)
            enough = AdminsItem.admins > 1 if change < 0 else None
            transaction.update(AdminsItem(ADMINS), actions=[AdminsItem.admins.add(change)], condition=enough)

        return transact(self._connection, write, entries, last=LastAdmin)

    def rename(self, user_id: str, display_name: str | None) -> None:
        """Store another name to show."""
        name = UserItem.display_name
        action = name.remove() if display_name is None else name.set(display_name)
        self._update(user_id, [action], UserItem.id.exists())

    def set_disabled(self, user: User, entries: Sequence[LogEntry], *, disabled: bool) -> bool:
        """Keep a user out or let them in again, and end all sessions; False unless they are what they were."""
        as_read = (UserItem.disabled == user.disabled) & (UserItem.role == user.role)
        unchanged = as_read & UserItem.deleted_at.does_not_exist()
        return self._update(user.id, [UserItem.disabled.set(disabled), _NEXT_GENERATION], unchanged, entries)

    def replace_password_hash(self, user: User, password_hash: str) -> None:
        """Store another hash of the same password, unless the password was changed meanwhile."""
        unchanged = UserItem.password_hash == user.password_hash
        self._update(user.id, [UserItem.password_hash.set(password_hash)], unchanged)

    def change_password(self, user: User, password_hash: str, entries: Sequence[LogEntry]) -> bool:
        """Store another password's hash and end all sessions; False if it was changed meanwhile."""
        actions = [*_password(password_hash), *_no_secret(Purpose.RESET)]
        return self._update(user.id, actions, UserItem.password_hash == user.password_hash, entries)

    def mark_deleted(self, user: User, now: datetime, entries: Sequence[LogEntry]) -> bool:
        """Close an account and end all sessions, before all that belongs to it is deleted.

        False unless the role is what it was and that is still to do.
        """
        closed = [UserItem.deleted_at.set(now), UserItem.disabled.set(True), UserItem.directory.set(CLOSING)]
        actions = [*closed, _NEXT_GENERATION]
        unchanged = (UserItem.role == user.role) & UserItem.deleted_at.does_not_exist()
        return self._update(user.id, actions, unchanged, entries)

    def closed_before(self, at: datetime, most: int) -> Sequence[str]:
        """Return the ids of users whose accounts were closed before a time and who are still there."""
        found = UserItem.in_order.query(CLOSING, filter_condition=UserItem.deleted_at < at, limit=most, page_size=most)
        return [item.id for item in found]

    def delete(self, user: User) -> None:
        """Delete a user, and give the address back; deleting who is gone does nothing."""

        def write(transaction: TransactWrite) -> None:
            transaction.delete(EmailItem(user.email), condition=EmailItem.user_id == user.id)
            transaction.delete(UserItem(user.id), condition=UserItem.id.exists())

        transact(self._connection, write)

    def end_generation(self, user_id: str, entries: Sequence[LogEntry] = ()) -> bool:
        """End all sessions of a user; False if there is no such user."""
        return self._update(user_id, [_NEXT_GENERATION], UserItem.id.exists(), entries)

    def keep_secret(
        self, user_id: str, purpose: Purpose, secret: MailedSecret, entries: Sequence[LogEntry] = ()
    ) -> None:
        """Store a secret's hash, in the place of an earlier one."""
        digest, expires_at = _secret(purpose)
        actions = [digest.set(secret.digest), expires_at.set(secret.expires_at)]
        self._update(user_id, actions, UserItem.id.exists(), entries)

    def reset_password(
        self, user_id: str, digest: str, now: datetime, password_hash: str, entries: Sequence[LogEntry] = ()
    ) -> bool:
        """Take a secret that was mailed, store a password's hash and end all sessions; False unless it was good."""
        actions = [*_password(password_hash), *_no_secret(Purpose.RESET)]
        return self._update(user_id, actions, _is_good(Purpose.RESET, digest, now), entries)

    def verify(self, user_id: str, digest: str, now: datetime, entries: Sequence[LogEntry] = ()) -> bool:
        """Take a secret that was mailed and note that its mail was read; False unless it was good."""
        actions = [UserItem.verified_at.set(now), *_no_secret(Purpose.VERIFY)]
        return self._update(user_id, actions, _is_good(Purpose.VERIFY, digest, now), entries)

    def _update(
        self, user_id: str, actions: Sequence[Action], condition: Condition, entries: Sequence[LogEntry] = ()
    ) -> bool:
        return update_user(self._connection, user_id, actions, condition, entries)


_NEXT_GENERATION: Final = UserItem.generation.set((UserItem.generation | 0) + 1)


def _password(password_hash: str) -> list[Action]:
    return [UserItem.password_hash.set(password_hash), _NEXT_GENERATION]


def _secret(purpose: Purpose) -> tuple[UnicodeAttribute, UTCDateTimeAttribute]:
    return getattr(UserItem, f"{purpose}_digest"), getattr(UserItem, f"{purpose}_expires_at")


def _no_secret(purpose: Purpose) -> list[Action]:
    return [attribute.remove() for attribute in _secret(purpose)]


def _is_good(purpose: Purpose, presented: str, now: datetime) -> Condition:
    digest, expires_at = _secret(purpose)
    good: Condition = (digest == presented) & (expires_at > now)
    return good


def update_user(
    connection: Connection,
    user_id: str,
    actions: Sequence[Action],
    condition: Condition,
    entries: Sequence[LogEntry] = (),
) -> bool:
    """Change a user that meets the condition and log it, all or nothing; False if none does."""

    def write(transaction: TransactWrite) -> None:
        transaction.update(UserItem(user_id), actions=list(actions), condition=condition)

    return transact(connection, write, entries)


def user_of(item: UserItem) -> User:
    """Return the user that is stored so."""
    return User(
        id=item.id,
        email=item.email,
        display_name=item.display_name,
        role=item.role,
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
    return EmailChange(item.new_email, item.take_digest, item.leave_digest, item.email_change_expires_at)
