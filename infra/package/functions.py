"""The functions' archive: the output of `chalice package` without what Lambda never runs."""

import json
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any, Final

from infra import PROJECT, functions, template
from infra.package import archive, wheels

LIBRARY: Final = "januslens"
SOURCES: Final = ("app.py", "chalicelib", ".chalice", "constraints.txt")
# Chalice adds its runtime to the package. As a requirement it would add its command line, too, with pip.
PACKAGED_BY_CHALICE: Final = "chalice=="
SERVICES: Final = ("cloudwatch", "dynamodb", "s3", "secretsmanager", "ses", "sqs", "sts")
NEVER_IMPORTED: Final = (
    "aws_lambda_powertools/event_handler",
    "aws_lambda_powertools/utilities/[a-ik-z]*",  # the metrics import jmespath_utils only
)


def package(stage: str, work: Path) -> dict[str, Any]:
    """Run `chalice package` for a stage in the folder `work`, and return the resulting CloudFormation template.

    It contains the functions and the resources of the resource template. Raises CalledProcessError if chalice or pip
    fails.
    """
    source, packaged = work / "source", work / "packaged"
    _assemble(source)
    _chalice_package(source, stage, packaged)
    document: dict[str, Any] = json.loads((packaged / "sam.json").read_text("utf-8"))
    return document


def archive_packaged(work: Path, target: Path) -> None:
    """Write the functions' archive to target from the output of `package` in the same folder `work`.

    Files that Lambda never uses are left out, such as tests and botocore's data of other services; the sources are
    compiled.
    """
    packaged, tree = work / "packaged", work / "functions"
    with zipfile.ZipFile(packaged / "deployment.zip") as deployment:
        deployment.extractall(tree)
    archive.trim(tree)
    archive.remove(tree, NEVER_IMPORTED)
    _keep_services(tree / "botocore/data")
    archive.compile_sources(tree)
    archive.write(tree, target)


def _assemble(source: Path) -> None:
    """Copy the sources of the package, with the functions' policies, pinned requirements and the resource template."""
    source.mkdir(parents=True)
    for name in SOURCES:
        path = PROJECT / name
        if path.is_dir():
            _copy_tree(path, source / name)
        else:
            shutil.copy(path, source)
    for function in functions.all_functions():
        (source / ".chalice" / function.policy_file).write_text(json.dumps(function.policy()), "utf-8")
    lines = (PROJECT / "requirements.txt").read_text("utf-8").splitlines()
    requirements = [line for line in lines if not line.startswith(PACKAGED_BY_CHALICE)]
    (source / "requirements.txt").write_text("\n".join(["-c constraints.txt", *requirements, ""]), "utf-8")
    (source / "resources.json").write_text(json.dumps(template.load().document), "utf-8")
    # Chalice packages app.py, chalicelib and the content of vendor/: the library, and Swagger UI without the
    # dependencies of its wheel.
    vendor = source / "vendor"
    _copy_tree(PROJECT / LIBRARY, vendor / LIBRARY)
    wheels.install(vendor, PROJECT / "requirements-reference.txt")


def _copy_tree(source: Path, target: Path) -> None:
    shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__", "deployments"))


def _chalice_package(source: Path, stage: str, packaged: Path) -> None:
    command = ["package", "--stage", stage, "--merge-template", "resources.json", str(packaged)]
    chalice = Path(sys.executable).with_name("chalice")
    subprocess.run(  # noqa: S603 - our own tool
        [chalice, *command], cwd=source, check=True, stdout=subprocess.DEVNULL, env=wheels.environment()
    )


def _keep_services(data: Path) -> None:
    for path in data.iterdir():
        if path.is_dir() and path.name not in SERVICES:
            shutil.rmtree(path)
