"""The functions' environment on this machine, from the stack's outputs."""

import base64
import json
import secrets
from collections.abc import Mapping
from typing import Final

VARIABLES: Final = {
    "Stage": "JANUS_STAGE",
    "UsersTable": "JANUS_USERS_TABLE",
    "EmailsTable": "JANUS_EMAILS_TABLE",
    "SessionsTable": "JANUS_SESSIONS_TABLE",
    "ApiKeysTable": "JANUS_API_KEYS_TABLE",
    "ProjectsTable": "JANUS_PROJECTS_TABLE",
    "MembersTable": "JANUS_MEMBERS_TABLE",
    "InvitationsTable": "JANUS_INVITATIONS_TABLE",
    "ArchivesTable": "JANUS_ARCHIVES_TABLE",
    "ResearchTable": "JANUS_RESEARCH_TABLE",
    "AttemptsTable": "JANUS_ATTEMPTS_TABLE",
    "MigrationsTable": "JANUS_MIGRATIONS_TABLE",
    "ImagesTable": "JANUS_IMAGES_TABLE",
    "LogsTable": "JANUS_LOGS_TABLE",
    "CountersTable": "JANUS_COUNTERS_TABLE",
    "Bucket": "JANUS_BUCKET",
    "UploadsQueue": "JANUS_UPLOADS_QUEUE",
    "UploadsDeadLetterQueue": "JANUS_UPLOADS_DEAD_LETTER_QUEUE",
    "ErasuresQueue": "JANUS_ERASURES_QUEUE",
    "ExportsQueue": "JANUS_EXPORTS_QUEUE",
    "CorsOrigins": "JANUS_CORS_ORIGINS",
    "MailFrom": "JANUS_MAIL_FROM",
}
KEY_BYTES: Final = 32  # HS256's hash length, the least that RFC 7518, section 3.2 allows


def for_functions(outputs: Mapping[str, str], *, url: str, lease_seconds: int) -> Mapping[str, str]:
    """Return the variables that chalicelib.config reads; the signing key is a new one each time."""
    key = base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode()
    return {variable: outputs[output] for output, variable in VARIABLES.items()} | {
        "JANUS_ISSUER": url,
        "JANUS_PAGE_URL": url,
        "JANUS_ANALYSIS_LEASE_SECONDS": str(lease_seconds),
        "JANUS_JWT_KEYS": json.dumps({"local": key}),
    }
