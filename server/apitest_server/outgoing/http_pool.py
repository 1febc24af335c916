"""The session of an outgoing connection over HTTP, kept from request to request, with the certificates that it uses."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
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
        wanted = self._wanted()
        with self._lock:
            if self._session is not None and any(map(is_not, wanted, self._used)):
                self._session.close()
                self._session = None
            if self._session is None:
                self._used = wanted
                self._session = self._made(wanted)
            return self._session

    @contextmanager
    def alone(self) -> "Iterator[OneOriginSession]":
        """A session for one request, where it is the connection that is signed in: nobody else may send through it.

        Raises:
            ServiceUnavailable: a certificate is not active.
        """
        made = self._made(self._wanted())
        try:
            yield made
        finally:
            made.close()

    def close(self) -> None:
        """Closes the connections that are kept; requests in flight are finished."""
        with self._lock:
            if self._session is not None:
                self._session.close()

    def _wanted(self) -> tuple[StoredObject | None, ...]:
        fields = self._fields
        return tuple(self._certificates.needed(fields.get(name, 0), self._name) for name in CERTIFICATE_FIELDS)

    def _made(self, certificates: tuple[StoredObject | None, ...]) -> "OneOriginSession":
        from apitest_server.outgoing.http_session import session

        authorities, pair = certificates
        return session(
            self._fields.get("pool_size", 20),
            authorities.fields["value"] if authorities else "",
            pair.secret("value") if pair else "",
            self._fields.get("validate_tls", True),
        )
