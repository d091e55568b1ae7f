"""A stored result, read by its schema number: older ones are converted, and what can't be is refused.

The number grows when a reader of the old form would be misled. Members and enumeration values are added without that.
"""

from typing import Final

import msgspec

SCHEMA: Final = 3
WITHOUT_RULES: Final = 2  # the schema before reports carried the rules that they used


class ResultOutdated(Exception):
    """A stored result has a form that cannot be read: too old, newer than this version, or damaged.

    schema is the schema number stated in the result, None if there is none.
    """

    def __init__(self, schema: int | None) -> None:
        super().__init__(f"schema {schema}")
        self.schema = schema


class StoredResult(msgspec.Struct, frozen=True):
    """A stored analysis result in the current form, after conversion if it was older.

    image, accessibility and tokens are undecoded JSON, `null` for a part that failed; failures has the error code of
    such a part by its name.
    """

    image: msgspec.Raw
    accessibility: msgspec.Raw
    tokens: msgspec.Raw
    failures: dict[str, str]


class _Numbered(msgspec.Struct, frozen=True):
    schema: int | None = None


class _Summary(msgspec.Struct, frozen=True):
    rules: dict[str, str]


class _ReportWithoutRules(msgspec.Struct, frozen=True):
    summary: _Summary


def read_result(data: bytes) -> StoredResult:
    """Read a stored analysis result, the JSON of its native form; one with the previous schema number is converted.

    The conversion adds the rules of its report as they are described now. Raises ResultOutdated for any other schema
    number, for a result without the parts that it must have, and for data that is not JSON.
    """
    schema: int | None = None
    try:
        schema = msgspec.json.decode(data, type=_Numbered).schema
        if schema in (SCHEMA, WITHOUT_RULES):
            stored = msgspec.json.decode(data, type=StoredResult)
            return stored if schema == SCHEMA else _with_rules(stored)
    except msgspec.DecodeError as error:
        raise ResultOutdated(schema) from error
    raise ResultOutdated(schema)


def _with_rules(stored: StoredResult) -> StoredResult:
    """Return a result with the rules of its report, as today's rules describe them."""
    from januslens.accessibility.report import native_rules  # noqa: PLC0415  few results are that old
    from januslens.accessibility.rules import RULES  # noqa: PLC0415

    report = msgspec.json.decode(stored.accessibility, type=_ReportWithoutRules | None)
    if report is None:
        return stored
    rules = native_rules([rule for rule in RULES if rule.id in report.summary.rules])
    members = msgspec.json.decode(stored.accessibility, type=dict[str, msgspec.Raw])
    completed = msgspec.json.encode({**members, "rules": rules})
    return msgspec.structs.replace(stored, accessibility=msgspec.Raw(completed))
