"""Sends the request that the steps built up, and keeps what came back.

Nothing here imports requests until the first request is sent.
"""

from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from apitest.clients.http import auth as http_auth
from apitest.clients.http import body as http_body
from apitest.clients.http import exchange as http_exchange
from apitest.clients.http import url as http_url
from apitest.clients.response import Answer
from apitest.context import FeatureContext, Request
from apitest.errors import ApitestError
from apitest.redaction import redact_url

if TYPE_CHECKING:
    from requests import PreparedRequest
    from requests import Response as HTTPResponse
    from requests.cookies import RequestsCookieJar

    from apitest.clients.http.connection import Session, Settings, Target

DEFAULT_TIMEOUT = 30.0


class HTTPAnswer(Answer):
    """The answer to an HTTP request; ``data`` is a requests.Response."""

    data: "HTTPResponse"

    def __init__(self, response: "HTTPResponse", response_format: str) -> None:
        charset = _charset(response.headers.get("Content-Type"))
        super().__init__(response, response.content, response_format, charset)

    @property
    def seconds(self) -> float:
        """The time from sending the request to the last byte of the answer."""
        return self.data.elapsed.total_seconds()

    def described(self) -> str:
        """The status and the type of the answer."""
        content_type = self.data.headers.get("Content-Type", "no Content-Type")
        return f"the response, {self.data.status_code} {self.data.reason or ''}".rstrip() + f", {content_type}"


class Cookies:
    """The cookies of one scenario."""

    def __init__(self) -> None:
        from requests.cookies import RequestsCookieJar

        self.jar: RequestsCookieJar = RequestsCookieJar()

    def close(self) -> None:
        """Forgets them."""
        self.jar.clear()


def cookies(zato: FeatureContext) -> "RequestsCookieJar":
    """The cookies of the scenario that runs."""
    return zato.scenario.get("http", "cookies", Cookies).jar


def session(zato: FeatureContext) -> "Session":
    """The connection pool of the run."""
    from apitest.clients.http.connection import Session

    return zato.run.clients.get("http", "", Session)


def invoke(zato: FeatureContext) -> None:
    """Sends the pending request; ``zato.response`` and ``zato.exchange`` are set to what came of it.

    Raises:
        BadValue: the request cannot be sent as it is.
        Unreachable: no answer came; TimedOut and TLSFailed likewise.
        CheckFailed: an answer came that makes no sense.
    """
    request = zato.request
    zato.exchange = None  # so that a request that cannot be sent is not shown with the one before it
    url = http_url.full(request)
    body = http_body.of(request)
    zato["full_address"] = url  # a name that Python steps of existing projects read
    zato.response = send(zato, request.method, url, request.headers, body, request.response_format, zato.auth)


def send(
    zato: FeatureContext,
    method: str,
    url: str,
    headers: dict[str, Any],
    body: http_body.Body,
    response_format: str,
    auth: dict[str, Any],
) -> HTTPAnswer:
    """Sends any request with the connection settings of the feature.

    Raises:
        ApitestError: as of :func:`invoke`.
    """
    settings = settings_of(zato.request)
    prepared, target = _prepare(zato, method, url, headers, body)
    if settings.verify is False:
        session(zato).allow_insecure(zato.run.emit)
    jar = cookies(zato)
    if auth and "Authorization" not in prepared.headers:
        http_auth.apply(auth, prepared)
    if jar or prepared.hooks["response"]:
        prepared.prepare_cookies(jar)
    try:
        response = session(zato).exchange(prepared, settings, target.proxies, jar)
    except Exception as error:
        _record(zato, prepared, None)
        raise _translated(error, prepared, settings, target) from None
    _record(zato, prepared, response)
    return HTTPAnswer(response, response_format)


def settings_of(request: Request) -> "Settings":
    """The connection settings that the sentences made, or their defaults."""
    from apitest.clients.http.connection import Settings

    fields = request.__dict__
    return Settings(
        fields.get("timeout", DEFAULT_TIMEOUT),
        fields.get("verify", True),
        fields.get("client_certificate"),
        fields.get("follow_redirects", True),
    )


def _prepare(
    zato: FeatureContext, method: str, url: str, headers: dict[str, Any], body: http_body.Body
) -> "tuple[PreparedRequest, Target]":
    http = session(zato)
    try:
        target = http.target(url)
        return http.prepare(method, target.url, headers, body.content, body.content_type), target
    except Exception as error:
        from apitest.clients.http import errors as http_errors

        attempt = http_errors.Attempt(f"{method} {redact_url(url)}", url, DEFAULT_TIMEOUT)
        raise http_errors.translate(error, attempt) from None


def _translated(error: Exception, prepared: "PreparedRequest", settings: "Settings", target: "Target") -> ApitestError:
    from apitest.clients.http import errors as http_errors

    parts = urlsplit(target.url)
    host = parts.netloc.rpartition("@")[2]
    proxy = redact_url(target.proxies.get(parts.scheme, ""))
    attempt = http_errors.Attempt(f"{prepared.method} {redact_url(target.url)}", host, settings.timeout, proxy)
    return http_errors.translate(error, attempt)


def _record(zato: FeatureContext, prepared: "PreparedRequest", response: "HTTPResponse | None") -> None:
    zato.exchange = partial(http_exchange.make, prepared, response)
    if zato.run.verbose:
        zato.run.emit(zato.exchange())


def _charset(content_type: str | None) -> str | None:
    if content_type is None:
        return None
    _, found, rest = content_type.lower().partition("charset=")
    return rest.partition(";")[0].strip(" \"'") or None if found else None
