"""``pytest features/``: the scenarios of a project as tests of pytest; the hooks that pytest calls.

Nothing of the runner is loaded before a .feature file is collected, since pytest loads this in every project.
"""

import os
import shutil
import sys
import tempfile
from collections.abc import Generator
from pathlib import Path

import pytest

from apitest.shared import VARIABLE


def pytest_addoption(parser: pytest.Parser) -> None:
    """Adds what a run of scenarios takes."""
    group = parser.getgroup("apitest", "scenarios of .feature files")
    group.addoption("--apitest-env", default="", metavar="NAME", help="Read config.NAME.ini over config.ini.")


def pytest_configure(config: pytest.Config) -> None:
    """Understands ``FILE:LINE``, and makes the directory that the workers of pytest-xdist share."""
    config.args = [known for argument in config.args for known in _known(argument, config)]
    if VARIABLE not in os.environ and not hasattr(config, "workerinput"):
        directory = tempfile.mkdtemp(prefix="apitest-")
        os.environ[VARIABLE] = directory

        def remove() -> None:
            os.environ.pop(VARIABLE, None)
            shutil.rmtree(directory, ignore_errors=True)

        config.add_cleanup(remove)


def _known(argument: str, config: pytest.Config) -> list[str]:
    """What pytest understands of an argument that may name a line of a .feature file."""
    path, _, line = argument.rpartition(":")
    if not (path.endswith(".feature") and line.isdecimal() and Path(path).is_file()) or Path(argument).exists():
        return [argument]
    from apitest.pytest_plugin.collecting import at_line

    return at_line(argument, str(config.getoption("--apitest-env")))


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


@pytest.hookimpl(wrapper=True, trylast=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> Generator[None]:
    """Ends the feature with its last scenario, where pytest captures output, and after pytest has torn the test down.

    What fails in it is a failure of this test: pytest knows by then that the test is over, and goes on with the next.
    """
    try:
        return (yield)
    finally:
        if "apitest.pytest_plugin.collecting" in sys.modules:
            from apitest.pytest_plugin.collecting import ScenarioItem

            if isinstance(item, ScenarioItem):
                item.leave(nextitem)


@pytest.hookimpl(wrapper=True, trylast=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Takes the secrets of its project out of the report of a scenario, before anybody reads it."""
    report = yield
    if "apitest.pytest_plugin.collecting" in sys.modules:
        from apitest.pytest_plugin.collecting import ScenarioItem

        if isinstance(item, ScenarioItem):
            item.settle(report)
    return report
