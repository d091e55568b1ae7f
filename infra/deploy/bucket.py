"""Emptying the bucket, which CloudFormation deletes only when there is nothing in it."""

from typing import TYPE_CHECKING

import boto3

if TYPE_CHECKING:
    from mypy_boto3_s3.type_defs import ObjectIdentifierTypeDef


def empty(bucket: str, region: str) -> None:
    """Delete all objects, with all their versions."""
    s3 = boto3.client("s3", region_name=region)
    for page in s3.get_paginator("list_object_versions").paginate(Bucket=bucket):
        versions = [*page.get("Versions", []), *page.get("DeleteMarkers", [])]
        found: list[ObjectIdentifierTypeDef] = [
            {"Key": version["Key"], "VersionId": version["VersionId"]} for version in versions
        ]
        if found:
            s3.delete_objects(Bucket=bucket, Delete={"Objects": found, "Quiet": True})
