"""Creation of the template's resources in the local services.

moto's CloudFormation creates tables, queues and the bucket. Properties that it ignores are set here: the signing keys,
the tables' TTL, the queues' policies, the bucket's CORS and notification. Alarms, log groups, policies and similar
resources have no function on one machine.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import boto3

from infra.template import References, Template

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mypy_boto3_s3.type_defs import CORSRuleTypeDef, QueueConfigurationTypeDef

    from infra.local.aws import Connection

NAME: Final = "janus"
CREATED_BY_MOTO: Final = ("AWS::DynamoDB::Table", "AWS::S3::Bucket", "AWS::SQS::Queue")


@dataclass(frozen=True)
class Stack:
    """The stack that was created in the services of the local stack."""

    environment: Mapping[str, str]
    """The functions' environment variables."""


def create(connection: Connection, template: Template, parameters: Mapping[str, str]) -> Stack:
    """Create the resources of a template in the local AWS services of a connection, and return the stack.

    These are tables, queues, the bucket and secrets; other resources are left out. parameters are CloudFormation's, by
    name. Raises Unresolvable if a property cannot be resolved, and botocore's ClientError.
    """
    cloudformation = boto3.client("cloudformation", **connection)
    cloudformation.create_stack(
        StackName=NAME,
        TemplateBody=template.only(CREATED_BY_MOTO, parameters),
        Parameters=[{"ParameterKey": name, "ParameterValue": value} for name, value in parameters.items()],
    )
    created = cloudformation.describe_stack_resources(StackName=NAME)["StackResources"]
    names = {resource["LogicalResourceId"]: resource["PhysicalResourceId"] for resource in created}
    references = _references(connection, template, parameters, {**names, **_secrets(connection, template)})
    _set_expiry(connection, template, names)
    _set_queue_policies(connection, template, references)
    _configure_buckets(connection, template, names, references)
    variables = references.resolve(template.environment())
    return Stack({name: str(value) for name, value in variables.items()})


def _references(
    connection: Connection, template: Template, parameters: Mapping[str, str], names: Mapping[str, str]
) -> References:
    values: dict[str, Any] = {
        "AWS::AccountId": boto3.client("sts", **connection).get_caller_identity()["Account"],
        "AWS::Partition": "aws",
        "AWS::Region": connection["region_name"],
        **names,
    }
    for name, declared in template.document["Parameters"].items():
        given = parameters.get(name, declared.get("Default"))
        values[name] = given.split(",") if declared["Type"] == "CommaDelimitedList" else given
    attributes: dict[tuple[str, str], str] = {}
    for queue in template.resources("AWS::SQS::Queue"):
        arn = _arn(connection, names[queue.logical_id])
        attributes |= {(queue.logical_id, "Arn"): arn, (queue.logical_id, "QueueName"): arn.rpartition(":")[2]}
    return References(values, attributes, {"Kept": False})


def _secrets(connection: Connection, template: Template) -> dict[str, str]:
    """Create the secrets, and return their ARNs by logical id."""
    client = boto3.client("secretsmanager", **connection)
    arns = {}
    for secret in template.resources("AWS::SecretsManager::Secret"):
        generated = dict(secret.properties["GenerateSecretString"])
        value = json.loads(generated.pop("SecretStringTemplate"))
        key = generated.pop("GenerateStringKey")
        value[key] = client.get_random_password(**generated)["RandomPassword"]
        made = client.create_secret(Name=secret.logical_id, SecretString=json.dumps(value))
        arns[secret.logical_id] = made["ARN"]
    return arns


def _arn(connection: Connection, queue_url: str) -> str:
    sqs = boto3.client("sqs", **connection)
    return sqs.get_queue_attributes(QueueUrl=queue_url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]


def _set_expiry(connection: Connection, template: Template, names: Mapping[str, str]) -> None:
    dynamodb = boto3.client("dynamodb", **connection)
    for table in template.resources("AWS::DynamoDB::Table"):
        if expiry := table.properties.get("TimeToLiveSpecification"):
            dynamodb.update_time_to_live(TableName=names[table.logical_id], TimeToLiveSpecification=expiry)


def _set_queue_policies(connection: Connection, template: Template, references: References) -> None:
    sqs = boto3.client("sqs", **connection)
    for policy in template.resources("AWS::SQS::QueuePolicy"):
        properties = references.resolve(policy.properties)
        for queue_url in properties["Queues"]:
            sqs.set_queue_attributes(
                QueueUrl=queue_url, Attributes={"Policy": json.dumps(properties["PolicyDocument"])}
            )


def _configure_buckets(
    connection: Connection, template: Template, names: Mapping[str, str], references: References
) -> None:
    s3 = boto3.client("s3", **connection)
    for bucket in template.resources("AWS::S3::Bucket"):
        name = names[bucket.logical_id]
        properties = references.resolve(bucket.properties)
        rules = [_cors_rule(rule) for rule in properties["CorsConfiguration"]["CorsRules"]]
        s3.put_bucket_cors(Bucket=name, CORSConfiguration={"CORSRules": rules})
        queues = [_notification(queue) for queue in properties["NotificationConfiguration"]["QueueConfigurations"]]
        s3.put_bucket_notification_configuration(Bucket=name, NotificationConfiguration={"QueueConfigurations": queues})


def _cors_rule(rule: Mapping[str, Any]) -> CORSRuleTypeDef:
    """Convert a CORS rule from CloudFormation's form to S3's."""
    return {
        "AllowedHeaders": rule["AllowedHeaders"],
        "AllowedMethods": rule["AllowedMethods"],
        "AllowedOrigins": rule["AllowedOrigins"],
        "ExposeHeaders": rule["ExposedHeaders"],
        "MaxAgeSeconds": rule["MaxAge"],
    }


def _notification(configuration: Mapping[str, Any]) -> QueueConfigurationTypeDef:
    """Convert a notification from CloudFormation's form to S3's."""
    return {
        "QueueArn": configuration["Queue"],
        "Events": [configuration["Event"]],
        "Filter": {"Key": {"FilterRules": configuration["Filter"]["S3Key"]["Rules"]}},
    }
