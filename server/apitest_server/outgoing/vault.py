"""Connections to HashiCorp Vault: services read secrets with ``client``, and channels are told who calls them."""

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, TypeVar

from apitest_server.errors import ServiceUnavailable
from apitest_server.odb import StoredObject
from apitest_server.outgoing.http_pool import SessionPool
from apitest_server.outgoing.notices import Notices
from apitest_server.security.certificates import Certificates
from apitest_server.security.vault import Known

if TYPE_CHECKING:
    import hvac

T = TypeVar("T")
_LOGGED_IN = "auth/userpass/login/"


class VaultConnection:
    """One connection; it is made when it is first used.

    Attributes:
        name: its name.
        item: what the ODB says about it.
    """

    def __init__(self, item: StoredObject, certificates: Certificates | None = None) -> None:
        """Takes the object, and the certificates that it may use."""
        self.item = item
        self.name = item.name
        self._notices = Notices(f"Vault connection `{item.name}`")
        self._pool = SessionPool(item.name, item.fields, certificates)

    @property
    def conn(self) -> "VaultConnection":
        """The connection itself, by the name that existing services use."""
        return self

    @property
    def client(self) -> "hvac.Client":
        """A client of the driver, hvac, with the definition's own token."""
        return self._client(self.item.secret("token"))

    def ping(self) -> str:
        """Asks Vault whether it is ready, and whether it knows the definition's token, if there is one.

        Returns:
            Where it is.

        Raises:
            ServiceUnavailable: it does not answer, it is sealed, or it does not know the token.
        """
        client = self.client
        state = self._asked(lambda: client.sys.read_health_status(method="GET"))
        if isinstance(state, Mapping):
            return self._known(client)
        raise ServiceUnavailable(
            f"Vault of `{self.name}` is not ready: {_STATES.get(state.status_code, state.status_code)}"
        )

    def by_token(self, token: str) -> Known | None:
        """Whose a token is; the token itself has to be allowed to look that up, as the policy ``default`` has it."""
        from hvac.exceptions import Forbidden, InvalidRequest

        try:
            found = self._asked(self._client(token).auth.token.lookup_self, Forbidden, InvalidRequest)
        except (Forbidden, InvalidRequest):
            return None
        data = found["data"]
        return Known(
            _user(data, self.name),
            _policies(data.get("policies"), data.get("identity_policies")),
            float(data.get("ttl") or 0),
        )

    def by_password(self, username: str, password: str) -> Known | None:
        """Who logs in with the method ``userpass``; the token that Vault makes of it is revoked again."""
        from hvac.exceptions import Forbidden, InvalidRequest

        client = self._client("")
        try:
            found = self._asked(
                lambda: client.auth.userpass.login(username, password, use_token=False), Forbidden, InvalidRequest
            )
        except (Forbidden, InvalidRequest):
            return None
        auth = found["auth"]
        with suppress(Forbidden, InvalidRequest):  # Where it may not be revoked, it expires
            self._asked(self._client(auth["client_token"]).auth.token.revoke_self, Forbidden, InvalidRequest)
        return Known((auth.get("metadata") or {}).get("username", username), _policies(auth.get("policies")))

    def close(self) -> None:
        """Closes what is kept open."""
        self._pool.close()

    def _known(self, client: "hvac.Client") -> str:
        from hvac.exceptions import Forbidden

        address = str(self.item.fields["url"])
        if client.token:
            try:
                self._asked(client.auth.token.lookup_self, Forbidden)
            except Forbidden:
                raise ServiceUnavailable(f"Vault of `{self.name}` does not know the connection's token") from None
        return address

    def _client(self, token: str) -> "hvac.Client":
        import hvac

        fields = self.item.fields
        return hvac.Client(
            url=fields["url"],
            token=token,
            verify=fields.get("validate_tls", True),
            timeout=fields.get("timeout", 10),
            session=self._pool.session(),
            namespace=fields.get("namespace") or None,
        )

    def _asked(self, ask: Callable[[], T], *known: type[Exception]) -> T:
        """What Vault answers; errors that are known are answers as well."""
        from hvac.exceptions import VaultError
        from requests.exceptions import RequestException

        from apitest_server.outgoing.http_session import innermost

        try:
            found = ask()
        except known:
            self._notices.connected()
            raise
        except VaultError as error:
            problem = ", ".join(map(str, error.errors or ())) or type(error).__name__
            raise self._away(problem) from None
        except RequestException as error:
            raise self._away(innermost(error)) from None
        self._notices.connected()
        return found

    def _away(self, problem: str) -> ServiceUnavailable:
        self._notices.away(problem)
        return ServiceUnavailable(f"Vault of `{self.name}` cannot be asked: {problem}")


# What the health check of Vault answers with
_STATES = {
    429: "it is a standby",
    472: "it is a replica",
    473: "it is a standby",
    501: "it is not initialised",
    503: "it is sealed",
}


def _user(data: Mapping[str, object], default: str) -> str:
    """Who has logged in with a password, else the name that the way of the login has given; not what a token claims."""
    path = str(data.get("path", ""))
    if path.startswith(_LOGGED_IN):
        return path.removeprefix(_LOGGED_IN)
    return str(data.get("display_name") or default)


def _policies(*lists: Iterable[str] | None) -> frozenset[str]:
    return frozenset(policy for policies in lists for policy in policies or ())
