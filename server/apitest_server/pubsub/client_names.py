"""PURE  The names under which clients of WebSocket channels subscribe, whichever connection they have."""

from urllib.parse import quote, unquote

from apitest_server.pubsub.subscriptions import Subscription

AT = "@"  # Between the connection of a client without an ID and the server that it is connected to


LONGEST = 1000  # characters of a name


def is_storable(name: str) -> bool:
    """Whether databases can keep a name, which clients have chosen a part of."""
    return len(name) <= LONGEST and "\0" not in name


def subscriber(user: str, client_id: str) -> str:
    """The name under which a client of a channel subscribes, whichever connection it has; empty if it has no ID."""
    return f"{quote(user, safe='')}:{client_id}" if client_id else ""


def who(name: str) -> tuple[str, str]:
    """The user and the client's ID of a name under which a client subscribes; nobody for a client without an ID."""
    user, colon, client_id = name.partition(":")
    return (unquote(user), client_id) if colon else ("", "")


def run_of(subscription: Subscription) -> str:
    """The run of a server that a client without an ID is connected to; empty for all other subscribers."""
    name = subscription.client_id
    return name.partition(AT)[2] if subscription.endpoint_type == "wsx" and ":" not in name else ""
