"""The packages of every stage as tools of others see them, and an analysis with nothing but what is packaged."""

import ctypes
import hashlib
import json
import os
import resource
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import boto3
import pytest
from moto import mock_aws

from infra import PROJECT, stages
from infra.local import aws
from infra.local.stack import Stack
from infra.package import deployable, functions
from infra.package.__main__ import build
from tests.infra.cloudformation import STAND_IN, for_moto, required_parameters, translated

MEGABYTE = 2**20
SAMPLE = PROJECT / "chalicelib/web/sample.png"
BUCKET = "deployments"
ADDRESS_SPACE = 1769 * MEGABYTE  # what Lambda gives with one whole core
PR_CAPBSET_DROP, CAP_DAC_OVERRIDE = 24, 1  # linux/prctl.h, linux/capability.h

# What Lambda does around a function, with the two folders alone on the path.
RUN = """
import json, os, sys
tree = sys.argv[1]
sys.path[:0] = [f"{tree}/functions", f"{tree}/layer/python"]
for folder, _, _ in os.walk(tree):
    try:
        open(f"{folder}/written", "w")
    except OSError:
        continue
    sys.exit(f"{folder} can be written to")
from types import SimpleNamespace
import app
context = SimpleNamespace(aws_request_id="invocation", function_name="janus-local-analyze-uploads")
print(json.dumps(app.analyze_uploads(json.loads(sys.argv[2]), context)))
files = [getattr(module, "__file__", None) or "" for module in sys.modules.values()]
assert not [file for file in files if "site-packages" in file]
"""


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("package") / "prod"
    build("prod", folder)
    return folder


@pytest.fixture(scope="module")
def unpacked(package: Path) -> Iterator[Path]:
    """The two archives in a folder that can't be written to."""
    with tempfile.TemporaryDirectory() as name:
        tree = Path(name, "lambda")
        for archive, folder in ((deployable.FUNCTIONS, "functions"), (deployable.LAYER, "layer")):
            with zipfile.ZipFile(package / archive) as packed:
                packed.extractall(tree / folder)
        _change_modes(tree, without=0o222)
        yield tree
        _change_modes(tree, more=0o200)


def _change_modes(tree: Path, *, without: int = 0, more: int = 0) -> None:
    for path in (tree, *tree.rglob("*")):
        path.chmod(path.stat().st_mode & ~without | more)


@pytest.fixture(scope="module")
def templates(package: Path, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Path]:
    """The packaged template of every stage."""
    packaged = {"prod": package / deployable.TEMPLATE}
    for stage in stages.names() - {"prod"}:
        work = tmp_path_factory.mktemp(stage)
        deployable.write(functions.package(stage, work), stage, work)
        packaged[stage] = work / deployable.TEMPLATE
    return packaged


STAGES = pytest.mark.parametrize("stage", sorted(stages.names()))


def size(tree: Path) -> float:
    return sum(path.stat().st_size for path in tree.rglob("*") if path.is_file()) / MEGABYTE


def in_s3(template: Path) -> Any:
    """Return a template as it is once its archives are uploaded."""
    document = json.loads(template.read_text("utf-8"))
    for found in document["Resources"].values():
        for name in {"CodeUri", "ContentUri"} & set(found.get("Properties", {})):
            found["Properties"][name] = f"s3://{BUCKET}/archive.zip"
    return document


def test_the_same_input_gives_the_same_bytes(package: Path, tmp_path: Path) -> None:
    build("prod", tmp_path / "prod")
    one, other = (
        {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}
        for folder in (package, tmp_path / "prod")
    )
    assert one == other


def test_both_archives_fit_into_a_function(unpacked: Path) -> None:
    of_functions, botocore, layer = (size(unpacked / folder) for folder in ("functions", "functions/botocore", "layer"))
    assert of_functions - botocore <= 25
    assert layer <= 150
    assert of_functions + layer <= 250


def test_no_test_or_stub_or_second_library_is_packaged(unpacked: Path) -> None:
    files = [path.relative_to(unpacked) for path in unpacked.rglob("*") if path.is_file()]
    assert not [path for path in files if path.suffix in (".pyi", ".pyx", ".c", ".a") or "tests" in path.parts]
    assert not [path for path in files if path.name.startswith("libonnxruntime.so")]
    assert not [path for path in files if path.parts[0] == "functions" and path.parts[1] in ("pip", "numpy", "PIL")]


def test_swagger_ui_is_packaged(unpacked: Path) -> None:
    assert list(unpacked.glob("functions/flask_openapi3_swagger/**/swagger-ui-bundle.js"))


def test_an_upload_is_analyzed_with_nothing_but_what_is_packaged(
    unpacked: Path, local_aws: aws.LocalAws, local_stack: Stack
) -> None:
    bucket, key = local_stack.environment["JANUS_BUCKET"], "uploads/owner/image"
    dynamodb = boto3.client("dynamodb", **local_aws.connection)
    record = {"owner_id": "owner", "id": "image", "name": "a.png", "content_type": "image/png"}
    attributes: Any = {name: {"S": text} for name, text in record.items()}
    attributes |= {"size": {"N": "1"}, "status": {"S": "awaiting_upload"}, "schema_version": {"N": "1"}}
    attributes["awaiting_upload_at"] = {"S": "2026-03-01T12:00:00.000000+0000"}
    dynamodb.put_item(TableName=local_stack.environment["JANUS_IMAGES_TABLE"], Item=attributes)
    s3 = boto3.client("s3", **local_aws.connection)
    s3.put_object(Bucket=bucket, Key=key, Body=SAMPLE.read_bytes())
    announced = {"Records": [{"eventTime": "2026-03-01T12:00:00Z", "s3": {"object": {"key": key}}}]}
    message = {"messageId": "message", "receiptHandle": "handle", "body": json.dumps(announced)}

    answer = run_alone(unpacked, {"Records": [message]}, {**local_aws.environment, **local_stack.environment})

    lines = [json.loads(line) for line in answer.splitlines()]
    assert {"batchItemFailures": []} in lines
    assert {"decode", "text_detection", "whole"} <= {line.get("phase") for line in lines}
    stored = {found["Key"] for found in s3.list_objects_v2(Bucket=bucket)["Contents"]}
    assert {"results/owner/image.json.gz", "views/owner/image/overlay.png"} <= stored


def run_alone(tree: Path, event: Any, environment: Mapping[str, str]) -> str:
    """Run the analysis function on an event as Lambda would: with its memory, and nowhere to write but /tmp."""
    kept = {name: value for name, value in environment.items() if name.startswith(("AWS_", "JANUS_", "no_proxy"))}

    def restrict() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (ADDRESS_SPACE, ADDRESS_SPACE))
        if os.geteuid() == 0:  # root may write everywhere, unless it lost that
            ctypes.CDLL(None).prctl(PR_CAPBSET_DROP, CAP_DAC_OVERRIDE, 0, 0, 0)

    ended = subprocess.run(  # noqa: S603  our own code
        [sys.executable, "-I", "-S", "-B", "-c", RUN, tree, json.dumps(event)],
        env={**kept, "AWS_REGION": aws.REGION, "PATH": os.environ["PATH"]},
        cwd="/tmp",  # noqa: S108  as in Lambda
        preexec_fn=restrict,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    return ended.stdout


@STAGES
def test_cfn_lint_finds_nothing(templates: Mapping[str, Path], stage: str) -> None:
    lint = Path(sys.executable).with_name("cfn-lint")
    found = subprocess.run([lint, templates[stage]], capture_output=True, text=True, check=False)  # noqa: S603
    assert (found.returncode, found.stdout) == (0, "")


@STAGES
def test_a_stage_gives_every_parameter_that_has_no_default(templates: Mapping[str, Path], stage: str) -> None:
    document = json.loads(templates[stage].read_text("utf-8"))
    given = set(stages.parameters(stage))
    assert required_parameters(document) <= given <= set(document["Parameters"])


def test_what_people_made_is_kept_in_prod_alone(templates: Mapping[str, Path]) -> None:
    for stage, path in templates.items():
        resources = json.loads(path.read_text("utf-8"))["Resources"].values()
        policies = {found["DeletionPolicy"] for found in resources if found["Type"] in deployable.HOLDING}
        assert policies == {"RetainExceptOnCreate" if stage == "prod" else "Delete"}


def test_only_the_analysis_has_the_layer(templates: Mapping[str, Path]) -> None:
    resources = json.loads(templates["prod"].read_text("utf-8"))["Resources"]
    assert [name for name, found in resources.items() if "Layers" in found.get("Properties", {})] == ["AnalyzeUploads"]


def test_a_message_is_hidden_for_six_times_as_long_as_its_function_may_run(templates: Mapping[str, Path]) -> None:
    document = json.loads(templates["prod"].read_text("utf-8"))
    defaults = {name: declared.get("Default") for name, declared in document["Parameters"].items()}

    def number(value: Any) -> int:
        return int(defaults[value["Ref"]] if isinstance(value, dict) else value)

    taken = {}
    for name, found in document["Resources"].items():
        for source in (
            found.get("Properties", {}).get("Events", {}).values() if found["Type"].endswith("Function") else ()
        ):
            if source["Type"] == "SQS":
                queue = source["Properties"]["Queue"]["Fn::Sub"].removeprefix("${").removesuffix(".Arn}")
                taken[name] = (
                    number(document["Resources"][queue]["Properties"]["VisibilityTimeout"]),
                    number(found["Properties"]["Timeout"]),
                    source["Properties"]["FunctionResponseTypes"],
                )
    assert set(taken) == {"AnalyzeUploads", "FailDeadLetters", "PurgeDeleted", "ExportData"}
    assert all(hidden >= 6 * timeout for hidden, timeout, _ in taken.values())
    assert all(answers == ["ReportBatchItemFailures"] for *_, answers in taken.values())


@STAGES
def test_moto_creates_what_it_knows_of_what_sam_makes_of_it(
    templates: Mapping[str, Path], stage: str, monkeypatch: pytest.MonkeyPatch, package: Path
) -> None:
    monkeypatch.setenv("AWS_DEFAULT_REGION", aws.REGION)
    parameters = stages.parameters(stage, "https://api.example/api")
    document = for_moto(translated(in_s3(templates[stage]), parameters))
    with mock_aws():
        s3 = boto3.client("s3")
        s3.create_bucket(Bucket=BUCKET)
        s3.upload_file(str(package / deployable.FUNCTIONS), BUCKET, "archive.zip")
        s3.put_object(Bucket=BUCKET, Key="template.json", Body=json.dumps(document))
        cloudformation = boto3.client("cloudformation")
        cloudformation.create_stack(
            StackName="janus",
            TemplateURL=f"https://{BUCKET}.s3.amazonaws.com/template.json",
            Parameters=[{"ParameterKey": name, "ParameterValue": value} for name, value in parameters.items()],
            Capabilities=["CAPABILITY_IAM"],
        )
        made = cloudformation.list_stack_resources(StackName="janus")["StackResourceSummaries"]
        api = boto3.client("lambda").get_function_configuration(FunctionName=f"janus-{stage}-api")
    assert {found["LogicalResourceId"] for found in made} == set(document["Resources"])
    variables = api["Environment"]["Variables"]
    assert variables["JANUS_PAGE_URL"] == "https://api.example/api"
    assert variables["JANUS_CORS_ORIGINS"] == "https://api.example"
    assert STAND_IN not in {value for name, value in variables.items() if name != "JANUS_JWT_KEYS_SECRET"}


def test_checkov_fails_nothing_that_is_not_answered(templates: Mapping[str, Path]) -> None:
    checkov = PROJECT / ".venv/checkov/bin/checkov"
    if not checkov.exists():
        pytest.skip("Checkov is installed by make, in an environment of its own")
    command = [checkov, "--config-file", PROJECT / "infra/checkov.yaml", "--output", "json"]
    found = subprocess.run(  # noqa: S603  our own tool
        [*command, "--file", templates["prod"]], capture_output=True, text=True, check=False
    )
    report = json.loads(found.stdout)
    failed = [f"{check['check_id']} {check['resource']}" for check in report["results"]["failed_checks"]]
    assert failed == []
    assert report["summary"]["passed"] > 100
