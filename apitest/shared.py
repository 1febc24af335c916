"""What is done once a run, in however many processes: the first one does it, all others take over what it left."""

import hashlib
import json
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from apitest import errors
from apitest.errors import BadValue, CheckFailed

VARIABLE = "APITEST_SHARED"
"""The environment variable that names the directory which the processes of one run share."""


class Stored(NamedTuple):
    """What was left by what was done once.

    Attributes:
        variables: the stored variables.
        cookies: that servers have set, each by the names of its attributes.
        secrets: values that no output may show.
    """

    variables: Mapping[str, object]
    cookies: tuple[Mapping[str, object], ...] = ()
    secrets: tuple[str, ...] = ()


class Shared:
    """What one run has done once.

    Args:
        directory: which the processes of the run share, readable by nobody else; None for a run of one process.
    """

    def __init__(self, directory: Path | None = None) -> None:
        self._directory = directory
        self._known: dict[str, str] = {}

    @classmethod
    def of(cls, environ: Mapping[str, str]) -> "Shared":
        """As the environment of this process says."""
        named = environ.get(VARIABLE)
        return cls(Path(named) if named else None)

    def get(self, name: str, make: Callable[[], Stored]) -> Stored:
        """What was left under a name; made if this is the first time, while other processes wait.

        Raises:
            CheckFailed: it failed the first time; it is not tried again, since that might lock an account.
            BadValue: a variable holds what cannot be taken over.
            Exception: what `make` raises.
        """
        if name not in self._known:
            with self._alone(name) as file:
                said = file.read_text("utf-8") if file and file.exists() else ""
                said = said or self._make(name, make, file)
            self._known[name] = said
        found = json.loads(self._known[name])
        if "failed" in found:
            raise CheckFailed(f"{name} failed before, and is run once: {found['failed']}", name)
        return Stored(found["variables"], tuple(found["cookies"]), tuple(found["secrets"]))

    def _make(self, name: str, make: Callable[[], Stored], file: Path | None) -> str:
        try:
            said = _text(make())
        except Exception as error:
            problem = str(getattr(error, "problem", "")) or errors.said(error)
            first = next(iter(problem.splitlines()), type(error).__name__)
            self._known[name] = said = json.dumps({"failed": first})
            _write(file, said)
            raise
        _write(file, said)
        return said

    @contextmanager
    def _alone(self, name: str) -> Iterator[Path | None]:
        """The file of a name, which no other process reads or writes meanwhile."""
        if self._directory is None:
            yield None
            return
        import fcntl  # here, since most runs have one process

        file = self._directory / hashlib.sha256(name.encode()).hexdigest()
        handle = os.open(f"{file}.lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield file
        finally:
            os.close(handle)


def _write(file: Path | None, said: str) -> None:
    if file is not None:
        part = file.with_suffix(".part")
        part.touch(0o600)
        part.write_text(said, "utf-8")
        part.replace(file)


def _text(stored: Stored) -> str:
    for name, value in stored.variables.items():
        try:
            json.dumps(value)
        except (TypeError, ValueError):
            problem = f'The variable "{name}" cannot be shared: it holds a {type(value).__name__}'
            raise BadValue(problem, fix="Store texts, numbers, lists and JSON objects") from None
    return json.dumps(stored._asdict())
