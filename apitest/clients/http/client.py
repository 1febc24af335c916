"""Sends the request that the steps built up, and keeps what came back.

Nothing here imports requests until the first request is sent.
"""

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from apitest.clients.http import body as http_body
from apitest.clients.http import exchange as http_exchange
from apitest.clients.http import url as http_url
from apitest.clients.http.auth import HEADER, ApiKeys
from apitest.clients.http.settings import RequestSettings
from apitest.clients.response import Answer
from apitest.context import FeatureContext, SignIn
from apitest.errors import ApitestError
from apitest.language.names import alike
from apitest.redaction import learning, redact_url
from apitest.redaction.learning import is_worth

_LEARNED = 20_000  # bytes of a body in which secrets are looked for

if TYPE_CHECKING:
    from requests import PreparedRequest
    from requests import Response as HTTPResponse
    from requests.cookies import RequestsCookieJar

    from apitest.clients.http.connection import Session, Target


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
        CheckFailed: the response cannot be used.
    """
    request, keys = zato.request, zato.settings(ApiKeys)
    base = _base(zato)
    zato.sent()
    url = http_url.full(request, base, keys.parameters.items())
    body = http_body.of(request)
    zato["full_address"] = url  # a name that Python steps of existing projects read
    headers = _merged(keys.headers, request.headers) if keys.headers else request.headers
    zato.response = send(zato, request.method, url, headers, body, request.response_format, zato.sign_in)


def send(
    zato: FeatureContext,
    method: str,
    url: str,
    headers: Mapping[str, object],
    body: http_body.Body,
    response_format: str,
    sign_in: SignIn | None,
) -> HTTPAnswer:
    """Sends any request with the connection settings of the feature.

    Raises:
        ApitestError: as of :func:`invoke`.
    """
    settings = zato.settings(RequestSettings)
    prepared, target = _prepare(zato, method, url, headers, body)
    if settings.verify is False:
        session(zato).allow_insecure(zato.run.emit)
    size = settings.size or zato.run.project.response_limit
    jar = cookies(zato)
    if sign_in is not None and not alike(HEADER, headers):
        sign_in.apply(prepared)
    if jar or prepared.hooks["response"]:
        prepared.prepare_cookies(jar)
    _learn(zato, prepared.url, prepared.headers, prepared.body)
    try:
        response = session(zato).exchange(prepared, settings, size, jar, zato.run.secrets, zato.run.emit)
    except Exception as error:
        _record(zato, prepared, None)
        raise _translated(error, prepared, settings, target) from None
    _learn(zato, "", response.headers, response.content)
    zato.run.secrets.update(value for cookie in jar if (value := cookie.value) and is_worth(value))
    _record(zato, prepared, response)
    return HTTPAnswer(response, response_format)


def _learn(zato: FeatureContext, url: str | None, headers: Mapping[str, str | bytes], body: object) -> None:
    """What a message holds under the names of secrets is hidden from now on."""
    start = body[:_LEARNED] if isinstance(body, str | bytes) else ""
    text = start.decode("utf-8", "replace") if isinstance(start, bytes) else start
    zato.run.secrets |= learning.of_message(url or "", headers.items(), text)


def _base(zato: FeatureContext) -> str:
    """What the URL of the next request starts at; a relative one, at the URL of the last response."""
    last = zato.response
    return str(last.data.url) if zato.request.url and isinstance(last, HTTPAnswer) and last.data else zato.address


def _merged(kept: Mapping[str, str], own: Mapping[str, object]) -> dict[str, object]:
    """Headers of every request and those of one, which count for more."""
    return {**{name: value for name, value in kept.items() if not alike(name, own)}, **own}


def _prepare(
    zato: FeatureContext, method: str, url: str, headers: Mapping[str, object], body: http_body.Body
) -> "tuple[PreparedRequest, Target]":
    http = session(zato)
    try:
        target = http.target(url)
        return http.prepare(method, target.url, headers, body.content, body.content_type), target
    except Exception as error:
        from apitest.clients.http import errors as http_errors

        attempt = http_errors.Attempt(f"{method} {redact_url(url)}", url, zato.settings(RequestSettings).timeout)
        raise http_errors.translate(error, attempt) from None


def _translated(
    error: Exception, prepared: "PreparedRequest", settings: RequestSettings, target: "Target"
) -> ApitestError:
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
