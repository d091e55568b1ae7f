"""The stages and their parameters: `stages.toml`."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

PATH: Final = Path(__file__).with_name("stages.toml")
UNKNOWN_YET: Final = "https://janus.invalid"  # what a stack is told of itself before it has an address


def names() -> set[str]:
    """Return the names of the stages."""
    return set(_read())


def parameters(stage: str, address: str = UNKNOWN_YET) -> dict[str, str]:
    """Return a stage's parameters as CloudFormation takes them; address is where its API is, if that is known."""
    written = _read()[stage]
    page_url = str(written.pop("PageUrl", address)).rstrip("/")
    parts = urlsplit(page_url)
    origins = written.pop("AllowedOrigins", [f"{parts.scheme}://{parts.netloc}"])
    others = {name: str(value) for name, value in written.items()}
    return {"Stage": stage, "PageUrl": page_url, "AllowedOrigins": ",".join(origins), **others}


def _read() -> Mapping[str, dict[str, Any]]:
    return tomllib.loads(PATH.read_text("utf-8"))
