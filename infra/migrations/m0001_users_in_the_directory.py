"""Add users who registered before the list of all users existed to that list.

The index `in_order` holds items with a `directory`. Older users have none, so administrators do not find them. The only
other item of the table, the number of administrators, has no `email`.
"""

from typing import Final

from chalicelib.storage.tables.user_items import DIRECTORY
from infra.migrations.migration import Migration

MIGRATION: Final = Migration(
    name="0001_users_in_the_directory",
    table=lambda settings: settings.users_table,
    key=("id",),
    is_old="attribute_exists(#email) AND attribute_not_exists(#directory)",
    change="SET #directory = :directory",
    names={"#email": "email", "#directory": "directory"},
    values={":directory": {"S": DIRECTORY}},
)
