"""Reports as Chromium shows them."""

from collections.abc import Callable
from typing import Any

import pytest

from januslens.exports.reports.formats import FORMATS
from januslens.exports.reports.subject import Subject
from tests.januslens.exports.conftest import OpenFile
from tests.januslens.exports.visit import Visit

Visiting = Callable[..., Any]


@pytest.fixture(scope="session")
def visit(open_file: OpenFile) -> Visiting:
    """Open a report as a file and return what `look` makes of it. Other arguments are those of a browser's context."""

    def open_report(of: Subject, look: Callable[[Visit], Any], **options: Any) -> Any:
        return open_file(FORMATS["html"].write(of), look, **options)

    return open_report
