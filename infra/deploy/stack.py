"""The CloudFormation stack of a stage."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, Final, Protocol

from botocore.exceptions import ClientError, WaiterError

from infra.deploy.releases import OUTPUT

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mypy_boto3_cloudformation import CloudFormationClient
    from mypy_boto3_cloudformation.literals import CapabilityType
    from mypy_boto3_cloudformation.type_defs import ParameterTypeDef, StackTypeDef, WaiterConfigTypeDef
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_s3.type_defs import ObjectIdentifierTypeDef

    from infra.deploy.releases import Release

NOTHING_TO_CHANGE: Final = "No updates are to be performed"  # in CloudFormation's error message
BUCKET: Final = "Bucket"  # logical id; CloudFormation cannot delete a bucket that is not empty
# For the functions' roles, and for the SAM transform.
CAPABILITIES: Final[list[CapabilityType]] = ["CAPABILITY_IAM", "CAPABILITY_AUTO_EXPAND"]
POLL_SECONDS: Final = 5
# One hour: a custom domain can take forty minutes.
WAIT: Final[WaiterConfigTypeDef] = {"Delay": POLL_SECONDS, "MaxAttempts": 720}


class StackFailed(Exception):
    """CloudFormation rejected a change or rolled it back, or did not finish it in time; the message says why."""


class _StackWaiter(Protocol):
    """One of boto3's waiters for a stack."""

    def wait(self, *, StackName: str, WaiterConfig: WaiterConfigTypeDef) -> None:  # noqa: N803 - boto3's names
        """Wait until the stack has the waiter's state. Raises WaiterError."""


class Stack:
    """The CloudFormation stack of a stage. Methods raise botocore's ClientError for failures that they do not name."""

    def __init__(self, stage: str, cloudformation: CloudFormationClient, s3: S3Client) -> None:
        self.name = f"janus-{stage}"
        self._cloudformation = cloudformation
        self._s3 = s3

    def deploy(self, release: Release) -> bool:
        """Create or update the stack from a release and wait until that is done; return False if nothing had to change.

        Raises StackFailed. A stack whose creation fails is deleted.
        """
        parameters: list[ParameterTypeDef] = [
            {"ParameterKey": name, "ParameterValue": value} for name, value in release.parameters.items()
        ]
        if self._described() is not None:
            return self._update(parameters, TemplateURL=release.template_url)
        created = self._cloudformation.create_stack(
            StackName=self.name,
            TemplateURL=release.template_url,
            Parameters=parameters,
            Capabilities=CAPABILITIES,
            OnFailure="DELETE",
        )
        self._wait(self._cloudformation.get_waiter("stack_create_complete"), created["StackId"])
        return True

    def set_parameters(self, changed: Mapping[str, str]) -> bool:
        """Change only the given parameters, and wait until that is done; return False if nothing had to change.

        Raises StackFailed, also if there is no stack.
        """
        described = self._described()
        if described is None:
            raise StackFailed(f"The stack {self.name} does not exist.")
        parameters: list[ParameterTypeDef] = [
            {"ParameterKey": other["ParameterKey"], "UsePreviousValue": True}
            for other in described.get("Parameters", [])
            if other["ParameterKey"] not in changed
        ]
        parameters += [{"ParameterKey": name, "ParameterValue": value} for name, value in changed.items()]
        return self._update(parameters, UsePreviousTemplate=True)

    def _update(self, parameters: list[ParameterTypeDef], **template: Any) -> bool:
        try:
            self._cloudformation.update_stack(
                StackName=self.name, Parameters=parameters, Capabilities=CAPABILITIES, **template
            )
        except ClientError as error:
            if NOTHING_TO_CHANGE in error.response["Error"]["Message"]:
                return False
            raise
        self._wait(self._cloudformation.get_waiter("stack_update_complete"), self.name)
        return True

    def _wait(self, waiter: _StackWaiter, stack: str) -> None:
        """Wait for a stack, by its name, or by its id, which still finds a deleted one. Raises StackFailed."""
        try:
            waiter.wait(StackName=stack, WaiterConfig=WAIT)
        except WaiterError as error:
            raise StackFailed("\n".join(self._failures(stack)) or str(error)) from error

    def outputs(self) -> Mapping[str, str]:
        """Return the values of the stack's outputs by name; empty if there is no stack."""
        described = self._described()
        listed = [] if described is None else described.get("Outputs", [])
        return {output["OutputKey"]: output["OutputValue"] for output in listed}

    def release(self) -> str | None:
        """Return the name of the deployed release; None if there is no stack or its outputs do not name one."""
        return self.outputs().get(OUTPUT)

    def resource(self, logical_id: str) -> str:
        """Return the physical id of a resource of the stack. Raises botocore's ClientError if it does not exist."""
        found = self._cloudformation.describe_stack_resource(StackName=self.name, LogicalResourceId=logical_id)
        return found["StackResourceDetail"]["PhysicalResourceId"]

    def delete(self) -> None:
        """Delete all objects in the bucket, delete the stack, and wait until it is deleted. Raises StackFailed."""
        self._empty(self.resource(BUCKET))
        self._cloudformation.delete_stack(StackName=self.name)
        self._wait(self._cloudformation.get_waiter("stack_delete_complete"), self.name)

    def _empty(self, bucket: str) -> None:
        """Delete all objects of a bucket with all their versions."""
        for page in self._s3.get_paginator("list_object_versions").paginate(Bucket=bucket):
            versions = [*page.get("Versions", []), *page.get("DeleteMarkers", [])]
            objects: list[ObjectIdentifierTypeDef] = [
                {"Key": version["Key"], "VersionId": version["VersionId"]} for version in versions
            ]
            if objects:
                self._s3.delete_objects(Bucket=bucket, Delete={"Objects": objects, "Quiet": True})

    def drift(self) -> list[str]:
        """Return the differences between the resources on AWS and the template, an empty list if there are none.

        A line describes a changed property or a deleted resource. Waits until CloudFormation has compared the
        resources. Raises StackFailed if that fails.
        """
        detection = self._cloudformation.detect_stack_drift(StackName=self.name)["StackDriftDetectionId"]
        while True:
            state = self._cloudformation.describe_stack_drift_detection_status(StackDriftDetectionId=detection)
            if state["DetectionStatus"] != "DETECTION_IN_PROGRESS":
                break
            time.sleep(POLL_SECONDS)
        if state["DetectionStatus"] == "DETECTION_FAILED":
            raise StackFailed(state.get("DetectionStatusReason", "The drift detection failed."))
        drifts = self._cloudformation.describe_stack_resource_drifts(
            StackName=self.name, StackResourceDriftStatusFilters=["MODIFIED", "DELETED"]
        )["StackResourceDrifts"]
        modified = [
            f"{drift['LogicalResourceId']}{difference['PropertyPath']}: "
            f"{difference['ExpectedValue']} in the template, {difference['ActualValue']} on AWS"
            for drift in drifts
            for difference in drift.get("PropertyDifferences", [])
        ]
        return modified + [
            f"{drift['LogicalResourceId']}: deleted"
            for drift in drifts
            if drift["StackResourceDriftStatus"] == "DELETED"
        ]

    def _described(self) -> StackTypeDef | None:
        try:
            (described,) = self._cloudformation.describe_stacks(StackName=self.name)["Stacks"]
        except ClientError as error:
            if "does not exist" in error.response["Error"]["Message"]:
                return None
            raise
        return described

    def _failures(self, stack: str) -> list[str]:
        """Return the failed resources with the reasons, oldest first."""
        events = self._cloudformation.describe_stack_events(StackName=stack)["StackEvents"]
        return [
            f"{event['LogicalResourceId']}: {event.get('ResourceStatusReason', event['ResourceStatus'])}"
            for event in reversed(events)
            if event["ResourceStatus"].endswith("FAILED")
        ]
