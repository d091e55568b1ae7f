"""The parameters of the stages."""

from pathlib import Path

import pytest

from infra import stages


@pytest.fixture(autouse=True)
def _stages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two stages: `plain` without a domain, `own` with a domain and another origin."""
    file = tmp_path / "stages.toml"
    file.write_text(
        '[plain]\nMailFrom = "a@janus.example"\nMonthlyBudget = 10\n'
        '[own]\nPageUrl = "https://janus.example/"\n'
        'AllowedOrigins = ["https://janus.example", "https://research.example"]\n'
    )
    monkeypatch.setattr(stages, "PATH", file)


def test_the_names_are_those_of_the_sections() -> None:
    assert stages.names() == {"plain", "own"}


def test_a_stage_without_a_domain_is_at_the_url_of_the_api() -> None:
    assert stages.parameters("plain", "https://api.example/api/") == {
        "Stage": "plain",
        "PageUrl": "https://api.example/api",
        "AllowedOrigins": "https://api.example",
        "MailFrom": "a@janus.example",
        "MonthlyBudget": "10",
    }


def test_a_stages_own_url_and_origins_take_precedence() -> None:
    assert stages.parameters("own", "https://api.example/api") == {
        "Stage": "own",
        "PageUrl": "https://janus.example",
        "AllowedOrigins": "https://janus.example,https://research.example",
    }


def test_the_url_of_a_new_stack_is_a_placeholder() -> None:
    assert stages.parameters("plain")["PageUrl"] == "https://janus.invalid"
