"""The session of an outgoing connection over HTTP, kept from request to request, with the certificates that it uses."""

from collections.abc import Mapping
from operator import is_not
from threading import Lock
from typing import TYPE_CHECKING, Any

from apitest_server.odb import StoredObject
from apitest_server.security.certificates import Certificates

if TYPE_CHECKING:
    from apitest_server.outgoing.http_session import OneOriginSession

CERTIFICATE_FIELDS = ("sec_tls_ca_cert_id", "sec_tls_key_cert_id")


class SessionPool:
    """Made with the first request, and anew when one of its certificates has changed."""

    def __init__(self, name: str, fields: Mapping[str, Any], certificates: Certificates | None = None) -> None:
        """Takes the connection.

        Args:
            name: for errors.
            fields: ``pool_size``, ``validate_tls`` and those of ``CERTIFICATE_FIELDS``; each may be missing.
            certificates: where those are.
        """
        self._name = name
        self._fields = fields
        self._certificates = certificates or Certificates()
        self._used: tuple[StoredObject | None, ...] = ()  # Certificates of the session
        self._lock = Lock()
        self._session: OneOriginSession | None = None

    def session(self) -> "OneOriginSession":
        """The session.

        Raises:
            ServiceUnavailable: a certificate is not active.
        """
        fields = self._fields
        wanted = tuple(self._certificates.needed(fields.get(name, 0), self._name) for name in CERTIFICATE_FIELDS)
        with self._lock:
            if self._session is not None and any(map(is_not, wanted, self._used)):
                self._session.close()
                self._session = None
            if self._session is None:
                from apitest_server.outgoing.http_session import session

                authorities, pair = wanted
                self._used = wanted
                self._session = session(
                    fields.get("pool_size", 20),
                    authorities.fields["value"] if authorities else "",
                    pair.secret("value") if pair else "",
                    fields.get("validate_tls", True),
                )
            return self._session

    def close(self) -> None:
        """Closes the connections that are kept; requests in flight are finished."""
        with self._lock:
            if self._session is not None:
                self._session.close()
