"""Users, and which e-mail address is whose."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from pynamodb.attributes import UnicodeAttribute, UTCDateTimeAttribute
from pynamodb.connection import Connection
from pynamodb.exceptions import PynamoDBException
from pynamodb.transactions import TransactWrite

from chalicelib.storage.table import Item, bind, condition_failed, conflicted

ATTEMPTS: Final = 5  # at a transaction that meets others at the same address
NOBODY: Final = "nobody"  # no user's id: those are UUIDs


class EmailTaken(Exception):
    """Another user has the e-mail address."""


@dataclass(frozen=True, slots=True)
class User:
    """An account. password_hash is argon2's encoded form."""

    id: str
    email: str
    display_name: str | None
    role: str
    password_hash: str
    created_at: datetime


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
        bind(EmailItem, emails_table, region)
        self._connection = Connection(region=region)

    def add(self, user: User) -> None:
        """Add a user and take the address, both or neither. Raises EmailTaken."""
        for attempt in range(1, ATTEMPTS + 1):
            try:
                self._add(user)
            except PynamoDBException as error:
                if condition_failed(error):
                    raise EmailTaken from error
                if not conflicted(error) or attempt == ATTEMPTS:
                    raise
            else:
                return

    def _add(self, user: User) -> None:
        with TransactWrite(connection=self._connection) as transaction:
            transaction.save(EmailItem(user.email, user_id=user.id), condition=EmailItem.address.does_not_exist())
            transaction.save(
                UserItem(
                    user.id,
                    email=user.email,
                    display_name=user.display_name,
                    role=user.role,
                    password_hash=user.password_hash,
                    created_at=user.created_at,
                ),
                condition=UserItem.id.does_not_exist(),
            )

    def get(self, user_id: str) -> User | None:
        """Return a user, None if there is none of that id."""
        try:
            return _user(UserItem.get(user_id, consistent_read=True))
        except UserItem.DoesNotExist:
            return None

    def find(self, email: str) -> User | None:
        """Return the user whose address it is, None if it is nobody's, after as many reads as for somebody's."""
        try:
            user_id = EmailItem.get(email, consistent_read=True).user_id
        except EmailItem.DoesNotExist:
            user_id = NOBODY
        return self.get(user_id)

    def replace_password_hash(self, user: User, password_hash: str) -> None:
        """Store another hash of the same password, unless the password was changed meanwhile."""
        try:
            UserItem(user.id).update(
                actions=[UserItem.password_hash.set(password_hash)],
                condition=UserItem.password_hash == user.password_hash,
            )
        except PynamoDBException as error:
            if not condition_failed(error):
                raise


def _user(item: UserItem) -> User:
    return User(
        id=item.id,
        email=item.email,
        display_name=item.display_name,
        role=item.role,
        password_hash=item.password_hash,
        created_at=item.created_at,
    )
