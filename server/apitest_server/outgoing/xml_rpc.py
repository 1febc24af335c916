"""XML-RPC over pooled HTTP: one call, one request, which is never sent twice."""

from ssl import CERT_NONE, SSLContext
from typing import Any
from xmlrpc.client import Fault, dumps, loads

from requests.adapters import HTTPAdapter
from requests.exceptions import RequestException, Timeout

from apitest_server.errors import BadRequest, RemoteError, ServiceTimeout, ServiceUnavailable
from apitest_server.outgoing.http_session import OneOriginSession, innermost
from apitest_server.outgoing.http_tls import TLSAdapter

_HEADERS = {"Content-Type": "text/xml; charset=utf-8"}


class XMLRPC:
    """What can be called at one address, by any thread."""

    def __init__(self, name: str, address: str, tls: SSLContext | None, size: int, timeout: float) -> None:
        """Takes what the other end is called in errors, where it is, and how many connections are kept.

        Args:
            name: of the connection.
            address: such as ``https://example.com:8069``.
            tls: whose certificates are trusted; ``None`` without TLS.
            size: how many connections are kept.
            timeout: seconds that an answer may take.
        """
        self._name = name
        self._address = address
        self._timeout = timeout
        self._session = OneOriginSession()
        self._session.trust_env = False  # What is called, and how, is said by the connection alone
        self._session.verify = tls is None or tls.verify_mode is not CERT_NONE
        for scheme in ("http://", "https://"):
            self._session.mount(scheme, TLSAdapter(size, tls, is_own=True) if tls else HTTPAdapter(size, size))

    def call(self, path: str, method: str, arguments: tuple[Any, ...]) -> object:
        """What a method returns; dates are ``datetime`` and Base64 is bytes.

        Raises:
            Fault: so the method was refused.
            BadRequest: an argument cannot be sent over XML-RPC.
            RemoteError: what is answered is not XML-RPC.
            ServiceTimeout: nothing was, in time.
            ServiceUnavailable: nobody is there.
        """
        try:
            body = dumps(arguments, method, encoding="utf-8", allow_none=True).encode("utf-8", "xmlcharrefreplace")
        except (TypeError, OverflowError) as error:
            raise BadRequest(f"`{self._name}` cannot be sent an argument of {method}: {error}") from None
        return self._result(self._answer(path, body))

    def close(self) -> None:
        """Closes what is not in use."""
        self._session.close()

    def _answer(self, path: str, body: bytes) -> bytes:
        try:
            answer = self._session.post(
                self._address + path, data=body, headers=_HEADERS, timeout=self._timeout, allow_redirects=False
            )
        except Timeout:
            raise ServiceTimeout(f"`{self._name}` did not answer in time") from None
        except RequestException as error:
            raise ServiceUnavailable(f"`{self._name}` cannot be reached: {innermost(error)}") from None
        if answer.status_code != 200:
            problem = f"`{self._name}` answers {answer.status_code} to XML-RPC at {path}"
            raise RemoteError(problem, answer.status_code)
        return answer.content

    def _result(self, content: bytes) -> object:
        try:
            [result], _ = loads(content, use_builtin_types=True)
        except Fault:
            raise
        except Exception:  # The parser lets through whatever goes wrong inside it
            raise RemoteError(f"`{self._name}` answers with something that is not XML-RPC") from None
        return result
