"""The requests to CloudFormation, stubbed, and the contents of the bucket, in moto."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import boto3
import pytest
from botocore.exceptions import ClientError
from botocore.stub import Stubber
from moto import mock_aws

from infra.deploy.releases import Release
from infra.deploy.stack import Stack, StackFailed

if TYPE_CHECKING:
    from mypy_boto3_cloudformation import CloudFormationClient

REGION = "eu-central-1"
NOW = datetime(2026, 3, 1, tzinfo=UTC)
RELEASE = Release("release", "https://bucket/template.json", {"Stage": "dev", "MailFrom": "a@janus.example"})
GIVEN = [
    {"ParameterKey": "Stage", "ParameterValue": "dev"},
    {"ParameterKey": "MailFrom", "ParameterValue": "a@janus.example"},
]
CAPABILITIES = ["CAPABILITY_IAM", "CAPABILITY_AUTO_EXPAND"]
NAME = {"StackName": "janus-dev"}


@pytest.fixture
def client(monkeypatch: pytest.MonkeyPatch) -> "CloudFormationClient":
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "stubbed")
    return boto3.client("cloudformation", REGION)


@pytest.fixture
def stub(client: "CloudFormationClient", sleeps: list[float]) -> Iterator[Stubber]:
    """The expected requests in their order; nothing else is sent."""
    with Stubber(client) as stub:
        yield stub
        stub.assert_no_pending_responses()


@pytest.fixture
def stack(client: "CloudFormationClient") -> Stack:
    return Stack("dev", client, boto3.client("s3", REGION))


def described(status: str, **more: Any) -> dict[str, Any]:
    return {"Stacks": [{"StackName": "janus-dev", "CreationTime": NOW, "StackStatus": status, **more}]}


def add_described(stub: Stubber, status: str, name: str = "janus-dev", **more: Any) -> None:
    stub.add_response("describe_stacks", described(status, **more), {"StackName": name})


def add_missing(stub: Stubber) -> None:
    message = "Stack with id janus-dev does not exist"
    stub.add_client_error("describe_stacks", "ValidationError", message, expected_params=NAME)


def event(logical_id: str, status: str, reason: str | None = None) -> dict[str, Any]:
    common = {"StackId": "id", "EventId": logical_id, "StackName": "janus-dev", "Timestamp": NOW}
    with_reason = {} if reason is None else {"ResourceStatusReason": reason}
    return {**common, "LogicalResourceId": logical_id, "ResourceStatus": status, **with_reason}


def test_a_missing_stack_is_created_and_waited_for_by_its_id(stub: Stubber, stack: Stack, sleeps: list[float]) -> None:
    add_missing(stub)
    expected = {
        **NAME,
        "TemplateURL": "https://bucket/template.json",
        "Parameters": GIVEN,
        "Capabilities": CAPABILITIES,
        "OnFailure": "DELETE",
    }
    stub.add_response("create_stack", {"StackId": "arn:id"}, expected)
    add_described(stub, "CREATE_IN_PROGRESS", "arn:id")
    add_described(stub, "CREATE_COMPLETE", "arn:id")
    assert stack.deploy(RELEASE) is True
    assert sleeps == [5]


def test_an_existing_stack_is_updated(stub: Stubber, stack: Stack) -> None:
    add_described(stub, "CREATE_COMPLETE")
    expected = {
        **NAME,
        "TemplateURL": "https://bucket/template.json",
        "Parameters": GIVEN,
        "Capabilities": CAPABILITIES,
    }
    stub.add_response("update_stack", {"StackId": "arn:id"}, expected)
    add_described(stub, "UPDATE_COMPLETE")
    assert stack.deploy(RELEASE) is True


def test_an_update_without_changes_is_no_failure(stub: Stubber, stack: Stack) -> None:
    add_described(stub, "CREATE_COMPLETE")
    stub.add_client_error("update_stack", "ValidationError", "No updates are to be performed.")
    assert stack.deploy(RELEASE) is False


def test_another_error_of_an_update_is_raised(stub: Stubber, stack: Stack) -> None:
    add_described(stub, "CREATE_COMPLETE")
    stub.add_client_error("update_stack", "ValidationError", "Parameters: [MailFrom] must have values")
    with pytest.raises(ClientError, match="must have values"):
        stack.deploy(RELEASE)


def test_another_error_of_a_description_is_raised(stub: Stubber, stack: Stack) -> None:
    stub.add_client_error("describe_stacks", "AccessDenied", "not authorized")
    with pytest.raises(ClientError, match="not authorized"):
        stack.deploy(RELEASE)


def test_a_failure_names_the_failed_resources_oldest_first(stub: Stubber, stack: Stack) -> None:
    add_missing(stub)
    stub.add_response("create_stack", {"StackId": "arn:id"})
    add_described(stub, "CREATE_FAILED", "arn:id")
    events = [
        event("janus-dev", "ROLLBACK_IN_PROGRESS", "The following resource(s) failed"),
        event("Table", "CREATE_FAILED"),
        event("Queue", "CREATE_FAILED", "name taken"),
        event("Bucket", "CREATE_COMPLETE"),
    ]
    stub.add_response("describe_stack_events", {"StackEvents": events}, {"StackName": "arn:id"})
    with pytest.raises(StackFailed) as failed:
        stack.deploy(RELEASE)
    assert str(failed.value) == "Queue: name taken\nTable: CREATE_FAILED"


def test_a_failure_without_failed_resources_has_the_waiters_message(stub: Stubber, stack: Stack) -> None:
    add_missing(stub)
    stub.add_response("create_stack", {"StackId": "arn:id"})
    add_described(stub, "ROLLBACK_COMPLETE", "arn:id")
    stub.add_response("describe_stack_events", {"StackEvents": []})
    with pytest.raises(StackFailed, match="Waiter StackCreateComplete failed"):
        stack.deploy(RELEASE)


def test_a_change_may_take_an_hour(stub: Stubber, stack: Stack, sleeps: list[float]) -> None:
    add_described(stub, "CREATE_COMPLETE")
    stub.add_response("update_stack", {"StackId": "arn:id"})
    for _ in range(720):
        add_described(stub, "UPDATE_IN_PROGRESS")
    stub.add_response("describe_stack_events", {"StackEvents": []})
    with pytest.raises(StackFailed, match="Max attempts exceeded"):
        stack.deploy(RELEASE)
    assert sum(sleeps) == 3595  # 719 pauses of 5 s between 720 requests


def test_changed_parameters_leave_the_others_and_the_template(stub: Stubber, stack: Stack) -> None:
    add_described(stub, "UPDATE_COMPLETE", Parameters=GIVEN)
    expected = {
        **NAME,
        "UsePreviousTemplate": True,
        "Parameters": [
            {"ParameterKey": "Stage", "UsePreviousValue": True},
            {"ParameterKey": "MailFrom", "ParameterValue": "b@janus.example"},
        ],
        "Capabilities": CAPABILITIES,
    }
    stub.add_response("update_stack", {"StackId": "arn:id"}, expected)
    add_described(stub, "UPDATE_COMPLETE")
    assert stack.set_parameters({"MailFrom": "b@janus.example"}) is True


def test_unchanged_parameters_are_no_failure(stub: Stubber, stack: Stack) -> None:
    add_described(stub, "UPDATE_COMPLETE", Parameters=GIVEN)
    stub.add_client_error("update_stack", "ValidationError", "No updates are to be performed.")
    assert stack.set_parameters({"MailFrom": "a@janus.example"}) is False


def test_parameters_of_a_missing_stack_are_refused(stub: Stubber, stack: Stack) -> None:
    add_missing(stub)
    with pytest.raises(StackFailed, match="janus-dev does not exist"):
        stack.set_parameters({"MailFrom": "b@janus.example"})


def test_outputs_are_read_by_name(stub: Stubber, stack: Stack) -> None:
    outputs = [
        {"OutputKey": "EndpointURL", "OutputValue": "https://api.example"},
        {"OutputKey": "Release", "OutputValue": "20260301"},
    ]
    add_described(stub, "UPDATE_COMPLETE", Outputs=outputs)
    assert stack.outputs() == {"EndpointURL": "https://api.example", "Release": "20260301"}
    add_described(stub, "UPDATE_COMPLETE", Outputs=outputs)
    assert stack.release() == "20260301"


def test_a_missing_stack_has_no_outputs_and_no_release(stub: Stubber, stack: Stack) -> None:
    add_missing(stub)
    assert stack.outputs() == {}
    add_missing(stub)
    assert stack.release() is None


def test_a_resource_is_found_by_its_logical_id(stub: Stubber, stack: Stack) -> None:
    add_resource(stub, "APIHandler", "janus-dev-api")
    assert stack.resource("APIHandler") == "janus-dev-api"


def add_resource(stub: Stubber, logical_id: str, physical_id: str) -> None:
    detail = {
        "LogicalResourceId": logical_id,
        "PhysicalResourceId": physical_id,
        "ResourceType": "AWS::Some::Type",
        "LastUpdatedTimestamp": NOW,
        "ResourceStatus": "CREATE_COMPLETE",
    }
    expected = {**NAME, "LogicalResourceId": logical_id}
    stub.add_response("describe_stack_resource", {"StackResourceDetail": detail}, expected)


def test_a_deleted_stack_leaves_an_empty_bucket(client: "CloudFormationClient", sleeps: list[float]) -> None:
    with mock_aws():
        s3 = boto3.client("s3", "us-east-1")
        s3.create_bucket(Bucket="images")
        s3.put_bucket_versioning(Bucket="images", VersioningConfiguration={"Status": "Enabled"})
        for _ in range(2):
            s3.put_object(Bucket="images", Key="images/a/b", Body=b"pixels")
        s3.delete_object(Bucket="images", Key="images/a/b")
        with Stubber(client) as stub:
            add_resource(stub, "Bucket", "images")
            stub.add_response("delete_stack", {}, NAME)
            add_described(stub, "DELETE_IN_PROGRESS")
            add_missing(stub)
            Stack("dev", client, s3).delete()
            stub.assert_no_pending_responses()
        versions = s3.list_object_versions(Bucket="images")
    assert "Versions" not in versions
    assert "DeleteMarkers" not in versions
    assert sleeps == [5]


def test_an_empty_bucket_needs_no_deletion(client: "CloudFormationClient", sleeps: list[float]) -> None:
    with mock_aws(), Stubber(client) as stub:
        s3 = boto3.client("s3", "us-east-1")
        s3.create_bucket(Bucket="images")
        add_resource(stub, "Bucket", "images")
        stub.add_response("delete_stack", {}, NAME)
        add_missing(stub)
        Stack("dev", client, s3).delete()
    assert sleeps == []


def test_a_failed_deletion_is_raised(client: "CloudFormationClient", sleeps: list[float]) -> None:
    with mock_aws(), Stubber(client) as stub:
        s3 = boto3.client("s3", "us-east-1")
        s3.create_bucket(Bucket="images")
        add_resource(stub, "Bucket", "images")
        stub.add_response("delete_stack", {}, NAME)
        add_described(stub, "DELETE_FAILED")
        events = [event("Table", "DELETE_FAILED", "deletion protection")]
        stub.add_response("describe_stack_events", {"StackEvents": events}, NAME)
        with pytest.raises(StackFailed, match=r"^Table: deletion protection$"):
            Stack("dev", client, s3).delete()


def add_detection(stub: Stubber, *statuses: str, reason: str | None = None) -> None:
    stub.add_response("detect_stack_drift", {"StackDriftDetectionId": "7"}, NAME)
    for status in statuses:
        response = {"StackId": "id", "StackDriftDetectionId": "7", "DetectionStatus": status, "Timestamp": NOW}
        with_reason = {} if reason is None else {"DetectionStatusReason": reason}
        expected = {"StackDriftDetectionId": "7"}
        stub.add_response("describe_stack_drift_detection_status", {**response, **with_reason}, expected)


def test_drift_is_named_by_property(stub: Stubber, stack: Stack, sleeps: list[float]) -> None:
    add_detection(stub, "DETECTION_IN_PROGRESS", "DETECTION_IN_PROGRESS", "DETECTION_COMPLETE")
    common = {"StackId": "id", "ResourceType": "AWS::SQS::Queue", "Timestamp": NOW}
    difference = {
        "PropertyPath": "/Timeout",
        "ExpectedValue": "1",
        "ActualValue": "2",
        "DifferenceType": "NOT_EQUAL",
    }
    drifts = [
        {**common, "LogicalResourceId": "Topic", "StackResourceDriftStatus": "DELETED"},
        {
            **common,
            "LogicalResourceId": "Queue",
            "StackResourceDriftStatus": "MODIFIED",
            "PropertyDifferences": [difference],
        },
    ]
    expected = {**NAME, "StackResourceDriftStatusFilters": ["MODIFIED", "DELETED"]}
    stub.add_response("describe_stack_resource_drifts", {"StackResourceDrifts": drifts}, expected)
    assert stack.drift() == ["Queue/Timeout: 1 in the template, 2 on AWS", "Topic: deleted"]
    assert sleeps == [5, 5]


def test_a_failed_detection_is_raised(stub: Stubber, stack: Stack) -> None:
    add_detection(stub, "DETECTION_FAILED", reason="Failed to detect drift on [Bucket]")
    with pytest.raises(StackFailed, match=r"Failed to detect drift on \[Bucket\]"):
        stack.drift()


def test_a_failed_detection_without_a_reason_is_raised(stub: Stubber, stack: Stack) -> None:
    add_detection(stub, "DETECTION_FAILED")
    with pytest.raises(StackFailed, match="drift detection failed"):
        stack.drift()
