"""The packaged template: Chalice's output with the archive of the functions and the stage's deletion policies."""

import json
from pathlib import Path
from typing import Any, Final

from infra import PROJECT

# Resources that hold user data, or the keys of sessions.
STATEFUL: Final = ("AWS::DynamoDB::Table", "AWS::S3::Bucket", "AWS::SecretsManager::Secret")
RETAINED_IN: Final = "prod"
# After a failed creation the resources are empty, and would block the next attempt by their names.
RETAIN: Final = {"DeletionPolicy": "RetainExceptOnCreate", "UpdateReplacePolicy": "Retain"}
DELETE: Final = {"DeletionPolicy": "Delete", "UpdateReplacePolicy": "Delete"}
BUILD: Final = PROJECT / "build"
TEMPLATE: Final = "template.json"
FUNCTIONS: Final = "functions.zip"
LAYER: Final = "vision-layer.zip"


def write(document: dict[str, Any], stage: str, folder: Path) -> None:
    """Write the CloudFormation template of a stage to a folder; document is Chalice's template, which is changed.

    Functions refer to the archive in that folder. Tables, buckets and secrets are retained in prod when the stack is
    deleted, and deleted in other stages.
    """
    for resource in document["Resources"].values():
        if resource["Type"] in STATEFUL:
            # CloudFormation accepts no parameter here, so each stage has its own template.
            resource.update(RETAIN if stage == RETAINED_IN else DELETE)
        elif resource["Type"] == "AWS::Serverless::Function":
            resource["Properties"]["CodeUri"] = f"./{FUNCTIONS}"
    (folder / TEMPLATE).write_text(json.dumps(document, indent=2, sort_keys=True) + "\n", "utf-8")
