"""The packaged template: what Chalice made of the functions and the resources, and how each stage keeps its data."""

import json
from pathlib import Path
from typing import Any, Final

# Resources that hold what people made, or what tells their sessions.
HOLDING: Final = ("AWS::DynamoDB::Table", "AWS::S3::Bucket", "AWS::SecretsManager::Secret")
KEPT_IN: Final = "prod"
# What a creation that failed leaves would stand in the next one's way, and holds nothing yet.
KEPT: Final = {"DeletionPolicy": "RetainExceptOnCreate", "UpdateReplacePolicy": "Retain"}
DELETED: Final = {"DeletionPolicy": "Delete", "UpdateReplacePolicy": "Delete"}
TEMPLATE: Final = "template.json"
FUNCTIONS: Final = "functions.zip"
LAYER: Final = "vision-layer.zip"


def write(document: dict[str, Any], stage: str, folder: Path) -> None:
    """Write the template."""
    for resource in document["Resources"].values():
        if resource["Type"] in HOLDING:
            # CloudFormation takes no parameter here, so that each stage has a template of its own.
            resource.update(KEPT if stage == KEPT_IN else DELETED)
        elif resource["Type"] == "AWS::Serverless::Function":
            resource["Properties"]["CodeUri"] = f"./{FUNCTIONS}"
    (folder / TEMPLATE).write_text(json.dumps(document, indent=2, sort_keys=True) + "\n", "utf-8")
