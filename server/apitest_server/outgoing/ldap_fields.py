"""PURE  The servers of an LDAP connection, as its definition lists them."""

from typing import NamedTuple
from urllib.parse import urlsplit

_PORTS = {"ldap": 389, "ldaps": 636}


class LDAPServer(NamedTuple):
    """Where one is, and whether TLS is spoken from the start."""

    host: str
    port: int
    has_tls: bool

    @property
    def where(self) -> str:
        """As people write it."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{host}:{self.port}"


def servers(text: str, has_tls: bool = False) -> list[LDAPServer]:
    """Those of a text, one a line: ``ldap.example.com``, ``ldap.example.com:389``, ``ldaps://ldap.example.com``.

    Args:
        text: the lines; empty ones count nothing.
        has_tls: whether TLS is spoken with those, too, whose line does not say so.

    Raises:
        ValueError: with what the text must have.
    """
    found = [_server(line.strip(), "ldaps" if has_tls else "ldap") for line in text.splitlines() if line.strip()]
    if not found:
        raise ValueError("must have a server, such as ldap.example.com:389")
    return found


def _server(line: str, scheme: str) -> LDAPServer:
    try:
        parts = urlsplit(line if "://" in line else f"{scheme}://{line}")
        is_one = parts.scheme in _PORTS and parts.hostname and parts.port != 0 and parts.path in ("", "/")
    except ValueError:
        is_one = False
    if not is_one or any(sign in line for sign in "@?# ") or not line.isprintable():
        raise ValueError(
            f"must have lines such as ldap.example.com:389, ldaps://ldap.example.com, and not `{line[:100]}`"
        )
    has_tls = "ldaps" in (parts.scheme, scheme)
    return LDAPServer(parts.hostname or "", parts.port or _PORTS["ldaps" if has_tls else "ldap"], has_tls)
