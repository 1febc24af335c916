"""Sends the request that the steps built up, and keeps what came back.

Nothing here imports requests until the first request is sent.
"""

from collections.abc import Iterable, Mapping
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from apitest.clients.http import body as http_body
from apitest.clients.http import exchange as http_exchange
from apitest.clients.http import url as http_url
from apitest.clients.http.auth import HEADER, ApiKeys, of_url
from apitest.clients.http.cookies import Cookies
from apitest.clients.http.settings import RequestSettings
from apitest.clients.response import Answer
from apitest.context import FeatureContext, SignIn
from apitest.errors import ApitestError
from apitest.language.names import alike
from apitest.redaction import learning, redact_url
from apitest.redaction.appearance import is_worth

_LEARNED = 20_000  # bytes of a body in which secrets are looked for

if TYPE_CHECKING:
    from requests import Response as HTTPResponse
    from requests.cookies import RequestsCookieJar

    from apitest.clients.http.connection import Session, Target
    from apitest.clients.http.message import Outgoing, Received


class HTTPAnswer(Answer):
    """The answer to an HTTP request.

    Attributes:
        received: what came; what a project's own Python has put into ``data`` counts instead.
        data: the same as a requests.Response, made when it is first read.
    """

    received: "Received"
    data: "HTTPResponse"

    def __init__(self, received: "Received", response_format: str) -> None:
        charset = _charset(received.headers.text("Content-Type") or None)
        super().__init__(None, received.content, response_format, charset)
        fields = self.__dict__
        del fields["data"]
        fields["received"] = received

    def __getattr__(self, name: str) -> object:
        fields = self.__dict__
        if name == "data" and "received" in fields:
            from apitest.clients.http.library import as_response

            fields["data"] = as_response(fields["received"])
            return fields["data"]
        if name == "received" and fields.get("data") is not None:
            return fields["data"]  # of the project's own making; its fields have the same names
        return super().__getattr__(name)

    def __setattr__(self, name: str, value: object) -> None:
        """As of any answer; a response that is put into ``data`` is what later checks look at."""
        if name == "data":
            self.__dict__.pop("received", None)
        super().__setattr__(name, value)

    def __contains__(self, name: object) -> bool:
        return super().__contains__(name) or (name == "data" and "received" in self.__dict__)

    @property
    def seconds(self) -> float:
        """The time from sending the request to the last byte of the answer."""
        return self.received.elapsed.total_seconds()

    def described(self) -> str:
        """The status and the type of the answer."""
        answer = self.received
        content_type = answer.headers.get("Content-Type", "no Content-Type")
        return f"the response, {answer.status_code} {answer.reason or ''}".rstrip() + f", {content_type!s}"


def kept_cookies(zato: FeatureContext) -> Cookies:
    """The cookies of the scenario that runs."""
    return zato.scenario.get("http", "cookies", Cookies)


def cookies(zato: FeatureContext) -> "RequestsCookieJar":
    """The jar of the cookies of the scenario that runs."""
    return kept_cookies(zato).jar


def session(zato: FeatureContext) -> "Session":
    """The connection pool of the run."""
    from apitest.clients.http.connection import Session  # here, so that a run without requests never loads it

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
    headers = _merged(keys.headers, request.headers) if keys.headers else dict(request.headers)
    again = partial(send, zato, request.method, url, headers, body, request.response_format, zato.sign_in)
    zato.answered(again(), again)


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
    http = session(zato)
    request, target = _prepare(zato, http, method, url, headers, body)
    if settings.verify is False:
        http.allow_insecure(zato.run.emit)
    size = settings.size or zato.run.project.response_limit
    own_cookies = kept_cookies(zato)
    if not alike(HEADER, headers):
        _sign(zato, request, sign_in)
    cookie = own_cookies.header(request)
    if cookie is not None:
        request.headers["Cookie"] = cookie
    _learn(zato, request.url, request.headers.pairs(), request.body)
    zato.run.trace.began(partial(http_exchange.make, request, None))
    try:
        received = http.exchange(request, settings, size, own_cookies, zato.run.secrets, zato.run.emit)
    except Exception as error:
        _record(zato, request, None)
        raise _translated(error, request, settings, target) from None
    _learn(zato, "", received.headers.pairs(), received.content)
    zato.run.secrets.update(filter(is_worth, own_cookies.values()))
    _record(zato, request, received)
    return HTTPAnswer(received, response_format)


def _sign(zato: FeatureContext, request: "Outgoing", sign_in: SignIn | None) -> None:
    """Says who sends the request: the sign-in of the scenario or, without one, whom its URL names."""
    named = of_url(request.url) if sign_in is None else None
    if named is not None:
        zato.run.secrets.update(filter(None, (named.password, named.encoded())))
    for each in filter(None, (sign_in, named)):
        each.apply(request)


def _learn(zato: FeatureContext, url: str | None, headers: Iterable[tuple[str, str | bytes]], body: object) -> None:
    """What a message holds under the names of secrets is hidden from now on."""
    start = body[:_LEARNED] if isinstance(body, str | bytes) else ""
    text = start.decode("utf-8", "replace") if isinstance(start, bytes) else start
    zato.run.secrets |= learning.of_message(url or "", headers, text)


def _base(zato: FeatureContext) -> str:
    """What the URL of the next request starts at; a relative one, at the URL of the last response."""
    last = zato.response
    if zato.request.url and isinstance(last, HTTPAnswer) and "data" in last:
        return str(last.received.url)
    return zato.address


def _merged(kept: Mapping[str, str], own: Mapping[str, object]) -> dict[str, object]:
    """Headers of every request and those of one, which count for more."""
    return {**{name: value for name, value in kept.items() if not alike(name, own)}, **own}


def _prepare(
    zato: FeatureContext,
    http: "Session",
    method: str,
    url: str,
    headers: Mapping[str, object],
    body: http_body.Body,
) -> "tuple[Outgoing, Target]":
    try:
        target = http.target(url)
        return http.prepare(method, target.url, headers, body.content, body.content_type), target
    except Exception as error:
        from apitest.clients.http import errors as http_errors

        attempt = http_errors.Attempt(f"{method} {redact_url(url)}", url, zato.settings(RequestSettings).timeout)
        raise http_errors.translate(error, attempt) from None


def _translated(error: Exception, request: "Outgoing", settings: RequestSettings, target: "Target") -> ApitestError:
    from apitest.clients.http import errors as http_errors

    parts = urlsplit(target.url)
    host = parts.netloc.rpartition("@")[2]
    proxy = redact_url(target.proxies.get(parts.scheme, ""))
    attempt = http_errors.Attempt(f"{request.method} {redact_url(target.url)}", host, settings.timeout, proxy)
    return http_errors.translate(error, attempt)


def _record(zato: FeatureContext, request: "Outgoing", received: "Received | None") -> None:
    zato.exchange = partial(http_exchange.make, request, received)
    zato.run.exchanged(zato.exchange)


def _charset(content_type: str | None) -> str | None:
    if content_type is None:
        return None
    _, found, rest = content_type.lower().partition("charset=")
    return rest.partition(";")[0].strip(" \"'") or None if found else None
