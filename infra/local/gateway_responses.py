"""API Gateway's own responses, from the template's x-amazon-apigateway-gateway-responses."""

import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final

PROBLEM: Final = "application/problem+json"
HEADER: Final = "gatewayresponse.header."


class GatewayError(Exception):
    """The gateway of the local stack responds to a request itself, without invoking the app.

    response_type is one of the template's types of gateway responses, such as DEFAULT_4XX.
    """

    def __init__(self, response_type: str) -> None:
        super().__init__(response_type)
        self.response_type = response_type


@dataclass(frozen=True)
class GatewayResponse:
    """An HTTP response of the local gateway; a header with several values has a list of them."""

    status: int
    headers: Mapping[str, str | list[str]]
    body: bytes


@dataclass(frozen=True)
class GatewayResponses:
    """The gateway responses of the template by response type, such as DEFAULT_4XX."""

    responses: Mapping[str, Any]

    def of_type(self, response_type: str, path: str) -> GatewayResponse:
        """Return the gateway response of a type, with problem details as its body, to a request for a path.

        Raises KeyError if the template has no such type.
        """
        response = self.responses[response_type]
        context = {"context.path": path, "context.requestId": str(uuid.uuid4())}
        problem = json.loads(response["responseTemplates"][PROBLEM])
        body = {name: context.get(str(value).removeprefix("$"), value) for name, value in problem.items()}
        return GatewayResponse(int(response["statusCode"]), self._headers(response, context), json.dumps(body).encode())

    def of_status(self, status: HTTPStatus, detail: str, path: str) -> GatewayResponse:
        """Return the response with a status and a detail to a request that is not valid HTTP.

        The template has no response type for such requests; only the headers are those of DEFAULT_4XX.
        """
        response = self.responses["DEFAULT_4XX"]
        request_id = str(uuid.uuid4())
        body = {
            "type": f"urn:janus:problem:{status.name.lower()}",
            "title": status.phrase,
            "status": status.value,
            "detail": detail,
            "instance": path,
            "request_id": request_id,
        }
        headers = self._headers(response, {"context.requestId": request_id})
        return GatewayResponse(status.value, headers, json.dumps(body).encode())

    @staticmethod
    def _headers(response: Mapping[str, Any], context: Mapping[str, str]) -> Mapping[str, str]:
        given = {
            name.removeprefix(HEADER): context.get(value, value[1:-1])  # a static value is between apostrophes
            for name, value in response["responseParameters"].items()
        }
        return given | {"Content-Type": PROBLEM}
