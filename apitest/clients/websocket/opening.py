"""Opens WebSockets for a scenario, with all that its sentences say of requests.

Nothing here imports websocket-client until the first one is opened.
"""

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

from apitest import __version__
from apitest.clients.http import client as http
from apitest.clients.http import settings as http_settings
from apitest.clients.http.auth import HEADER, ApiKeys, BasicAuth, BearerToken, DigestAuth
from apitest.clients.http.message import Headers, Outgoing
from apitest.clients.http.settings import RequestSettings
from apitest.clients.websocket import client
from apitest.clients.websocket import exchange as websocket_exchange
from apitest.clients.websocket import settings as websocket_settings
from apitest.clients.websocket.settings import Target, WebSocketSettings
from apitest.context import FeatureContext
from apitest.errors import ApitestError, BadValue, CheckFailed
from apitest.language.names import alike

if TYPE_CHECKING:
    import ssl

    from apitest.clients.websocket.connection import WebSocketConnection
    from apitest.clients.websocket.handshake import Handshake
    from apitest.clients.websocket.stream import Stream


def connect(zato: FeatureContext, url: str, name: str) -> None:
    """Opens a connection, which is closed at the end of the scenario; one of the same name is closed first.

    Headers, query parameters, cookies, sign-in, API keys, TLS and the time-out are those of requests.

    Raises:
        BadValue: it cannot be asked for like this.
        CheckFailed: the server answers, and refuses.
        Unreachable: it cannot be reached, or does not answer with a handshake; TimedOut and TLSFailed likewise.
    """
    where = target(zato, url)
    sent = headers(zato, where)
    _describe_next(zato)
    open_as(zato, where, name, sent)


def target(zato: FeatureContext, url: str) -> Target:
    """Where a URL leads, with the query parameters of the pending request and of API keys.

    Raises:
        BadValue: it is not the URL of a WebSocket.
    """
    added = [*zato.settings(ApiKeys).parameters.items(), *zato.request.query_parameters]
    where = websocket_settings.target(url, zato.address, added)
    if where.user and where.user[1]:
        zato.run.secrets.add(where.user[1])
    return where


def open_as(zato: FeatureContext, where: Target, name: str, sent: Mapping[str, str]) -> "WebSocketConnection":
    """As `connect`, with the headers that are given."""
    from apitest.clients.websocket.connection import WebSocketConnection

    client.lifetime(zato).drop(client.KIND, name)
    stream, handshake = _shaken(zato, where, sent)
    most = zato.run.project.response_limit
    size = zato.settings(RequestSettings).size or most
    connection = WebSocketConnection(
        name,
        where.shown,
        stream,
        handshake,
        size=size,
        kept=max(size, most),
        answers_pings=zato.settings(WebSocketSettings).answers_pings,
        seconds=client.timeout(zato),
    )
    client.keep(zato, connection)
    return connection


def asked(zato: FeatureContext, url: str) -> "Handshake":
    """What a server answers to the handshake; a WebSocket that it opens is closed at once.

    Raises:
        ApitestError: as of `connect`, but for a refusal.
    """
    from apitest.clients.websocket.handshake import Refused

    where = target(zato, url)
    sent = headers(zato, where)
    _describe_next(zato)
    try:
        stream, handshake = _shaken(zato, where, sent)
    except CheckFailed as refusal:
        if isinstance(refusal.__cause__, Refused):
            answer: Handshake = refusal.__cause__.args[0]
            return answer
        raise
    stream.shutdown()
    stream.close()
    return handshake


def _describe_next(zato: FeatureContext) -> None:
    """The handshake is the request that its headers were for."""
    if not zato.run.project.carries_over:
        zato.request = zato.request.following()


def _shaken(zato: FeatureContext, where: Target, sent: Mapping[str, str]) -> "tuple[Stream, Handshake]":
    """A connection after its handshake."""
    from apitest.clients.websocket import proxy
    from apitest.clients.websocket.handshake import Handshake, shake

    via = proxy.of(where)
    zato.run.trace.began(lambda: websocket_exchange.of_handshake(where.shown, Handshake(tuple(sent.items()))))
    zato.exchange = None
    settings, offered = zato.settings(RequestSettings), zato.settings(WebSocketSettings).subprotocols
    if where.secure and settings.verify is False:
        http.session(zato).allow_insecure(zato.run.emit)
    try:
        tls = _tls(settings) if where.secure else None
        stream, handshake = shake(where, sent, offered, tls, settings.timeout, via)
    except Exception as error:
        raise _refused(zato, error, where, sent, via.shown if via else "") from error
    _keep_cookies(zato, where, handshake)
    return stream, handshake


def headers(zato: FeatureContext, where: Target) -> dict[str, str]:
    """The headers of the handshake: those of the pending request, cookies, sign-in and API keys.

    Raises:
        BadValue: one cannot be sent.
    """
    given = {**zato.settings(ApiKeys).headers, **zato.request.headers}
    if alike("User-Agent", given) == []:
        given["User-Agent"] = f"apitest/{__version__}"
    if not alike(HEADER, given):
        given[HEADER] = _authorization(zato, where)
    if not alike("Cookie", given):
        given["Cookie"] = http.kept_cookies(zato).header(_asking(where))
    sent = {name: str(value) for name, value in given.items() if value is not None}
    for name, value in sent.items():
        websocket_settings.check_header(name, value)
    return sent


def _authorization(zato: FeatureContext, where: Target) -> str | None:
    sign_in = zato.sign_in or (BasicAuth(*where.user) if where.user else None)
    if sign_in is None:
        return None
    if not isinstance(sign_in, BasicAuth | BearerToken):
        what = "Digest Auth" if isinstance(sign_in, DigestAuth) else "OAuth 1.0"
        raise BadValue(f"{what} is not possible for WebSockets", fix="Use Basic Auth, a bearer token or an API key")
    return sign_in.value()


def _asking(where: Target) -> Outgoing:
    """The handshake as a request, which cookies go with."""
    return Outgoing("GET", where.url.replace("ws", "http", 1), Headers())


def _keep_cookies(zato: FeatureContext, where: Target, handshake: "Handshake") -> None:
    lines = [value for name, value in handshake.headers if name.lower() == "set-cookie"]
    if lines:
        http.kept_cookies(zato).keep(_asking(where), lines)


def _tls(settings: RequestSettings) -> "ssl.SSLContext":
    """TLS as requests have it."""
    import ssl  # here, since it takes its time

    known = settings.verify if isinstance(settings.verify, str) else http_settings.ca_bundle()
    if not isinstance(known, str):
        from requests.utils import DEFAULT_CA_BUNDLE_PATH

        known = DEFAULT_CA_BUNDLE_PATH
    context = ssl.create_default_context(cafile=known)
    if settings.verify is False:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    if settings.certificate:
        context.load_cert_chain(*settings.certificate)
    return context


def _refused(zato: FeatureContext, error: Exception, where: Target, sent: Mapping[str, str], via: str) -> ApitestError:
    from apitest.clients.websocket import errors as websocket_errors
    from apitest.clients.websocket.handshake import Handshake, Refused

    answer = error.args[0] if isinstance(error, Refused) else Handshake(tuple(sent.items()))
    zato.exchange = partial(websocket_exchange.of_handshake, where.shown, answer)
    zato.run.exchanged(zato.exchange)
    line, seconds = f"WebSocket {where.shown}", client.timeout(zato)
    attempt = websocket_errors.Attempt(line, where.authority, seconds, opening=True, proxy=via)
    return websocket_errors.translate(error, attempt)
