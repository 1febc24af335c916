"""A session with an SFTP server, over paramiko, which this module alone imports."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import paramiko

from apitest_server.errors import HTTPError, NotFound, RemoteError, ServiceTimeout, ServiceUnavailable
from apitest_server.odb import StoredObject
from apitest_server.redaction import without

# What it writes there is raised as well, and told once
logging.getLogger("paramiko").setLevel(logging.CRITICAL)
_ERRORS = (paramiko.SSHException, OSError, EOFError)


class Session:
    """One session.

    Attributes:
        files: paramiko's SFTP client.
    """

    def __init__(self, item: StoredObject, directory: Path) -> None:
        """Connects and logs in.

        Args:
            item: the definition.
            directory: where relative paths of this machine begin.

        Raises:
            ServiceUnavailable: the server is away, is not the one that is meant, or refuses the credentials.
        """
        self._name = item.name
        self._secrets = [item.secret("password")]
        self._client = paramiko.SSHClient()
        try:
            self._connect(item, directory)
            self.files = self._client.open_sftp()
            self.files.get_channel().settimeout(item.fields.get("timeout", 10))
        except _ERRORS as error:
            self._client.close()
            is_login = isinstance(error, paramiko.AuthenticationException | paramiko.PasswordRequiredException)
            problem = "refuses to log in" if is_login else "cannot be reached"
            raise ServiceUnavailable(f"`{self._name}` {problem}: {self._said(error)}") from None

    def is_alive(self) -> bool:
        """Whether the server still answers."""
        try:
            self.files.normalize(".")
        except _ERRORS:
            return False
        return True

    def close(self) -> None:
        """Ends it."""
        self._client.close()

    @contextmanager
    def asked(self, what: str) -> Iterator[None]:
        """Around what is asked of the server: its refusals and its end are told in our words."""
        try:
            yield
        except TimeoutError:
            self.close()
            raise ServiceTimeout(f"`{self._name}` did not answer in time when it was asked {what}") from None
        except FileNotFoundError:
            raise NotFound(f"`{self._name}` refuses {what}: there is no such file or directory") from None
        except _ERRORS as error:
            raise self._failed(error, what) from None

    def _failed(self, error: Exception, what: str) -> HTTPError:
        transport = self._client.get_transport()
        if isinstance(error, OSError) and transport is not None and transport.is_active():
            return RemoteError(f"`{self._name}` refuses {what}: {self._said(error)}")
        self.close()
        return ServiceUnavailable(f"`{self._name}` was lost when it was asked {what}: {self._said(error)}")

    def _connect(self, item: StoredObject, directory: Path) -> None:
        fields, password = item.fields, item.secret("password")
        timeout, identity = fields.get("timeout", 10), fields.get("identity_file", "")
        expected = fields.get("host_keys", "").split("\n") if fields.get("host_keys") else []
        if fields.get("validate_host_key", True) and not expected:
            self._client.load_system_host_keys()
        self._client.set_missing_host_key_policy(_Known(expected, bool(fields.get("validate_host_key", True))))
        self._client.connect(
            fields["host"],
            fields.get("port", 22),
            fields.get("username") or None,
            password=None if identity else password,
            key_filename=str(directory / identity) if identity else None,
            passphrase=password or None,
            timeout=timeout,
            banner_timeout=timeout,
            auth_timeout=timeout,
            channel_timeout=timeout,
            allow_agent=False,
            look_for_keys=False,
            compress=bool(fields.get("is_compression_enabled")),
        )

    def _said(self, error: Exception) -> str:
        """In one line; no secret is in it, whatever the server answers."""
        inner = getattr(error, "errors", None)  # A failure for each address of the host
        if inner:
            error = next(iter(inner.values()))
        said = str(getattr(error, "strerror", None) or error) or "the connection was closed"
        return without(" ".join(said.split()), self._secrets)


class _Known:
    """Lets a server in whose key is not among those of known_hosts if its definition says so."""

    def __init__(self, expected: list[str], is_verified: bool) -> None:
        self._expected = {" ".join(line.split()[:2]) for line in expected}
        self._is_verified = is_verified

    def missing_host_key(self, client: object, hostname: str, key: paramiko.PKey) -> None:
        """Called by paramiko for a key that it does not know."""
        shown = f"{key.get_name()} {key.get_base64()}"
        if self._is_verified and shown not in self._expected:
            raise paramiko.SSHException(f"its host key is not known; if it is right, put it into `host_keys`: {shown}")
