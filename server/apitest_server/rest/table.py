"""The channels of a server: the built-in ones, those of server.conf, and those of the ODB, which come and go."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import partial

from apitest_server.components import Key
from apitest_server.config import RestChannel
from apitest_server.errors import BadRequest, ConfigError, HTTPError, MethodNotAllowed, NotFound
from apitest_server.invoke.pipeline import Route
from apitest_server.rest.codecs import CODECS, Codec, Document, Envelope
from apitest_server.rest.exchange import HTTPRoute, UnknownAction, codec_of
from apitest_server.rest.routes import Routes
from apitest_server.security.administrators import KEY as ADMINISTRATORS
from apitest_server.security.groups import ENDPOINTS
from apitest_server.security.outsiders import ANYBODY
from apitest_server.service.asgi import Scope
from apitest_server.service.soap import action_of


@dataclass(frozen=True, slots=True)
class SOAPChannel(RestChannel):
    """A channel whose ``data_format`` is ``soap-1.1`` or ``soap-1.2``.

    Attributes:
        soap_action: what a request has to name; empty for any.
    """

    soap_action: str = ""


Permits = Callable[[str, str, str], bool]  # Key of a definition, service and method
SOAP_METHODS = ("GET", "POST")
WSDL = "zato.service.get-wsdl-document"  # The service that answers to ?wsdl


class SOAPPath:
    """The SOAP channels of one path, told apart by their action."""

    def __init__(self) -> None:
        self._by_action: dict[str, HTTPRoute] = {}

    def add(self, channel: SOAPChannel, permits: Permits) -> None:
        """Adds a channel.

        Raises:
            ValueError: another one has its action.
        """
        served = _served(channel, permits)
        if self._by_action.setdefault(channel.soap_action, served) is not served:
            action = channel.soap_action or "any"
            raise ValueError(f"the path {channel.path} with the SOAP action {action} is taken by another channel")

    def describe(self, headers: Iterable[tuple[bytes, bytes]]) -> HTTPRoute:
        """What answers with the WSDL of a channel: of the one that has the request's action, or any, or of the first.

        Whoever may call the channel may read it.
        """
        action = action_of(dict(headers))
        found = self._by_action.get(action) or self._by_action.get("") or next(iter(self._by_action.values()))
        route = found.route._replace(service=WSDL)
        return HTTPRoute(route, Document(found.codec), {"name": found.route.service}, allows=found.allows)

    def choose(self, headers: Iterable[tuple[bytes, bytes]]) -> HTTPRoute:
        """The channel for a request.

        Raises:
            UnknownAction: none has it.
        """
        action = action_of(dict(headers))
        found = self._by_action.get(action) or self._by_action.get("")
        if found is None:
            codec = next(iter(self._by_action.values())).codec
            raise UnknownAction(f"Unknown SOAP action `{action}`", codec)
        return found


Target = HTTPRoute | SOAPPath  # Made once, as far as it does not depend on the request
_UNKNOWN = Route("", "", "rest", ANYBODY)
_KNOWN = ("", ADMINISTRATORS, ENDPOINTS)  # What every server has: there is nothing to hide about it


class _State:
    """What is served at a time.

    Where channels ask for a security definition, who has not signed in is not told which there are: what no channel for
    everybody answers is refused like what needs to sign in. Where there are none, there is nothing to hide.
    """

    def __init__(self, channels: Collection[RestChannel], permits: Permits) -> None:
        """Takes all channels, and what knows about roles.

        Raises:
            ValueError: two have one path and one method, or a path is not valid.
        """
        self._routes = _routes(channels, permits)
        hidden = any(channel.security not in _KNOWN for channel in channels)
        self._for_everybody = _routes((one for one in channels if not one.security), permits) if hidden else None

    def match(self, scope: Scope) -> HTTPRoute:
        """What answers a request.

        Raises:
            HTTPError: nothing does, and everybody may know.
        """
        try:
            found, params = _chosen(self._routes, scope)
        except (NotFound, MethodNotAllowed) as error:
            if self._for_everybody is None:
                raise
            return HTTPRoute(_UNKNOWN, codec_of(error), {}, self._refusal(error, scope), _for_strangers(scope))
        if not params and not found.route.security:
            return found
        strangers = _for_strangers(scope) if found.route.security not in ("", ENDPOINTS) else None
        return HTTPRoute(found.route, found.codec, params, None, strangers, None, found.allows)

    def _refusal(self, error: HTTPError, scope: Scope) -> HTTPError:
        """What is told to who has signed in; raised at once where a channel for everybody has the path."""
        try:
            _chosen(self._for_everybody or Routes(), scope)
        except MethodNotAllowed:
            raise
        except NotFound as public:
            if public.details != NotFound.default:
                raise
        return error


class Table:
    """Which channel answers which request. It is exchanged as a whole, so that each request sees one state of it.

    Attributes:
        fixed: the channels that do not change while the server runs.
        permits: whether who is known by a definition may call a service with a method; nobody may until it is set.
    """

    def __init__(self) -> None:
        self.fixed: tuple[RestChannel, ...] = ()
        self._stored: dict[int, RestChannel] = {}
        self.permits: Permits = _nobody
        self._state = self._made(())

    @property
    def channels(self) -> list[RestChannel]:
        """All channels that are served."""
        return [*self.fixed, *self._stored.values()]

    def fix(self, channels: Iterable[RestChannel]) -> None:
        """Serves these next to those of the ODB, in place of those before.

        Raises:
            ConfigError: two channels have one path and one method, or a path is not valid; names all of them.
        """
        fixed = tuple(channels)
        try:
            self._state = self._made([*fixed, *self._stored.values()])
        except ValueError:
            raise ConfigError(self._problems(fixed)) from None
        self.fixed = fixed

    def check(self, number: int, channel: RestChannel) -> None:
        """Refuses a channel that could not be served.

        Raises:
            BadRequest: its path is not valid, or taken.
        """
        self._state_with({**self._stored, number: channel})

    def serve(self, stored: Mapping[int, RestChannel | None]) -> None:
        """Serves channels of the ODB from now on, by ID, next to the others; ``None`` stops serving one.

        Raises:
            BadRequest: one of them cannot be served; nothing has changed then.
        """
        if all(self._stored.get(number) == channel for number, channel in stored.items()):
            return
        channels = {number: channel for number, channel in {**self._stored, **stored}.items() if channel is not None}
        self._state = self._state_with(channels)
        self._stored = channels

    def match(self, scope: Scope) -> HTTPRoute:
        """What answers a request.

        Raises:
            HTTPError: nothing does, and everybody may know.
        """
        return self._state.match(scope)

    def _made(self, channels: Collection[RestChannel]) -> _State:
        return _State(channels, self._permits)

    def _permits(self, security: str, service: str, method: str) -> bool:
        return self.permits(security, service, method)

    def _problems(self, channels: Iterable[RestChannel]) -> list[str]:
        """What is wrong with each, and which other one has taken its place."""
        served, problems = list(self._stored.values()), []
        for channel in channels:
            problem = self._problem(*served, channel)
            if not problem:
                served.append(channel)
                continue
            rivals = [] if self._problem(channel) else served
            other = next((f", `{one.name}`" for one in rivals if self._problem(one, channel)), "")
            problems.append(f"`[[{channel.name}]]` in `[rest]` of server.conf: {problem}{other}")
        return problems

    def _problem(self, *channels: RestChannel) -> str:
        """Why these cannot be served together; empty where they can."""
        try:
            self._made(channels)
        except ValueError as error:
            return str(error)
        return ""

    def _state_with(self, stored: Mapping[int, RestChannel]) -> _State:
        try:
            return self._made([*self.fixed, *stored.values()])
        except ValueError as error:
            raise BadRequest(f"Input field `url_path`: {error}") from None


def _nobody(security: str, service: str, method: str) -> bool:
    return False


def _chosen(routes: Routes[Target], scope: Scope) -> tuple[HTTPRoute, dict[str, str]]:
    target, params = routes.match(scope["method"], scope["path"])
    if not isinstance(target, SOAPPath):
        return target, params
    if scope["method"] == "GET" and scope.get("query_string", b"").lower() == b"wsdl":
        found = target.describe(scope["headers"])
        return found, found.params
    return target.choose(scope["headers"]), params


def _for_strangers(scope: Scope) -> Codec:
    """What writes errors to who is not known: as the request looks, so that it does not tell what answers it."""
    headers = dict(scope["headers"])
    kind = headers.get(b"content-type", b"").lower()
    if b"soap+xml" in kind:
        return CODECS["soap-1.2"]
    return CODECS["soap-1.1" if b"soapaction" in headers or b"text/xml" in kind else "json"]


def _routes(channels: Iterable[RestChannel], permits: Permits) -> Routes[Target]:
    soap: dict[str, SOAPPath] = {}
    routes: list[tuple[str, tuple[str, ...], Target]] = []
    for channel in channels:
        if isinstance(channel, SOAPChannel):
            if channel.path not in soap:
                soap[channel.path] = SOAPPath()
                routes.append((channel.path, SOAP_METHODS, soap[channel.path]))
            soap[channel.path].add(channel, permits)
        else:
            routes.append((channel.path, channel.methods, _served(channel, permits)))
    return Routes(routes)


def _served(channel: RestChannel, permits: Permits) -> HTTPRoute:
    codec = Envelope(channel.service) if channel.envelope else CODECS[channel.data_format]
    allows = partial(permits, channel.security, channel.service) if channel.has_rbac else None
    return HTTPRoute(Route(channel.service, channel.name, "rest", channel.security), codec, {}, allows=allows)


CHANNELS: Key[Table] = Key("channels")
