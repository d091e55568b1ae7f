"""The command line of `python -m infra.deploy`."""

import pytest
from botocore.exceptions import ClientError, NoCredentialsError

from infra.deploy import __main__
from infra.deploy.deployment import Deployment, DeploymentError
from infra.deploy.releases import NoSuchRelease
from infra.deploy.stack import StackFailed

METHODS = {
    "up": "up",
    "rollback": "rollback",
    "destroy": "destroy",
    "drift": "drift",
    "rotate-keys": "rotate_keys",
    "environment": "environment",
}


class Calls(list[str]):
    """The calls of a deployment; the next one raises `error`."""

    error: Exception | None = None


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> Calls:
    calls = Calls()

    class Recorder:
        def __init__(self, stage: str) -> None:
            calls.append(stage)

    def command(name: str) -> object:
        def run(_: Recorder) -> None:
            calls.append(name)
            if calls.error is not None:
                raise calls.error

        return run

    commands = {name: command(method.__name__) for name, method in __main__.COMMANDS.items()}
    monkeypatch.setattr(__main__, "Deployment", Recorder)
    monkeypatch.setattr(__main__, "COMMANDS", commands)
    return calls


@pytest.mark.parametrize("command", METHODS)
def test_a_command_is_a_method_of_the_deployment(command: str, calls: Calls) -> None:
    assert __main__.main([command, "staging"]) == 0
    assert calls == ["staging", METHODS[command]]


def test_every_command_is_a_method() -> None:
    assert {name: method.__name__ for name, method in __main__.COMMANDS.items()} == METHODS
    assert all(getattr(Deployment, method.__name__) is method for method in __main__.COMMANDS.values())


@pytest.mark.parametrize(
    ("error", "printed"),
    [
        (DeploymentError("The stack janus-dev does not exist."), "The stack janus-dev does not exist."),
        (StackFailed("Queue: name taken\nTable: limit"), "Queue: name taken\nTable: limit"),
        (NoSuchRelease("There is no release before x."), "There is no release before x."),
        (NoCredentialsError(), "Unable to locate credentials"),
        (
            ClientError({"Error": {"Code": "AccessDenied", "Message": "not authorized"}}, "DescribeStacks"),
            "An error occurred (AccessDenied) when calling the DescribeStacks operation: not authorized",
        ),
        (
            FileNotFoundError(2, "No such file or directory", "build/dev"),
            "[Errno 2] No such file or directory: 'build/dev'",
        ),
    ],
    ids=lambda value: type(value).__name__,
)
def test_a_failure_is_printed_and_is_exit_code_1(
    error: Exception, printed: str, calls: Calls, capsys: pytest.CaptureFixture[str]
) -> None:
    calls.error = error
    assert __main__.main(["up", "dev"]) == 1
    assert capsys.readouterr().err == f"janus: {printed}\n"


@pytest.mark.parametrize("arguments", [["up"], ["up", "local"], ["remove", "dev"]])
def test_an_unknown_command_or_stage_is_exit_code_2(
    arguments: list[str], calls: Calls, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        __main__.main(arguments)
    assert ended.value.code == 2
    assert capsys.readouterr().err.startswith("usage: python -m infra.deploy [-h]")
    assert calls == []
