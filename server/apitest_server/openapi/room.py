"""Opens the OpenAPI document."""

from apitest_server.openapi.specification import Specification
from apitest_server.room import Host, Room


def open_room(server: Host) -> Room:
    """Offers the document of channels and services."""
    have = server.components
    have.openapi = Specification(server.name, have.store, have.authentication, lambda: have.channels.channels)
    return Room()
