"""What is done to a stage on AWS, against moto: releases, going back, taking away, and keys that are rotated."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import boto3
import pytest
from botocore.stub import Stubber
from moto import mock_aws

from chalicelib.security.signing_keys import read_keys
from infra import stages
from infra.deploy import bucket, keys
from infra.deploy.__main__ import Deployment, Refused, main
from infra.deploy.releases import NoSuchRelease
from infra.deploy.stack import Stack, StackFailed
from infra.package import deployable

REGION = "eu-central-1"
ADDRESS = "https://api.example/api"


@pytest.fixture(autouse=True)
def account(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """An account with nothing in it."""
    monkeypatch.setenv("AWS_DEFAULT_REGION", REGION)
    monkeypatch.setattr("infra.deploy.stack.POLL_SECONDS", 0)
    with mock_aws():
        yield


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project whose stage is packaged in build/dev/."""
    monkeypatch.setattr("infra.deploy.__main__.PROJECT", tmp_path)
    folder = tmp_path / "build/dev"
    folder.mkdir(parents=True)
    package(tmp_path, b"functions", 30)
    return tmp_path


@pytest.fixture
def ran(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The commands that a deployment runs against the functions; they don't run."""
    modules: list[str] = []
    monkeypatch.setattr(
        Deployment, "_run", lambda _, module, *arguments: modules.append(" ".join([module, *arguments]))
    )
    return modules


def package(project: Path, functions: bytes, visibility: int) -> None:
    """Package a stage that has a bucket, a queue, an archive and an address."""
    folder = project / "build/dev"
    (folder / deployable.LAYER).write_bytes(functions)
    wanted = {name: {"Type": "String"} for name in stages.parameters("dev")}
    resources: dict[str, Any] = {
        "Bucket": {"Type": "AWS::S3::Bucket", "Properties": {"BucketName": "janus-dev-images"}},
        "Queue": {"Type": "AWS::SQS::Queue", "Properties": {"VisibilityTimeout": visibility}},
        # Stands for the layer, which moto doesn't know; it takes no notice of the archive.
        "Layer": {
            "Type": "AWS::SNS::Topic",
            "Properties": {"ContentUri": f"./{deployable.LAYER}", "DisplayName": {"Ref": "PageUrl"}},
        },
    }
    outputs = {"EndpointURL": {"Value": ADDRESS}}
    (folder / deployable.TEMPLATE).write_text(
        json.dumps({"Parameters": wanted, "Resources": resources, "Outputs": outputs}), "utf-8"
    )


def visibility() -> str:
    sqs = boto3.client("sqs")
    (url,) = sqs.list_queues()["QueueUrls"]
    return sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["All"])["Attributes"]["VisibilityTimeout"]


def parameters_of(stack: str) -> dict[str, str]:
    (described,) = boto3.client("cloudformation").describe_stacks(StackName=stack)["Stacks"]
    return {parameter["ParameterKey"]: parameter["ParameterValue"] for parameter in described["Parameters"]}


@pytest.mark.usefixtures("project")
def test_the_first_deployment_learns_its_address_and_is_walked_through(ran: list[str]) -> None:
    Deployment("dev").up()
    told = parameters_of("janus-dev")
    assert (told["PageUrl"], told["AllowedOrigins"]) == (ADDRESS, "https://api.example")
    assert told["AnalysesAtOnce"] == "2"
    migrated, walked = ran
    assert migrated == "infra.migrations"
    assert walked.startswith(f"infra.smoke --base-url {ADDRESS} --mailbox success+")


def test_archives_are_uploaded_once_each_and_named_by_their_hashes(project: Path, ran: list[str]) -> None:
    for _ in range(2):
        Deployment("dev").up()
    package(project, b"other functions", 31)
    Deployment("dev").up()
    s3 = boto3.client("s3")
    (name,) = [found["Name"] for found in s3.list_buckets()["Buckets"] if "deployments" in found["Name"]]
    keys_there = [found["Key"] for found in s3.list_objects_v2(Bucket=name)["Contents"]]
    assert len([key for key in keys_there if key.startswith("archives/")]) == 2
    (template, *_) = [key for key in keys_there if key.endswith(deployable.TEMPLATE)]
    layer = json.loads(s3.get_object(Bucket=name, Key=template)["Body"].read())["Resources"]["Layer"]
    assert layer["Properties"]["ContentUri"].startswith(f"s3://{name}/archives/")
    assert s3.get_public_access_block(Bucket=name)["PublicAccessBlockConfiguration"]["BlockPublicAcls"]


def test_a_release_is_gone_back_from(project: Path, ran: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    Deployment("dev").up()
    first = Stack("dev", REGION).release()
    package(project, b"other functions", 31)
    later = datetime(2126, 1, 1, tzinfo=UTC)
    deployment = Deployment("dev")
    deployment._become(deployment.releases.publish(project / "build/dev", stages.parameters("dev", ADDRESS), later))
    assert visibility() == "31"
    Deployment("dev").rollback()
    assert visibility() == "30"
    assert Stack("dev", REGION).release() == first
    with pytest.raises(NoSuchRelease):
        Deployment("dev").rollback()


def test_without_a_stack_there_is_nothing_to_go_back_from() -> None:
    with pytest.raises(Refused, match="there is no stack janus-dev"):
        Deployment("dev").rollback()


@pytest.mark.usefixtures("project")
def test_a_stage_is_destroyed_with_all_that_is_in_its_bucket(ran: list[str]) -> None:
    Deployment("dev").up()
    s3 = boto3.client("s3")
    s3.put_bucket_versioning(Bucket="janus-dev-images", VersioningConfiguration={"Status": "Enabled"})
    for _ in range(2):
        s3.put_object(Bucket="janus-dev-images", Key="images/a/b", Body=b"pixels")
    s3.delete_object(Bucket="janus-dev-images", Key="images/a/b")
    Deployment("dev").destroy()
    assert [found["Name"] for found in s3.list_buckets()["Buckets"] if found["Name"].startswith("janus-dev-")] == []
    assert Stack("dev", REGION).release() is None


def test_production_is_not_destroyed(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("sys.argv", ["deploy", "destroy", "prod"])
    assert main() == 1
    assert "prod is never destroyed" in capsys.readouterr().err


def test_without_a_region_nothing_is_done(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.delenv("AWS_DEFAULT_REGION")
    monkeypatch.setattr("sys.argv", ["deploy", "drift", "dev"])
    assert main() == 1
    assert capsys.readouterr().err == "janus: AWS_REGION is not set\n"


def test_an_empty_bucket_is_emptied() -> None:
    boto3.client("s3", region_name="us-east-1").create_bucket(Bucket="nothing-in-it")
    bucket.empty("nothing-in-it", "us-east-1")


def test_keys_are_rotated_with_two_valid_at_each_moment() -> None:
    client = boto3.client("secretsmanager")
    first = json.dumps({"first": "k" * 64, "older": "o" * 64})
    secret = client.create_secret(Name="janus-dev-jwt-keys", SecretString=first)["ARN"]
    seen: list[list[str]] = []

    def start_anew(_: str) -> None:
        seen.append([key.kid for key in read_keys(client.get_secret_value(SecretId=secret)["SecretString"])])

    new = keys.rotate(secret, REGION, datetime(2026, 3, 1, 12, tzinfo=UTC), start_anew)
    assert seen == [["first", new], [new, "first"]]
    kept = read_keys(client.get_secret_value(SecretId=secret)["SecretString"])
    assert [len(key.secret) for key in kept] == [48, 48]


@pytest.mark.usefixtures("project")
def test_one_parameter_is_changed_alone(ran: list[str]) -> None:
    Deployment("dev").up()
    stack = Stack("dev", REGION)
    before, release = parameters_of("janus-dev"), stack.release()
    assert stack.set_parameters({"MailFrom": "other@janus.example"})
    assert parameters_of("janus-dev") == before | {"MailFrom": "other@janus.example"}
    assert stack.release() == release


def test_a_change_that_cloudformation_refuses_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(StackFailed, match="there is no stack janus-dev"):
        Stack("dev", REGION).set_parameters({"MailFrom": "other@janus.example"})


def test_what_drifted_is_named_by_its_property() -> None:
    stack, now = Stack("dev", REGION), datetime.now(UTC)
    with Stubber(stack._cloudformation) as stub:
        stub.add_response("detect_stack_drift", {"StackDriftDetectionId": "1"})
        for status in ("DETECTION_IN_PROGRESS", "DETECTION_COMPLETE"):
            stub.add_response(
                "describe_stack_drift_detection_status",
                {"StackId": "s", "StackDriftDetectionId": "1", "DetectionStatus": status, "Timestamp": now},
            )
        common = {"StackId": "s", "ResourceType": "AWS::SQS::Queue", "Timestamp": now}
        difference = {"PropertyPath": "/Timeout", "ExpectedValue": "1", "ActualValue": "2"}
        modified = {"LogicalResourceId": "Queue", "StackResourceDriftStatus": "MODIFIED"}
        gone = {"LogicalResourceId": "Topic", "StackResourceDriftStatus": "DELETED"}
        stub.add_response(
            "describe_stack_resource_drifts",
            {
                "StackResourceDrifts": [
                    common | modified | {"PropertyDifferences": [difference | {"DifferenceType": "NOT_EQUAL"}]},
                    common | gone,
                ]
            },
        )
        assert stack.drifted() == ["Queue/Timeout: 1 in the template, 2 on AWS", "Topic: deleted"]
