"""Makes the URL of a request from the parts that the sentences give."""

from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import quote, unquote_plus, urlencode, urljoin, urlsplit

from apitest.errors import BadValue
from apitest.expressions import expression
from apitest.language.embedding import in_text
from apitest.request import Request

_SCHEME = expression(r"([A-Za-z][A-Za-z0-9+.-]*)://")
# A URL that is written as it is sent: nothing to encode, to put into small letters or to leave out.
_PORT = "(?:[1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3})"
_READY = expression(
    rf"(?P<origin>https?://(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?::{_PORT})?)"
    r"(?P<path>/(?!\.)(?:[A-Za-z0-9_~!$&'()*+,;=:@-]|\.|/(?!\.))*)?"
    r"(?:\?[A-Za-z0-9._~!$&'()*+,;=:@/?-]+)?"
)
_PLAIN = expression(r"[A-Za-z0-9._~!#$&'()*+,;=:@/?-]*")
DEFAULT_PORTS = {"http": 80, "https": 443}
_NO_ADDRESS = """Add before it: Given address "http://localhost:8080"
Or write it once for all scenarios: address = http://localhost:8080, below [apitest] in config.ini"""


def full(request: Request, address: str, parameters: Iterable[tuple[str, object]] = ()) -> str:
    """Address, path, query string and query parameters as one URL, not yet percent-encoded.

    Args:
        request: its whole URL counts for more than the address; where it is relative, it starts at the address.
        address: of the scenario, or of the project.
        parameters: added to those of the request.

    Raises:
        BadValue: there is no address, or none that HTTP can use.
    """
    path, query = str(request.url_path).strip(), str(request.query_string).strip()
    whole = str(request.url).strip()
    url = join(absolute(whole, address), "", query) if whole else join(address, path, query)
    added = [*parameters, *request.query_parameters]
    return with_parameters(url, added) if added else url


def absolute(url: str, base: str) -> str:
    """A URL as it is if it has a scheme, else as a link on the page of another URL."""
    return url if _SCHEME.match(url) or not base else urljoin(base, url)


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


def with_parameters(url: str, parameters: Iterable[tuple[str, object]]) -> str:
    """A URL with more query parameters at its end, before the fragment if it has one."""
    base, sign, fragment = url.partition("#")
    encoded = urlencode([(name, in_text(value)) for name, value in parameters], quote_via=quote)
    return f"{base}{'&' if '?' in base else '?'}{encoded}{sign}{fragment}"


def ready(url: str) -> str:
    """A URL as it is sent: percent-encoded, with a path, its host in ASCII.

    Raises:
        requests.exceptions.RequestException: it is not a URL.
    """
    found = _READY.fullmatch(url)
    if found:
        return url if found["path"] else f"{found['origin']}/{url[found.end('origin') :]}"
    from requests import PreparedRequest  # here, since requests takes its time to import

    prepared = PreparedRequest()
    prepared.prepare_url(url, None)
    return str(prepared.url)


def requoted(url: str) -> str:
    """A URL, absolute or not, with what cannot stand in one percent-encoded, and nothing encoded twice."""
    if _PLAIN.fullmatch(url):
        return url
    from requests.utils import requote_uri

    return requote_uri(url)


def fault(said: str) -> str:
    """What is wrong with a URL, of what a parser says; not what that quotes, which may be a piece of a password.

    A / in a password ends the host for a parser, which then tells what stands before it.
    """
    words = said.casefold()
    if "no host" in words:
        return "it has no host"
    if "scheme" in words or "adapter" in words:
        return "it does not begin with http:// or https://"
    return "its host or its port is not valid; in a user name and a password, / is written %2F, @ %40 and : %3A"


@lru_cache(maxsize=256)
def origin(url: str) -> tuple[str, str, int]:
    """Scheme, host and port of a URL; "" and 0 where it has none.

    Raises:
        ValueError: its port is not a number, or its host not an IPv6 address in brackets.
    """
    parts = urlsplit(url)
    return parts.scheme, parts.hostname or "", parts.port or DEFAULT_PORTS.get(parts.scheme, 0)


def query_without(query: str, name: str) -> str:
    """A query string, all as it is written, without the parameters of a name."""
    start, pairs = query[: len(query) - len(query.lstrip("?& "))], query.lstrip("?& ").split("&")
    kept = [pair for pair in pairs if unquote_plus(pair.partition("=")[0]) != name]
    return start + "&".join(kept) if any(kept) else ""


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
            f'The address "{address}" has the scheme "{scheme[1]}", but HTTP requests need another',
            fix="Use http:// or https://",
        )
