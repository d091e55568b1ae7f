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
    "JANUS_DATA_EXPORTS_TABLE": "data-exports",
    "JANUS_RESEARCH_NOTES_TABLE": "research-notes",
    "JANUS_IDEMPOTENCY_TABLE": "idempotency",
    "JANUS_MIGRATIONS_TABLE": "migrations",
    "JANUS_IMAGES_TABLE": "images",
    "JANUS_AUDIT_LOG_TABLE": "audit-log",
    "JANUS_COUNTERS_TABLE": "counters",
    "JANUS_USAGE_TABLE": "usage",
    "JANUS_BUCKET": "bucket",
    "JANUS_UPLOADS_QUEUE": "uploads",
    "JANUS_UPLOADS_DEAD_LETTER_QUEUE": "dead",
    "JANUS_DELETION_QUEUE": "deletion",
    "JANUS_DATA_EXPORT_QUEUE": "data-export",
    "JANUS_MAIL_FROM": "janus@janus.example",
    "JANUS_ISSUER": "https://janus.example",
    "JANUS_PAGE_URL": "https://janus.example/",
    "JANUS_JWT_KEYS_SECRET": "jwt-keys",
    "AWS_REGION": "eu-central-1",
}


def test_limits_have_defaults() -> None:
    settings = Settings.from_environment(COMPLETE)
    assert (settings.max_image_bytes, settings.max_image_pixels) == (20_000_000, 40_000_000)
    assert (settings.analysis_lease_seconds, settings.audit_retention_days) == (120, 90)
    assert settings.security_audit_retention_days == 400
    assert settings.session_inactivity_hours == 168


def test_the_region_is_that_in_which_a_function_runs() -> None:
    assert Settings.from_environment(COMPLETE | {"AWS_DEFAULT_REGION": "us-west-2"}).region == "eu-central-1"


def test_the_region_is_the_default_one_outside_a_function() -> None:
    environment = {name: value for name, value in COMPLETE.items() if name != "AWS_REGION"}
    assert Settings.from_environment(environment | {"AWS_DEFAULT_REGION": "us-west-2"}).region == "us-west-2"


def test_the_address_of_the_page_ends_without_a_slash() -> None:
    assert COMPLETE["JANUS_PAGE_URL"] == "https://janus.example/"
    assert Settings.from_environment(COMPLETE).page_url == "https://janus.example"


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


@pytest.mark.parametrize("value", ["0", "721", "1.5"])
def test_sessions_end_after_an_hour_to_thirty_days_of_inactivity(value: str) -> None:
    with pytest.raises(ConfigurationError, match="JANUS_SESSION_INACTIVITY_HOURS"):
        Settings.from_environment(COMPLETE | {"JANUS_SESSION_INACTIVITY_HOURS": value})


def test_queue_names_are_those_of_the_local_stage_where_nothing_is_set() -> None:
    assert QueueNames.from_environment({}) == QueueNames(
        uploads_queue="janus-local-uploads",
        uploads_dead_letter_queue="janus-local-uploads-dead-letter",
        deletion_queue="janus-local-deletion",
        data_export_queue="janus-local-data-export",
    )


def test_queue_names_can_be_set() -> None:
    environment = {
        "JANUS_UPLOADS_QUEUE": "one",
        "JANUS_UPLOADS_DEAD_LETTER_QUEUE": "other",
        "JANUS_DELETION_QUEUE": "third",
        "JANUS_DATA_EXPORT_QUEUE": "fourth",
    }
    assert QueueNames.from_environment(environment) == QueueNames(
        uploads_queue="one", uploads_dead_letter_queue="other", deletion_queue="third", data_export_queue="fourth"
    )


def test_origins_are_none_unless_they_are_listed() -> None:
    assert Settings.from_environment(COMPLETE).cors_origins == frozenset()
    listed = "https://janus.example,http://127.0.0.1:8000"
    assert Settings.from_environment(COMPLETE | {"JANUS_CORS_ORIGINS": listed}).cors_origins == set(listed.split(","))


@pytest.mark.parametrize("value", ["*", "janus.example", "https://janus.example/", "https://janus.example, null"])
def test_what_is_no_origin_is_refused(value: str) -> None:
    with pytest.raises(ConfigurationError, match="JANUS_CORS_ORIGINS"):
        Settings.from_environment(COMPLETE | {"JANUS_CORS_ORIGINS": value})


@pytest.mark.parametrize("variable", ["JANUS_MAX_IMAGE_BYTES", "JANUS_CORS_ORIGINS"])
def test_an_error_never_shows_the_value(variable: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        Settings.from_environment(COMPLETE | {variable: "hunter2"})
    assert variable in str(caught.value)
    assert "hunter2" not in str(caught.value)
