"""What a test starts, as markers that nobody sets by hand: `aws`, `browser`, `stack`, or `core` for nothing of these.

Only a fixture that starts something for one of its parameters gives that parameter its marker itself.
A test starts what it, or a fixture that it uses, refers to in STARTING. `make check` runs the core tests.
"""

from collections.abc import Callable, Iterator
from types import CodeType, ModuleType
from typing import Any, Final

import pytest

STARTING: Final = {  # by the module that starts it, and those below
    "moto": "aws",
    "infra.local.aws": "aws",
    "playwright": "browser",
    "tests.running_stack": "stack",
}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark each test by what it starts; one that starts nothing and is not `slow` is core."""
    for item in items:
        if isinstance(item, pytest.Function):
            for marker in _started(item):
                item.add_marker(marker)
            if not any(item.get_closest_marker(marker) for marker in ("slow", *STARTING.values())):
                item.add_marker("core")


def _started(item: pytest.Function) -> set[str]:
    fixtures = (fixture.func for fixtures in item._fixtureinfo.name2fixturedefs.values() for fixture in fixtures)
    return {
        marker
        for function in (item.function, *fixtures)
        for value in _referred(function)
        for name, marker in STARTING.items()
        if f"{_module(value)}.".startswith(f"{name}.")
    }


def _referred(function: Callable[..., Any]) -> Iterator[object]:
    """Yield the global objects that a function, or one defined in it, refers to."""
    codes = [function.__code__]
    while codes:
        code = codes.pop()
        yield from (function.__globals__[name] for name in code.co_names if name in function.__globals__)
        codes += [constant for constant in code.co_consts if isinstance(constant, CodeType)]


def _module(value: object) -> str:
    return value.__name__ if isinstance(value, ModuleType) else getattr(value, "__module__", None) or ""
