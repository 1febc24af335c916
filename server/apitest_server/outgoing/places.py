"""PURE  Where several servers are, as the definition of a connection lists them."""

import re
from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import urlsplit

from apitest_server.redaction import without_credentials

_HOST = re.compile(r"[\w.-]+|[0-9A-Fa-f:.]+")


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
    """Those of a text, as `lines` finds them: ``ldap.example.com``, ``ldap.example.com:389``, ``ldaps://a.example.com``.

    Args:
        text: the lines.
        ports: scheme -> its port, where a line has none.
        scheme: that of lines without one.

    Raises:
        ValueError: with what the text must have.
    """
    found = [_place(line, ports, scheme) for line in lines(text)]
    if not found:
        raise ValueError(f"must have a server, such as {_example(ports, scheme)}")
    return found


def lines(text: str) -> list[str]:
    """One for each server; many people write commas between servers. Empty ones count nothing."""
    return [line for each in text.splitlines() for part in each.split(",") if (line := part.strip())]


def _place(line: str, ports: Mapping[str, int], scheme: str) -> Place:
    beginning = "" if "://" in line else f"{scheme}://"
    try:
        parts = urlsplit(beginning + line)
        is_host = _HOST.fullmatch(parts.hostname or "")
        is_one = is_host and parts.scheme in ports and parts.port != 0 and parts.path in ("", "/")
    except ValueError:
        is_one = False
    if not is_one or any(sign in line for sign in "@?# ") or not line.isprintable():
        shown = without_credentials(beginning + line).removeprefix(beginning)[:100]
        raise ValueError(f"must have lines such as {_example(ports, scheme)}, and not `{shown}`")
    return Place(parts.scheme, parts.hostname or "", parts.port or ports[parts.scheme])


def _example(ports: Mapping[str, int], scheme: str) -> str:
    return f"{scheme}.example.com:{ports[scheme]}"
