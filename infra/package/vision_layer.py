"""The vision layer: the packages that an analysis imports, and the models that detect and recognize text."""

from pathlib import Path
from typing import Final

from infra import PROJECT
from infra.package import archive, wheels
from januslens.text import detector, recognizer

PYTHON: Final = "python"  # the folder of a layer that Lambda adds to the path
MODELS: Final = (detector.MODEL, recognizer.MODEL)
NEVER_IMPORTED: Final = (
    # The library of the C interface, a second copy of what the Python module contains.
    "onnxruntime/capi/libonnxruntime.so.*",
    "onnxruntime/backend",
    "onnxruntime/datasets",
    "onnxruntime/quantization",
    "onnxruntime/tools",
    "onnxruntime/transformers",
    "numpy/_pyinstaller",
    "numpy/conftest.py",
    "numpy/f2py",
    "numpy/doc",
    "numpy/_core/include",
    "numpy/random/_examples",
)


def build(work: Path, target: Path) -> None:
    """Write the archive of the vision layer to target, using the folder `work`.

    The Lambda layer contains the packages that an analysis imports, and the models that detect and recognize text.
    Raises CalledProcessError if pip fails.
    """
    tree = work / "layer"
    packages = tree / PYTHON
    wheels.install(packages, PROJECT / "requirements-vision.txt", PROJECT / "requirements-models.txt")
    _keep_models(packages / "rapidocr")
    archive.remove(packages, NEVER_IMPORTED)
    archive.trim(packages)
    archive.compile_sources(packages)
    archive.write(tree, target)


def _keep_models(package: Path) -> None:
    """Remove everything from the models' package but the models and an empty __init__.py."""
    models = {package / "models" / name for name in MODELS}
    for path in sorted(package.rglob("*"), reverse=True):
        if path.is_file() and path not in models:
            path.unlink()
        elif path.is_dir() and not any(path.iterdir()):
            path.rmdir()
    (package / "__init__.py").touch()
