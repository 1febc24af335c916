"""Fixtures: the old names in place, and a companion server for projects that use them."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from apitest import compat
from apitest.commands import demo
from apitest.commands.companion import CompanionServer
from tests.apitest.steps.playing import Play

Run = Callable[[Path], "subprocess.CompletedProcess[str]"]


@pytest.fixture
def old(play: Play) -> Iterator[Play]:
    """A feature, with the old names in place."""
    play.run.feature = play.zato
    with compat.installed(play.run):
        yield play


@pytest.fixture
def ctx(old: Play) -> Any:
    """A step's context, as environment.py of an old project makes it."""
    from zato.apitest.util import new_context  # type: ignore[import-not-found]

    old.zato = new_context(None, old.zato.environment_dir)
    return SimpleNamespace(zato=old.zato, text=None, table=None)


@pytest.fixture(scope="session")
def companion(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a companion server with the demo's services."""
    directory = tmp_path_factory.mktemp("companion") / "demo"
    demo.copy(directory)
    with CompanionServer(directory) as server:
        yield server.address


@pytest.fixture
def run_project(companion: str) -> Run:
    """Runs a project in a process of its own, as a person would."""

    def run(project: Path) -> "subprocess.CompletedProcess[str]":
        environment = {**os.environ, "APITEST_SERVER": companion, "NO_COLOR": "1"}
        command = [sys.executable, "-B", "-m", "apitest", "run", str(project)]
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)

    return run
