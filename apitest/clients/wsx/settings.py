"""Who a WSX client is, and what it invokes."""

from typing import NamedTuple


class WSXSettings(NamedTuple):
    """What the sentences say, or their defaults.

    Attributes:
        username: empty for a channel that asks for no credentials.
        secret: likewise.
        service: invoked through the channel's gateway; empty for the service of the channel itself.
        client_id: stays the same from connection to connection.
        client_name: need not be unique.
    """

    username: str = ""
    secret: str = ""
    service: str = ""
    client_id: str = "apitest"
    client_name: str = "apitest"

    def __repr__(self) -> str:
        return f"WSXSettings({self.username!r}, …)"
