"""The native form of a result, as types, and its JSON Schemas, which say what a reader may rely on.

Within one schema number members and enumeration values may be added, and none is removed, renamed or given another
meaning. So nothing in a schema forbids members that it doesn't name.
"""

from types import MappingProxyType
from typing import Annotated, Any, Final, Literal

import msgspec

from januslens.accessibility.native import Report
from januslens.decode.scale import ScaleSource
from januslens.tokens import dtcg

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"


class Image(msgspec.Struct, frozen=True):
    """The analyzed image in the native form of a result: its file format, its size in pixels, and its scale.

    `scale` is in image pixels per CSS pixel, `scale_source` says how it was determined, and `scale_confidence`, 0 to 1,
    is the probability that it is right to within a tenth. `scale_interval` is from the smallest to the largest scale
    that the image may have; verdicts hold for all of them. `notes` are sentences on how the image was decoded.
    """

    format: str
    width: int
    height: int
    scale: float
    scale_source: ScaleSource
    scale_confidence: Annotated[float, msgspec.Meta(ge=0, le=1)]
    notes: list[str]
    scale_interval: list[float] | None = None


class Result(msgspec.Struct, frozen=True, kw_only=True):
    """The native form of an analysis result. A part that failed is null, and `failures` has its error code by name.

    The names are `accessibility` and `tokens`. `schema` is the number of this form, `scale` the same as in `image`.
    `tokens` is a document in the Design Tokens format (DTCG) 2025.10; what it has under `$extensions` is described by
    the token extension's own schema.
    """

    schema: Literal[3]
    scale: float
    image: Image
    accessibility: Report | None
    tokens: dict[str, Any] | None
    failures: dict[str, str]


def result_schema() -> dict[str, Any]:
    """Return the JSON Schema of the native form of an analysis result."""
    return {"$schema": DIALECT, "title": "Janus result", **msgspec.json.schema(Result)}


def token_extension_schema() -> dict[str, Any]:
    """Return the JSON Schema of the evidence that tokens and groups have under `io.github.janus` in `$extensions`.

    It describes that value in the tokens of an analysis result, not the tokens themselves.
    """
    title = f"Janus token extension, {dtcg.EXTENSION}"
    return {"$schema": DIALECT, "title": title, **msgspec.json.schema(dtcg.Evidence)}


SCHEMAS: Final = MappingProxyType({"result.json": result_schema, "token-extension.json": token_extension_schema})
"""The schemas by the names under which they are published."""
