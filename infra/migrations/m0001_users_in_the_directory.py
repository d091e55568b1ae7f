"""Users who registered before there was a list of all users are put into it.

The index `in_order` holds items that have a `directory`; older ones have none, so that administrators don't find them.
Whatever else is in the table has no `email`: the number of administrators.
"""

from typing import Final

from chalicelib.storage.tables.users import DIRECTORY
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
