"""How requests reach Solr, and what becomes of its refusals; it is loaded with the first one."""

import ssl
from collections.abc import Mapping
from typing import Any

from requests import PreparedRequest, Response, Session
from requests.auth import HTTPBasicAuth
from requests.exceptions import ConnectTimeout, RequestException, Timeout
from urllib3.exceptions import ReadTimeoutError

from apitest_server.errors import Conflict, HTTPError, NotFound, RemoteError, ServiceTimeout, ServiceUnavailable
from apitest_server.outgoing.http_session import innermost, session
from apitest_server.outgoing.http_tls import TLSAdapter
from apitest_server.outgoing.notices import Notices
from apitest_server.redaction import without

_OWN = {404: NotFound, 409: Conflict}
_LONGEST = 500


class SolrAdapter(TLSAdapter):
    """Sends requests; raises an HTTPError of this server where there is no answer, or one that refuses."""

    def __init__(self, name: str, notices: Notices, secret: str, size: int, tls: ssl.SSLContext, is_own: bool) -> None:
        """Takes what errors call the connection, the log, what never stands in errors, and what TLSAdapter takes."""
        self._name = name
        self._notices = notices
        self._secret = secret
        super().__init__(size, tls, is_own)

    def send(self, request: PreparedRequest, *arguments: Any, **options: Any) -> Response:
        """Called by the session for each request."""
        try:
            response = super().send(request, *arguments, **options)
            response.content  # noqa: B018 - read here, so that what fails then is translated, too
        except RequestException as error:
            problem = self._away(error)
            self._notices.away(problem)
            raise problem from None
        self._notices.connected()
        if response.status_code >= 400:
            raise self._refusal(response)
        return response

    def _away(self, error: RequestException) -> HTTPError:
        is_late = isinstance(error, Timeout) and not isinstance(error, ConnectTimeout)
        if is_late or (error.args and isinstance(error.args[0], ReadTimeoutError)):
            return ServiceTimeout(f"`{self._name}` does not answer")
        return ServiceUnavailable(without(f"`{self._name}` cannot be reached: {innermost(error)}", [self._secret]))

    def _refusal(self, response: Response) -> HTTPError:
        status = response.status_code
        reason = " ".join(f"{status} {_message(response) or response.reason}".split())[:_LONGEST]
        said = without(f"`{self._name}` refuses it: {reason}", [self._secret])
        own = _OWN.get(status)
        return own(said) if own else RemoteError(said, status)


def solr_session(adapter: SolrAdapter, credentials: tuple[bytes, bytes] | None, verifies: bool) -> Session:
    """A session that sends everything through an adapter; credentials go along if there are any."""
    made = session(1)
    made.auth = HTTPBasicAuth(*credentials) if credentials else None
    made.verify = verifies
    for scheme in ("http://", "https://"):
        made.mount(scheme, adapter)
    return made


def answer_of(response: Response) -> Mapping[str, object] | None:
    """The document that was answered, where it is one as all handlers of Solr answer."""
    try:
        found = response.json()
    except ValueError:
        return None
    return found if isinstance(found, dict) and "responseHeader" in found else None


def _message(response: Response) -> str:
    error = (answer_of(response) or {}).get("error")
    return str(error.get("msg") or "") if isinstance(error, dict) else ""
