"""A security definition the other way round: what the server shows when it calls others."""

from base64 import b64encode

from apitest_server.config import SecurityDefinition
from apitest_server.security.tokens import token

_LIFETIME = 60


def headers(definition: SecurityDefinition) -> dict[str, str]:
    """The headers of a request: Basic Auth, an API key, or a JWT that is valid for a minute."""
    if definition.type == "basic-auth":
        pair = f"{definition.username}:{definition.password}".encode()
        return {"Authorization": f"Basic {b64encode(pair).decode('ascii')}"}
    if definition.type == "api-key":
        return {definition.header: definition.key}
    return {"Authorization": f"Bearer {token(definition, definition.username or definition.name, _LIFETIME)}"}
