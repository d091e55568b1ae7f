"""Releases: packages in S3, each a template and the archives that it names. An earlier one can be gone back to.

Archives are named by their hashes: what didn't change isn't uploaded again, and no release changes another.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import boto3

from infra.package import deployable

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime
    from pathlib import Path

    from mypy_boto3_s3 import S3Client

ARCHIVES: Final = "archives"
RELEASES: Final = "releases"
OUTPUT: Final = "Release"  # by which a stack says which release it is
DEFAULT_REGION: Final = "us-east-1"  # in which S3 wants a bucket's region not to be said


@dataclass(frozen=True)
class Release:
    """A template in S3 and the parameters that it was deployed with."""

    name: str
    template_url: str
    parameters: Mapping[str, str]


class NoSuchRelease(Exception):
    """There is no earlier release to go back to."""


class Releases:
    """The releases of a stage, in a bucket that all stages of an account and region share."""

    def __init__(self, stage: str, account: str, region: str) -> None:
        self._stage = stage
        self._region = region
        self._bucket = f"janus-deployments-{account}-{region}"
        self._s3: S3Client = boto3.client("s3", region_name=region)

    def publish(self, folder: Path, parameters: Mapping[str, str], now: datetime) -> Release:
        """Upload a package."""
        self._make_bucket()
        template = _with_archives(json.loads((folder / deployable.TEMPLATE).read_text("utf-8")), folder, self._upload)
        digest = hashlib.sha256(json.dumps(template, sort_keys=True).encode()).hexdigest()
        name = f"{now:%Y%m%dT%H%M%SZ}-{digest[:12]}"
        template["Outputs"][OUTPUT] = {"Description": "Which release this is", "Value": name}
        self._put(self._template(name), json.dumps(template, sort_keys=True).encode())
        release = self._release(name, parameters)
        self.republish(release, parameters)
        return release

    def republish(self, release: Release, parameters: Mapping[str, str]) -> None:
        """Note that a release is deployed with other parameters."""
        self._put(self._parameters(release.name), json.dumps(parameters).encode())

    def before(self, name: str) -> Release:
        """Return the release before one. Raises NoSuchRelease."""
        older = [other for other in self._names() if other < name]
        if not older:
            raise NoSuchRelease(f"there is no release before {name}")
        name = max(older)
        parameters = self._s3.get_object(Bucket=self._bucket, Key=self._parameters(name))["Body"]
        return self._release(name, json.loads(parameters.read()))

    def _release(self, name: str, parameters: Mapping[str, str]) -> Release:
        url = f"https://{self._bucket}.s3.{self._region}.amazonaws.com/{self._template(name)}"
        return Release(name, url, parameters)

    @property
    def _folder(self) -> str:
        return f"{RELEASES}/{self._stage}/"

    def _template(self, name: str) -> str:
        return f"{self._folder}{name}/{deployable.TEMPLATE}"

    def _parameters(self, name: str) -> str:
        return f"{self._folder}{name}/parameters.json"

    def _names(self) -> list[str]:
        pages = self._s3.get_paginator("list_objects_v2").paginate(
            Bucket=self._bucket, Prefix=self._folder, Delimiter="/"
        )
        prefixes = [found["Prefix"] for page in pages for found in page.get("CommonPrefixes", [])]
        return [prefix.removeprefix(self._folder).rstrip("/") for prefix in prefixes]

    def _make_bucket(self) -> None:
        if any(bucket["Name"] == self._bucket for bucket in self._s3.list_buckets()["Buckets"]):
            return
        if self._region == DEFAULT_REGION:
            self._s3.create_bucket(Bucket=self._bucket)
        else:
            where: Any = {"LocationConstraint": self._region}
            self._s3.create_bucket(Bucket=self._bucket, CreateBucketConfiguration=where)
        self._s3.put_public_access_block(
            Bucket=self._bucket,
            PublicAccessBlockConfiguration={
                "BlockPublicAcls": True,
                "BlockPublicPolicy": True,
                "IgnorePublicAcls": True,
                "RestrictPublicBuckets": True,
            },
        )

    def _upload(self, archive: Path) -> str:
        """Upload an archive unless it is there, and return its address."""
        with archive.open("rb") as file:
            key = f"{ARCHIVES}/{hashlib.file_digest(file, 'sha256').hexdigest()}.zip"
        if not self._s3.list_objects_v2(Bucket=self._bucket, Prefix=key).get("Contents"):
            self._s3.upload_file(str(archive), self._bucket, key)
        return f"s3://{self._bucket}/{key}"

    def _put(self, key: str, content: bytes) -> None:
        self._s3.put_object(Bucket=self._bucket, Key=key, Body=content, ContentType="application/json")


def _with_archives(template: dict[str, Any], folder: Path, upload: Callable[[Path], str]) -> dict[str, Any]:
    """Return the template with its archives' addresses in the place of their paths."""
    for resource in template["Resources"].values():
        for name in ("CodeUri", "ContentUri"):
            if name in resource.get("Properties", {}):
                resource["Properties"][name] = upload(folder / resource["Properties"][name])
    return template
