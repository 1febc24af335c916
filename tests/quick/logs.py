"""A plugin of pytest, in place of its own ``logging``: who asks for ``caplog`` has it, and no other test pays for it.

Pytest's own goes over all loggers six times a test, which is a quarter of what a short one costs. Use it with
``-p no:logging``. Of a failed test it shows what was logged only if the test asks for ``caplog``, or logs as warnings.
"""

from collections.abc import Iterator

import pytest
from _pytest.logging import LogCaptureHandler, caplog_handler_key, caplog_records_key, catching_logs


@pytest.fixture
def caplog(request: pytest.FixtureRequest) -> Iterator[pytest.LogCaptureFixture]:
    """What is logged from here on, as pytest's fixture of this name has it."""
    handler = LogCaptureHandler()
    request.node.stash[caplog_handler_key] = handler
    request.node.stash[caplog_records_key] = {"call": handler.records}
    fixture = pytest.LogCaptureFixture(request.node, _ispytest=True)
    with catching_logs(handler):
        yield fixture
    fixture._finalize()
    if handler.records:
        request.node.add_report_section("call", "log", handler.stream.getvalue())
