"""``pytest features/``: the scenarios of a project as tests of pytest; the hooks that pytest calls.

Nothing of the runner is loaded before a .feature file is collected, since pytest loads this in every project.
"""

import os
import shutil
import sys
import tempfile
from pathlib import Path

import pytest

from apitest.shared import VARIABLE


def pytest_addoption(parser: pytest.Parser) -> None:
    """Adds what a run of scenarios takes."""
    group = parser.getgroup("apitest", "scenarios of .feature files")
    group.addoption("--apitest-env", default="", metavar="NAME", help="Read config.NAME.ini over config.ini.")


def pytest_configure(config: pytest.Config) -> None:
    """Makes the directory that the workers of pytest-xdist share; they inherit its name."""
    if VARIABLE not in os.environ and not hasattr(config, "workerinput"):
        directory = tempfile.mkdtemp(prefix="apitest-")
        os.environ[VARIABLE] = directory

        def remove() -> None:
            os.environ.pop(VARIABLE, None)
            shutil.rmtree(directory, ignore_errors=True)

        config.add_cleanup(remove)


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """A .feature file of a project of which the command line, or testpaths, names the features."""
    if file_path.suffix != ".feature":
        return None
    from apitest.pytest_plugin.collecting import feature_file

    return feature_file(file_path, parent)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Ends the run of a project that pytest stopped in the middle of, as with -x."""
    if "apitest.pytest_plugin.collecting" in sys.modules:
        from apitest.pytest_plugin.collecting import close

        close(session)


def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> None:
    """Ends the feature with its last scenario."""
    if "apitest.pytest_plugin.collecting" in sys.modules:
        from apitest.pytest_plugin.collecting import ScenarioItem

        if isinstance(item, ScenarioItem):
            item.leave(nextitem)
