"""Outgoing REST and SOAP connections, ``self.out.rest["CRM"].conn.get(self.cid, params)``, over pooled HTTP.

They wait for the answer, so they are for plain services, which run in threads; not for ``async`` ones.
"""

from collections.abc import Mapping
from string import Formatter
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import msgspec

from apitest_server.config import SecurityDefinition
from apitest_server.errors import BadRequest, ServiceTimeout, ServiceUnavailable
from apitest_server.invoke.current import current_cid
from apitest_server.odb import StoredObject
from apitest_server.outgoing.audited import RECEIVED, SENT, Recorder, nobody
from apitest_server.outgoing.http_auth import NTLM, Auths
from apitest_server.outgoing.http_pool import SessionPool
from apitest_server.security.certificates import Certificates
from apitest_server.security.objects import SecurityObjects
from apitest_server.security.types import envelope_header
from apitest_server.security.types import headers as security_headers
from apitest_server.service import soap

if TYPE_CHECKING:
    import requests

Params = Mapping[str, object] | None


class HTTPConnection:
    """One outgoing connection.

    Attributes:
        name: its name.
        item: what the ODB says about it.
    """

    def __init__(
        self,
        item: StoredObject,
        security: SecurityObjects,
        certificates: Certificates | None = None,
        auths: Auths | None = None,
        record: Recorder = nobody,
    ) -> None:
        """Takes the object, and what it uses when it calls: definitions, certificates, and tokens of definitions.

        ``record`` takes note of what is sent and received.
        """
        self.item = item
        self._record = record
        self.name = item.name
        self.security = security
        self._auths = auths or Auths(certificates)
        self._pool = SessionPool(item.name, item.fields, certificates)
        self._keys: frozenset[str] = frozenset()  # Headers that the definition sends

    @property
    def conn(self) -> "HTTPConnection":
        """The connection itself, by the name that existing services use."""
        return self

    def get(self, cid: str = "", params: Params = None, **options: Any) -> "requests.Response":
        """GET; see ``send``."""
        return self.send("GET", cid, "", params, **options)

    def head(self, cid: str = "", params: Params = None, **options: Any) -> "requests.Response":
        """HEAD; see ``send``."""
        return self.send("HEAD", cid, "", params, **options)

    def options(self, cid: str = "", params: Params = None, **options: Any) -> "requests.Response":
        """OPTIONS; see ``send``."""
        return self.send("OPTIONS", cid, "", params, **options)

    def post(self, cid: str = "", data: object = "", params: Params = None, **options: Any) -> "requests.Response":
        """POST; see ``send``."""
        return self.send("POST", cid, data, params, **options)

    def put(self, cid: str = "", data: object = "", params: Params = None, **options: Any) -> "requests.Response":
        """PUT; see ``send``."""
        return self.send("PUT", cid, data, params, **options)

    def patch(self, cid: str = "", data: object = "", params: Params = None, **options: Any) -> "requests.Response":
        """PATCH; see ``send``."""
        return self.send("PATCH", cid, data, params, **options)

    def delete(self, cid: str = "", data: object = "", params: Params = None, **options: Any) -> "requests.Response":
        """DELETE; see ``send``."""
        return self.send("DELETE", cid, data, params, **options)

    def send(
        self,
        method: str,
        cid: str = "",
        data: object = "",
        params: Params = None,
        headers: Mapping[str, str] | None = None,
        **options: Any,
    ) -> "requests.Response":
        """Sends a request and waits for the answer.

        Args:
            method: the HTTP method.
            cid: goes with the request as ``X-Zato-CID``.
            data: the body; anything but text and bytes is sent as JSON. Of a SOAP connection, what is in the Body.
            params: those that the path names (``/customers/{id}``) go into it, the others into the query string.
            headers: more headers.
            options: of ``requests.Session.request``.

        Returns:
            The response of ``requests``, and its ``data``: the decoded JSON, or the text.

        Raises:
            ServiceTimeout: there was no answer in time.
            ServiceUnavailable: the remote end cannot be reached.
            BadRequest: a parameter of the path is missing.
        """
        url, query = self._url(dict(params or {}))
        definition = self._definition()
        sent = {**self._headers(cid, definition), **(headers or {})}
        body = self._body(data, sent, definition)
        noted = cid or current_cid.get()
        self._record(self.item.id, SENT, noted, body, f"{method} {url}")
        response = self._request(method, url, params=query, data=body, headers=sent, **options)
        self._record(self.item.id, RECEIVED, noted, response.content, f"{method} {url}: {response.status_code}")
        vars(response)["data"] = _data(response, self.item.fields.get("data_format", "json"))
        return response

    def ping(self, cid: str = "") -> "requests.Response":
        """Sends the ping method to the host; whatever is answered proves that somebody is there.

        Raises:
            HTTPError: nobody is.
        """
        fields = self.item.fields
        return self._request(
            fields.get("ping_method", "HEAD"), fields["host"], headers=self._headers(cid, self._definition())
        )

    def close(self) -> None:
        """Closes the pooled connections; requests in flight are finished."""
        self._pool.close()

    def _request(self, method: str, url: str, **options: Any) -> "requests.Response":
        from requests.exceptions import RequestException, Timeout

        from apitest_server.outgoing.http_session import innermost

        options.setdefault("timeout", self.item.fields.get("timeout", 10))
        options.setdefault("verify", self.item.fields.get("validate_tls", True))
        definition = self.security.items.get(self.item.fields.get("security_id") or 0)
        options.setdefault("auth", self._auths.of(definition))
        try:
            if definition is not None and definition.kind == NTLM:
                with self._pool.alone() as session:
                    return session.request(method, url, **options)
            session = self._pool.session()
            session.keys = self._keys
            return session.request(method, url, **options)
        except Timeout:
            raise ServiceTimeout(f"`{self.name}` did not answer in time") from None
        except RequestException as error:
            raise ServiceUnavailable(f"`{self.name}` cannot be reached: {innermost(error)}") from None

    def _url(self, params: dict[str, object]) -> tuple[str, dict[str, object]]:
        path = self.item.fields.get("url_path", "")
        names = {name for _, name, _, _ in Formatter().parse(path) if name}
        missing = sorted(names - params.keys())
        if missing:
            raise BadRequest(f"`{self.name}` needs the parameter `{missing[0]}` for its path {path}")
        filled = path.format(**{name: quote(str(params.pop(name)), safe="") for name in names})
        return self.item.fields["host"].rstrip("/") + filled, params

    def _definition(self) -> SecurityDefinition | None:
        number = self.item.fields.get("security_id") or 0
        definition = self.security.definition(number) if number else None
        if number and definition is None:
            raise ServiceUnavailable(f"The security definition of `{self.name}` is not active")
        return definition

    def _headers(self, cid: str, definition: SecurityDefinition | None) -> dict[str, str]:
        headers = {"X-Zato-CID": cid} if cid else {}
        secret = security_headers(definition) if definition else {}
        self._keys = frozenset(map(str.lower, secret))
        return {**headers, **secret}

    def _body(self, data: object, headers: dict[str, str], definition: SecurityDefinition | None) -> bytes:
        fields = self.item.fields
        if fields["transport"] == "soap":
            version = fields.get("soap_version", "1.1")
            kind, action = soap.CONTENT_TYPES[version].decode(), fields.get("soap_action", "")
            if version == "1.1":
                headers.setdefault("SOAPAction", f'"{action}"')
            headers.setdefault("Content-Type", f'{kind}; action="{action}"' if version == "1.2" and action else kind)
            envelope, header = soap.wrapped(_bytes(data), version), envelope_header(definition) if definition else b""
            return soap.with_header(envelope, header) if header else envelope
        if data != "" and data is not None:
            kinds = {"json": "application/json", "xml": "text/xml; charset=utf-8"}
            kind = fields.get("content_type") or kinds.get(fields.get("data_format", "json"), "")
            if kind:
                headers.setdefault("Content-Type", kind)
        return _bytes(data)


def _bytes(data: object) -> bytes:
    if data is None:
        return b""
    if isinstance(data, str):
        return data.encode("utf-8")
    return bytes(data) if isinstance(data, bytes | bytearray | memoryview) else msgspec.json.encode(data)


def _data(response: "requests.Response", data_format: str) -> object:
    if "json" in response.headers.get("Content-Type", "") or data_format == "json":
        try:
            return msgspec.json.decode(response.content)
        except msgspec.DecodeError:
            return response.text
    return response.text
