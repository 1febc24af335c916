"""PURE  Where several servers are, as the definition of a connection lists them."""

from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import urlsplit


class Place(NamedTuple):
    """Where one is, and what is spoken with it."""

    scheme: str
    host: str
    port: int

    @property
    def where(self) -> str:
        """As people write it."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{host}:{self.port}"


def places(text: str, ports: Mapping[str, int], scheme: str) -> list[Place]:
    """Those of a text, one a line: ``ldap.example.com``, ``ldap.example.com:389``, ``ldaps://ldap.example.com``.

    Args:
        text: the lines; empty ones count nothing.
        ports: scheme -> its port, where a line has none.
        scheme: that of lines without one.

    Raises:
        ValueError: with what the text must have.
    """
    found = [_place(line.strip(), ports, scheme) for line in text.splitlines() if line.strip()]
    if not found:
        raise ValueError(f"must have a server, such as {_example(ports, scheme)}")
    return found


def _place(line: str, ports: Mapping[str, int], scheme: str) -> Place:
    try:
        parts = urlsplit(line if "://" in line else f"{scheme}://{line}")
        is_one = parts.scheme in ports and parts.hostname and parts.port != 0 and parts.path in ("", "/")
    except ValueError:
        is_one = False
    if not is_one or any(sign in line for sign in "@?# ") or not line.isprintable():
        raise ValueError(f"must have lines such as {_example(ports, scheme)}, and not `{line[:100]}`")
    return Place(parts.scheme, parts.hostname or "", parts.port or ports[parts.scheme])


def _example(ports: Mapping[str, int], scheme: str) -> str:
    return f"{scheme}.example.com:{ports[scheme]}"
