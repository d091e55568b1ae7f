"""The settings of a deployment, from the environment of its functions."""

import os
from collections.abc import Mapping
from typing import Final, Self
from urllib.parse import urlsplit

import msgspec

MAX_IMAGE_BYTES: Final = 20_000_000
MAX_IMAGE_PIXELS: Final = 40_000_000
ANALYSIS_LEASE_SECONDS: Final = 120
LOG_RETENTION_DAYS: Final = 90
SECURITY_LOG_RETENTION_DAYS: Final = 400  # a year, and a month to look back on it


class ConfigurationError(RuntimeError):
    """A setting is missing or makes no sense; the message names its variable and never its value."""


class Settings(msgspec.Struct, frozen=True):
    """All settings. jwt_keys_secret names where Secrets Manager keeps what signs tokens."""

    users_table: str
    emails_table: str
    sessions_table: str
    api_keys_table: str
    projects_table: str
    members_table: str
    invitations_table: str
    migrations_table: str
    archives_table: str
    attempts_table: str
    research_table: str
    images_table: str
    logs_table: str
    counters_table: str
    bucket: str
    uploads_queue: str
    uploads_dead_letter_queue: str
    erasures_queue: str
    exports_queue: str
    mail_from: str
    issuer: str
    page_url: str
    cors_origins: frozenset[str]
    jwt_keys_secret: str
    region: str
    max_image_bytes: int
    max_image_pixels: int
    analysis_lease_seconds: int
    log_retention_days: int
    security_log_retention_days: int

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Self:
        """Read the settings. Raises ConfigurationError."""
        return cls(
            users_table=_text(environment, "JANUS_USERS_TABLE"),
            emails_table=_text(environment, "JANUS_EMAILS_TABLE"),
            sessions_table=_text(environment, "JANUS_SESSIONS_TABLE"),
            api_keys_table=_text(environment, "JANUS_API_KEYS_TABLE"),
            projects_table=_text(environment, "JANUS_PROJECTS_TABLE"),
            members_table=_text(environment, "JANUS_MEMBERS_TABLE"),
            invitations_table=_text(environment, "JANUS_INVITATIONS_TABLE"),
            attempts_table=_text(environment, "JANUS_ATTEMPTS_TABLE"),
            migrations_table=_text(environment, "JANUS_MIGRATIONS_TABLE"),
            archives_table=_text(environment, "JANUS_ARCHIVES_TABLE"),
            research_table=_text(environment, "JANUS_RESEARCH_TABLE"),
            images_table=_text(environment, "JANUS_IMAGES_TABLE"),
            logs_table=_text(environment, "JANUS_LOGS_TABLE"),
            counters_table=_text(environment, "JANUS_COUNTERS_TABLE"),
            bucket=_text(environment, "JANUS_BUCKET"),
            uploads_queue=_text(environment, "JANUS_UPLOADS_QUEUE"),
            uploads_dead_letter_queue=_text(environment, "JANUS_UPLOADS_DEAD_LETTER_QUEUE"),
            erasures_queue=_text(environment, "JANUS_ERASURES_QUEUE"),
            exports_queue=_text(environment, "JANUS_EXPORTS_QUEUE"),
            mail_from=_text(environment, "JANUS_MAIL_FROM"),
            issuer=_text(environment, "JANUS_ISSUER"),
            page_url=_text(environment, "JANUS_PAGE_URL").rstrip("/"),
            cors_origins=_origins(environment, "JANUS_CORS_ORIGINS"),
            jwt_keys_secret=_text(environment, "JANUS_JWT_KEYS_SECRET"),
            region=environment.get("AWS_REGION") or _text(environment, "AWS_DEFAULT_REGION"),
            max_image_bytes=_number(environment, "JANUS_MAX_IMAGE_BYTES", MAX_IMAGE_BYTES),
            max_image_pixels=_number(environment, "JANUS_MAX_IMAGE_PIXELS", MAX_IMAGE_PIXELS),
            analysis_lease_seconds=_number(environment, "JANUS_ANALYSIS_LEASE_SECONDS", ANALYSIS_LEASE_SECONDS),
            log_retention_days=_number(environment, "JANUS_LOG_RETENTION_DAYS", LOG_RETENTION_DAYS),
            security_log_retention_days=_number(
                environment, "JANUS_SECURITY_LOG_RETENTION_DAYS", SECURITY_LOG_RETENTION_DAYS
            ),
        )


class QueueNames(msgspec.Struct, frozen=True):
    """The queues whose messages functions take, which Chalice must know before any function runs."""

    uploads: str
    uploads_dead_letter: str
    erasures: str
    exports: str

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Self:
        """Read the names; those of the local stage where nothing is set, as when Chalice packages the app."""
        stage = environment.get("JANUS_STAGE", "local")
        return cls(
            environment.get("JANUS_UPLOADS_QUEUE", f"janus-{stage}-uploads"),
            environment.get("JANUS_UPLOADS_DEAD_LETTER_QUEUE", f"janus-{stage}-uploads-dead-letter"),
            environment.get("JANUS_ERASURES_QUEUE", f"janus-{stage}-erasures"),
            environment.get("JANUS_EXPORTS_QUEUE", f"janus-{stage}-exports"),
        )


def _text(environment: Mapping[str, str], variable: str) -> str:
    value = environment.get(variable, "")
    if not value:
        raise ConfigurationError(f"{variable} is not set")
    return value


def _origins(environment: Mapping[str, str], variable: str) -> frozenset[str]:
    origins = frozenset(filter(None, environment.get(variable, "").split(",")))
    for origin in origins:
        parts = urlsplit(origin)
        if f"{parts.scheme}://{parts.netloc}" != origin:
            raise ConfigurationError(f"{variable} must be origins with commas between, like https://janus.example")
    return origins


def _number(environment: Mapping[str, str], variable: str, default: int) -> int:
    value = environment.get(variable, str(default))
    if not value.isdecimal() or not int(value):
        raise ConfigurationError(f"{variable} must be a whole number above 0")
    return int(value)
