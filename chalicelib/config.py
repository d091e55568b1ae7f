"""The settings of a deployment, read from the environment of its functions."""

import os
from collections.abc import Mapping
from typing import Annotated, Final, Self

import msgspec
from msgspec import Meta

from chalicelib.model.usage import Limit, PerLimit

MAX_IMAGE_BYTES: Final = 20_000_000
MAX_IMAGE_PIXELS: Final = 40_000_000
ANALYSIS_LEASE_SECONDS: Final = 120
AUDIT_RETENTION_DAYS: Final = 90
SECURITY_AUDIT_RETENTION_DAYS: Final = 400  # a year, and a month to look back on it
SESSION_INACTIVITY_HOURS: Final = 7 * 24
MAX_SESSION_INACTIVITY_HOURS: Final = 30 * 24  # after as long a session ends in any case

LIMITS: Final = PerLimit(
    images_per_hour=300,
    stored_images=5_000,
    stored_bytes=10_000_000_000,
    analyses_in_flight=50,
    projects=100,
    api_keys=50,
    research_notes=5_000,
)

type Text = Annotated[str, Meta(min_length=1)]
type Positive = Annotated[int, Meta(gt=0)]
type Origin = Annotated[str, Meta(pattern=r"^[a-z][a-z0-9+.-]*://[^/?#\s]+\Z")]
"""An origin of the web, such as https://janus.example."""


class ConfigurationError(RuntimeError):
    """A setting is missing or invalid; the message names its environment variable and never its value."""


def _variable(field: str) -> str:
    return f"JANUS_{field.upper()}"


class QueueNames(msgspec.Struct, frozen=True, kw_only=True, rename=_variable):
    """The names of the SQS queues that trigger functions. Chalice must know them before any function runs."""

    uploads_queue: Text
    uploads_dead_letter_queue: Text
    deletion_queue: Text
    data_export_queue: Text

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Self:
        """Read the names from environment variables, such as JANUS_UPLOADS_QUEUE.

        A name that is not set, as when Chalice packages the app, is `janus-<stage>-uploads` or the like, with the stage
        in JANUS_STAGE, or `local` if that is not set either. Raises ConfigurationError if a name is set but empty.
        """
        stage = environment.get("JANUS_STAGE", "local")
        defaults = {
            field.encode_name: f"janus-{stage}-{field.name.removesuffix('_queue').replace('_', '-')}"
            for field in msgspec.structs.fields(cls)
        }
        return _read({**defaults, **environment}, cls)


class Settings(QueueNames, frozen=True, kw_only=True, rename=_variable):
    """All settings of a deployment, most of them the names of its AWS resources.

    jwt_keys_secret is the name of the secret in Secrets Manager that holds the signing keys. page_url is the URL of the
    web page, without a trailing slash. cors_origins are the origins of other pages that may use the API. The limits are
    in the unit that their names state.
    """

    users_table: Text
    emails_table: Text
    sessions_table: Text
    api_keys_table: Text
    projects_table: Text
    members_table: Text
    invitations_table: Text
    migrations_table: Text
    data_exports_table: Text
    idempotency_table: Text
    research_notes_table: Text
    usage_table: Text
    images_table: Text
    audit_log_table: Text
    counters_table: Text
    bucket: Text
    mail_from: Text
    issuer: Text
    page_url: Text
    cors_origins: frozenset[Origin] = frozenset()
    jwt_keys_secret: Text
    region: Text = msgspec.field(name="AWS_DEFAULT_REGION")
    max_image_bytes: Positive = MAX_IMAGE_BYTES
    max_image_pixels: Positive = MAX_IMAGE_PIXELS
    analysis_lease_seconds: Positive = ANALYSIS_LEASE_SECONDS
    audit_retention_days: Positive = AUDIT_RETENTION_DAYS
    security_audit_retention_days: Positive = SECURITY_AUDIT_RETENTION_DAYS
    session_inactivity_hours: Annotated[int, Meta(ge=1, le=MAX_SESSION_INACTIVITY_HOURS)] = SESSION_INACTIVITY_HOURS
    limit_images_per_hour: Positive = LIMITS.images_per_hour
    limit_stored_images: Positive = LIMITS.stored_images
    limit_stored_bytes: Positive = LIMITS.stored_bytes
    limit_analyses_in_flight: Positive = LIMITS.analyses_in_flight
    limit_projects: Positive = LIMITS.projects
    limit_api_keys: Positive = LIMITS.api_keys
    limit_research_notes: Positive = LIMITS.research_notes

    @property
    def limits(self) -> PerLimit:
        """The limits of accounts."""
        return PerLimit(**{limit.value: getattr(self, f"limit_{limit}") for limit in Limit})

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Self:
        """Read the settings from environment variables: JANUS_ and the name of the setting. Raises ConfigurationError.

        region is read from AWS_REGION, or else from AWS_DEFAULT_REGION. cors_origins are separated by commas.
        """
        variables: dict[str, object] = dict(environment)
        if "JANUS_PAGE_URL" in environment:
            variables["JANUS_PAGE_URL"] = environment["JANUS_PAGE_URL"].rstrip("/")
        origins = environment.get("JANUS_CORS_ORIGINS", "").split(",")
        variables["JANUS_CORS_ORIGINS"] = [origin for origin in origins if origin]
        if region := environment.get("AWS_REGION"):
            variables["AWS_DEFAULT_REGION"] = region
        return _read(variables, cls)


def _read[T: msgspec.Struct](variables: Mapping[str, object], into: type[T]) -> T:
    try:
        return msgspec.convert(dict(variables), into, strict=False)
    except msgspec.ValidationError as error:
        raise ConfigurationError(f"The environment is not valid: {error}") from error
