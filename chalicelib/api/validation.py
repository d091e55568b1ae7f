"""Bodies and queries as typed values: what comes in from outside is checked once, here, and whole.

msgspec reads JSON strictly (RFC 8259: no NaN, no lone surrogate, nothing behind the value). Fields are converted one by
one, so that one answer names all that can't be taken. A field's description, in its annotation, says what it must be.
"""

import functools
import typing
from collections.abc import Mapping
from types import NoneType
from typing import Any, Final

import msgspec

from chalicelib.api.problems import BODY_TOO_LARGE, MALFORMED_JSON, FieldError, Refused, invalid

MAX_BODY_BYTES: Final = 256 * 1024  # bytes


def read_body[T: msgspec.Struct](raw: bytes, into: type[T]) -> T:
    """Read a JSON body. Raises Refused."""
    if len(raw) > MAX_BODY_BYTES:
        raise Refused(BODY_TOO_LARGE)
    try:
        body = msgspec.json.decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Refused(MALFORMED_JSON) from error
    if not isinstance(body, dict):
        raise Refused(invalid([FieldError("", "must be a JSON object")]))
    return _convert(body, into, strict=True)


def read_query[T: msgspec.Struct](parameters: Mapping[str, list[str]], into: type[T]) -> T:
    """Read a query, whose values are text. Raises Refused."""
    repeated = [FieldError(name, "is given more than once") for name, values in parameters.items() if len(values) > 1]
    if repeated:
        raise Refused(invalid(repeated))
    return _convert({name: values[0] for name, values in parameters.items()}, into, strict=False)


def _convert[T: msgspec.Struct](values: Mapping[str, Any], into: type[T], *, strict: bool) -> T:
    fields = {field.encode_name: field for field in msgspec.structs.fields(into)}
    errors = [FieldError(name, "is not a known field") for name in values if name not in fields]
    converted: dict[str, Any] = {}
    for name, field in fields.items():
        if name in values:
            # In a query "null" is four letters; msgspec would take it for nothing.
            expected = field.type if strict else without_null(field.type)
            try:
                converted[field.name] = msgspec.convert(values[name], expected, strict=strict)
            except msgspec.ValidationError:
                errors.append(FieldError(name, f"must be {_description(field.type)}"))
        elif field.required:
            errors.append(FieldError(name, "is missing"))
    if errors:
        raise Refused(invalid(errors))
    return into(**converted)


@functools.cache
def without_null(annotation: Any) -> Any:
    """Return a type without None, that it may be a union with."""
    inner, *metas = typing.get_args(annotation)
    kept = [each for each in typing.get_args(inner) if each is not NoneType]
    if len(kept) == len(typing.get_args(inner)):
        return annotation
    return typing.Annotated[typing.Union[tuple(kept)], *metas]  # noqa: UP007 - of types that are known only here


def _description(annotation: Any) -> str:
    (description,) = [meta.description for meta in typing.get_args(annotation)[1:]]
    return str(description)
