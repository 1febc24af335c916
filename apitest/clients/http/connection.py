"""The HTTP connections of a run, with what each request needs looked up once."""

import time
from collections.abc import Collection, Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from apitest import __version__
from apitest.clients.http import redirects, wire
from apitest.clients.http import settings as http_settings
from apitest.clients.http import url as http_url
from apitest.clients.http.cookies import Cookies
from apitest.clients.http.direct import Direct
from apitest.clients.http.limits import Limits
from apitest.clients.http.message import NOT_SENT, Headers, Outgoing, Received
from apitest.clients.http.settings import RequestSettings
from apitest.events import Listener, Notice
from apitest.expressions import expression

if TYPE_CHECKING:
    from requests.adapters import BaseAdapter

    from apitest.clients.http.library import Library

_CACHED_URLS = 2_000
_BY_DEFAULT = ("accept-encoding", "host", "user-agent")  # sent by urllib3 even if they are left out
_HEADER = expression(r"[^:\s][^:\r\n]*")
_HEADER_VALUE = expression(r"\S[^\r\n]*|")


class Target(NamedTuple):
    """A URL, made ready once: percent-encoded, and the proxies that the environment asks for."""

    url: str
    proxies: dict[str, str]


class Session:
    """Sends requests and reads their answers to the end within the time-out.

    Attributes:
        adapter: of requests; takes the place of the run's own connections while it is set.
    """

    adapter: "BaseAdapter | None" = None

    def __init__(self) -> None:
        self.limits = Limits()
        self.ca_bundle = http_settings.ca_bundle()
        self.direct = Direct(self.limits, self.ca_bundle)
        self.default_headers = Headers(
            (
                ("User-Agent", f"apitest/{__version__}"),
                ("Accept-Encoding", "gzip, deflate"),
                ("Accept", "*/*"),
                ("Connection", "keep-alive"),
            )
        )
        self._library: Library | None = None
        self._insecure_told = False
        self._targets: dict[str, Target] = {}
        self._proxies: dict[tuple[str, str, int], dict[str, str]] = {}

    def close(self) -> None:
        """Ends the connections."""
        self.direct.close()
        if self._library is not None:
            self._library.close()

    def target(self, url: str) -> Target:
        """A URL made ready to be sent to.

        Raises:
            requests.exceptions.InvalidURL: it is not a URL.
        """
        found = self._targets.get(url)
        if found is None:
            ready = http_url.ready(url)
            if len(self._targets) >= _CACHED_URLS:
                self._targets.clear()
            found = self._targets[url] = Target(ready, self.proxies_for(ready))
        return found

    def proxies_for(self, url: str) -> dict[str, str]:
        """The proxies that the environment asks for, by scheme; none for a host that ``no_proxy`` names."""
        origin = http_url.origin(url)
        if origin not in self._proxies:
            self._proxies[origin] = http_settings.proxies(url)
        return self._proxies[origin]

    def prepare(
        self, method: str, url: str, headers: Mapping[str, object], content: bytes | None, content_type: str | None
    ) -> Outgoing:
        """A request made by hand; the URL is a target's.

        A header whose value is None is not sent, whether it is one of the default headers or not.

        Raises:
            requests.exceptions.InvalidHeader: a header's name or value is not valid.
        """
        sent = self.default_headers.copy()
        for name, value in headers.items():
            if value is None:
                _leave_out(name, sent)
                continue
            text = str(value)
            if not (_HEADER.fullmatch(name) and _HEADER_VALUE.fullmatch(text)):
                _refuse(name, text)
            sent[name] = text if text.isascii() else text.encode()  # headers are Latin-1, and servers read UTF-8
        if content is not None or method not in ("GET", "HEAD"):
            sent["Content-Length"] = str(len(content or b""))
        if content_type is not None and "Content-Type" not in sent:
            sent["Content-Type"] = content_type
        return Outgoing(method, url, sent, content)

    def allow_insecure(self, emit: Listener) -> None:
        """Says once that certificates are not checked, instead of urllib3 at each request."""
        if not self._insecure_told:
            import urllib3

            self._insecure_told = True
            urllib3.disable_warnings(urllib3.exceptions.InsecureRequestWarning)
            emit(Notice("TLS verification is off: certificates are not checked", verbose_only=False))

    def exchange(
        self,
        request: Outgoing,
        settings: RequestSettings,
        size: int,
        cookies: Cookies,
        secrets: Collection[str],
        emit: Listener,
    ) -> Received:
        """Sends a request and reads the whole answer, following redirects; cookies are kept.

        Args:
            request: its URL is a target's.
            settings: how it is sent; the time-out is one for all that it takes.
            size: bytes that the body of a response may have.
            cookies: of the scenario.
            secrets: values that no other origin is sent.
            emit: is told what a redirect's target was not sent.

        Raises:
            Exception: any of requests or urllib3, of a socket, or TooLarge; see http_errors.
        """
        started = time.monotonic()
        self.limits.start(settings.timeout)
        answer = self._answered(request, settings, size, cookies)
        history: list[Received] = []
        while settings.redirects and answer.is_redirect and answer.headers["Location"]:
            redirects.check_number(history)
            history.append(answer)
            hop = redirects.hop(answer, cookies, secrets, keep=settings.keeps_credentials)
            if hop.dropped:
                emit(redirects.notice(hop))
            answer = self._answered(hop.request, settings, size, cookies)
        answer.history = [*history, *answer.history]
        answer.elapsed = timedelta(seconds=time.monotonic() - started)
        return answer

    def _answered(self, request: Outgoing, settings: RequestSettings, size: int, cookies: Cookies) -> Received:
        """One request, or two where a Digest challenge is answered, and the whole response."""
        proxies = self.proxies_for(request.url)
        if self.adapter or proxies or request.digest or not wire.is_usual(request):
            answer = self._by_library().send(request, settings, size, proxies, cookies)
        else:
            answer = self.direct.send(request, settings, size)
        if "Set-Cookie" in answer.headers:
            cookies.keep(answer.request, answer.all("Set-Cookie"))
        return answer

    def _by_library(self) -> "Library":
        from apitest.clients.http.library import Library

        if self.adapter is not None:
            return Library(self.adapter, self.limits, self.ca_bundle)
        if self._library is None:
            from apitest.clients.http.pools import Adapter

            self._library = Library(Adapter(self.limits), self.limits, self.ca_bundle)
        return self._library


def _leave_out(name: str, sent: Headers) -> None:
    """A header that is not sent, even if it is by default."""
    if name.lower() in _BY_DEFAULT:
        sent[name] = NOT_SENT
    else:
        sent.pop(name, None)


def _refuse(name: str, value: str) -> None:
    from requests.utils import check_header_validity

    check_header_validity((name, value))
