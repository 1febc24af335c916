"""Sends requests over the library requests, which knows proxies and Digest Auth, and an adapter of a project's own."""

from io import BytesIO
from typing import Any

import requests
from requests.hooks import dispatch_hook
from requests.structures import CaseInsensitiveDict
from urllib3 import HTTPHeaderDict, HTTPResponse
from urllib3.exceptions import HTTPError
from urllib3.util import Timeout

from apitest.clients.http.cookies import Cookies
from apitest.clients.http.limits import Limits
from apitest.clients.http.message import Headers, Outgoing, Received, trimmed
from apitest.clients.http.settings import RequestSettings
from apitest.clients.http.unpacking import read


class Library:
    """The transport for what is not simply a request to a server.

    Args:
        adapter: of requests.
        limits: of the exchange that runs.
        ca_bundle: the certificates to trust; True for those that requests brings.
    """

    def __init__(self, adapter: requests.adapters.BaseAdapter, limits: Limits, ca_bundle: str | bool) -> None:
        self._adapter = adapter
        self._limits = limits
        self._ca_bundle = ca_bundle

    def send(
        self, request: Outgoing, settings: RequestSettings, size: int, proxies: dict[str, str], cookies: Cookies
    ) -> Received:
        """Sends a request, or two where a Digest challenge is answered, and reads the whole answer.

        Raises:
            Exception: any of requests or urllib3, or TooLarge.
        """
        prepared = _prepared(request, cookies)
        options: dict[str, Any] = {
            "stream": True,
            "timeout": Timeout(total=self._limits.seconds()),
            "verify": self._ca_bundle if settings.verify is True else settings.verify,
            "cert": settings.certificate,
            "proxies": proxies,
        }
        self._limits.await_headers()
        response = self._adapter.send(prepared, **options)
        if prepared.hooks["response"]:
            self._read(response, size)  # the hook would read all of it
            self._limits.await_headers()
            response = dispatch_hook("response", prepared.hooks, response, **options)  # type: ignore[no-untyped-call]  # in the stubs
        self._read(response, size)
        return received(response, request)

    def close(self) -> None:
        """Ends its connections."""
        self._adapter.close()

    def _read(self, response: requests.Response, size: int) -> None:
        self._limits.await_body()
        try:
            read(response, self._limits, size)
        except HTTPError:
            if not response.is_redirect:
                raise
            response.raw.close()  # what is wrong with a page that nobody looks at does not matter


def _prepared(request: Outgoing, cookies: Cookies) -> requests.PreparedRequest:
    prepared = requests.PreparedRequest()
    prepared.method, prepared.url, prepared.body = request.method, request.url, request.body
    prepared.headers = _headers(request)
    if request.digest is not None:
        prepared._cookies = cookies.jar  # type: ignore[attr-defined]  # where the answer to a challenge finds them
        request.digest.handler()(prepared)
    return prepared


def _headers(request: Outgoing) -> "CaseInsensitiveDict[Any]":
    """Bytes are possible, whatever the types of requests say."""
    return CaseInsensitiveDict(dict(request.headers.items()))


def received(response: requests.Response, request: Outgoing) -> Received:
    """A response of requests as ours.

    Args:
        response: read to its end.
        request: what was asked to be sent; the response knows what was sent last.
    """
    headers = getattr(response.raw, "headers", None)
    fields = list(headers.iteritems()) if isinstance(headers, HTTPHeaderDict) else list(response.headers.items())
    sent = response.request
    if isinstance(sent, requests.PreparedRequest):
        last = Headers(sent.headers.items())
        request = Outgoing(str(sent.method), str(sent.url), last, sent.body or None, request.digest)  # type: ignore[arg-type]
    return Received(
        response.status_code,
        response.reason or "",
        str(response.url),
        Headers(trimmed(response.headers.items())),
        trimmed(fields),
        response.content,
        request,
        [received(one, request) for one in response.history],
        response.elapsed,
        original=response,
    )


def as_response(answer: Received) -> requests.Response:
    """An answer as an object of requests, for the Python of a project."""
    response = _made(answer) if answer.original is None else answer.original
    response.history = [as_response(one) for one in answer.history]
    response.elapsed = answer.elapsed
    return response


def _made(answer: Received) -> requests.Response:
    prepared = requests.PreparedRequest()
    asked = answer.request
    prepared.method, prepared.url, prepared.body = asked.method, asked.url, asked.body
    prepared.headers = _headers(asked)
    raw = HTTPResponse(
        BytesIO(), HTTPHeaderDict(answer.fields), answer.status_code, reason=answer.reason, preload_content=False
    )
    response = requests.adapters.HTTPAdapter().build_response(prepared, raw)
    response._content = answer.content
    response._content_consumed = True  # type: ignore[attr-defined]  # requests has no public way to hand it a body
    set_here = Cookies()
    set_here.keep(asked, answer.all("Set-Cookie"))
    response.cookies = set_here.jar
    return response
