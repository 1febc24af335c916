"""Fixtures of the runner's tests: a web server, and a scenario to play against it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.apitest.pubsub_server import PubSubServer
from tests.apitest.steps.playing import Play
from tests.apitest.web import WebServer
from tests.apitest.websocket_server import WebSocketServer


@pytest.fixture
def web() -> Iterator[WebServer]:
    """A web server of the test's own."""
    server = WebServer()
    yield server
    server.close()


@pytest.fixture
def websockets() -> Iterator[WebSocketServer]:
    """A WebSocket server of the test's own."""
    server = WebSocketServer()
    yield server
    server.close()


@pytest.fixture
def pubsub() -> Iterator[PubSubServer]:
    """A server with publish/subscribe of the test's own."""
    server = PubSubServer()
    yield server
    server.close()


@pytest.fixture
def play(tmp_path: Path) -> Iterator[Play]:
    """A feature, its directory empty; lines of a scenario are played by calling it."""
    features = tmp_path / "features"
    features.mkdir()
    feature = Play(features)
    yield feature
    feature.close()


@pytest.fixture
def db(play: Play) -> Play:
    """A play with a connection "db", in which there is a table t (id, name)."""
    play('I connect to "sqlite://" as "db"')
    play('SQL "CREATE TABLE t (id INTEGER PRIMARY KEY, name VARCHAR(40), price NUMERIC)" is executed, using "db"')
    return play
