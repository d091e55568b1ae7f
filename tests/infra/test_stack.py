"""The local stack has what the template says, that which moto's CloudFormation leaves out included."""

import json
from concurrent.futures import ThreadPoolExecutor

import boto3
import pytest
import requests

from chalicelib.config import Settings
from chalicelib.security.signing_keys import read_keys
from infra.local.aws import LocalAws
from infra.local.stack import Stack
from infra.template import References, Template, Unresolvable


def test_a_posted_upload_is_announced_in_the_queue(local_aws: LocalAws, local_stack: Stack) -> None:
    s3 = boto3.client("s3", **local_aws.connection)
    sqs = boto3.client("sqs", **local_aws.connection)
    queue = sqs.get_queue_url(QueueName=local_stack.environment["JANUS_UPLOADS_QUEUE"])["QueueUrl"]
    form = s3.generate_presigned_post(local_stack.environment["JANUS_BUCKET"], "uploads/user/image")

    requests.post(form["url"], data=form["fields"], files={"file": b"pixels"}, timeout=10).raise_for_status()

    bodies = []
    while not any("Records" in body for body in bodies):
        received = sqs.receive_message(QueueUrl=queue, MaxNumberOfMessages=1, WaitTimeSeconds=20)["Messages"]
        bodies += [json.loads(message["Body"]) for message in received]
    (record,) = next(body["Records"] for body in bodies if "Records" in body)
    assert record["s3"]["object"]["key"] == "uploads%2Fuser%2Fimage"


def test_what_is_not_an_upload_is_not_announced(local_aws: LocalAws, local_stack: Stack) -> None:
    s3 = boto3.client("s3", **local_aws.connection)
    (configuration,) = s3.get_bucket_notification_configuration(Bucket=local_stack.environment["JANUS_BUCKET"])[
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
        f"{local_aws.url}/{local_stack.environment['JANUS_BUCKET']}",
        headers={"Origin": origin, "Access-Control-Request-Method": "POST"},
        timeout=10,
    )
    assert preflight.ok is allowed


@pytest.mark.parametrize(
    ("table", "attribute"), [("SESSIONS", "expires_at"), ("IMAGES", "abandoned_at"), ("AUDIT_LOG", "expires_at")]
)
def test_tables_expire_their_items(local_aws: LocalAws, local_stack: Stack, table: str, attribute: str) -> None:
    dynamodb = boto3.client("dynamodb", **local_aws.connection)
    expiry = dynamodb.describe_time_to_live(TableName=local_stack.environment[f"JANUS_{table}_TABLE"])[
        "TimeToLiveDescription"
    ]
    assert expiry == {"TimeToLiveStatus": "ENABLED", "AttributeName": attribute}


def test_the_bucket_alone_may_send_to_the_queue(local_aws: LocalAws, local_stack: Stack) -> None:
    sqs = boto3.client("sqs", **local_aws.connection)
    queue = sqs.get_queue_url(QueueName=local_stack.environment["JANUS_UPLOADS_QUEUE"])["QueueUrl"]
    policy = sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["Policy"])["Attributes"]["Policy"]
    deny, statement = json.loads(policy)["Statement"]
    assert (deny["Effect"], deny["Condition"]) == ("Deny", {"Bool": {"aws:SecureTransport": "false"}})
    bucket = f"arn:aws:s3:::{local_stack.environment['JANUS_BUCKET']}"
    assert statement["Condition"]["ArnEquals"] == {"aws:SourceArn": bucket}


def test_the_environment_is_what_the_configuration_reads(local_stack: Stack) -> None:
    settings = Settings.from_environment({**local_stack.environment, "AWS_REGION": "us-east-1"})
    assert settings.cors_origins == {"http://127.0.0.1:8000", "http://localhost:8000"}


def test_the_first_key_is_made_at_random(local_aws: LocalAws, local_stack: Stack) -> None:
    secrets = boto3.client("secretsmanager", **local_aws.connection)
    kept = secrets.get_secret_value(SecretId=local_stack.environment["JANUS_JWT_KEYS_SECRET"])["SecretString"]
    (key,) = read_keys(kept)
    assert (key.kid, len(key.secret)) == ("first", 48)
    assert len(set(key.secret)) > 20


def test_a_conditional_write_has_one_winner(local_aws: LocalAws, local_stack: Stack) -> None:
    dynamodb = boto3.client("dynamodb", **local_aws.connection)

    def claim(address: str) -> bool:
        try:
            dynamodb.put_item(
                TableName=local_stack.environment["JANUS_EMAILS_TABLE"],
                Item={"email": {"S": address}},
                ConditionExpression="attribute_not_exists(email)",
            )
        except dynamodb.exceptions.ConditionalCheckFailedException:
            return False
        return True

    with ThreadPoolExecutor(20) as writers:
        for race in range(20):
            assert sum(writers.map(claim, [f"{race}@janus.example"] * 20)) == 1


@pytest.mark.parametrize(
    "value", [{"Ref": "Nobody"}, {"Fn::GetAtt": ["Nobody", "Arn"]}, {"Fn::Sub": "${Nobody}"}, {"Fn::Split": ["", ""]}]
)
def test_an_unknown_reference_is_refused(value: object) -> None:
    with pytest.raises(Unresolvable):
        References({}, {}, {}).resolve(value)


def test_references_are_resolved_at_every_depth() -> None:
    references = References({"Stage": "local", "Pages": ["a", "b"]}, {("Queue", "Arn"): "arn:queue"}, {"Kept": False})
    written = {
        "A": [{"B": {"Ref": "Stage"}}, {"Fn::GetAtt": ["Queue", "Arn"]}, {"Fn::Sub": "x-${Stage}-y"}],
        "C": {"Fn::If": ["Kept", 1, {"Fn::Join": [",", {"Ref": "Pages"}]}]},
    }
    assert references.resolve(written) == {"A": [{"B": "local"}, "arn:queue", "x-local-y"], "C": "a,b"}


def test_resources_of_other_types_are_left_out_with_the_transform() -> None:
    parameters = {"Stage": {"Type": "String"}, "Optional": {"Default": "1"}, "NotGiven": {"Type": "String"}}
    document = {
        "AWSTemplateFormatVersion": "V",
        "Parameters": parameters,
        "Conditions": {"Kept": True},
        "Transform": "T",
    }
    api, queue = {"Type": "AWS::Serverless::Api"}, {"Type": "AWS::SQS::Queue"}
    kept = json.loads(Template(document | {"Resources": {"A": api, "B": queue}}).only(["AWS::SQS::Queue"], ["Stage"]))
    assert kept["Resources"] == {"B": queue}
    assert set(kept["Parameters"]) == {"Stage", "Optional"}
    assert "Transform" not in kept
