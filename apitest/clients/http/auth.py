"""How a request proves who sends it: Basic, Digest and bearer tokens."""

import base64
from typing import Any

from apitest.context import FeatureContext


def use_basic(zato: FeatureContext, username: str, password: str) -> None:
    """Basic authentication for the following requests."""
    _use(zato, "basic", password, username=str(username), password=str(password))


def use_digest(zato: FeatureContext, username: str, password: str) -> None:
    """Digest authentication for the following requests; one object, so that the server's nonce is used again."""
    _use(zato, "digest", password, username=str(username), password=str(password), handler=None)


def use_bearer(zato: FeatureContext, token: str) -> None:
    """A bearer token for the following requests."""
    _use(zato, "bearer", token, token=str(token))


def apply(auth: dict[str, Any], prepared: Any) -> None:
    """Puts credentials into a prepared request, or a hook that answers the server's challenge with them."""
    if auth["type"] == "digest":
        if auth["handler"] is None:
            from requests.auth import HTTPDigestAuth

            auth["handler"] = HTTPDigestAuth(auth["username"], auth["password"])
        auth["handler"](prepared)
    else:
        prepared.headers["Authorization"] = header(auth)


def header(auth: dict[str, Any]) -> str:
    """The Authorization header of Basic and bearer authentication."""
    if auth["type"] == "bearer":
        return f"Bearer {auth['token']}"
    return f"Basic {_base64(auth['username'], auth['password'])}"


def _base64(username: str, password: str) -> str:
    return base64.b64encode(f"{username}:{password}".encode()).decode("ascii")


def _use(zato: FeatureContext, kind: str, secret: str, **fields: Any) -> None:
    zato.auth = {"type": kind, **fields}
    zato.run.secrets.add(str(secret))
    if kind == "basic":
        zato.run.secrets.add(_base64(fields["username"], fields["password"]))
