"""CloudFormation in tests: SAM's translator, and the part of its output that moto can create."""

import json
import re
from collections.abc import Mapping
from typing import Any, Final

from moto.cloudformation.parsing import resource_class_from_type
from samtranslator.translator.transform import transform

# moto does not read the methods in the body of an API, and therefore cannot deploy one.
BEYOND_MOTO: Final = "AWS::ApiGateway::"
STAND_IN: Final = "beyond-moto"


class NoManagedPolicies:
    """A stub for IAM's managed policies, which SAM loads and Janus does not use."""

    @staticmethod
    def load() -> Mapping[str, str]:
        """Return no policy."""
        return {}


def required_parameters(document: Any) -> set[str]:
    """Return the names of a template's parameters that have no default."""
    return {name for name, declared in document["Parameters"].items() if "Default" not in declared}


def translated(document: Any, parameters: Mapping[str, str]) -> Any:
    """Return a template after the SAM transform; its archives must be in S3."""
    return transform(json.loads(json.dumps(document)), dict(parameters), NoManagedPolicies())


def for_moto(document: Any) -> Any:
    """Return a translated template without what moto cannot create; references to that become a fixed string."""
    gone = {
        logical_id
        for logical_id, resource in document["Resources"].items()
        if resource["Type"].startswith(BEYOND_MOTO) or resource_class_from_type(resource["Type"]) is None
    }
    return _without(document, gone) | {
        "Resources": {
            logical_id: _without(resource, gone)
            for logical_id, resource in document["Resources"].items()
            if logical_id not in gone
        }
    }


def _without(value: Any, gone: set[str]) -> Any:
    match value:
        case {"Ref": str(name)} if name in gone:
            return STAND_IN
        case {"Fn::GetAtt": [str(name), *_]} if name in gone:
            return STAND_IN
        case {"Fn::Sub": str(text)}:
            return {"Fn::Sub": re.sub(r"\$\{(\w+)(\.\w+)*\}", lambda m: STAND_IN if m[1] in gone else m[0], text)}
        case dict():
            return {name: _without(inner, gone) for name, inner in value.items()}
        case list():
            return [_without(inner, gone) for inner in value]
        case _:
            return value
