import pytest

from chalicelib.config import ConfigurationError, QueueNames, Settings

COMPLETE = {
    "JANUS_USERS_TABLE": "users",
    "JANUS_EMAILS_TABLE": "emails",
    "JANUS_SESSIONS_TABLE": "sessions",
    "JANUS_API_KEYS_TABLE": "api-keys",
    "JANUS_PROJECTS_TABLE": "projects",
    "JANUS_MEMBERS_TABLE": "members",
    "JANUS_INVITATIONS_TABLE": "invitations",
    "JANUS_ARCHIVES_TABLE": "archives",
    "JANUS_RESEARCH_TABLE": "research",
    "JANUS_ATTEMPTS_TABLE": "attempts",
    "JANUS_MIGRATIONS_TABLE": "migrations",
    "JANUS_IMAGES_TABLE": "images",
    "JANUS_LOGS_TABLE": "logs",
    "JANUS_COUNTERS_TABLE": "counters",
    "JANUS_BUCKET": "bucket",
    "JANUS_UPLOADS_QUEUE": "uploads",
    "JANUS_UPLOADS_DEAD_LETTER_QUEUE": "dead",
    "JANUS_ERASURES_QUEUE": "erasures",
    "JANUS_EXPORTS_QUEUE": "exports",
    "JANUS_MAIL_FROM": "janus@janus.example",
    "JANUS_ISSUER": "https://janus.example",
    "JANUS_PAGE_URL": "https://janus.example/",
    "JANUS_JWT_KEYS_SECRET": "jwt-keys",
    "AWS_REGION": "eu-central-1",
}


def test_limits_have_defaults() -> None:
    settings = Settings.from_environment(COMPLETE)
    assert (settings.max_image_bytes, settings.max_image_pixels) == (20_000_000, 40_000_000)
    assert (settings.analysis_lease_seconds, settings.log_retention_days) == (120, 90)


@pytest.mark.parametrize("variable", COMPLETE)
@pytest.mark.parametrize("value", [None, ""])
def test_what_is_missing_is_named(variable: str, value: str | None) -> None:
    environment = {name: text for name, text in COMPLETE.items() if name != variable}
    if value is not None:
        environment[variable] = value
    expected = "AWS_DEFAULT_REGION" if variable == "AWS_REGION" else variable
    with pytest.raises(ConfigurationError, match=expected):
        Settings.from_environment(environment)


@pytest.mark.parametrize("value", ["0", "-1", "1.5", "many", "", "²"])
def test_a_limit_is_a_whole_number_above_0(value: str) -> None:
    with pytest.raises(ConfigurationError, match="JANUS_MAX_IMAGE_BYTES"):
        Settings.from_environment(COMPLETE | {"JANUS_MAX_IMAGE_BYTES": value})


def test_queue_names_are_those_of_the_local_stage_where_nothing_is_set() -> None:
    assert QueueNames.from_environment({}) == QueueNames(
        "janus-local-uploads", "janus-local-uploads-dead-letter", "janus-local-erasures", "janus-local-exports"
    )


def test_queue_names_can_be_set() -> None:
    environment = {
        "JANUS_UPLOADS_QUEUE": "one",
        "JANUS_UPLOADS_DEAD_LETTER_QUEUE": "other",
        "JANUS_ERASURES_QUEUE": "third",
        "JANUS_EXPORTS_QUEUE": "fourth",
    }
    assert QueueNames.from_environment(environment) == QueueNames("one", "other", "third", "fourth")


def test_origins_are_none_unless_they_are_listed() -> None:
    assert Settings.from_environment(COMPLETE).cors_origins == frozenset()
    listed = "https://janus.example,http://127.0.0.1:8000"
    assert Settings.from_environment(COMPLETE | {"JANUS_CORS_ORIGINS": listed}).cors_origins == set(listed.split(","))


@pytest.mark.parametrize("value", ["*", "janus.example", "https://janus.example/", "https://janus.example, null"])
def test_what_is_no_origin_is_refused(value: str) -> None:
    with pytest.raises(ConfigurationError, match="JANUS_CORS_ORIGINS"):
        Settings.from_environment(COMPLETE | {"JANUS_CORS_ORIGINS": value})
