"""The resource template: the files of `resources/`, merged in the way of `chalice package --merge-template`."""

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from chalice.package import TemplateDeepMerger, YAMLTemplateSerializer

from infra import functions

RESOURCES: Final = Path(__file__).parent / "resources"
GATEWAY_RESPONSES: Final = "x-amazon-apigateway-gateway-responses"


class Unresolvable(Exception):
    """A property uses an unknown intrinsic function, or refers to an unknown name.

    The name is that of a parameter, resource, attribute or condition.
    """


@dataclass(frozen=True)
class Resource:
    """A resource of the resource template, with the intrinsic functions in its properties unresolved."""

    logical_id: str
    type: str
    properties: Mapping[str, Any]


@dataclass(frozen=True)
class Template:
    """The parsed resource template: CloudFormation resources that are merged into Chalice's own template."""

    document: Mapping[str, Any]

    def resources(self, of_type: str) -> Iterator[Resource]:
        """Yield the resources of a CloudFormation type, such as AWS::S3::Bucket."""
        for logical_id, resource in self.document["Resources"].items():
            if resource.get("Type") == of_type:  # additions to Chalice's resources have no type
                yield Resource(logical_id, of_type, resource["Properties"])

    def gateway_responses(self) -> Mapping[str, Any]:
        """Return the gateway responses of the API by response type, such as DEFAULT_4XX, as OpenAPI extensions."""
        (api,) = self.resources("AWS::Serverless::Api")
        responses: Mapping[str, Any] = api.properties["DefinitionBody"][GATEWAY_RESPONSES]
        return responses

    def environment(self) -> Mapping[str, Any]:
        """Return the environment variables of all functions by name, with intrinsic functions unresolved."""
        variables: Mapping[str, Any] = self.document["Globals"]["Function"]["Environment"]["Variables"]
        return variables

    def only(self, types: Collection[str], parameters: Collection[str]) -> str:
        """Return a template in JSON with only the resources of some types, and without the SAM transform.

        It declares the parameters of these names and those that have a default.
        """
        resources = {
            logical_id: resource
            for logical_id, resource in self.document["Resources"].items()
            if resource.get("Type") in types
        }
        declared = self.document["Parameters"].items()
        known = {name: parameter for name, parameter in declared if name in parameters or "Default" in parameter}
        return json.dumps(
            {
                "AWSTemplateFormatVersion": self.document["AWSTemplateFormatVersion"],
                "Parameters": known,
                "Conditions": {"Kept": self.document["Conditions"]["Kept"]},
                "Resources": resources,
            }
        )


@dataclass(frozen=True)
class References:
    """The values that intrinsic functions of a template refer to in one stack."""

    values: Mapping[str, Any]
    """Values of Ref, by the names of parameters and pseudo parameters and the logical ids of resources."""
    attributes: Mapping[tuple[str, str], str]
    """Values of Fn::GetAtt, by logical id and attribute."""
    conditions: Mapping[str, bool]
    """Conditions for Fn::If, by name."""

    def resolve(self, value: Any) -> Any:
        """Return a value with every intrinsic function in it resolved. Raises Unresolvable.

        Ref, Fn::GetAtt, Fn::Sub, Fn::Join and Fn::If are known.
        """
        match value:
            case dict():
                [(name, argument), *others] = value.items() or [("", None)]
                if not others and (name == "Ref" or name.startswith("Fn::")):
                    return self._computed(name, argument)
                return {name: self.resolve(inner) for name, inner in value.items()}
            case list():
                return [self.resolve(inner) for inner in value]
            case _:
                return value

    def _computed(self, function: str, argument: Any) -> Any:
        match function, argument:
            case "Ref", str():
                return self._found(argument, self.values)
            case "Fn::GetAtt", [str(logical_id), str(attribute)]:
                return self._found((logical_id, attribute), self.attributes)
            case "Fn::Sub", str():
                return self._substituted(argument)
            case "Fn::Join", [str(delimiter), listed]:
                return delimiter.join(self.resolve(listed))
            case "Fn::If", [str(condition), then, otherwise]:
                return self.resolve(then if self._found(condition, self.conditions) else otherwise)
            case _:
                raise Unresolvable(function)

    def _substituted(self, text: str) -> str:
        parts = text.split("${")
        pairs = [part.split("}", 1) for part in parts[1:]]
        return parts[0] + "".join(f"{self._found(name, self.values)}{rest}" for name, rest in pairs)

    @staticmethod
    def _found[Key](key: Key, among: Mapping[Key, Any]) -> Any:
        if key not in among:
            raise Unresolvable(str(key))
        return among[key]


def load() -> Template:
    """Return the resource template: the merged files of `infra/resources`, and what the list of functions adds.

    That is a log group and further properties per function, and their metrics in alarms and the dashboard. Raises
    ValueError as `functions.for_each` does.
    """
    document: dict[str, Any] = {}
    for path in sorted(RESOURCES.glob("*.yaml")):
        content: dict[str, Any] = YAMLTemplateSerializer().load_template(path.read_text("utf-8"), path.name)
        content.pop("Metadata", None)  # holds YAML anchors only
        document = TemplateDeepMerger().merge(content, document)
    for function in functions.all_functions():
        document = TemplateDeepMerger().merge({"Resources": function.resources()}, document)
    return Template(functions.for_each(document))
