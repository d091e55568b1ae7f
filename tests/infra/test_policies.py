"""Limits of the functions' policies. That they grant enough is shown by tests/least_privilege.py in a full run."""

import json
from typing import Any

import pytest

from infra.functions import CONFIG
from tests.policies import documents, granted, resources_of

# CloudWatch knows no resources for reading metrics: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncloudwatch.html
WITHOUT_RESOURCES = {"cloudwatch:GetMetricStatistics"}
STATEMENTS = [
    pytest.param(statement, id=f"{function} {number}")
    for function, document in documents().items()
    for number, statement in enumerate(document["Statement"])
]


@pytest.mark.parametrize("statement", STATEMENTS)
def test_no_statement_has_a_wildcard(statement: Any) -> None:
    assert statement["Effect"] == "Allow"
    assert not any("*" in action for action in statement["Action"])
    if "*" in list(resources_of(statement)):
        assert set(statement["Action"]) <= WITHOUT_RESOURCES


def test_every_function_has_a_policy_of_its_own() -> None:
    config = json.loads((CONFIG / "config.json").read_text("utf-8"))
    files = [function["iam_policy_file"] for function in config["lambda_functions"].values()]
    assert len(files) == len(set(files))
    assert {f"policies/{path.name}" for path in (CONFIG / "policies").iterdir()} == set(files)
    assert config["autogen_policy"] is False


def test_only_purging_deletes_users() -> None:
    deleting = {"dynamodb:DeleteItem", "dynamodb:BatchWriteItem", "dynamodb:DeleteTable"}
    deleters = {p.function for p in granted() if p.resource == "UsersTable" and p.action in deleting}
    assert deleters == {"PurgeDeleted"}


def test_no_function_changes_or_deletes_audit_events() -> None:
    on_logs = {permission.action for permission in granted() if permission.resource.startswith("AuditLogTable")}
    assert on_logs <= {"dynamodb:PutItem", "dynamodb:GetItem", "dynamodb:Query"}


def test_only_the_analysis_reads_uploads() -> None:
    readers = {p.function for p in granted() if p.action == "s3:GetObject" and p.resource == "Bucket/uploads/*"}
    assert readers == {"AnalyzeUploads"}
