"""The mistakes that are planted: mutmut's operators where they suit, and four of our own."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import libcst as cst
from libcst.metadata import MetadataWrapper, PositionProvider
from mutmut.mutation import mutators

Operator = Callable[[Any], Iterable[cst.CSTNode]]

# A variable or a lambda that becomes None is noticed by the first line that uses it, so it shows little about a test.
# Strings are mutated by `change_word` instead.
LEFT_OUT: Final = (mutators.operator_assignment, mutators.operator_lambda, mutators.operator_string)


def change_word(node: cst.SimpleString) -> Iterable[cst.CSTNode]:
    """Change a key, name or pattern. Strings with spaces are sentences, whose wording no test should repeat."""
    if " " not in node.raw_value:
        yield from mutators.operator_string(node)


def drop_call(node: cst.Expr) -> Iterable[cst.CSTNode]:
    """Drop a call made for its effect alone."""
    if isinstance(node.value, cst.Call):
        yield cst.Pass()


def fix_condition(node: cst.If | cst.CompIf) -> Iterable[cst.CSTNode]:
    """Make a condition always false, then always true."""
    test = node.test.with_changes(lpar=[cst.LeftParen()], rpar=[cst.RightParen()])
    yield node.with_changes(test=cst.BooleanOperation(test, cst.And(), cst.Name("False")))
    yield node.with_changes(test=cst.BooleanOperation(test, cst.Or(), cst.Name("True")))


def drop_element(node: cst.Dict | cst.List | cst.Set) -> Iterable[cst.CSTNode]:
    """Drop one element of a literal that has several."""
    if len(node.elements) > 1:
        for index in range(len(node.elements)):
            yield node.with_changes(elements=[*node.elements[:index], *node.elements[index + 1 :]])


OPERATORS: Final[Sequence[tuple[type[cst.CSTNode] | tuple[type[cst.CSTNode], ...], Operator]]] = (
    *(pair for pair in mutators.mutation_operators if pair[1] not in LEFT_OUT),
    (cst.SimpleString, change_word),
    (cst.Expr, drop_call),
    ((cst.If, cst.CompIf), fix_condition),
    ((cst.Dict, cst.List, cst.Set), drop_element),
)


@dataclass(frozen=True)
class Mutation:
    """One mistake that can be planted in a module, at a line counted from 1."""

    line: int
    operator: str
    original: cst.CSTNode
    mutated: cst.CSTNode


class _Collector(cst.CSTVisitor):
    METADATA_DEPENDENCIES = (PositionProvider,)

    def __init__(self) -> None:
        super().__init__()
        self.found: list[Mutation] = []
        self._line = 1

    def on_visit(self, node: cst.CSTNode) -> bool:
        if isinstance(node, cst.Annotation | cst.Import | cst.ImportFrom | cst.TypeAlias) or _is_for_type_checkers(
            node
        ):
            return False
        position = self.get_metadata(PositionProvider, node, None)
        if position is not None:  # some operators have none; they are on the line of what holds them
            self._line = position.start.line
        for kind, operator in OPERATORS:
            if isinstance(node, kind):
                self.found += [Mutation(self._line, operator.__name__, node, mutated) for mutated in operator(node)]
        return True


def _is_for_type_checkers(node: cst.CSTNode) -> bool:
    """Return whether a node is `frozen=True`, or a block of imports under `if TYPE_CHECKING`."""
    if isinstance(node, cst.Arg):
        return node.keyword is not None and node.keyword.value == "frozen"
    return isinstance(node, cst.If) and isinstance(node.test, cst.Name) and node.test.value == "TYPE_CHECKING"


class Module:
    """A module's source with every mistake that can be planted in it."""

    def __init__(self, source: str) -> None:
        wrapper = MetadataWrapper(cst.parse_module(source))
        collector = _Collector()
        self._tree = wrapper.visit(collector)
        self.mutations: Sequence[Mutation] = collector.found

    def plant(self, mutation: Mutation) -> str:
        """Return the module's source with the mistake in it."""
        planted = self._tree.deep_replace(mutation.original, mutation.mutated)
        return cst.ensure_type(planted, cst.Module).code
