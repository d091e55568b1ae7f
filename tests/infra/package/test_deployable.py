"""The packaged template of a stage."""

import json
from pathlib import Path
from typing import Any

import pytest

from infra.package import deployable

STATEFUL = ["AWS::DynamoDB::Table", "AWS::S3::Bucket", "AWS::SecretsManager::Secret"]


def written(stage: str, folder: Path, resource: dict[str, Any]) -> dict[str, Any]:
    """Return a resource as it is in the template of a stage."""
    deployable.write({"Resources": {"It": resource}}, stage, folder)
    found: dict[str, Any] = json.loads((folder / "template.json").read_text("utf-8"))["Resources"]["It"]
    return found


@pytest.mark.parametrize("type_", STATEFUL)
@pytest.mark.parametrize(
    ("stage", "deletion", "replacement"),
    [("prod", "RetainExceptOnCreate", "Retain"), ("staging", "Delete", "Delete"), ("dev", "Delete", "Delete")],
)
def test_user_data_is_retained_in_prod_only(
    type_: str, stage: str, deletion: str, replacement: str, tmp_path: Path
) -> None:
    assert written(stage, tmp_path, {"Type": type_, "Properties": {"A": 1}}) == {
        "Type": type_,
        "Properties": {"A": 1},
        "DeletionPolicy": deletion,
        "UpdateReplacePolicy": replacement,
    }


def test_functions_get_their_archive(tmp_path: Path) -> None:
    function = {"Type": "AWS::Serverless::Function", "Properties": {"CodeUri": "./deployment.zip", "Timeout": 29}}
    assert written("prod", tmp_path, function) == {
        "Type": "AWS::Serverless::Function",
        "Properties": {"CodeUri": "./functions.zip", "Timeout": 29},
    }


def test_other_resources_stay_as_they_are(tmp_path: Path) -> None:
    assert written("prod", tmp_path, {"Type": "AWS::SQS::Queue"}) == {"Type": "AWS::SQS::Queue"}


def test_the_template_does_not_depend_on_the_order_of_keys(tmp_path: Path) -> None:
    deployable.write({"Resources": {}, "Outputs": {}}, "dev", tmp_path)
    assert (tmp_path / "template.json").read_text("utf-8") == '{\n  "Outputs": {},\n  "Resources": {}\n}\n'
