"""Opens the ways to call services."""

from apitest_server.patterns.old_names import AllPatterns
from apitest_server.room import Host, Room
from apitest_server.service.base import PATTERNS


def open_room(server: Host) -> Room:
    """Offers them to services."""
    server.components[PATTERNS] = AllPatterns
    return Room()
