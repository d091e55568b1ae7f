"""The core tests, which `make check` runs: they start nothing outside their process and none is marked `slow`.

Nobody marks a test `core`. A test is one unless it, or a fixture that it uses, refers to something from STARTING.
"""

from collections.abc import Callable, Iterator
from types import CodeType, ModuleType
from typing import Any, Final

import pytest

STARTING: Final = ("moto", "playwright", "infra.local.aws", "tests.running_stack")  # modules, with what is below them


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the core tests."""
    for item in items:
        if isinstance(item, pytest.Function) and not item.get_closest_marker("slow") and not _starts_something(item):
            item.add_marker("core")


def _starts_something(item: pytest.Function) -> bool:
    fixtures = (fixture.func for fixtures in item._fixtureinfo.name2fixturedefs.values() for fixture in fixtures)
    return any(_comes_from_starting(value) for function in (item.function, *fixtures) for value in _referred(function))


def _referred(function: Callable[..., Any]) -> Iterator[object]:
    """Yield the global objects that a function, or one defined in it, refers to."""
    codes = [function.__code__]
    while codes:
        code = codes.pop()
        yield from (function.__globals__[name] for name in code.co_names if name in function.__globals__)
        codes += [constant for constant in code.co_consts if isinstance(constant, CodeType)]


def _comes_from_starting(value: object) -> bool:
    module = value.__name__ if isinstance(value, ModuleType) else getattr(value, "__module__", None) or ""
    return any(f"{module}.".startswith(f"{name}.") for name in STARTING)
