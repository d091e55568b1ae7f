"""Erasure: everything of a user or a project goes, and then the user or the project itself.

Each step finds what is left, so that an erasure that was cut short goes on when its message comes again, and one that
is done does nothing. What the log says of them stays until its time is over; it names nobody.
"""

import logging
from typing import Final

import msgspec

from chalicelib.services.clock import Clock
from chalicelib.services.images import ImageLibrary
from chalicelib.storage.api_keys import ApiKeys
from chalicelib.storage.archives import Archives
from chalicelib.storage.invitations import Invitations
from chalicelib.storage.objects import Objects
from chalicelib.storage.projects import LastOwner, Member, Projects, Role
from chalicelib.storage.repeats import Attempts
from chalicelib.storage.research import Research
from chalicelib.storage.sessions import Sessions
from chalicelib.storage.users import Users

PAGE: Final = 100

log = logging.getLogger(__name__)


class Erasure(msgspec.Struct, frozen=True):
    """The use cases of erasure."""

    users: Users
    sessions: Sessions
    api_keys: ApiKeys
    archives: Archives
    attempts: Attempts
    research: Research
    projects: Projects
    invitations: Invitations
    library: ImageLibrary
    objects: Objects
    clock: Clock

    def erase_project(self, project_id: str) -> None:
        """Delete a project that was closed, and all that belongs to it."""
        if self.projects.is_open(project_id):
            log.warning("a project that is open was to be erased", extra={"project": project_id})
            return
        self._erase_images(project_id)
        self.research.delete_all(project_id)
        self.invitations.delete_all(project_id)
        self.projects.delete(project_id)

    def erase_user(self, user_id: str) -> None:
        """Delete a user whose account was closed, and all that belongs to them alone."""
        user = self.users.get(user_id)
        if user is None:
            return
        if user.deleted_at is None:
            log.warning("an account that is open was to be erased", extra={"user": user_id})
            return
        for member in self.projects.of_user(user_id):
            self._leave(member)
        self._erase_images(user_id)
        self.research.delete_all(user_id)
        self.objects.delete_archives(user_id)
        self.archives.delete(user_id)
        self.attempts.delete_all(user_id)
        for key in self.api_keys.of_user(user_id):
            self.api_keys.delete(user_id, key.id)
        for session in self.sessions.of_user(user_id, self.clock()):
            self.sessions.end(session.id, user_id)
        self.users.delete(user)

    def _leave(self, member: Member) -> None:
        """End a membership. The only owner's project goes to whoever may do most in it, longest, or with its owner."""
        try:
            self.projects.remove(member, [])
        except LastOwner:
            others = [other for other in self.projects.members(member.project_id) if other.user_id != member.user_id]
            if others:
                # Of equals the first, who is there longest.
                heir = max(others, key=lambda other: other.role is Role.EDITOR)
                self.projects.change_role(heir, Role.OWNER, [])
                self.projects.remove(member, [])
            else:
                self.projects.mark_deleted(member.project_id, self.clock(), [])
                self.erase_project(member.project_id)

    def _erase_images(self, owner_id: str) -> None:
        while (page := self.library.list(owner_id, PAGE, None)).items:
            for image in page.items:
                self.library.erase(image.key)
