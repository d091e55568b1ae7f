"""Changes of stored items that an older version of Janus wrote, in the order in which they are made.

Each is made while the service is up: what the running version reads and writes is right before, during and after.
"""

from typing import Final

from infra.migrations import m0001_users_in_the_directory
from infra.migrations.migration import Migration

MIGRATIONS: Final[tuple[Migration, ...]] = (m0001_users_in_the_directory.MIGRATION,)
