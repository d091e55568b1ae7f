"""Run mirrored tests against copies of the project, a few at a time."""

import importlib.util
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from queue import Queue
from tempfile import TemporaryDirectory
from typing import Final

from infra.terminal import say
from tests.mutants.mirrors import mirrored_tests
from tests.mutants.sample import Mutant

PYTEST: Final = ("-m", "pytest", "-x", "-q", "-n", "0", "-p", "no:cacheprovider", "--hypothesis-seed=0", "--tb=short")
TESTS_PASSED: Final = 0  # pytest's exit codes
NOTHING_COLLECTED: Final = 5
MARGIN: Final = 3  # a mutant may take this many times as long as the tests without it, and START_SECONDS
START_SECONDS: Final = 20
BASELINE_SECONDS: Final = 900


class Verdict(StrEnum):
    """Whether the tests failed with a mutant; one that takes too long is noticed, too."""

    NOTICED = "noticed"
    SURVIVED = "survived"


class TestsFail(Exception):
    """The mirrored tests fail, or there are none, without any mutant."""

    __test__ = False

    def __init__(self, tests: Sequence[Path], output: str) -> None:
        super().__init__(f"{' '.join(map(str, tests))} fail without a mutant:\n{output}")


def _selection(root: Path, tests: Sequence[Path]) -> Iterator[str]:
    """Yield pytest's arguments; of a whole folder the slow tests and those through a browser are left out."""
    yield from map(str, tests)
    if any((root / path).is_dir() for path in tests):
        yield from ("-m", "not slow and not browser and not stack")


@dataclass(frozen=True)
class Copy:
    """A copy of the project whose modules may be overwritten."""

    root: Path

    def run(self, tests: Sequence[Path], seconds: float) -> tuple[int | None, str]:
        """Return pytest's exit code, or None after the time limit, and its output."""
        process = subprocess.Popen(  # noqa: S603 - our own tests
            [sys.executable, *PYTEST, *_selection(self.root, tests)],
            cwd=self.root,
            env={name: value for name, value in os.environ.items() if name != "PYTEST_ADDOPTS"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        try:
            output, _ = process.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)  # with what the tests started
            process.communicate()
            return None, f"they take longer than {seconds:.0f} s"
        return process.returncode, output

    @contextmanager
    def planted(self, mutant: Mutant) -> Iterator[None]:
        """Hold a mutant in the copy until the block ends."""
        self._write(mutant.module, mutant.source)
        try:
            yield
        finally:
            self._write(mutant.module, mutant.original)

    def _write(self, module: Path, source: str) -> None:
        """Write a module; Python would take an older bytecode file of the same second and size for the new source."""
        file = self.root / module
        file.write_text(source)
        Path(importlib.util.cache_from_source(str(file))).unlink(missing_ok=True)


class Laboratory:
    """Copies of the project, each used by one worker at a time."""

    def __init__(self, copies: Sequence[Copy]) -> None:
        self._project = copies[0].root
        self._free: Queue[Copy] = Queue()
        self._workers = len(copies)
        for copy in copies:
            self._free.put(copy)

    def try_all(self, mutants: Sequence[Mutant]) -> Iterator[tuple[Mutant, Verdict]]:
        """Yield the verdict on each mutant, in order. Raises TestsFail if the tests fail without any."""
        tests = {mutant.module: mirrored_tests(mutant.module, self._project) for mutant in mutants}
        with ThreadPoolExecutor(self._workers) as pool:
            distinct = sorted(set(tests.values()))
            seconds = dict(zip(distinct, pool.map(self._time_without_mutant, distinct), strict=True))

            def judge(mutant: Mutant) -> Verdict:
                chosen = tests[mutant.module]
                return self._try_one(mutant, chosen, MARGIN * seconds[chosen] + START_SECONDS)

            yield from zip(mutants, pool.map(judge, mutants), strict=True)

    def _time_without_mutant(self, tests: tuple[Path, ...]) -> float:
        with self._copy() as copy:
            began = time.monotonic()
            code, output = copy.run(tests, BASELINE_SECONDS)
            if code != TESTS_PASSED:
                raise TestsFail(tests, output)
            seconds = time.monotonic() - began
            say(f"{seconds:4.0f} s  {' '.join(map(str, tests))} without a mutant")
            return seconds

    def _try_one(self, mutant: Mutant, tests: Sequence[Path], seconds: float) -> Verdict:
        with self._copy() as copy, copy.planted(mutant):
            code, output = copy.run(tests, seconds)
        if code == NOTHING_COLLECTED:
            raise TestsFail(tests, output)
        return Verdict.SURVIVED if code == TESTS_PASSED else Verdict.NOTICED

    @contextmanager
    def _copy(self) -> Iterator[Copy]:
        copy = self._free.get()
        try:
            yield copy
        finally:
            self._free.put(copy)


@contextmanager
def laboratory(project: Path, workers: int) -> Iterator[Laboratory]:
    """Copy the project's files once per worker, without what git ignores, and remove the copies when the block ends."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],  # noqa: S607
        cwd=project,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    files = [name for name in listed.split("\0") if name and (project / name).is_file()]
    with TemporaryDirectory(prefix="mutants-") as folder:
        copies = []
        for worker in range(workers):
            root = Path(folder, str(worker), "project")
            for name in files:
                (root / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(project / name, root / name, follow_symlinks=False)
            for beside in (Path(".venv"), Path("..", "shared")):  # some tests look for these
                if (project / beside).exists():
                    (root / beside).symlink_to((project / beside).resolve())
            copies.append(Copy(root))
        yield Laboratory(copies)
