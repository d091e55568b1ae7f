"""The resource template, read as `chalice package` reads it."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from chalice.package import YAMLTemplateSerializer

PATH: Final = Path(__file__).parents[1] / "template.yaml"
GATEWAY_RESPONSES: Final = "x-amazon-apigateway-gateway-responses"


class Unresolvable(Exception):
    """A property uses an intrinsic function, or refers to something, that the local stack doesn't know."""


@dataclass(frozen=True)
class Resource:
    """One resource of the template, its properties as written."""

    logical_id: str
    type: str
    properties: Mapping[str, Any]


@dataclass(frozen=True)
class Template:
    """A parsed CloudFormation template."""

    document: Mapping[str, Any]

    def resources(self, of_type: str) -> Iterator[Resource]:
        """Yield the resources of a type, such as AWS::S3::Bucket."""
        for logical_id, resource in self.document["Resources"].items():
            if resource["Type"] == of_type:
                yield Resource(logical_id, of_type, resource["Properties"])

    def gateway_responses(self) -> Mapping[str, Any]:
        """Return what the gateway itself answers, by type of response."""
        (api,) = self.resources("AWS::Serverless::Api")
        responses: Mapping[str, Any] = api.properties["DefinitionBody"][GATEWAY_RESPONSES]
        return responses

    def without(self, *types: str) -> str:
        """Return the template as JSON, less the resources whose type starts so, and with no transform."""
        resources = {
            logical_id: resource
            for logical_id, resource in self.document["Resources"].items()
            if not resource["Type"].startswith(types)
        }
        kept = {name: section for name, section in self.document.items() if name != "Transform"}
        return json.dumps(kept | {"Resources": resources})


@dataclass(frozen=True)
class References:
    """What a template's intrinsic functions stand for in one stack."""

    values: Mapping[str, Any]
    """What Ref gives: parameters, pseudo parameters and resources by their logical id."""
    attributes: Mapping[tuple[str, str], str]
    """What Fn::GetAtt gives, by logical id and attribute."""

    def resolve(self, value: Any) -> Any:
        """Return a property's value with every intrinsic function replaced. Raises Unresolvable."""
        match value:
            case {"Ref": str(name)}:
                return self._found(name, self.values)
            case {"Fn::GetAtt": [str(logical_id), str(attribute)]}:
                return self._found((logical_id, attribute), self.attributes)
            case {"Fn::Sub": str(text)}:
                return self._substituted(text)
            case dict():
                return {name: self._plain(name, inner) for name, inner in value.items()}
            case list():
                return [self.resolve(inner) for inner in value]
            case _:
                return value

    def _substituted(self, text: str) -> str:
        parts = text.split("${")
        pairs = [part.split("}", 1) for part in parts[1:]]
        return parts[0] + "".join(f"{self._found(name, self.values)}{rest}" for name, rest in pairs)

    def _plain(self, name: str, value: Any) -> Any:
        if name.startswith("Fn::"):
            raise Unresolvable(name)
        return self.resolve(value)

    @staticmethod
    def _found[Key](key: Key, among: Mapping[Key, Any]) -> Any:
        if key not in among:
            raise Unresolvable(str(key))
        return among[key]


def load(path: Path = PATH) -> Template:
    """Read a template file."""
    return Template(YAMLTemplateSerializer().load_template(path.read_text("utf-8"), path.name))
