"""Services that users sent, as they stand."""

import logging
from pathlib import Path

import pytest

from tests.server.asgi import served

FILES = Path(__file__).parents[1] / "fixtures" / "users_services"
CONF = "[main]\nname = test\n"


def test_both_are_deployed(tmp_path: Path) -> None:
    """A coding line and imports from __future__ do no harm; the names are made of module and class."""
    sources = {path.stem: path.read_text("utf-8") for path in FILES.glob("*.py")}
    with served(tmp_path, CONF, **sources) as client:
        names = client.app.store.names()
    assert {"outgoing.my-service", "hook.on-message-hook"} <= set(names)


def test_the_hook_runs(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """What it is given as a nested dictionary it reads as attributes, and logs."""
    caplog.set_level(logging.INFO)
    context = {"type": "message", "data": {"data": {"a": 1}, "id": "zpsm1", "timestamp": "2026-01-01T00:00:00"}}
    with served(tmp_path, CONF, hook=(FILES / "hook.py").read_text("utf-8")) as client:
        client.result("hook.on-message-hook", {"ctx": context})
    assert "Msg type: `message`" in caplog.messages
    assert "Meta: `zpsm1` `2026-01-01T00:00:00`" in caplog.messages


def test_what_a_service_needs_and_the_server_lacks_is_told(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """A connection that nobody has made is named in the log; the caller is told nothing of it."""
    with served(tmp_path, CONF, outgoing=(FILES / "outgoing.py").read_text("utf-8")) as client:
        status, details = client.refused("outgoing.my-service")
    assert (status, "WSX" in details) == (500, False)
    assert "There is no outgoing WSX connection `My WSX Outconn`" in caplog.text
