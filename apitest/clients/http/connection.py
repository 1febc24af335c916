"""One pooled session of requests, with what it looks up for each request looked up once.

This module imports requests, which takes a while: only the first request of a run imports it.
"""

import time
from collections.abc import Collection, Mapping
from datetime import timedelta
from typing import Any, NamedTuple

import requests
import urllib3
from requests.adapters import HTTPAdapter
from requests.cookies import RequestsCookieJar, extract_cookies_to_jar
from requests.hooks import dispatch_hook
from requests.structures import CaseInsensitiveDict
from requests.utils import check_header_validity
from urllib3.connectionpool import ConnectionPool
from urllib3.exceptions import HTTPError, InsecureRequestWarning
from urllib3.util import SKIP_HEADER, Timeout
from urllib3.util.request import SKIPPABLE_HEADERS

from apitest import __version__
from apitest.clients.http import redirects
from apitest.clients.http import settings as http_settings
from apitest.clients.http.limits import Limits, TooLarge, pool_classes
from apitest.clients.http.settings import RequestSettings
from apitest.events import Listener, Notice
from apitest.language.sizes import show_size

_CHUNK = 65_536
_CACHED_URLS = 2_000


class Target(NamedTuple):
    """A URL, made ready once: percent-encoded, and the proxies that the environment asks for."""

    url: str
    proxies: dict[str, str]


class Adapter(HTTPAdapter):
    """Finds the pool of the last request again without building its key, and spares plain HTTP the TLS set-up."""

    _last: tuple[tuple[Any, ...], ConnectionPool] | None = None

    def __init__(self, limits: Limits) -> None:
        self._pool_classes = pool_classes(limits)
        super().__init__()
        self.poolmanager.pool_classes_by_scheme = self._pool_classes

    def proxy_manager_for(self, proxy: str, **named: Any) -> Any:
        manager = super().proxy_manager_for(proxy, **named)
        manager.pool_classes_by_scheme = self._pool_classes
        return manager

    def get_connection_with_tls_context(
        self, request: Any, verify: Any, proxies: Any = None, cert: Any = None
    ) -> ConnectionPool:
        if proxies:
            return super().get_connection_with_tls_context(request, verify, proxies=proxies, cert=cert)
        url = request.url
        key = (url[: url.index("/", 8)], verify, cert)
        if self._last is None or self._last[0] != key:
            self._last = (key, super().get_connection_with_tls_context(request, verify, cert=cert))
        return self._last[1]

    def request_url(self, request: Any, proxies: Any) -> str:
        return super().request_url(request, proxies) if proxies else str(request.path_url)

    def cert_verify(self, conn: Any, url: str, verify: Any, cert: Any) -> None:
        if url.startswith("https"):
            super().cert_verify(conn, url, verify, cert)  # type: ignore[no-untyped-call]  # in the stubs


class Session(requests.Session):
    """Sends prepared requests and reads their answers to the end within the time-out."""

    def __init__(self) -> None:
        super().__init__()
        self.trust_env = False  # the environment is read below, once a host and not once a request
        self.limits = Limits()
        self.adapter = Adapter(self.limits)
        self.mount("http://", self.adapter)
        self.mount("https://", self.adapter)
        self.ca_bundle = http_settings.ca_bundle()
        self.default_headers: CaseInsensitiveDict[Any] = CaseInsensitiveDict(
            {
                "User-Agent": f"apitest/{__version__}",
                "Accept-Encoding": "gzip, deflate",
                "Accept": "*/*",
                "Connection": "keep-alive",
            }
        )
        self._insecure_told = False
        self._targets: dict[str, Target] = {}
        self._proxies: dict[str, dict[str, str]] = {}

    def target(self, url: str) -> Target:
        """A URL made ready to be sent to.

        Raises:
            requests.exceptions.InvalidURL: it is not a URL.
        """
        found = self._targets.get(url)
        if found is None:
            prepared = requests.PreparedRequest()
            prepared.prepare_url(url, None)
            if len(self._targets) >= _CACHED_URLS:
                self._targets.clear()
            found = self._targets[url] = Target(str(prepared.url), self.proxies_for(str(prepared.url)))
        return found

    def proxies_for(self, url: str) -> dict[str, str]:
        """The proxies that the environment asks for, by scheme; none for a host that ``no_proxy`` names."""
        origin = url[: url.index("/", 8)]
        if origin not in self._proxies:
            self._proxies[origin] = http_settings.proxies(url)
        return self._proxies[origin]

    def prepare(
        self, method: str, url: str, headers: Mapping[str, Any], content: bytes | None, content_type: str | None
    ) -> requests.PreparedRequest:
        """A request made by hand, in the parts that need no work done again: the URL is a target's.

        A header whose value is None is not sent, whether it is one of the default headers or not.

        Raises:
            requests.exceptions.InvalidHeader: a header's name or value is not valid.
        """
        prepared = requests.PreparedRequest()
        prepared.method, prepared.url, prepared.body = method, url, content
        prepared.headers = sent = self.default_headers.copy()
        for name, value in headers.items():
            if value is None:
                _leave_out(name, sent)
                continue
            text = str(value)
            check_header_validity((name, text))
            sent[name] = text if text.isascii() else text.encode()  # http.client knows Latin-1 only
        if content is not None or method not in ("GET", "HEAD"):
            sent["Content-Length"] = str(len(content or b""))
        if content_type is not None and "Content-Type" not in sent:
            sent["Content-Type"] = content_type
        return prepared

    def allow_insecure(self, emit: Listener) -> None:
        """Says once that certificates are not checked, instead of urllib3 at each request."""
        if not self._insecure_told:
            self._insecure_told = True
            urllib3.disable_warnings(InsecureRequestWarning)
            emit(Notice("TLS verification is off: certificates are not checked", verbose_only=False))

    def exchange(
        self,
        prepared: requests.PreparedRequest,
        settings: RequestSettings,
        size: int,
        jar: RequestsCookieJar,
        secrets: Collection[str],
        emit: Listener,
    ) -> requests.Response:
        """Sends a request and reads the whole answer, following redirects; cookies are put into the jar.

        Args:
            prepared: the request; its URL is a target's.
            settings: how it is sent; the time-out is one for all that it takes.
            size: bytes that the body of a response may have.
            jar: the cookies of the scenario.
            secrets: values that no other origin is sent.
            emit: is told what a redirect's target was not sent.

        Raises:
            Exception: any of requests or urllib3, or TooLarge; see http_errors.
        """
        started = time.monotonic()
        self.limits.start(settings.timeout)
        response = self._answered(prepared, settings, size, jar)
        history: list[requests.Response] = []
        while settings.redirects and response.is_redirect and response.headers["Location"]:
            redirects.check_number(history)
            history.append(response)
            hop = redirects.hop(response, jar, secrets, keep=settings.keeps_credentials)
            if hop.dropped:
                emit(redirects.notice(hop))
            response = self._answered(hop.request, settings, size, jar)
        response.history = [*history, *response.history]
        response.elapsed = timedelta(seconds=time.monotonic() - started)
        return response

    def _answered(
        self, prepared: requests.PreparedRequest, settings: RequestSettings, size: int, jar: RequestsCookieJar
    ) -> requests.Response:
        """One request, or two where a Digest challenge is answered, and the whole response."""
        url = str(prepared.url)
        options: dict[str, Any] = {
            "stream": True,
            "timeout": Timeout(total=self.limits.seconds()),
            "verify": self.ca_bundle if settings.verify is True else settings.verify,
            "cert": settings.certificate,
            "proxies": self.proxies_for(url),
        }
        self.limits.await_headers()
        response = self.adapter.send(prepared, **options)
        if prepared.hooks["response"]:
            self._read(response, size)  # the hook would read all of it
            self.limits.await_headers()
            response = dispatch_hook("response", prepared.hooks, response, **options)  # type: ignore[no-untyped-call]  # in the stubs
        _keep_cookies(jar, response)
        self._read(response, size)
        return response

    def _read(self, response: requests.Response, size: int) -> None:
        self.limits.await_body()
        try:
            read(response, self.limits, size)
        except HTTPError:
            if not response.is_redirect:
                raise
            response.raw.close()  # what is wrong with a page that nobody looks at does not matter


def _leave_out(name: str, sent: CaseInsensitiveDict[Any]) -> None:
    """A header that is not sent; urllib3 adds some by itself unless it is told not to."""
    if name.lower() in SKIPPABLE_HEADERS:
        sent[name] = SKIP_HEADER
    else:
        sent.pop(name, None)


def read(response: requests.Response, limits: Limits, size: int) -> None:
    """Reads the body as it comes, unless it was read already, within the limits of time and size.

    Raises:
        TimeoutError: it takes too long.
        TooLarge: the body has more than ``size`` bytes, sent or unpacked.
        urllib3.exceptions.HTTPError: the connection or the encoding broke.
    """
    if response._content_consumed:  # type: ignore[attr-defined]  # requests has no public way to tell
        return
    chunks: list[bytes] = []
    raw: Any = response.raw
    total = raw.length_remaining or 0  # as the server says; 0 if it says nothing
    try:
        if total <= size:
            total = 0
            while total <= size and (chunk := raw.read1(_CHUNK, decode_content=True)):
                chunks.append(chunk)
                limits.seconds()
                total += len(chunk)
        if total > size:
            raise TooLarge(f"a body of more than {show_size(size)}")
    except BaseException:
        raw.close()
        raise
    raw.release_conn()
    # requests has no public way to hand a Response a body that was read already.
    response._content = b"".join(chunks)
    response._content_consumed = True  # type: ignore[attr-defined]


def _keep_cookies(jar: RequestsCookieJar, response: requests.Response) -> None:
    if "Set-Cookie" not in response.headers:
        return
    for line in response.raw.headers.getlist("Set-Cookie"):
        name = line.partition("=")[0].strip()
        if ("", "/", name) in {(c.domain, c.path, c.name) for c in jar}:
            jar.clear("", "/", name)  # set by a step for any host: the server's own takes its place
    extract_cookies_to_jar(jar, response.request, response.raw)  # type: ignore[no-untyped-call]  # in the stubs
