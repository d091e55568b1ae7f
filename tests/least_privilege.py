"""The requests that the functions make to AWS in all tests, compared with what their policies grant.

Every request of botocore is noted with the function whose code made it, which the stack shows. After a run of all tests
that can make one, a request that is not granted, or a grant that was never used, fails the run.
"""

import functools
import sys
import threading
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import CodeType, FrameType
from typing import Any, Final

import pytest
from botocore.client import BaseClient
from botocore.signers import RequestSigner, S3PostPresigner
from chalice.app import EventSourceHandler, RestAPIEventHandler

import app
from chalicelib.jobs.handlers import handle_data_exports, handle_purges, handle_schedule, handle_uploads
from chalicelib.services.accounts.data_export import DataExportService
from chalicelib.services.accounts.deletion import PurgeService
from chalicelib.services.analyses import AnalysesService
from infra import functions
from tests.policies import Permission, granted, logical_id_of

# The code that each function runs, and the function's handler. A scheduled job needs no line: it is attributed to the
# function whose name the invocation carries.
HANDLERS: Final[dict[CodeType, EventSourceHandler]] = {
    AnalysesService.upload_arrived.__code__: app.analyze_uploads,
    AnalysesService.give_up.__code__: app.fail_dead_letters,
    PurgeService.purge_user.__code__: app.purge_deleted,
    PurgeService.purge_project.__code__: app.purge_deleted,
    handle_purges.__code__: app.purge_deleted,
    DataExportService.make.__code__: app.export_data,
    handle_data_exports.__code__: app.export_data,
}
BY_NAME: Final = {function.name: function.logical_id for function in functions.all_functions()}
BY_STAGE_NAME: Final = {function.stage_name: function.logical_id for function in functions.all_functions()}
# What Lambda does in a function's name: it takes the messages and writes the log lines.
OF_LAMBDA: Final = {
    "logs:CreateLogStream",
    "logs:PutLogEvents",
    "sqs:ReceiveMessage",
    "sqs:DeleteMessage",
    "sqs:GetQueueAttributes",
}
ACTIONS: Final = {
    "s3:HeadBucket": "s3:ListBucket",
    "s3:ListObjectsV2": "s3:ListBucket",
    "s3:CreateMultipartUpload": "s3:PutObject",
    "s3:UploadPart": "s3:PutObject",
    "s3:CompleteMultipartUpload": "s3:PutObject",
}
WHOLE: Final = ("", "not core")  # as in the Makefile; core tests make no request
TESTS: Final = f"{Path(__file__).parent}/"
ORIGIN: Final = "any"  # a key that is signed to see an address, and never sent
SERVICES: Final = {"monitoring": "cloudwatch", "email": "ses"}

asked: set[Permission] = set()
_of_thread = threading.local()


def _function() -> str | None:
    """Return the logical id of the function that the running code belongs to, None for a test's own requests."""
    frame: FrameType | None = sys._getframe(3)
    while frame is not None and TESTS not in frame.f_code.co_filename:
        if (function := _function_of(frame)) is not None:
            return function
        frame = frame.f_back
    return getattr(_of_thread, "function", None)


def _function_of(frame: FrameType) -> str | None:
    code = frame.f_code
    if code is RestAPIEventHandler._main_rest_api_handler.__code__:
        return BY_NAME[functions.API]
    if code is handle_schedule.__code__:
        name: str = frame.f_locals["event"].context.function_name  # janus-STAGE-name-of-function
        return BY_STAGE_NAME[name.split("-", 2)[2]]
    if code is handle_uploads.__code__:
        use_case = frame.f_locals["handle"]
        code = getattr(use_case, "__func__", use_case).__code__
    return BY_NAME[HANDLERS[code].func.__name__] if code in HANDLERS else None


def _note(service: str, operation: str, arguments: dict[str, Any]) -> None:
    function = _function()
    if function is not None:
        prefix = SERVICES.get(service, service)
        asked.update(Permission(function, action, resource) for action, resource in _asks(prefix, operation, arguments))


def _asks(service: str, operation: str, arguments: dict[str, Any]) -> Iterator[tuple[str, str]]:
    match service:
        case "dynamodb":
            yield from _asks_dynamodb(operation, arguments)
        case "s3":
            yield from _asks_s3(operation, arguments)
        case "sqs":
            name = arguments.get("QueueName") or arguments["QueueUrl"].rpartition("/")[2]
            yield f"sqs:{operation}", logical_id_of(name)
        case "secretsmanager":
            yield f"secretsmanager:{operation}", "JwtKeys"
        case "ses":
            yield f"ses:{operation}", "EmailIdentity"
        case _:
            yield f"{service}:{operation}", "*"


def _asks_dynamodb(operation: str, arguments: dict[str, Any]) -> Iterator[tuple[str, str]]:
    if operation == "TransactWriteItems":
        for item in arguments["TransactItems"]:
            ((kind, write),) = item.items()
            yield (
                f"dynamodb:{'ConditionCheckItem' if kind == 'ConditionCheck' else kind + 'Item'}",
                logical_id_of(write["TableName"]),
            )
    elif operation == "TransactGetItems":
        for item in arguments["TransactItems"]:
            yield "dynamodb:GetItem", logical_id_of(item["Get"]["TableName"])
    elif "RequestItems" in arguments:
        for table in arguments["RequestItems"]:
            yield f"dynamodb:{operation}", logical_id_of(table)
    else:
        index = f"/index/{arguments['IndexName']}" if "IndexName" in arguments else ""
        yield f"dynamodb:{operation}", logical_id_of(arguments["TableName"]) + index


def _asks_s3(operation: str, arguments: dict[str, Any]) -> Iterator[tuple[str, str]]:
    action = ACTIONS.get(f"s3:{operation}", f"s3:{operation}")
    if operation == "DeleteObjects":
        action, keys = "s3:DeleteObject", [item["Key"] for item in arguments["Delete"]["Objects"]]
    elif "Key" in arguments:
        keys = [arguments["Key"]]
    else:
        yield action, "Bucket"
        return
    for key in keys:
        if key == ORIGIN:
            continue
        yield action, f"Bucket/{key.partition('/')[0]}/*"


def _noting_calls(call: Any) -> Any:
    @functools.wraps(call)
    def noted(client: BaseClient, operation: str, arguments: dict[str, Any]) -> Any:
        _note(client.meta.service_model.endpoint_prefix, operation, arguments)
        return call(client, operation, arguments)

    return noted


def _noting_signed_addresses(sign: Any) -> Any:
    @functools.wraps(sign)
    def noted(signer: RequestSigner, **arguments: Any) -> Any:
        _note("s3", arguments["operation_name"], {"Key": _key(arguments["request_dict"]["url"])})
        return sign(signer, **arguments)

    return noted


def _noting_signed_forms(sign: Any) -> Any:
    @functools.wraps(sign)
    def noted(presigner: S3PostPresigner, **arguments: Any) -> Any:
        _note("s3", "PutObject", {"Key": arguments["fields"]["key"]})
        return sign(presigner, **arguments)

    return noted


def _handing_on(submit: Any) -> Any:
    """Attribute what a thread asks for to the function that gave it the work."""

    @functools.wraps(submit)
    def handing_on(executor: ThreadPoolExecutor, call: Any, *arguments: Any, **options: Any) -> Any:
        function = _function()

        def called() -> Any:
            _of_thread.function = function
            return call(*arguments, **options)

        return submit(executor, called)

    return handing_on


def _key(url: str) -> str:
    return url.partition("?")[0].split("/", 3)[3]


def install() -> None:
    """Note what boto is asked from now on."""
    patch = pytest.MonkeyPatch()  # never undone
    for asker, name, noting in (
        (BaseClient, "_make_api_call", _noting_calls),
        (RequestSigner, "generate_presigned_url", _noting_signed_addresses),
        (S3PostPresigner, "generate_presigned_post", _noting_signed_forms),
        (ThreadPoolExecutor, "submit", _handing_on),
    ):
        patch.setattr(asker, name, noting(vars(asker)[name]))


def pytest_testnodedown(node: Any) -> None:
    """Gather what another process noted."""
    asked.update(Permission(*noted) for noted in getattr(node, "workeroutput", {}).get("asked", []))


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Hand on what was noted, or judge it where all tests were run."""
    config = session.config
    if hasattr(config, "workeroutput"):
        config.workeroutput["asked"] = [tuple(permission) for permission in sorted(asked)]
    elif exitstatus == pytest.ExitCode.OK and _everything_ran(config):
        config.stash[DIFFERENCES] = list(differences())
        if config.stash[DIFFERENCES]:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """Say what differs."""
    if found := config.stash.get(DIFFERENCES, []):
        terminalreporter.section("policies that are not what the functions need", red=True)
        for line in found:
            terminalreporter.line(line)


DIFFERENCES: Final = pytest.StashKey[list[str]]()


def _everything_ran(config: pytest.Config) -> bool:
    chosen = config.option
    whole = not (chosen.keyword or chosen.deselect or chosen.ignore) and chosen.markexpr in WHOLE
    return whole and config.args == config.getini("testpaths")


def differences() -> Iterable[str]:
    """Yield what was asked and isn't granted, and what is granted and was never asked."""
    allowed = granted()
    for permission in sorted(asked - allowed):
        yield f"not granted: {' '.join(permission)}"
    for permission in sorted(allowed - asked):
        if permission.action not in OF_LAMBDA:
            yield f"never used: {' '.join(permission)}"
