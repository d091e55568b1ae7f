"""Start the local stack, print its URLs, and stop it."""

import queue
import shlex
import signal
import threading
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Final

import boto3

from infra import PROJECT, template
from infra.local import aws, child, demo, listening, options, stack
from infra.terminal import say, warn

LOG_DIRECTORY: Final = PROJECT / ".janus"
MAIL_FROM: Final = "janus@janus.example"
VISIBILITY_MARGIN: Final = 5  # seconds, because the lease of an analysis starts after the visibility timeout

BANNER: Final = """\
Janus is running on this machine.
  Page and API  {api}
  AWS services  {aws}
  Log lines     {log}

Sign in as {email} with the password {password}
  curl -s {api}/auth/login -H 'Content-Type: application/json' \\
    -d '{{"email": "{email}", "password": "{password}"}}'

Or create an account: the links of its emails are printed here.

All data is in memory. Ctrl-C stops the stack and discards it."""


def main(arguments: Sequence[str]) -> int:
    """Run the local stack (API, functions, AWS services, demo user) until Ctrl-C or SIGTERM; return the exit code.

    The code is 0 after these signals, 2 if a port is taken, and 1 if a process of the stack exited or the demo user
    could not sign in.
    """
    chosen = options.parse(arguments)
    for ending in (signal.SIGINT, signal.SIGTERM):
        signal.signal(ending, signal.default_int_handler)
    try:
        first = _run(chosen)
        warn(f"The process of the {first.name} exited with status {first.process.returncode}.")
    except KeyboardInterrupt:
        return 0
    except listening.PortTaken as taken:
        warn(f"{taken}; set PORT or AWS_PORT to another one.")
        return 2
    except demo.NoDemoUser as failure:
        warn(str(failure))
    return 1


def _run(chosen: options.Options) -> child.Child:
    """Run the stack until one of its processes ends unexpectedly, and return that one."""
    with ExitStack() as exits:
        listener = exits.enter_context(listening.listen(chosen.port))
        api_url = listening.url(listener)
        services = aws.start(chosen.aws_port)
        exits.callback(services.stop)
        variables = {**services.environment, **_functions_environment(services, api_url, chosen.analysis_seconds)}
        LOG_DIRECTORY.mkdir(exist_ok=True)
        port = listener.getsockname()[1]
        environment_path = chosen.environment_file or LOG_DIRECTORY / f"{port}.env"
        exits.callback(_write_environment(environment_path, variables).unlink)
        log_path = LOG_DIRECTORY / f"{port}.log"
        log = exits.enter_context(log_path.open("wb"))
        api = child.start(
            "API",
            "infra.local.gateway",
            [str(listener.fileno())],
            environment=variables,
            keep_open=[listener.fileno()],
            output=log,
        )
        exits.callback(api.stop)
        listener.close()
        mapping = child.start(
            "event source mapping",
            "infra.local.event_source_mapping",
            [str(chosen.analysis_seconds)],
            environment=variables,
            output=log,
        )
        exits.callback(mapping.stop)

        demo.register(api_url, variables)
        say(
            BANNER.format(api=api_url, aws=services.url, log=_short(log_path), email=demo.EMAIL, password=demo.PASSWORD)
        )
        return _first_to_end([services.child, api, mapping])


def _functions_environment(services: aws.LocalAws, api_url: str, analysis_seconds: int) -> Mapping[str, str]:
    parameters = {
        "Stage": "local",
        "PageUrl": api_url,
        "AllowedOrigins": f"{api_url},{api_url.replace(listening.HOST, 'localhost')}",
        "MailFrom": MAIL_FROM,
        "VisibilityTimeout": str(analysis_seconds + VISIBILITY_MARGIN),
        "JobsVisibilityTimeout": str(analysis_seconds + VISIBILITY_MARGIN),
        "AnalysisSeconds": str(analysis_seconds),
    }
    created = stack.create(services.connection, template.load(), parameters)
    boto3.client("ses", **services.connection).verify_email_identity(EmailAddress=MAIL_FROM)
    return created.environment


def _write_environment(path: Path, variables: Mapping[str, str]) -> Path:
    """Write the AWS and Janus variables as `export` lines, readable to the owner only."""
    path.touch(mode=0o600)
    lines = [
        f"export {name}={shlex.quote(value)}\n"
        for name, value in variables.items()
        if name.startswith(("AWS_", "JANUS_"))
    ]
    path.write_text("".join(lines), "utf-8")
    return path


def _short(path: Path) -> Path:
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path


def _first_to_end(children: Sequence[child.Child]) -> child.Child:
    ended: queue.SimpleQueue[child.Child] = queue.SimpleQueue()

    def watch(one: child.Child) -> None:
        one.process.wait()
        ended.put(one)

    for one in children:
        threading.Thread(target=watch, args=[one], daemon=True).start()
    return ended.get()
