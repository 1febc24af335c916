"""How outgoing HTTP connections show definitions whose proof depends on the request, its answer, or somebody else."""

from collections.abc import Callable
from threading import Lock
from typing import TYPE_CHECKING

from apitest_server.components import Key
from apitest_server.odb import StoredObject
from apitest_server.outgoing.driver import Driver
from apitest_server.outgoing.oauth import BearerTokens
from apitest_server.security.certificates import Certificates

if TYPE_CHECKING:
    from requests import PreparedRequest

    Auth = Callable[[PreparedRequest], PreparedRequest]

OAUTH, AWS, NTLM = "security.oauth", "security.aws", "security.ntlm"
_NTLM = Driver("NTLM", "requests_ntlm", "requests-ntlm", "ntlm")


class Auths:
    """Those of all connections, by definition: made with the first request, and anew when it has changed."""

    def __init__(self, certificates: Certificates | None = None) -> None:
        """Takes the certificates that authorization servers may want."""
        self._certificates = certificates
        self._lock = Lock()
        self._tokens: dict[int, BearerTokens] = {}

    def of(self, item: StoredObject | None) -> "Auth | None":
        """What changes a request before it is sent; ``None`` where the headers of a definition say it all."""
        if item is not None and item.kind == AWS:
            from apitest_server.outgoing.http_aws import Signed

            return Signed(item)
        if item is not None and item.kind == NTLM:
            return _ntlm(item)
        if item is None or item.kind != OAUTH:
            return None
        if not item.fields.get("auth_server_url"):
            from apitest_server.outgoing.http_oauth1 import SignedByConsumer

            return SignedByConsumer(item)
        from apitest_server.outgoing.http_bearer import Bearer

        return Bearer(self.tokens(item))

    def tokens(self, item: StoredObject) -> BearerTokens:
        """The tokens of an OAuth definition."""
        with self._lock:
            found = self._tokens.get(item.id)
            if found is None or found.item is not item:
                found = self._tokens[item.id] = BearerTokens(item, self._certificates)
            return found


def _ntlm(item: StoredObject) -> "Auth":
    _NTLM.need()
    from requests_ntlm import HttpNtlmAuth

    made: Auth = HttpNtlmAuth(item.fields.get("username", ""), item.secret("password"))
    return made


AUTHS: Key[Auths] = Key("auths")
