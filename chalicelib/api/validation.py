"""Validation of bodies and queries into typed values.

msgspec parses JSON strictly (RFC 8259: no NaN, no lone surrogate, nothing after the value). Fields are converted one by
one, so that one response names all invalid fields. The description in a field's annotation says what it must be.
"""

import functools
import typing
from collections.abc import Mapping
from types import NoneType
from typing import Any, Final

import msgspec

from chalicelib.api.problems import BODY_TOO_LARGE, MALFORMED_JSON, ApiError, FieldError, invalid_fields

MAX_BODY_BYTES: Final = 256 * 1024


def read_body[T: msgspec.Struct](raw: bytes, into: type[T]) -> T:
    """Parse a JSON body into a type.

    Raises ApiError if the body has more than MAX_BODY_BYTES, is not a JSON object, or has unknown, missing or invalid
    fields; the problem names all these fields.
    """
    if len(raw) > MAX_BODY_BYTES:
        raise ApiError(BODY_TOO_LARGE)
    try:
        body = msgspec.json.decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ApiError(MALFORMED_JSON) from error
    if not isinstance(body, dict):
        raise ApiError(invalid_fields([FieldError("", "must be a JSON object")]))
    return _convert(body, into, strict=True)


def read_query[T: msgspec.Struct](parameters: Mapping[str, list[str]], into: type[T]) -> T:
    """Convert the parameters of a query, whose values are text, into a type.

    Raises ApiError if parameters are repeated, and else if any are unknown, missing or invalid; the problem names all
    of them.
    """
    repeated = [FieldError(name, "is given more than once") for name, values in parameters.items() if len(values) > 1]
    if repeated:
        raise ApiError(invalid_fields(repeated))
    return _convert({name: values[0] for name, values in parameters.items()}, into, strict=False)


def _convert[T: msgspec.Struct](values: Mapping[str, Any], into: type[T], *, strict: bool) -> T:
    fields = {field.encode_name: field for field in msgspec.structs.fields(into)}
    errors = [FieldError(name, "is not a known field") for name in values if name not in fields]
    converted: dict[str, Any] = {}
    for name, field in fields.items():
        if name in values:
            # In a query, "null" is text; msgspec would read it as None.
            expected = field.type if strict else without_null(field.type)
            try:
                converted[field.name] = msgspec.convert(_number(values[name]), expected, strict=strict)
            except msgspec.ValidationError:
                errors.append(FieldError(name, f"must be {_description(field.type)}"))
        elif field.required:
            errors.append(FieldError(name, "is missing"))
    if errors:
        raise ApiError(invalid_fields(errors))
    return into(**converted)


def _number(value: Any) -> Any:
    """Return a number with a zero fraction, such as 3065.0, as an integer; any other value unchanged.

    Source: JSON Schema, Validation, section 6.1.1: such a number is an integer. Fields of type float accept integers.
    """
    return int(value) if isinstance(value, float) and value.is_integer() else value


@functools.cache
def without_null(annotation: Any) -> Any:
    """Return an annotated type with None removed from its union, and with the same annotations.

    A type without None is returned unchanged.
    """
    inner, *metas = typing.get_args(annotation)
    kept = [each for each in typing.get_args(inner) if each is not NoneType]
    if len(kept) == len(typing.get_args(inner)):
        return annotation
    return typing.Annotated[typing.Union[tuple(kept)], *metas]  # noqa: UP007 - the types are known only at run time


def _description(annotation: Any) -> str:
    (description,) = [meta.description for meta in typing.get_args(annotation)[1:]]
    return str(description)
