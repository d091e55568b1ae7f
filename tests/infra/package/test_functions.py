"""What `chalice package` is given, without running it."""

import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

from infra.package import functions


def test_the_library_is_packaged_with_the_app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def run(command: Sequence[str], **_: object) -> None:
        if "package" in command:  # Chalice, and not pip
            packaged = Path(command[-1])
            packaged.mkdir()
            (packaged / "sam.json").write_text("{}")

    monkeypatch.setattr(subprocess, "run", run)
    functions.package("prod", tmp_path)
    source = tmp_path / "source"
    for name in (
        *("app.py", "constraints.txt", "requirements.txt", "resources.json"),
        *(".chalice/config.json", "chalicelib/web/index.html", "chalicelib/services/email/messages/welcome.txt"),
        *("vendor/januslens/__init__.py", "vendor/januslens/accessibility/rules/flashing.py"),
    ):
        assert (source / name).is_file(), name
    assert not list(source.rglob("__pycache__"))
