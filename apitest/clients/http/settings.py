"""How requests travel: what the sentences say, and what the environment of the process says."""

import os
import sys
from collections.abc import Mapping
from typing import NamedTuple

DEFAULT_TIMEOUT = 30.0
_WITH_SETTINGS = ("darwin", "win32")  # where proxies may come from the system's settings, too


class RequestSettings(NamedTuple):
    """What the sentences say, or their defaults.

    Attributes:
        timeout: seconds from connecting to the last byte of the response.
        verify: whether the server's certificate is checked, or the CA file to check it with.
        certificate: the client certificate and its key; None for none.
        redirects: whether they are followed.
        size: bytes that the body of a response may have; None for the project's limit.
        keeps_credentials: whether another origin that a redirect leads to is sent credentials, cookies and bodies.
    """

    timeout: float = DEFAULT_TIMEOUT
    verify: bool | str = True
    certificate: tuple[str, str] | None = None
    redirects: bool = True
    size: int | None = None
    keeps_credentials: bool = False


def _names_proxy(variable: str) -> bool:
    return variable[-6:].lower() == "_proxy" and variable.lower() != "no_proxy"


def ca_bundle(environ: Mapping[str, str] = os.environ) -> str | bool:
    """The file of certificates that the environment names; True for those that requests brings."""
    return environ.get("REQUESTS_CA_BUNDLE") or environ.get("CURL_CA_BUNDLE") or True


def proxies(url: str) -> dict[str, str]:
    """The proxies that the environment asks for, by scheme; none for a host that ``no_proxy`` names."""
    if sys.platform not in _WITH_SETTINGS and not any(map(_names_proxy, os.environ)):
        return {}
    from requests.utils import get_environ_proxies  # here, since requests takes its time to import

    return get_environ_proxies(url, no_proxy=None)
