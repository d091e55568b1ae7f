import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest
from moto import mock_aws

from infra import stages
from infra.package import deployable

REGION = "eu-central-1"
URL = "https://api.example/api"

type Package = Callable[[bytes, int], Path]


@pytest.fixture
def account(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """An empty account of moto's, 123456789012, in the region that AWS_REGION names."""
    monkeypatch.delenv("AWS_DEFAULT_REGION", raising=False)
    monkeypatch.setenv("AWS_REGION", REGION)
    with mock_aws():
        yield


@pytest.fixture
def sleeps(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The seconds of each sleep; nothing sleeps."""
    slept: list[float] = []
    monkeypatch.setattr("time.sleep", slept.append)
    return slept


@pytest.fixture
def package(tmp_path: Path) -> Package:
    """Write the package of stage dev, with a bucket, a queue, an API function and an archive."""

    def write(archive: bytes, visibility: int) -> Path:
        folder = tmp_path / "build/dev"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / deployable.LAYER).write_bytes(archive)
        resources: dict[str, Any] = {
            "Bucket": {"Type": "AWS::S3::Bucket", "Properties": {"BucketName": "janus-dev-images"}},
            "Queue": {"Type": "AWS::SQS::Queue", "Properties": {"VisibilityTimeout": visibility}},
            "Role": {
                "Type": "AWS::IAM::Role",
                "Properties": {"AssumeRolePolicyDocument": {"Version": "2012-10-17", "Statement": []}},
            },
            "APIHandler": {
                "Type": "AWS::Lambda::Function",
                "Properties": {
                    "FunctionName": "janus-dev-api",
                    "Code": {"ZipFile": "emlw"},  # base64, as moto expects it
                    "Handler": "index.main",
                    "Runtime": "python3.13",
                    "Role": {"Fn::GetAtt": ["Role", "Arn"]},
                    "Environment": {"Variables": {"JANUS_PAGE_URL": {"Ref": "PageUrl"}, "QUOTED": "a b"}},
                },
            },
            # In place of the layer, which moto cannot create; moto ignores the archive.
            "Layer": {"Type": "AWS::SNS::Topic", "Properties": {"ContentUri": f"./{deployable.LAYER}"}},
        }
        document = {
            "Parameters": {name: {"Type": "String"} for name in stages.parameters("dev")},
            "Resources": resources,
            "Outputs": {"EndpointURL": {"Value": URL}},
        }
        (folder / deployable.TEMPLATE).write_text(json.dumps(document), "utf-8")
        return folder

    return write


def parameters_of_stack() -> dict[str, str]:
    """Return the parameters of the stack janus-dev."""
    (described,) = boto3.client("cloudformation", REGION).describe_stacks(StackName="janus-dev")["Stacks"]
    return {parameter["ParameterKey"]: parameter["ParameterValue"] for parameter in described["Parameters"]}
