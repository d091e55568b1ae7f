"""The DynamoDB items of users, of their email addresses, and of the number of administrators."""

from collections.abc import Sequence
from typing import Final

from pynamodb.attributes import (
    BooleanAttribute,
    JSONAttribute,
    NumberAttribute,
    UnicodeAttribute,
    UnicodeSetAttribute,
    UTCDateTimeAttribute,
)
from pynamodb.expressions.update import Action
from pynamodb.indexes import AllProjection, GlobalSecondaryIndex

from chalicelib.storage.tables.table import Item

DIRECTORY: Final = "users"  # one key for all: registrations are rare, and only administrators read the list
CLOSING: Final = "closing"  # the directory of users whose accounts are closed, until they are deleted


class UsersByEmail(GlobalSecondaryIndex["UserItem"]):
    """The DynamoDB index of users by email address.

    The index may lag behind the table; a session of an earlier generation has ended anyway.
    """

    class Meta:
        index_name = "by_email"
        projection = AllProjection()

    email = UnicodeAttribute(hash_key=True)


class UsersInOrder(GlobalSecondaryIndex["UserItem"]):
    """The DynamoDB index of all users by id, which is the order in which they registered.

    directory separates users whose accounts are closed (CLOSING) from the others (DIRECTORY).
    """

    class Meta:
        index_name = "in_order"
        projection = AllProjection()

    directory = UnicodeAttribute(hash_key=True)
    id = UnicodeAttribute(range_key=True)


class UserItem(Item):
    """The DynamoDB item of a user, with the digests of email tokens, the second factor, and a pending email change.

    write_id identifies the write that changed it last.
    """

    class Meta:
        table_name = ""

    id = UnicodeAttribute(hash_key=True)
    email = UnicodeAttribute()
    display_name = UnicodeAttribute(null=True)
    role = UnicodeAttribute()
    password_hash = UnicodeAttribute()
    created_at = UTCDateTimeAttribute()
    generation = NumberAttribute(default=0)
    key_generation = NumberAttribute(default=0)
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
    new_email_digest = UnicodeAttribute(null=True)
    old_email_digest = UnicodeAttribute(null=True)
    email_change_expires_at = UTCDateTimeAttribute(null=True)
    deleted_at = UTCDateTimeAttribute(null=True)
    limits: JSONAttribute = JSONAttribute(null=True)
    directory = UnicodeAttribute(default_for_new=DIRECTORY)
    write_id = UnicodeAttribute(null=True)
    by_email = UsersByEmail()
    in_order = UsersInOrder()


NO_SECOND_FACTOR: Final[Sequence[Action]] = [
    attribute.remove()
    for attribute in (UserItem.totp_secret, UserItem.totp_period, UserItem.recovery_digests, UserItem.totp_proposed)
]
NO_EMAIL_CHANGE: Final[Sequence[Action]] = [
    attribute.remove()
    for attribute in (
        UserItem.new_email,
        UserItem.new_email_digest,
        UserItem.old_email_digest,
        UserItem.email_change_expires_at,
    )
]


def set_or_remove(attribute: UnicodeAttribute, value: str | None) -> Action:
    """Return the action that stores a value, or removes the attribute if the value is None."""
    return attribute.remove() if value is None else attribute.set(value)


class AdminCountItem(Item):
    """The DynamoDB item that counts the administrators, in the users' table.

    Roles change with it in one transaction.
    """

    class Meta:
        table_name = ""

    id = UnicodeAttribute(hash_key=True)
    admins = NumberAttribute()


class EmailItem(Item):
    """The DynamoDB item of a user's email address, in a table whose key makes it unique; a DynamoDB index could not."""

    class Meta:
        table_name = ""

    email = UnicodeAttribute(hash_key=True)
    user_id = UnicodeAttribute()
