"""The stages and their parameters, from `stages.toml`."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

PATH: Final = Path(__file__).with_name("stages.toml")
PLACEHOLDER_URL: Final = "https://janus.invalid"  # PageUrl of a new stack, until it has a URL


def names() -> set[str]:
    """Return the names of the stages in `stages.toml`."""
    return set(_read())


def parameters(stage: str, api_url: str = PLACEHOLDER_URL) -> dict[str, str]:
    """Return the CloudFormation parameters of a stage by name, from `stages.toml`.

    PageUrl is api_url unless `stages.toml` sets it; AllowedOrigins is by default the origin of PageUrl, joined by
    commas if there are several. Raises KeyError for an unknown stage.
    """
    configured = _read()[stage]
    page_url = str(configured.pop("PageUrl", api_url)).rstrip("/")
    parts = urlsplit(page_url)
    origins = configured.pop("AllowedOrigins", [f"{parts.scheme}://{parts.netloc}"])
    others = {name: str(value) for name, value in configured.items()}
    return {"Stage": stage, "PageUrl": page_url, "AllowedOrigins": ",".join(origins), **others}


def _read() -> Mapping[str, dict[str, Any]]:
    return tomllib.loads(PATH.read_text("utf-8"))
