"""The functions' policies, and the resources that they name, by the template's logical ids."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

from infra import functions, template


class Permission(NamedTuple):
    """A function may do an action on a resource, such as `UsersTable/index/by_email`."""

    function: str
    action: str
    resource: str


@cache
def documents() -> dict[str, Any]:
    """Return the policy documents by their functions' logical ids."""
    return {function.logical_id: function.policy() for function in functions.all_functions()}


def granted() -> set[Permission]:
    """Return what all policies grant."""
    return {
        Permission(function, action, resource)
        for function, document in documents().items()
        for statement in document["Statement"]
        for action in statement["Action"]
        for resource in resources_of(statement)
    }


def resources_of(statement: Any) -> Iterator[str]:
    """Yield the resources of a statement."""
    resources = statement["Resource"]
    for resource in resources if isinstance(resources, list) else [resources]:
        match resource:
            case {"Fn::GetAtt": [logical_id, "Arn"]} | {"Ref": logical_id}:
                yield logical_id
            case {"Fn::Sub": text}:
                yield re.sub(r"arn:.*/\$\{(\w+)\}|\$\{(\w+)\.Arn\}", r"\1\2", text)
            case _:
                yield resource


@cache
def _logical_ids() -> dict[str, str]:
    """Return the logical ids of tables and queues by their names without the stage."""
    found = template.load()
    tables = {table.properties["TableName"]["Fn::Sub"]: table for table in found.resources("AWS::DynamoDB::Table")}
    queues = {queue.properties["QueueName"]["Fn::Sub"]: queue for queue in found.resources("AWS::SQS::Queue")}
    return {
        name.removeprefix("janus-${Stage}-"): resource.logical_id for name, resource in {**tables, **queues}.items()
    }


def logical_id_of(name: str) -> str:
    """Return the logical id of a table or a queue; a name that isn't of the template stays as it is."""
    return _logical_ids().get(name.split("-", 2)[-1], name)
