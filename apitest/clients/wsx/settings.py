"""Who a WSX client is, and what it invokes."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class WSXSettings:
    """What the sentences say, or their defaults.

    Attributes:
        username: empty for a channel that asks for no credentials.
        secret: likewise.
        service: invoked through the channel's gateway; empty for the service of the channel itself.
        client_id: stays the same from connection to connection.
        client_name: need not be unique.
    """

    username: str = ""
    secret: str = field(default="", repr=False)
    service: str = ""
    client_id: str = "apitest"
    client_name: str = "apitest"
