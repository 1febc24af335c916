"""How a request proves who sends it: Basic, Digest, bearer tokens and API keys."""

import base64
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote, urlsplit

from apitest.context import FeatureContext, SignIn
from apitest.language.literals import utf8

if TYPE_CHECKING:
    from requests.auth import HTTPDigestAuth

    from apitest.clients.http.message import Outgoing

HEADER = "Authorization"


class BasicAuth(NamedTuple):
    """A user name and a password, in every request."""

    username: str
    password: str

    def __repr__(self) -> str:
        return f"BasicAuth({self.username!r}, …)"

    def encoded(self) -> str:
        """Both, as the header has them.

        Raises:
            BadValue: they cannot be encoded.
        """
        return base64.b64encode(utf8(f"{self.username}:{self.password}", "The user name or password")).decode("ascii")

    def value(self) -> str:
        """The Authorization header."""
        return f"Basic {self.encoded()}"

    def apply(self, request: "Outgoing") -> None:
        """Sets the Authorization header."""
        request.headers[HEADER] = self.value()


class DigestAuth:
    """A user name and a password that answer the server's challenge; kept, so that its nonce is used again."""

    __slots__ = ("_handler", "password", "username")

    def __init__(self, username: str, password: str) -> None:
        self.username, self.password = username, password
        self._handler: HTTPDigestAuth | None = None

    def apply(self, request: "Outgoing") -> None:
        """Says what answers the server's challenge."""
        request.digest = self

    def handler(self) -> "HTTPDigestAuth":
        """What sets the header if the challenge is known, and a hook that answers one."""
        if self._handler is None:
            from requests.auth import HTTPDigestAuth

            self._handler = HTTPDigestAuth(self.username, self.password)
        return self._handler


class BearerToken(NamedTuple):
    """A token, in every request."""

    token: str

    def __repr__(self) -> str:
        return "BearerToken(…)"

    def value(self) -> str:
        """The Authorization header."""
        return f"Bearer {self.token}"

    def apply(self, request: "Outgoing") -> None:
        """Sets the Authorization header."""
        request.headers[HEADER] = self.value()


class ApiKeys(NamedTuple):
    """Keys that every request carries, beside whatever else it proves itself with."""

    headers: Mapping[str, str] = MappingProxyType({})
    parameters: Mapping[str, str] = MappingProxyType({})


def of_url(url: str) -> BasicAuth | None:
    """The user name and password that a URL has ahead of its host; None if it has none."""
    if "@" not in url:
        return None
    parts = urlsplit(url)
    if parts.username is None:
        return None
    return BasicAuth(unquote(parts.username), unquote(parts.password or ""))


def use_basic(zato: FeatureContext, username: object, password: object) -> None:
    """Basic authentication for the following requests."""
    auth = BasicAuth(str(username), str(password))
    zato.authenticate(auth, auth.password, auth.encoded())


def use_digest(zato: FeatureContext, username: object, password: object) -> None:
    """Digest authentication for the following requests."""
    auth = DigestAuth(str(username), str(password))
    zato.authenticate(auth, auth.password)


def use_bearer(zato: FeatureContext, token: object) -> None:
    """A bearer token for the following requests."""
    auth = BearerToken(str(token))
    zato.authenticate(auth, auth.token)


def use_key(zato: FeatureContext, key: object, *, header: str = "", parameter: str = "") -> None:
    """An API key for the following requests, in a header or in a parameter of the URL."""
    keys = zato.settings(ApiKeys)
    zato.run.secrets.add(str(key))
    if header:
        zato.change(ApiKeys, headers={**keys.headers, header: str(key)})
    else:
        zato.change(ApiKeys, parameters={**keys.parameters, parameter: str(key)})


def drop_key(zato: FeatureContext, *, parameter: str) -> None:
    """Sends the API key in a parameter of the URL no longer."""
    kept = {name: key for name, key in zato.settings(ApiKeys).parameters.items() if name != parameter}
    zato.change(ApiKeys, parameters=kept)


def use_nothing(zato: FeatureContext) -> None:
    """No authentication and no API key for the following requests."""
    zato.authenticate(None)
    zato.restore(ApiKeys)


_KINDS: Mapping[str, Callable[[str, str], SignIn]] = {"basic": BasicAuth, "digest": DigestAuth}


def from_fields(fields: Mapping[str, object]) -> SignIn | None:
    """What the Python of an old project put together: ``{"type": "basic", "username": …, "password": …}``."""
    if fields.get("type") == "bearer":
        return BearerToken(str(fields["token"]))
    kind = _KINDS.get(str(fields.get("type")))
    return kind(str(fields["username"]), str(fields["password"])) if kind else None


def as_fields(sign_in: SignIn | None) -> dict[str, object]:
    """What `from_fields` makes a sign-in of; empty for none."""
    if isinstance(sign_in, BearerToken):
        return {"type": "bearer", "token": sign_in.token}
    if isinstance(sign_in, BasicAuth | DigestAuth):
        kind = "basic" if isinstance(sign_in, BasicAuth) else "digest"
        return {"type": kind, "username": sign_in.username, "password": sign_in.password}
    return {}
