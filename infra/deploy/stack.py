"""A stage's CloudFormation stack."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, Final, Protocol

import boto3
from botocore.exceptions import ClientError, WaiterError

from infra.deploy.releases import OUTPUT

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mypy_boto3_cloudformation import CloudFormationClient
    from mypy_boto3_cloudformation.literals import CapabilityType
    from mypy_boto3_cloudformation.type_defs import ParameterTypeDef, StackTypeDef, WaiterConfigTypeDef

    from infra.deploy.releases import Release

NOTHING_TO_CHANGE: Final = "No updates are to be performed"
# The functions' roles, and SAM's transform.
CAPABILITIES: Final[list[CapabilityType]] = ["CAPABILITY_IAM", "CAPABILITY_AUTO_EXPAND"]
GONE: Final = "DELETED"
POLL_SECONDS: Final = 5
# An hour: a custom domain may take forty minutes.
WAIT: Final[WaiterConfigTypeDef] = {"Delay": POLL_SECONDS, "MaxAttempts": 720}


class StackFailed(Exception):
    """CloudFormation refused a change, or took it back; the text says why."""


class _StackWaiter(Protocol):
    """One of boto's waiters for a stack."""

    def wait(self, *, StackName: str, WaiterConfig: WaiterConfigTypeDef) -> None:  # noqa: N803  boto's names
        """Wait until it is done. Raises WaiterError."""


class Stack:
    """The stack of a stage."""

    def __init__(self, stage: str, region: str) -> None:
        self.name = f"janus-{stage}"
        self._cloudformation: CloudFormationClient = boto3.client("cloudformation", region_name=region)

    def deploy(self, release: Release, parameters: Mapping[str, str]) -> bool:
        """Make the stack what a release says; False if it was that already. Raises StackFailed."""
        given: list[ParameterTypeDef] = [
            {"ParameterKey": name, "ParameterValue": value} for name, value in parameters.items()
        ]
        if self._described() is not None:
            return self._update(given, TemplateURL=release.template_url)
        created = self._cloudformation.create_stack(
            StackName=self.name,
            TemplateURL=release.template_url,
            Parameters=given,
            Capabilities=CAPABILITIES,
            OnFailure="DELETE",
        )
        self._wait(self._cloudformation.get_waiter("stack_create_complete"), created["StackId"])
        return True

    def set_parameters(self, changed: Mapping[str, str]) -> bool:
        """Change some parameters and nothing else; False if they were that already. Raises StackFailed."""
        described = self._described()
        if described is None:
            raise StackFailed(f"there is no stack {self.name}")
        given: list[ParameterTypeDef] = [
            {"ParameterKey": other["ParameterKey"], "UsePreviousValue": True}
            for other in described.get("Parameters", [])
            if other["ParameterKey"] not in changed
        ]
        given += [{"ParameterKey": name, "ParameterValue": value} for name, value in changed.items()]
        return self._update(given, UsePreviousTemplate=True)

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
        """Wait for a stack by its name, or by its id, which a deleted one keeps. Raises StackFailed."""
        try:
            waiter.wait(StackName=stack, WaiterConfig=WAIT)
        except WaiterError as error:
            raise StackFailed("\n".join(self._reasons(stack)) or str(error)) from error

    def outputs(self) -> Mapping[str, str]:
        """Return the stack's outputs; none where there is no stack."""
        described = self._described()
        listed = [] if described is None else described.get("Outputs", [])
        return {output["OutputKey"]: output["OutputValue"] for output in listed}

    def release(self) -> str | None:
        """Return the name of the release that the stack is, None where there is no stack."""
        return self.outputs().get(OUTPUT)

    def resource(self, logical_id: str) -> str:
        """Return the name that a resource has."""
        found = self._cloudformation.describe_stack_resource(StackName=self.name, LogicalResourceId=logical_id)
        return found["StackResourceDetail"]["PhysicalResourceId"]

    def delete(self) -> None:
        """Delete the stack, and wait until it is gone. Raises StackFailed."""
        self._cloudformation.delete_stack(StackName=self.name)
        self._wait(self._cloudformation.get_waiter("stack_delete_complete"), self.name)

    def drifted(self) -> list[str]:
        """Return what differs from the template, a line a property. Raises StackFailed."""
        detection = self._cloudformation.detect_stack_drift(StackName=self.name)["StackDriftDetectionId"]
        while True:
            state = self._cloudformation.describe_stack_drift_detection_status(StackDriftDetectionId=detection)
            if state["DetectionStatus"] != "DETECTION_IN_PROGRESS":
                break
            time.sleep(POLL_SECONDS)
        if state["DetectionStatus"] == "DETECTION_FAILED":
            raise StackFailed(state.get("DetectionStatusReason", "the comparison failed"))
        drifts = self._cloudformation.describe_stack_resource_drifts(
            StackName=self.name, StackResourceDriftStatusFilters=["MODIFIED", GONE]
        )["StackResourceDrifts"]
        return [
            f"{drift['LogicalResourceId']}{difference['PropertyPath']}: "
            f"{difference['ExpectedValue']} in the template, {difference['ActualValue']} on AWS"
            for drift in drifts
            for difference in drift.get("PropertyDifferences", [])
        ] + [f"{drift['LogicalResourceId']}: deleted" for drift in drifts if drift["StackResourceDriftStatus"] == GONE]

    def _described(self) -> StackTypeDef | None:
        try:
            (described,) = self._cloudformation.describe_stacks(StackName=self.name)["Stacks"]
        except ClientError as error:
            if "does not exist" in error.response["Error"]["Message"]:
                return None
            raise
        return described

    def _reasons(self, stack: str) -> list[str]:
        """Return what failed lately and why, first things first."""
        events = self._cloudformation.describe_stack_events(StackName=stack)["StackEvents"]
        return [
            f"{event['LogicalResourceId']}: {event.get('ResourceStatusReason', event['ResourceStatus'])}"
            for event in reversed(events)
            if event["ResourceStatus"].endswith("FAILED")
        ]
