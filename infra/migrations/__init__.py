"""Migrations of items that older versions of Janus stored, in the order of their application.

Each runs while the service is up: the deployed version works before, during and after it.
"""

from typing import Final

from infra.migrations import m0001_users_in_the_directory
from infra.migrations.migration import Migration

MIGRATIONS: Final[tuple[Migration, ...]] = (m0001_users_in_the_directory.MIGRATION,)
