"""Releases: the packages of a stage in S3, each a template with its archives and parameters.

Archives are named by their hashes, so that an unchanged archive is uploaded once and no release changes another.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from infra.package import deployable

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime
    from pathlib import Path

    from mypy_boto3_s3 import S3Client

ARCHIVES: Final = "archives"
RELEASES: Final = "releases"
OUTPUT: Final = "Release"  # the stack's output with the name of its release
# S3 rejects this region as a LocationConstraint: it is the default.
DEFAULT_REGION: Final = "us-east-1"


@dataclass(frozen=True)
class Release:
    """A published release of a stage: its name, the URL of its template in S3, and its CloudFormation parameters.

    Names start with the time of publication, so that they sort by it.
    """

    name: str
    template_url: str
    parameters: Mapping[str, str]


class NoSuchRelease(Exception):
    """The stage has no earlier release."""


class Releases:
    """The releases of a stage, in an S3 bucket that all stages of an account and region share.

    Methods raise botocore's ClientError or BotoCoreError if a request to S3 fails.
    """

    def __init__(self, stage: str, account: str, s3: S3Client) -> None:
        self._folder = f"{RELEASES}/{stage}/"
        self._region = s3.meta.region_name
        self._bucket = f"janus-deployments-{account}-{self._region}"
        self._s3 = s3

    def publish(self, folder: Path, parameters: Mapping[str, str], now: datetime) -> Release:
        """Upload the package in a folder as a new release, and return it, without deploying it.

        The release is named by the time and a hash of its template. An archive that was uploaded before is not uploaded
        again. The bucket is created if it does not exist.
        """
        self._create_bucket()
        template = _with_archives(json.loads((folder / deployable.TEMPLATE).read_text("utf-8")), folder, self._upload)
        digest = hashlib.sha256(json.dumps(template, sort_keys=True).encode()).hexdigest()
        name = f"{now:%Y%m%dT%H%M%SZ}-{digest[:12]}"
        template["Outputs"][OUTPUT] = {"Description": "The deployed release", "Value": name}
        self._put(self._template(name), template)
        release = self._release(name, parameters)
        self.save_parameters(release, parameters)
        return release

    def save_parameters(self, release: Release, parameters: Mapping[str, str]) -> None:
        """Save the parameters that a release is deployed with, in place of earlier ones."""
        self._put(self._parameters(release.name), parameters)

    def before(self, name: str) -> Release:
        """Return the latest release that was published before the named one, with its saved parameters.

        Raises NoSuchRelease if there is none.
        """
        earlier = [other for other in self._names() if other < name]
        if not earlier:
            raise NoSuchRelease(f"There is no release before {name}.")
        previous = max(earlier)
        parameters = self._s3.get_object(Bucket=self._bucket, Key=self._parameters(previous))["Body"]
        return self._release(previous, json.loads(parameters.read()))

    def _release(self, name: str, parameters: Mapping[str, str]) -> Release:
        url = f"https://{self._bucket}.s3.{self._region}.amazonaws.com/{self._template(name)}"
        return Release(name, url, parameters)

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

    def _create_bucket(self) -> None:
        """Create the bucket unless it exists."""
        if any(bucket["Name"] == self._bucket for bucket in self._s3.list_buckets()["Buckets"]):
            return
        if self._region == DEFAULT_REGION:
            self._s3.create_bucket(Bucket=self._bucket)
        else:
            location: Any = {"LocationConstraint": self._region}
            self._s3.create_bucket(Bucket=self._bucket, CreateBucketConfiguration=location)
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
        """Upload an archive unless it exists, and return its S3 URL."""
        with archive.open("rb") as file:
            key = f"{ARCHIVES}/{hashlib.file_digest(file, 'sha256').hexdigest()}.zip"
        if not self._s3.list_objects_v2(Bucket=self._bucket, Prefix=key).get("Contents"):
            self._s3.upload_file(str(archive), self._bucket, key)
        return f"s3://{self._bucket}/{key}"

    def _put(self, key: str, document: Mapping[str, Any]) -> None:
        body = json.dumps(document, sort_keys=True).encode()
        self._s3.put_object(Bucket=self._bucket, Key=key, Body=body, ContentType="application/json")


def _with_archives(template: dict[str, Any], folder: Path, upload: Callable[[Path], str]) -> dict[str, Any]:
    """Return the template with the paths of its archives replaced by the URLs that upload returns for them."""
    for resource in template["Resources"].values():
        for name in ("CodeUri", "ContentUri"):
            if name in resource.get("Properties", {}):
                resource["Properties"][name] = upload(folder / resource["Properties"][name])
    return template
