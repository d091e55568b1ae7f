"""Erasures whose messages were lost, or given up, are begun again.

An account or a project is closed first, and a message has it erased: should the message not be sent, or fail as often
as it may, what is closed would stay. A day later it gets another message; an erasure that is done twice does nothing.
"""

from datetime import timedelta
from typing import Final

import msgspec

from chalicelib.services.clock import Clock
from chalicelib.storage.errands import Errands
from chalicelib.storage.projects import Projects
from chalicelib.storage.users import Users

LATE: Final = timedelta(days=1)  # five tries of an erasure that fails take half of that
MOST: Final = 500  # of a kind at a time, the next ones a day later: a message takes a hundredth of a second


class Resumption(msgspec.Struct, frozen=True):
    """The use case of erasures that are late."""

    users: Users
    projects: Projects
    errands: Errands
    clock: Clock

    def resume_erasures(self) -> None:
        """Send another message for what was closed a day ago and is still there."""
        closed_before = self.clock() - LATE
        for user_id in self.users.closed_before(closed_before, MOST):
            self.errands.erase_user(user_id)
        for project_id in self.projects.closed_before(closed_before, MOST):
            self.errands.erase_project(project_id)
