"""Opens the OpenAPI document."""

from apitest_server.deploy.store import STORE
from apitest_server.openapi.specification import CHANNELS, SPECIFICATION, Specification
from apitest_server.room import Host, Room
from apitest_server.security.authentication import AUTHENTICATION


def open_room(server: Host) -> Room:
    """Offers the document of channels and services."""
    have = server.components
    have[SPECIFICATION] = Specification(lambda: server.name, have[STORE], have[AUTHENTICATION], have[CHANNELS])
    return Room()
