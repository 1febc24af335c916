"""The WSX client of a scenario: connects to a channel, and sends the pending request over it."""

from functools import partial
from typing import TYPE_CHECKING, cast

from apitest.clients.http.auth import BasicAuth
from apitest.clients.http.body import dump_json
from apitest.clients.response import Answer
from apitest.clients.websocket import client as websockets
from apitest.clients.websocket import opening
from apitest.clients.wsx.settings import WSXSettings
from apitest.context import FeatureContext
from apitest.errors import BadValue, CheckFailed

if TYPE_CHECKING:
    from apitest.clients.websocket.types import Message
    from apitest.clients.wsx.session import FromServer, WSXSession

KIND = "WSX"
NAME = "WSX"
"""What sentences about WebSockets call the connection."""

_CONNECT = "Connect before: Given I connect to a Zato WSX channel without credentials"


class WSXAnswer(Answer):
    """What a service answered, or why the server refused.

    Attributes:
        data: the whole message, ``{"meta": {…}, "data": …}``; the document in the answer is its ``data``.
        status: as an HTTP status code.
        error_message: of a request that failed; else empty.
    """

    status: int
    error_message: str

    def __init__(self, message: object, data: object, status: int, error_message: str, response_format: str) -> None:
        body = data if isinstance(data, str) and response_format != "JSON" else dump_json(data)
        super().__init__(message, body.encode("utf-8", "surrogatepass"), response_format, "utf-8")
        self.__dict__.update(status=status, error_message=error_message)

    def described(self) -> str:
        """The status of the answer."""
        return f"the response, {self.status} {self.error_message}".rstrip()


def connect(zato: FeatureContext, *, with_credentials: bool, name: str = NAME) -> "WSXSession":
    """Connects to the channel at the address and path of the request, and creates a session.

    Args:
        zato: the state of the feature.
        with_credentials: whether the session is asked for with them.
        name: of the connection; one of the same name is closed first.

    Raises:
        ApitestError: the channel cannot be reached, or does not answer; that it refuses the session is left to checks.
    """
    from apitest.clients.wsx.session import WSXSession

    where = opening.target(zato, _url(zato))
    sent = {name: value for name, value in opening.headers(zato, where).items() if name != "Authorization"}
    connection = opening.open_as(zato, where, name, sent)
    settings = _settings(zato, name)
    session = WSXSession(connection, settings)
    websockets.lifetime(zato).put(KIND, name, session)
    username, secret = _credentials(zato, settings) if with_credentials else ("", "")
    if secret:
        zato.run.secrets.add(secret)
    with websockets.used(zato, name):
        session.create(username, secret, websockets.timeout(zato))
    if session.token:
        zato.run.secrets.add(session.token)
    return session


def invoke(zato: FeatureContext) -> None:
    """Sends the pending request; ``zato.response`` is set to what came of it. Connects first where nothing is open.

    It also connects where this has, and the scenario has named another address, path or user since: else the request
    would go to the channel, and be that of the user, of the one before.

    Raises:
        CheckFailed: the server refused the session, or closed the connection.
        ApitestError: as of `connect`.
    """
    _authenticated(zato)
    zato.sent()
    again = partial(_asked, zato, _document(zato), zato.request.response_format)
    zato.answered(again(), again)


def _authenticated(zato: FeatureContext) -> "WSXSession":
    session, wanted = known(zato), _wanted(zato)
    if session is None or (session.made_for and session.made_for != _wanted(zato, session.made_for[1])):
        session = connect(zato, with_credentials=True)
        session.made_for = wanted
    if not session.token:
        raise not_authenticated(session)
    return session


def _wanted(zato: FeatureContext, kept: str | None = None) -> tuple[str, ...]:
    """Address, channel and credentials of the request. A request that names no path goes where the one before went."""
    is_named = zato.request.url or str(zato.request.url_path).strip()
    url = _url(zato) if is_named or kept is None else kept
    return zato.address, url, *_credentials(zato, zato.settings(WSXSettings))


def _asked(zato: FeatureContext, document: object, response_format: str) -> WSXAnswer:
    session = _authenticated(zato)
    with websockets.used(zato, NAME):
        message, said = session.invoke(document, websockets.timeout(zato))
    websockets.looked_at(zato, message, partial(websockets.receive_next, zato, NAME))
    return answer(message, said, response_format)


def answer(message: "Message", said: "FromServer", response_format: str) -> WSXAnswer:
    """What came as the response that checks look at."""
    return WSXAnswer(message.json(), said.data, said.status, said.error_message, response_format)


def known(zato: FeatureContext, name: str = NAME) -> "WSXSession | None":
    """The session of that name, if the scenario has one."""
    return cast("WSXSession | None", websockets.lifetime(zato).find(KIND, name))


def find(zato: FeatureContext) -> "WSXSession":
    """The session of the scenario.

    Raises:
        BadValue: it has not connected.
    """
    session = known(zato)
    if session is None:
        raise BadValue("This scenario has not connected to a Zato WSX channel", fix=_CONNECT)
    return session


def not_authenticated(session: "WSXSession") -> CheckFailed:
    """That the server refused the session, as a failed check."""
    fix = 'To send credentials: Given Zato WebSockets credentials "username" "secret"'
    return CheckFailed(f"The WSX client is not authenticated: {session.refusal}", session.connection.where, fix)


def _settings(zato: FeatureContext, name: str) -> WSXSettings:
    """Those of the scenario; a client with a name has it as its ID, too, unless the scenario says another one.

    Else servers would take several clients of a scenario for one that connects again and again.
    """
    settings = zato.settings(WSXSettings)
    if name == NAME or "client_id" in zato.changed_settings(WSXSettings):
        return settings
    return settings._replace(client_id=name, client_name=name)


def _credentials(zato: FeatureContext, settings: WSXSettings) -> tuple[str, str]:
    """Those of WSX, else those of Basic Auth, else none."""
    if settings.username or not isinstance(zato.sign_in, BasicAuth):
        return settings.username, settings.secret
    return zato.sign_in.username, zato.sign_in.password


def _url(zato: FeatureContext) -> str:
    request = zato.request
    if request.url:
        return str(request.url)
    address, path = zato.address, str(request.url_path).strip()
    return f"{address.rstrip('/')}/{path.lstrip('/')}" if address else path


def _document(zato: FeatureContext) -> object:
    """The request, inside that of the gateway where a service is named."""
    request = zato.request
    given = request.data_impl if request.format == "JSON" and "data_impl" in request else request.get("data")
    data = {} if given is None or given == "" else given
    service = zato.settings(WSXSettings).service
    document = {"service": service, "request": data} if service else data
    dump_json(document)  # an error of the test, not of the connection
    return document
