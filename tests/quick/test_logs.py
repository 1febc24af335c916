"""Tests of tests.quick.logs."""

import logging
from collections.abc import Callable
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

import pytest

from tests.quick import logs

_LOG = logging.getLogger("tests.quick.of_logs")


class Node:
    """What the fixture needs of a test."""

    def __init__(self) -> None:
        self.stash = pytest.Stash()
        self.sections: list[tuple[str, str, str]] = []

    def add_report_section(self, when: str, key: str, content: str) -> None:
        self.sections.append((when, key, content))


def _made(node: Node) -> Any:
    fixture: Callable[..., Any] = logs.caplog.__wrapped__  # type: ignore[attr-defined]
    return contextmanager(fixture)(SimpleNamespace(node=node))


def test_what_is_logged_is_found_and_shown() -> None:
    """From the level that is asked for, with what pytest's own fixture offers, and with the test's report."""
    node = Node()
    with _made(node) as caplog:
        with caplog.at_level("INFO"):
            _LOG.info("one")
        _LOG.debug("not asked for")
        assert (caplog.messages, caplog.record_tuples) == (["one"], [(_LOG.name, logging.INFO, "one")])
        assert [record.getMessage() for record in caplog.get_records("call")] == ["one"]
        assert "one" in caplog.text
    assert [(when, key, "one" in content) for when, key, content in node.sections] == [("call", "log", True)]


def test_all_is_as_it_was() -> None:
    """The handlers and levels of loggers; what comes later is not noted, and of nothing nothing is shown."""
    node, root = Node(), logging.getLogger()
    before = [*root.handlers], root.level, _LOG.level
    with _made(node) as caplog:
        caplog.set_level("DEBUG", _LOG.name)
        assert len(root.handlers) == len(before[0]) + 1
    assert ([*root.handlers], root.level, _LOG.level) == before
    _LOG.error("later")
    assert (caplog.messages, node.sections) == ([], [])
