"""Bearer tokens of OAuth 2.0 for outgoing connections: asked for with client credentials, kept, and renewed."""

import re
from collections.abc import Callable
from threading import Lock
from time import monotonic
from typing import NamedTuple
from urllib.parse import quote

from apitest_server.errors import HTTPError, ServiceUnavailable
from apitest_server.odb import StoredObject
from apitest_server.outgoing.http_pool import SessionPool
from apitest_server.outgoing.notices import Notices
from apitest_server.security.certificates import Certificates
from apitest_server.security.credentials import basic_value

_EARLY = 30.0  # seconds before it expires a token is renewed, or a tenth of its time where that is less
_PAUSE = 1.0  # seconds for which a refusal counts: whoever waits does not ask again, one after the other
_VISIBLE = re.compile(r"[\x21-\x7e]{1,16384}").fullmatch  # A token, as it can stand in a header
_CODE = re.compile(r"[A-Za-z0-9_.-]{1,80}").fullmatch  # An error of RFC 6749


class _Kept(NamedTuple):
    token: str = ""
    until: float = 0.0


class BearerTokens:
    """The tokens of one definition, for any number of threads: one of them asks, the others wait for what it gets."""

    def __init__(
        self, item: StoredObject, certificates: Certificates | None = None, clock: Callable[[], float] = monotonic
    ) -> None:
        """Takes the definition, the certificates that it may use, and a clock in seconds."""
        self.item = item
        self._certificates = certificates
        self._clock = clock
        self._notices = Notices(f"OAuth definition `{item.name}`")
        self._lock = Lock()
        self._kept = _Kept()
        self._problem: tuple[str, float] = ("", 0.0)

    def token(self, refused: str = "") -> str:
        """A token that is good for some time yet.

        Args:
            refused: one that was not taken, though it should have been: another one is wanted.

        Raises:
            ServiceUnavailable: there is none; the authorization server refuses, or cannot be reached.
        """
        with self._lock:
            kept, now = self._kept, self._clock()
            if kept.token and kept.token != refused and now < kept.until:
                return kept.token
            problem, until = self._problem
            if now < until:
                raise ServiceUnavailable(problem)
            try:
                self._kept = self._asked()
            except HTTPError as error:
                self._problem = (error.details, self._clock() + _PAUSE)
                self._notices.away(error.details)
                raise
            self._notices.connected()
            return self._kept.token

    def renew(self) -> None:
        """Asks for another one at once.

        Raises:
            ServiceUnavailable: there is none.
        """
        with self._lock:
            self._kept, self._problem = _Kept(), ("", 0.0)
        self.token()

    def _asked(self) -> _Kept:
        import msgspec
        from requests.exceptions import RequestException

        from apitest_server.outgoing.http_session import innermost

        try:
            status, content = self._sent()
        except RequestException as error:
            raise self._none(f"the authorization server cannot be reached: {innermost(error)}") from None
        try:
            found = msgspec.json.decode(content)
        except msgspec.DecodeError:
            found = None
        answer = found if isinstance(found, dict) else {}
        if status != 200:
            code = str(answer.get("error", ""))
            raise self._none(f"the authorization server answers {status} {code if _CODE(code) else ''}".rstrip())
        token, kind = answer.get("access_token"), str(answer.get("token_type", "bearer"))
        if not isinstance(token, str) or not _VISIBLE(token) or kind.lower() != "bearer":
            raise self._none("the authorization server answers without a bearer token")
        return _Kept(token, self._clock() + _lifetime(answer.get("expires_in")))

    def _sent(self) -> tuple[int, bytes]:
        fields = self.item.fields
        body = self._body()
        as_json = fields.get("data_format", "form") == "json"
        basic = fields.get("client_auth_method", "") == "client_secret_basic"
        secret = basic_value(*map(_encoded, (fields.get("username", ""), self.item.secret("password"))))
        pool = SessionPool(self.item.name, fields, self._certificates)
        try:
            with pool.session().post(
                fields["auth_server_url"],
                data=None if as_json else body,
                json=body if as_json else None,
                headers={"Accept": "application/json", **({"Authorization": secret} if basic else {})},
                timeout=fields.get("timeout", 10),
                verify=fields.get("validate_tls", True),
                allow_redirects=False,  # The secret is for this address alone
            ) as answer:
                return answer.status_code, answer.content
        finally:
            pool.close()

    def _body(self) -> dict[str, str]:
        get = self.item.fields.get
        body = {"grant_type": get("grant_type", "client_credentials")}
        if get("client_auth_method", "") != "client_secret_basic":
            body[get("client_id_field", "client_id")] = get("username", "")
            body[get("client_secret_field", "client_secret")] = self.item.secret("password")
        scopes = " ".join(get("scopes", "").replace(",", " ").split())
        return {**body, **({"scope": scopes} if scopes else {}), **dict(pairs(get("extra_fields", "")))}

    def _none(self, problem: str) -> ServiceUnavailable:
        return ServiceUnavailable(f"There is no token of `{self.item.name}`: {problem}")


def pairs(text: str) -> list[tuple[str, str]]:
    """Fields of a request, ``name=value``, a line each, or with ``&`` between them.

    Raises:
        ValueError: a line is not like that.
    """
    found = []
    for line in filter(None, map(str.strip, re.split(r"[\n&]", text))):
        name, equals, value = line.partition("=")
        if not equals or not name.strip():
            raise ValueError("must have the form audience=https://example.com&resource=orders")
        found.append((name.strip(), value.strip()))
    return found


def _lifetime(said: object) -> float:
    """For how many seconds a token is used; without a word about it, until it is refused."""
    try:
        seconds = float(str(said))
    except ValueError:
        return float("inf")
    return max(0.0, seconds - min(_EARLY, seconds / 10))


def _encoded(text: str) -> str:
    """As RFC 6749, 2.3.1, wants user names and passwords of clients; a space is ``%20``, which all understand."""
    return quote(text, safe="")
