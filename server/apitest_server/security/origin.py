"""PURE  Whose page a request was sent by: browsers say so, and add credentials to requests of any page.

A page of another site can make a browser call this server; the browser adds the user name and password that it knows.
With DNS rebinding the page's own name leads to this server, so that its requests look like our own pages'.
"""

import re
from collections.abc import Collection, Iterable
from ipaddress import ip_address

_HOST = re.compile(r"(\[[^\]]*\]|[^:\[\]]*?)\.?(?::[0-9]*)?").fullmatch
Headers = Iterable[tuple[bytes, bytes]]
_OURS = {"same-origin", "none"}  # none: somebody typed the address, or followed a bookmark


def problem_of(headers: Headers, host_names: Collection[str] | None) -> str:
    """Why a request must not be answered, or an empty string. What does not come from a browser is not concerned.

    Args:
        headers: of the request, names in lower case.
        host_names: by which the server may be called, next to addresses and ``localhost``; ``None`` for any.
    """
    hosts = _values(headers, b"host")
    unknown = [host for host in hosts if host_names is not None and not _is_ours(name_of(host), host_names)]
    if unknown:
        return f"This server is not called {name_of(unknown[0])}; see host_names in server.conf"
    sites, origins = _values(headers, b"sec-fetch-site"), _values(headers, b"origin")
    if any(site.lower() not in _OURS for site in sites):
        return "Requests of other sites are refused"
    # Without TLS, browsers do not say Sec-Fetch-Site. The scheme does not count: a proxy may have changed it.
    if not sites and any(not _is_same(origin, hosts) for origin in origins):
        return "Requests of other sites are refused"
    return ""


def is_browser(headers: Headers) -> bool:
    """Whether a browser has sent a request, perhaps on behalf of a page: all of them say that they are a ``Mozilla``.

    A page cannot make a browser leave that out, nor change it without asking the server first.
    """
    told = any(name == b"origin" or name.startswith(b"sec-fetch-") for name, _ in headers)
    return told or any("mozilla" in value.lower() for value in _values(headers, b"user-agent"))


def is_loopback(address: str) -> bool:
    """Whether a server that listens on this address or name can only be reached from its own machine."""
    try:
        return ip_address(address.strip("[]")).is_loopback
    except ValueError:
        return address.lower() == "localhost"


def _values(headers: Headers, name: bytes) -> list[str]:
    return [value.decode("latin-1").strip() for key, value in headers if key == name]


def _is_same(origin: str, hosts: list[str]) -> bool:
    scheme, separator, host = origin.partition("://")
    ports = {"http": ":80", "https": ":443"}
    same = {host.lower(), host.lower().removesuffix(ports.get(scheme.lower(), ":"))}
    return bool(separator) and len(hosts) == 1 and hosts[0].lower() in same


def name_of(host: str) -> str:
    """A host without its port; one that is not valid as it is, which makes it unknown."""
    match = _HOST(host)
    return match[1].lower() if match else host


def _is_ours(name: str, host_names: Collection[str]) -> bool:
    if name == "localhost" or name.endswith(".localhost") or name in host_names:
        return True
    try:
        ip_address(name.strip("[]"))
    except ValueError:
        return False
    return True  # A page that is called by an address was loaded from there
