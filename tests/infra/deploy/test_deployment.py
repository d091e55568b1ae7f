"""The commands on a stage against moto: which steps, in which order, with which environment."""

import json
import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import boto3
import pytest

from infra import PROJECT, stages
from infra.deploy.deployment import Deployment, DeploymentError
from infra.deploy.releases import NoSuchRelease, Release
from tests.infra.deploy.conftest import REGION, URL, Package, parameters_of_stack

pytestmark = pytest.mark.usefixtures("account", "sleeps")
SAMPLE = str(PROJECT / "chalicelib/web/sample.png")


@dataclass
class Processes:
    """The processes that would run; those of `failing` modules exit with code 3."""

    arguments: list[list[str]] = field(default_factory=list)
    environments: list[Mapping[str, str]] = field(default_factory=list)
    failing: set[str] = field(default_factory=set)

    def run(
        self, command: list[str], *, cwd: Path, env: Mapping[str, str], check: bool
    ) -> subprocess.CompletedProcess[bytes]:
        assert (command[:2], cwd, check) == ([sys.executable, "-m"], PROJECT, False)
        self.arguments.append(command[2:])
        self.environments.append(env)
        return subprocess.CompletedProcess(command, 3 if command[2] in self.failing else 0)


@pytest.fixture
def processes(monkeypatch: pytest.MonkeyPatch) -> Processes:
    processes = Processes()
    monkeypatch.setattr("infra.deploy.deployment.subprocess.run", processes.run)
    return processes


@pytest.fixture
def packaged(package: Package, monkeypatch: pytest.MonkeyPatch) -> Package:
    """Package stage dev where the deployment finds it."""
    monkeypatch.setattr("infra.package.deployable.BUILD", package(b"layer", 30).parent)
    return package


def publish_later(deployment: Deployment, folder: Path) -> Release:
    """Deploy the package in a folder as a release of the year 2126."""
    later = datetime(2126, 1, 1, tzinfo=UTC)
    release = deployment.releases.publish(folder, stages.parameters("dev", URL), later)
    deployment.stack.deploy(release)
    return release


def visibility() -> str:
    sqs = boto3.client("sqs", REGION)
    (url,) = sqs.list_queues()["QueueUrls"]
    return sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["All"])["Attributes"]["VisibilityTimeout"]


@pytest.mark.usefixtures("packaged", "processes")
def test_a_new_stack_gets_its_url_and_the_parameters_of_its_stage() -> None:
    Deployment("dev").up()
    assert parameters_of_stack() == {
        "Stage": "dev",
        "PageUrl": "https://api.example/api",
        "AllowedOrigins": "https://api.example",
        "MailFrom": "janus@dev.janus.example",
        "AlarmEmail": "janus-alarms@janus.example",
        "LogRetentionDays": "7",
        "AnalysesAtOnce": "2",
        "MonthlyBudget": "10",
        "LimitImagesPerHour": "100",
        "LimitStoredImages": "500",
        "LimitStoredBytes": "1000000000",
        "LimitAnalysesInFlight": "20",
    }


@pytest.mark.usefixtures("packaged")
def test_a_deployment_migrates_then_runs_the_smoke_test(processes: Processes) -> None:
    Deployment("dev").up()
    smoke = ["infra.smoke", "--base-url", URL, "--email", "success+{}@simulator.amazonses.com", SAMPLE]
    assert processes.arguments == [["infra.migrations"], smoke]


@pytest.mark.usefixtures("packaged")
def test_processes_have_the_functions_environment(processes: Processes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OF_THE_SHELL", "kept")
    monkeypatch.setenv("JANUS_PAGE_URL", "of the shell")
    Deployment("dev").up()
    for environment in processes.environments:
        assert environment["JANUS_PAGE_URL"] == URL
        assert environment["AWS_REGION"] == "eu-central-1"
        assert environment["OF_THE_SHELL"] == "kept"


@pytest.mark.usefixtures("packaged")
def test_a_failed_migration_stops_the_deployment(processes: Processes) -> None:
    processes.failing = {"infra.migrations"}
    with pytest.raises(DeploymentError, match=r"^infra\.migrations failed\. janus-dev keeps the new release"):
        Deployment("dev").up()
    assert processes.arguments == [["infra.migrations"]]


@pytest.mark.usefixtures("packaged", "processes")
def test_the_saved_parameters_have_the_url() -> None:
    deployment = Deployment("dev")
    deployment.up()
    current = deployment.stack.release()
    assert current is not None
    assert deployment.releases.before(f"{current}x").parameters["PageUrl"] == URL


@pytest.mark.usefixtures("packaged", "processes")
def test_a_second_deployment_knows_the_url(monkeypatch: pytest.MonkeyPatch) -> None:
    Deployment("dev").up()
    deployment = Deployment("dev")
    monkeypatch.setattr(deployment.stack, "set_parameters", lambda _: pytest.fail("the parameters were set twice"))
    deployment.up()
    assert parameters_of_stack()["PageUrl"] == URL


@pytest.mark.usefixtures("packaged", "processes")
def test_the_release_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    Deployment("dev").up()
    assert re.fullmatch(r"janus-dev is now at release \d{8}T\d{6}Z-[0-9a-f]{12}\.\n", capsys.readouterr().out)


@pytest.mark.usefixtures("packaged", "processes")
def test_an_unchanged_release_is_printed(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    Deployment("dev").up()
    capsys.readouterr()
    deployment = Deployment("dev")
    monkeypatch.setattr(deployment.stack, "deploy", lambda _: False)
    deployment.up()
    assert re.fullmatch(r"janus-dev is already at release \S+\.\n", capsys.readouterr().out)


def test_a_rollback_deploys_the_previous_release(packaged: Package, processes: Processes) -> None:
    deployment = Deployment("dev")
    deployment.up()
    first = deployment.stack.release()
    publish_later(deployment, packaged(b"other layer", 31))
    assert visibility() == "31"
    processes.arguments.clear()
    Deployment("dev").rollback()
    assert (visibility(), deployment.stack.release()) == ("30", first)
    assert [command[0] for command in processes.arguments] == ["infra.smoke"]
    with pytest.raises(NoSuchRelease):
        Deployment("dev").rollback()


def test_without_a_stack_there_is_no_rollback() -> None:
    with pytest.raises(DeploymentError, match="The stack janus-dev does not exist"):
        Deployment("dev").rollback()


@pytest.mark.usefixtures("packaged", "processes")
def test_a_destroyed_stage_is_gone_with_its_data(capsys: pytest.CaptureFixture[str]) -> None:
    deployment = Deployment("dev")
    deployment.up()
    s3 = boto3.client("s3", REGION)
    s3.put_object(Bucket="janus-dev-images", Key="images/a/b", Body=b"pixels")
    capsys.readouterr()
    deployment.destroy()
    assert [bucket["Name"] for bucket in s3.list_buckets()["Buckets"]] == [
        "janus-deployments-123456789012-eu-central-1"
    ]
    assert deployment.stack.release() is None
    assert capsys.readouterr().out == "Deleted janus-dev.\n"


def test_production_is_not_destroyed(monkeypatch: pytest.MonkeyPatch) -> None:
    deployment = Deployment("prod")
    monkeypatch.setattr(deployment.stack, "delete", lambda: pytest.fail("deleted"))
    with pytest.raises(DeploymentError, match="The stage prod cannot be destroyed by a command"):
        deployment.destroy()


def test_no_drift_is_printed(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    deployment = Deployment("dev")
    monkeypatch.setattr(deployment.stack, "drift", list)
    deployment.drift()
    assert capsys.readouterr().out == "janus-dev matches its template.\n"


def test_drift_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    deployment = Deployment("dev")
    monkeypatch.setattr(deployment.stack, "drift", lambda: ["Queue/Timeout: 1, 2", "Topic: deleted"])
    with pytest.raises(DeploymentError, match=r"^Queue/Timeout: 1, 2\nTopic: deleted$"):
        deployment.drift()


def test_rotated_keys_restart_the_functions(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    deployment = Deployment("dev")
    changes: list[dict[str, str]] = []
    monkeypatch.setattr(deployment.stack, "resource", {"JwtKeys": "keys"}.__getitem__)
    monkeypatch.setattr(deployment.stack, "set_parameters", changes.append)
    client = boto3.client("secretsmanager", REGION)
    client.create_secret(Name="keys", SecretString=json.dumps({"first": "k" * 64}))
    deployment.rotate_keys()
    printed = re.match(r"Tokens are now signed with the key (\d{8}T\d{6}Z)\.", capsys.readouterr().out)
    assert printed
    assert list(json.loads(client.get_secret_value(SecretId="keys")["SecretString"])) == [printed[1], "first"]
    assert changes == [{"KeysVersion": f"first {printed[1]}"}, {"KeysVersion": f"{printed[1]} first"}]


@pytest.mark.usefixtures("packaged", "processes")
def test_the_environment_is_printed_for_a_shell(capsys: pytest.CaptureFixture[str]) -> None:
    deployment = Deployment("dev")
    deployment.up()
    capsys.readouterr()
    deployment.environment()
    assert capsys.readouterr().out.splitlines() == [
        "export JANUS_PAGE_URL=https://api.example/api",
        "export QUOTED='a b'",
        "export AWS_REGION=eu-central-1",
    ]


def test_aws_region_takes_precedence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-west-2")
    monkeypatch.setenv("AWS_REGION", "eu-north-1")
    release_bucket = Deployment("dev").releases._bucket
    assert release_bucket == "janus-deployments-123456789012-eu-north-1"


def test_the_default_region_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AWS_REGION")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-west-2")
    assert Deployment("dev").releases._bucket == "janus-deployments-123456789012-us-west-2"


def test_without_a_region_nothing_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AWS_REGION")
    with pytest.raises(DeploymentError, match=r"^AWS_REGION is not set\.$"):
        Deployment("dev")
