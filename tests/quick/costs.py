"""A plugin of pytest: what each test costs in time of the processor, which other load on the machine hardly changes.

``python -m pytest -p tests.quick.costs --costs FILE`` writes to FILE, as JSON, the seconds by test, fixtures included.
"""

import json
from collections.abc import Generator
from pathlib import Path
from time import process_time

import pytest
from hypothesis.internal.conjecture import providers


class Costs:
    """Notes them, and writes the file at the end.

    Attributes:
        seconds: of the processor, by the ID of the test.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self.seconds: dict[str, float] = {}

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
        """One test."""
        start = process_time()
        try:
            return (yield)
        finally:
            self.seconds[item.nodeid] = process_time() - start

    def pytest_sessionfinish(self) -> None:
        """All of them."""
        self._file.write_text(json.dumps(self.seconds), "utf-8")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Offers ``--costs``."""
    parser.addoption("--costs", type=Path, help="where to write what each test costs")


def pytest_configure(config: pytest.Config) -> None:
    """Starts to measure, if that is asked for."""
    file = config.getoption("--costs")
    if file is not None:
        config.pluginmanager.register(Costs(file))
        # Hypothesis tries numbers and texts of our sources, too, for which it parses them all. With a few examples that
        # is hardly worth it, and half a second for each part; `make unit` has them.
        monkeypatch = pytest.MonkeyPatch()
        monkeypatch.setattr(providers, "_get_local_constants", lambda: providers._local_constants)
        config.add_cleanup(monkeypatch.undo)
