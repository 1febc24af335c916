"""Tests of apitest_server.patterns.room."""

from pathlib import Path

from apitest_server.patterns.old_names import AllPatterns
from apitest_server.service.base import PATTERNS
from tests.server.asgi import served


def test_the_room_offers_patterns(tmp_path: Path) -> None:
    """A service makes them for itself."""
    with served(tmp_path) as client:
        assert client.app.components[PATTERNS] is AllPatterns
