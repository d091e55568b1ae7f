"""The template's resources in the local services.

moto's CloudFormation creates tables, queues and the bucket. What it leaves out is set here from the same properties:
the tables' TTL, the queues' policies, the bucket's CORS and notification.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import boto3

from infra.local.template import References, Template

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mypy_boto3_s3.type_defs import CORSRuleTypeDef, QueueConfigurationTypeDef

    from infra.local.aws import LocalAws

NAME: Final = "janus"
UNKNOWN_TO_MOTO: Final = ("AWS::Serverless::", "AWS::SQS::QueuePolicy")


@dataclass(frozen=True)
class Stack:
    """A created stack."""

    outputs: Mapping[str, str]


def create(aws: LocalAws, template: Template, parameters: Mapping[str, str]) -> Stack:
    """Create the template's resources and return the stack's outputs."""
    cloudformation = boto3.client("cloudformation", **aws.connection)
    cloudformation.create_stack(
        StackName=NAME,
        TemplateBody=template.without(*UNKNOWN_TO_MOTO),
        Parameters=[{"ParameterKey": name, "ParameterValue": value} for name, value in parameters.items()],
    )
    (description,) = cloudformation.describe_stacks(StackName=NAME)["Stacks"]
    created = cloudformation.describe_stack_resources(StackName=NAME)["StackResources"]
    names = {resource["LogicalResourceId"]: resource["PhysicalResourceId"] for resource in created}
    references = _references(aws, template, parameters, names)
    _expire_items(aws, template, names)
    _let_into_queues(aws, template, references)
    _configure_buckets(aws, template, names, references)
    return Stack({output["OutputKey"]: output["OutputValue"] for output in description["Outputs"]})


def _references(
    aws: LocalAws, template: Template, parameters: Mapping[str, str], names: Mapping[str, str]
) -> References:
    values: dict[str, Any] = {
        "AWS::AccountId": boto3.client("sts", **aws.connection).get_caller_identity()["Account"],
        "AWS::Partition": "aws",
        "AWS::Region": aws.connection["region_name"],
        **names,
    }
    for name, declared in template.document["Parameters"].items():
        given = parameters.get(name, declared.get("Default"))
        values[name] = given.split(",") if declared["Type"] == "CommaDelimitedList" else given
    sqs = boto3.client("sqs", **aws.connection)
    attributes = {
        (queue.logical_id, "Arn"): sqs.get_queue_attributes(
            QueueUrl=names[queue.logical_id], AttributeNames=["QueueArn"]
        )["Attributes"]["QueueArn"]
        for queue in template.resources("AWS::SQS::Queue")
    }
    return References(values, attributes)


def _expire_items(aws: LocalAws, template: Template, names: Mapping[str, str]) -> None:
    dynamodb = boto3.client("dynamodb", **aws.connection)
    for table in template.resources("AWS::DynamoDB::Table"):
        if expiry := table.properties.get("TimeToLiveSpecification"):
            dynamodb.update_time_to_live(TableName=names[table.logical_id], TimeToLiveSpecification=expiry)


def _let_into_queues(aws: LocalAws, template: Template, references: References) -> None:
    sqs = boto3.client("sqs", **aws.connection)
    for policy in template.resources("AWS::SQS::QueuePolicy"):
        properties = references.resolve(policy.properties)
        for queue_url in properties["Queues"]:
            sqs.set_queue_attributes(
                QueueUrl=queue_url, Attributes={"Policy": json.dumps(properties["PolicyDocument"])}
            )


def _configure_buckets(aws: LocalAws, template: Template, names: Mapping[str, str], references: References) -> None:
    s3 = boto3.client("s3", **aws.connection)
    for bucket in template.resources("AWS::S3::Bucket"):
        name = names[bucket.logical_id]
        properties = references.resolve(bucket.properties)
        rules = [_cors_rule(rule) for rule in properties["CorsConfiguration"]["CorsRules"]]
        s3.put_bucket_cors(Bucket=name, CORSConfiguration={"CORSRules": rules})
        queues = [_notification(queue) for queue in properties["NotificationConfiguration"]["QueueConfigurations"]]
        s3.put_bucket_notification_configuration(Bucket=name, NotificationConfiguration={"QueueConfigurations": queues})


def _cors_rule(rule: Mapping[str, Any]) -> CORSRuleTypeDef:
    """Translate CloudFormation's words for a CORS rule into S3's."""
    return {
        "AllowedHeaders": rule["AllowedHeaders"],
        "AllowedMethods": rule["AllowedMethods"],
        "AllowedOrigins": rule["AllowedOrigins"],
        "ExposeHeaders": rule["ExposedHeaders"],
        "MaxAgeSeconds": rule["MaxAge"],
    }


def _notification(configuration: Mapping[str, Any]) -> QueueConfigurationTypeDef:
    """Translate CloudFormation's words for a notification into S3's."""
    return {
        "QueueArn": configuration["Queue"],
        "Events": [configuration["Event"]],
        "Filter": {"Key": {"FilterRules": configuration["Filter"]["S3Key"]["Rules"]}},
    }
