"""A security definition in the other direction: what the server sends when it calls others."""

from apitest_server.config import SecurityDefinition
from apitest_server.security import credentials
from apitest_server.security import username_token as tokens
from apitest_server.security.signing import token

_LIFETIME = 60


def basic_auth(definition: SecurityDefinition) -> dict[str, str]:
    """The header of HTTP Basic Auth."""
    return {"Authorization": credentials.basic_value(definition.username, definition.password)}


def api_key(definition: SecurityDefinition) -> dict[str, str]:
    """The definition's own header with the key."""
    return {definition.header: definition.key}


def jwt(definition: SecurityDefinition) -> dict[str, str]:
    """The header with a token that is valid for a minute."""
    return {"Authorization": f"Bearer {token(definition, definition.username or definition.name, _LIFETIME)}"}


def no_headers(definition: SecurityDefinition) -> dict[str, str]:
    """What shows itself elsewhere."""
    return {}


def nothing(definition: SecurityDefinition) -> bytes:
    """What is not shown in envelopes."""
    return b""


def username_token(definition: SecurityDefinition) -> bytes:
    """A username token of WS-Security, with a new nonce."""
    return tokens.header(definition.username, definition.password, definition.shows_digest)
