"""Makes the URL of a request from the parts that the sentences give."""

import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import quote, urlencode

from apitest.context import Request
from apitest.errors import BadValue

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)://")
_NO_ADDRESS = 'Add before it: Given address "http://localhost:8080"'


def full(request: Request) -> str:
    """Address, path, query string and query parameters as one URL, not yet percent-encoded.

    Raises:
        BadValue: there is no address, or none that HTTP can use.
    """
    url = join(str(request.address).strip(), str(request.url_path).strip(), str(request.query_string).strip())
    parameters = request.get("query_parameters")
    return with_parameters(url, parameters) if parameters else url


def join(address: str, path: str, query: str) -> str:
    """The three parts joined as written, with the slash, question mark or ampersand between them supplied.

    Raises:
        BadValue: as of :func:`full`.
    """
    _check(address)
    if path and path[0] not in "/?#" and not address.endswith("/"):
        path = f"/{path}"
    elif path.startswith("/") and address.endswith("/"):
        address = address[:-1]
    url = address + path
    if not query:
        return url
    return f"{url}{'&' if '?' in url else '?'}{query[1:] if query[0] in '?&' else query}"


def with_parameters(url: str, parameters: Iterable[tuple[str, Any]]) -> str:
    """A URL with more query parameters at its end, before the fragment if it has one."""
    base, sign, fragment = url.partition("#")
    encoded = urlencode([(name, str(value)) for name, value in parameters], quote_via=quote)
    return f"{base}{'&' if '?' in base else '?'}{encoded}{sign}{fragment}"


def _check(address: str) -> None:
    if not address:
        raise BadValue("There is no address to send the request to", fix=_NO_ADDRESS)
    scheme = _SCHEME.match(address)
    if scheme is None:
        raise BadValue(
            f'The address "{address}" has no scheme',
            fix=f'Did you mean "http://{address.lstrip("/")}"?',
        )
    if scheme[1].lower() not in ("http", "https"):
        raise BadValue(
            f'The address "{address}" has the scheme "{scheme[1]}", which no HTTP request can be sent to',
            fix="Use http:// or https://",
        )
