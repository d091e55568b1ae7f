"""The records of a data export, represented as the responses of the API are."""

from typing import Final

from chalicelib.api.resources.analytics import ResearchNoteResponse
from chalicelib.api.resources.api_keys import ApiKeyResponse
from chalicelib.api.resources.audit_log import AuditEventResponse
from chalicelib.api.resources.auth import SessionResponse
from chalicelib.api.resources.images import ImageResponse
from chalicelib.api.resources.projects import ProjectResponse
from chalicelib.api.resources.users import AccountResponse
from chalicelib.services.accounts.exported_data import Representations

REPRESENTATIONS: Final = Representations(
    account=AccountResponse.from_user,
    session=lambda session: SessionResponse.from_session(session, current_id=""),
    api_key=ApiKeyResponse.from_key,
    project=ProjectResponse.from_project,
    research_note=ResearchNoteResponse.from_note,
    audit_event=AuditEventResponse.from_event,
    image=ImageResponse.from_image,
)
