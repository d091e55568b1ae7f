from collections.abc import Callable
from typing import Any, NotRequired, TypedDict

class Term(TypedDict):
    type: str
    value: str
    datatype: NotRequired[str]

class Triple(TypedDict):
    subject: Term
    predicate: Term
    object: Term

class Options(TypedDict):
    documentLoader: Callable[[str, Any], Any]

def flatten(input_: Any, ctx: Any = None, options: Options | None = None) -> list[dict[str, Any]]: ...
def to_rdf(input_: Any, options: Options | None = None) -> dict[str, list[Triple]]: ...
