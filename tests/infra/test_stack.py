"""The local stack has what the template says, that which moto's CloudFormation leaves out included."""

import json
from concurrent.futures import ThreadPoolExecutor

import boto3
import pytest
import requests

from infra.local import environment
from infra.local.aws import LocalAws
from infra.local.stack import Stack
from infra.local.template import References, Template, Unresolvable


def test_a_posted_upload_is_announced_in_the_queue(local_aws: LocalAws, local_stack: Stack) -> None:
    s3 = boto3.client("s3", **local_aws.connection)
    sqs = boto3.client("sqs", **local_aws.connection)
    queue = sqs.get_queue_url(QueueName=local_stack.outputs["UploadsQueue"])["QueueUrl"]
    form = s3.generate_presigned_post(local_stack.outputs["Bucket"], "uploads/user/image")

    requests.post(form["url"], data=form["fields"], files={"file": b"pixels"}, timeout=10).raise_for_status()

    bodies = []
    while not any("Records" in body for body in bodies):
        received = sqs.receive_message(QueueUrl=queue, MaxNumberOfMessages=1, WaitTimeSeconds=20)["Messages"]
        bodies += [json.loads(message["Body"]) for message in received]
    (record,) = next(body["Records"] for body in bodies if "Records" in body)
    assert record["s3"]["object"]["key"] == "uploads%2Fuser%2Fimage"


def test_what_is_not_an_upload_is_not_announced(local_aws: LocalAws, local_stack: Stack) -> None:
    s3 = boto3.client("s3", **local_aws.connection)
    (configuration,) = s3.get_bucket_notification_configuration(Bucket=local_stack.outputs["Bucket"])[
        "QueueConfigurations"
    ]
    assert configuration["Filter"]["Key"]["FilterRules"] == [{"Name": "prefix", "Value": "uploads/"}]


@pytest.mark.parametrize(
    ("origin", "allowed"), [("http://127.0.0.1:8000", True), ("http://localhost:8000", True), ("http://evil", False)]
)
def test_only_the_pages_own_origins_may_post(
    local_aws: LocalAws, local_stack: Stack, origin: str, allowed: bool
) -> None:
    preflight = requests.options(
        f"{local_aws.url}/{local_stack.outputs['Bucket']}",
        headers={"Origin": origin, "Access-Control-Request-Method": "POST"},
        timeout=10,
    )
    assert preflight.ok is allowed


@pytest.mark.parametrize(
    ("table", "attribute"),
    [("SessionsTable", "expires_at"), ("ImagesTable", "abandoned_at"), ("LogsTable", "expires_at")],
)
def test_tables_expire_their_items(local_aws: LocalAws, local_stack: Stack, table: str, attribute: str) -> None:
    dynamodb = boto3.client("dynamodb", **local_aws.connection)
    expiry = dynamodb.describe_time_to_live(TableName=local_stack.outputs[table])["TimeToLiveDescription"]
    assert expiry == {"TimeToLiveStatus": "ENABLED", "AttributeName": attribute}


def test_the_bucket_alone_may_send_to_the_queue(local_aws: LocalAws, local_stack: Stack) -> None:
    sqs = boto3.client("sqs", **local_aws.connection)
    queue = sqs.get_queue_url(QueueName=local_stack.outputs["UploadsQueue"])["QueueUrl"]
    policy = sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["Policy"])["Attributes"]["Policy"]
    (statement,) = json.loads(policy)["Statement"]
    assert statement["Condition"]["ArnEquals"] == {"aws:SourceArn": f"arn:aws:s3:::{local_stack.outputs['Bucket']}"}


def test_every_output_reaches_the_functions(local_stack: Stack) -> None:
    assert set(environment.VARIABLES) == set(local_stack.outputs)


def test_each_run_signs_with_its_own_key(local_stack: Stack) -> None:
    one, other = (
        environment.for_functions(local_stack.outputs, url="http://127.0.0.1:8000", lease_seconds=60) for _ in range(2)
    )
    assert one["JANUS_JWT_KEYS"] != other["JANUS_JWT_KEYS"]


def test_a_conditional_write_has_one_winner(local_aws: LocalAws, local_stack: Stack) -> None:
    dynamodb = boto3.client("dynamodb", **local_aws.connection)

    def claim(address: str) -> bool:
        try:
            dynamodb.put_item(
                TableName=local_stack.outputs["EmailsTable"],
                Item={"address": {"S": address}},
                ConditionExpression="attribute_not_exists(address)",
            )
        except dynamodb.exceptions.ConditionalCheckFailedException:
            return False
        return True

    with ThreadPoolExecutor(20) as writers:
        for race in range(20):
            assert sum(writers.map(claim, [f"{race}@janus.example"] * 20)) == 1


@pytest.mark.parametrize(
    "value", [{"Ref": "Nobody"}, {"Fn::GetAtt": ["Nobody", "Arn"]}, {"Fn::Sub": "${Nobody}"}, {"Fn::Join": ["", []]}]
)
def test_an_unknown_reference_is_refused(value: object) -> None:
    with pytest.raises(Unresolvable):
        References({}, {}).resolve(value)


def test_references_are_resolved_at_every_depth() -> None:
    references = References({"Stage": "local"}, {("Queue", "Arn"): "arn:queue"})
    written = {"A": [{"B": {"Ref": "Stage"}}, {"Fn::GetAtt": ["Queue", "Arn"]}, {"Fn::Sub": "x-${Stage}-y"}], "C": 1}
    assert references.resolve(written) == {"A": [{"B": "local"}, "arn:queue", "x-local-y"], "C": 1}


def test_the_transform_is_left_out_with_its_resources() -> None:
    written = Template(
        {"Transform": "T", "Resources": {"A": {"Type": "AWS::Serverless::Api"}, "B": {"Type": "AWS::SQS::Queue"}}}
    )
    assert json.loads(written.without("AWS::Serverless::")) == {"Resources": {"B": {"Type": "AWS::SQS::Queue"}}}
