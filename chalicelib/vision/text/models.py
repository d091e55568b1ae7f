"""The networks that find and read text: PP-OCR's, as ONNX files (Apache-2.0).

They are in the `rapidocr` wheel, none of whose code is used.
"""

import importlib.util
from pathlib import Path

import onnxruntime


class ModelMissing(RuntimeError):
    """A model's file is not installed."""


def open_model(name: str) -> onnxruntime.InferenceSession:
    """Load a network; raises ModelMissing if its file is not installed."""
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3  # errors only: a warning a shape is no news to an operator
    return onnxruntime.InferenceSession(model_path(name), options, providers=["CPUExecutionProvider"])


def model_path(name: str) -> Path:
    """Return where a model's file is; raises ModelMissing if it is not installed."""
    package = importlib.util.find_spec("rapidocr")
    for location in (package and package.submodule_search_locations) or ():
        path = Path(location, "models", name)
        if path.is_file():
            return path
    raise ModelMissing(f"{name} is not installed: pip install --no-deps -r requirements-models.txt")
