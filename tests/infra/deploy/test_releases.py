"""Releases in S3: what is uploaded, under which names, and which release is the previous one."""

import hashlib
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import boto3
import pytest
from botocore.exceptions import ClientError
from moto import mock_aws

from infra.deploy.releases import NoSuchRelease, Release, Releases

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

BUCKET = "janus-deployments-123456789012-eu-central-1"
NOON = datetime(2026, 3, 1, 12, 30, 15, tzinfo=UTC)
CODE = f"archives/{hashlib.sha256(b'functions').hexdigest()}.zip"
LAYER = f"archives/{hashlib.sha256(b'layer').hexdigest()}.zip"


@pytest.fixture
def s3() -> Iterator["S3Client"]:
    with mock_aws():
        yield boto3.client("s3", "eu-central-1")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A package with two archives."""
    (tmp_path / "functions.zip").write_bytes(b"functions")
    (tmp_path / "vision-layer.zip").write_bytes(b"layer")
    resources = {
        "Layer": {"Type": "AWS::Serverless::LayerVersion", "Properties": {"ContentUri": "./vision-layer.zip"}},
        "Function": {"Type": "AWS::Serverless::Function", "Properties": {"CodeUri": "./functions.zip", "Timeout": 29}},
        "Handle": {"Type": "AWS::CloudFormation::WaitConditionHandle"},
    }
    (tmp_path / "template.json").write_text(json.dumps({"Resources": resources, "Outputs": {"EndpointURL": "x"}}))
    return tmp_path


def releases(s3: "S3Client", stage: str = "dev") -> Releases:
    return Releases(stage, "123456789012", s3)


def keys(s3: "S3Client") -> set[str]:
    return {found["Key"] for found in s3.list_objects_v2(Bucket=BUCKET)["Contents"]}


def read(s3: "S3Client", key: str) -> Any:
    return json.loads(s3.get_object(Bucket=BUCKET, Key=key)["Body"].read())


def test_a_release_is_named_by_its_time_and_the_hash_of_its_template(s3: "S3Client", folder: Path) -> None:
    release = releases(s3).publish(folder, {"Stage": "dev"}, NOON)
    template = json.loads((folder / "template.json").read_text())
    template["Resources"]["Function"]["Properties"]["CodeUri"] = f"s3://{BUCKET}/{CODE}"
    template["Resources"]["Layer"]["Properties"]["ContentUri"] = f"s3://{BUCKET}/{LAYER}"
    name = f"20260301T123015Z-{hashlib.sha256(json.dumps(template, sort_keys=True).encode()).hexdigest()[:12]}"
    url = f"https://{BUCKET}.s3.eu-central-1.amazonaws.com/releases/dev/{name}/template.json"
    assert release == Release(name, url, {"Stage": "dev"})


def test_the_template_names_its_archives_in_s3_and_its_release(s3: "S3Client", folder: Path) -> None:
    release = releases(s3).publish(folder, {}, NOON)
    uploaded = read(s3, f"releases/dev/{release.name}/template.json")
    assert uploaded["Resources"] == {
        "Function": {
            "Type": "AWS::Serverless::Function",
            "Properties": {"CodeUri": f"s3://{BUCKET}/{CODE}", "Timeout": 29},
        },
        "Layer": {"Type": "AWS::Serverless::LayerVersion", "Properties": {"ContentUri": f"s3://{BUCKET}/{LAYER}"}},
        "Handle": {"Type": "AWS::CloudFormation::WaitConditionHandle"},
    }
    assert uploaded["Outputs"]["Release"]["Value"] == release.name
    assert uploaded["Outputs"]["EndpointURL"] == "x"
    assert s3.get_object(Bucket=BUCKET, Key=CODE)["Body"].read() == b"functions"
    assert s3.get_object(Bucket=BUCKET, Key=LAYER)["Body"].read() == b"layer"


def test_nothing_else_is_uploaded(s3: "S3Client", folder: Path) -> None:
    name = releases(s3).publish(folder, {"Stage": "dev"}, NOON).name
    assert keys(s3) == {CODE, LAYER, f"releases/dev/{name}/template.json", f"releases/dev/{name}/parameters.json"}
    assert s3.head_object(Bucket=BUCKET, Key=f"releases/dev/{name}/template.json")["ContentType"] == "application/json"


def test_an_unchanged_archive_is_uploaded_once(s3: "S3Client", folder: Path) -> None:
    releases(s3).publish(folder, {}, NOON)
    s3.put_object(Bucket=BUCKET, Key=CODE, Body=b"still the first upload")
    (folder / "vision-layer.zip").write_bytes(b"other layer")
    releases(s3).publish(folder, {}, NOON)
    assert s3.get_object(Bucket=BUCKET, Key=CODE)["Body"].read() == b"still the first upload"
    assert len({key for key in keys(s3) if key.startswith("archives/")}) == 3


def test_the_bucket_is_private(s3: "S3Client", folder: Path) -> None:
    releases(s3).publish(folder, {}, NOON)
    assert s3.get_public_access_block(Bucket=BUCKET)["PublicAccessBlockConfiguration"] == {
        "BlockPublicAcls": True,
        "BlockPublicPolicy": True,
        "IgnorePublicAcls": True,
        "RestrictPublicBuckets": True,
    }
    assert s3.get_bucket_location(Bucket=BUCKET)["LocationConstraint"] == "eu-central-1"


def test_an_existing_bucket_keeps_its_settings(s3: "S3Client", folder: Path) -> None:
    releases(s3).publish(folder, {}, NOON)
    s3.delete_public_access_block(Bucket=BUCKET)
    releases(s3).publish(folder, {}, NOON)
    with pytest.raises(ClientError, match="NoSuchPublicAccessBlockConfiguration"):
        s3.get_public_access_block(Bucket=BUCKET)


def test_other_buckets_of_the_account_do_not_count(s3: "S3Client", folder: Path) -> None:
    s3.create_bucket(Bucket="other", CreateBucketConfiguration={"LocationConstraint": "eu-central-1"})
    assert releases(s3).publish(folder, {}, NOON).name


def test_in_the_default_region_the_bucket_has_no_location_constraint(folder: Path) -> None:
    with mock_aws():
        s3 = boto3.client("s3", "us-east-1")
        Releases("dev", "123456789012", s3).publish(folder, {}, NOON)
        location = s3.get_bucket_location(Bucket="janus-deployments-123456789012-us-east-1")
        assert location["LocationConstraint"] is None


def test_the_previous_release_is_the_latest_earlier_one_of_the_stage(s3: "S3Client", folder: Path) -> None:
    first, second, third = (
        releases(s3).publish(folder, {"MailFrom": f"{day}@janus.example"}, NOON + timedelta(days=day))
        for day in range(3)
    )
    releases(s3, "staging").publish(folder, {}, NOON + timedelta(days=1, hours=1))
    assert releases(s3).before(third.name) == second
    assert releases(s3).before(second.name) == first
    with pytest.raises(NoSuchRelease, match=first.name):
        releases(s3).before(first.name)


def test_saved_parameters_replace_those_of_the_release(s3: "S3Client", folder: Path) -> None:
    release = releases(s3).publish(folder, {"PageUrl": "https://janus.invalid"}, NOON)
    later = releases(s3).publish(folder, {}, NOON + timedelta(days=1))
    releases(s3).save_parameters(release, {"PageUrl": "https://api.example"})
    assert releases(s3).before(later.name).parameters == {"PageUrl": "https://api.example"}
