"""Reports as Chromium shows them."""

from collections.abc import Callable
from typing import Any

import pytest

from chalicelib.exports.formats import FORMATS
from chalicelib.exports.subject import Subject
from tests.exports.conftest import OpenFile
from tests.exports.visit import Visit

Visiting = Callable[..., Any]


@pytest.fixture(scope="session")
def visit(open_file: OpenFile) -> Visiting:
    """Open a report as a file and return what `look` makes of it. Other arguments are those of a browser's context."""

    def open_report(of: Subject, look: Callable[[Visit], Any], **options: Any) -> Any:
        return open_file(FORMATS["html"].write(of), look, **options)

    return open_report
