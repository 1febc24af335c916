"""PURE  WSX messages: JSON text frames, as each side writes them and as the other side reads them.

What a service returns is encoded already when it gets here: ``data_json`` is JSON, all other data are plain values.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from json.encoder import encode_basestring_ascii

import msgspec

from apitest_server.service.values import LARGE, in_json

CREATE_SESSION = "create-session"
INVOKE_SERVICE = "invoke-service"
CLIENT_RESPONSE = "client-response"

SESSION_CREATED = "zwsx.rspa"
REPLY = "zwsx.rspok"
FAILURE = "zwsx.rsperr"
FORBIDDEN = "zwsx.merr"
REQUEST = "zwsx.rqc"
DELIVERY = "zwsx.psrq"

LONGEST_NAME = 1000  # characters of a client's ID or name
_decode = msgspec.json.Decoder().decode
_encode = json.JSONEncoder().encode


class Malformed(ValueError):
    """A message that cannot be read.

    Attributes:
        in_reply_to: its ID, as far as that could be read.
    """

    def __init__(self, problem: str, in_reply_to: object = None) -> None:
        super().__init__(f"The message {problem}")
        self.in_reply_to = in_reply_to


class FromClient(msgspec.Struct, frozen=True):
    """What a client sent.

    Attributes:
        action: ``create-session``, ``invoke-service`` or ``client-response``; or what the client made up.
        id: the message's.
        in_reply_to: the ID of the server's request that a response belongs to.
        token: of the session, or empty.
        client_id: chosen by the client, the same across connections.
        client_name: need not be unique.
        username: of ``create-session``.
        secret: of ``create-session``.
        attrs: what newer clients add.
        data: the input of a service, or a response.
        is_large: whether what is made of it takes so long that others would wait for it.
    """

    action: str
    id: object = None
    in_reply_to: object = None
    token: str = ""
    client_id: str = ""
    client_name: str = ""
    username: str = ""
    secret: str = ""
    attrs: object = None
    data: object = None
    is_large: bool = False

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.action!r}, {self.id!r})"  # No secret gets into a log or a traceback

    @property
    def response(self) -> object:
        """What a client answers: ``data.response``; all of the data where they are nothing of that form."""
        if isinstance(self.data, dict) and "response" in self.data:
            return self.data["response"]
        return self.data


@dataclass(frozen=True, slots=True)
class FromServer:
    """What a server sent.

    Attributes:
        msg_type: such as ``zwsx.rspok``.
        id: the message's.
        timestamp: ISO 8601.
        status: as an HTTP status code; 0 in requests and deliveries.
        in_reply_to: the ID of the client's message that it answers, or ``None``.
        error_message: of a request that failed.
        ctx: of a delivery.
        data: the response, the request, or the message or messages delivered.
    """

    msg_type: str
    id: str
    timestamp: str = ""
    status: int = 0
    in_reply_to: object = None
    error_message: str = ""
    ctx: object = None
    data: object = None


class _Number(msgspec.Struct, frozen=True):
    id: str | int | float | None = None


class _Head(msgspec.Struct):
    meta: _Number = _Number()


_decode_head = msgspec.json.Decoder(_Head).decode


def read(raw: str | bytes, most_values: int = 0) -> FromClient | Malformed:
    """What a client sent, or what is wrong with it.

    Args:
        raw: a text or a binary frame.
        most_values: that it may hold, since reading it holds up all others; 0 is any number of them.
    """
    try:
        if most_values and len(raw) > most_values and in_json(raw) > most_values:
            return Malformed(f"holds more than {most_values} values", _number(raw))
        return read_from_client(raw)
    except Malformed as error:
        return error


def read_from_client(raw: str | bytes) -> FromClient:
    """What a client sent, in a text or in a binary frame.

    Raises:
        Malformed: it is not a message.
    """
    message, meta = _parts(raw)
    number, action = meta.get("id"), meta.get("action")
    if isinstance(number, dict | list):
        raise Malformed("has an `id` that is neither text nor a number")
    if not isinstance(action, str | None):
        raise Malformed("has an `action` that is not text", number)
    return FromClient(
        action=action or CLIENT_RESPONSE,
        id=number,
        in_reply_to=meta.get("in_reply_to"),
        token=_text(meta.get("token")),
        client_id=_name(meta, "client_id", number),
        client_name=_name(meta, "client_name", number),
        username=_text(meta.get("username")),
        secret=_text(meta.get("secret")),
        attrs=meta.get("attrs"),
        data=message.get("data"),
        is_large=len(raw) > LARGE,
    )


def read_from_server(raw: str | bytes) -> FromServer:
    """What a server sent.

    Raises:
        Malformed: it is not a message.
    """
    message, meta = _parts(raw)
    status = meta.get("status")
    return FromServer(
        msg_type=_text(meta.get("msg_type")),
        id=_text(meta.get("id")),
        timestamp=_text(meta.get("timestamp")),
        status=status if isinstance(status, int) else 0,
        in_reply_to=meta.get("in_reply_to"),
        error_message=_text(meta.get("error_message")),
        ctx=meta.get("ctx"),
        data=message.get("data"),
    )


def session_created(cid: str, timestamp: str, in_reply_to: object, token: str) -> str:
    """The answer to ``create-session``."""
    return _reply(SESSION_CREATED, cid, timestamp, in_reply_to, 200, json.dumps({"token": token}))


def reply(cid: str, timestamp: str, in_reply_to: object, status: int, data_json: str) -> str:
    """A service's response."""
    return _reply(REPLY, cid, timestamp, in_reply_to, status, data_json)


def failure(cid: str, timestamp: str, in_reply_to: object, status: int, error_message: str) -> str:
    """A request failed."""
    meta = {"id": cid, "timestamp": timestamp, "msg_type": FAILURE, "status": status, "in_reply_to": in_reply_to}
    return written({**meta, "error_message": error_message}, json.dumps({"cid": cid}))


def forbidden(cid: str, timestamp: str, text: str) -> str:
    """The last message before the connection is closed."""
    meta = {"id": cid, "timestamp": timestamp, "msg_type": FORBIDDEN, "status": 403}
    return written(meta, json.dumps(text))


def request(number: str, timestamp: str, data_json: str) -> str:
    """A request to the client."""
    return written({"id": number, "timestamp": timestamp, "msg_type": REQUEST}, data_json)


def delivery(number: str, timestamp: str, ctx: Mapping[str, object], data_json: str) -> str:
    """One message of publish/subscribe, or a list of them."""
    # Written by hand, since there is one for each subscriber
    return (
        f'{{"meta": {{"id": "{number}", "timestamp": "{timestamp}", "msg_type": "{DELIVERY}",'
        f' "ctx": {_encode(ctx)}}}, "data": {data_json}}}'
    )


def create_session(number: str, timestamp: str, client: Mapping[str, object], username: str, secret: str) -> str:
    """A client logs in.

    Args:
        number: the message's ID.
        timestamp: ISO 8601.
        client: its ``client_id`` and ``client_name``; the latter may be an object.
        username: with ``secret`` empty where the channel asks for no credentials.
        secret: the password.
    """
    meta = {"action": CREATE_SESSION, "id": number, "timestamp": timestamp, "token": None, **client}
    return written({**meta, "username": username, "secret": secret}, "{}")


def invoke_service(number: str, timestamp: str, token: str, client: Mapping[str, object], data: object) -> str:
    """A client invokes the channel's service; for ``client`` see ``create_session``."""
    meta = {"action": INVOKE_SERVICE, "id": number, "timestamp": timestamp, "token": token, **client}
    return written(meta, json.dumps(data))


def client_response(
    number: str, timestamp: str, in_reply_to: str, token: str, client: Mapping[str, object], response: object
) -> str:
    """A client answers a request of the server, or a delivery."""
    meta = {"action": CLIENT_RESPONSE, "id": number, "in_reply_to": in_reply_to, "timestamp": timestamp}
    return written({**meta, "token": token, **client}, json.dumps({"response": response}))


def _reply(kind: str, cid: str, timestamp: str, in_reply_to: object, status: int, data_json: str) -> str:
    # Written by hand, since there is one for each request
    replied = encode_basestring_ascii(in_reply_to) if isinstance(in_reply_to, str) else json.dumps(in_reply_to)
    return (
        f'{{"meta": {{"id": "{cid}", "timestamp": "{timestamp}", "msg_type": "{kind}", "status": {status:d},'
        f' "in_reply_to": {replied}}}, "data": {data_json}}}'
    )


def written(meta: Mapping[str, object], data_json: str) -> str:
    """A message of these parts; the data are JSON already."""
    return f'{{"meta": {json.dumps(meta)}, "data": {data_json}}}'


def _parts(raw: str | bytes) -> tuple[dict[str, object], dict[str, object]]:
    """The message and its ``meta``."""
    message = _object(raw)
    meta = message.get("meta")
    if not isinstance(meta, dict):
        raise Malformed("has no object `meta`")
    return message, meta


def _object(raw: str | bytes) -> dict[str, object]:
    try:
        found = _decode(raw)
    except UnicodeError:
        raise Malformed("is not valid UTF-8") from None
    except (msgspec.DecodeError, RecursionError) as error:
        raise Malformed(f"is not valid JSON: {error}") from None
    if not isinstance(found, dict):
        raise Malformed("is not a JSON object")
    return found


def _number(raw: str | bytes) -> object:
    """The ID of a message, found without making its other values; ``None`` where there is none."""
    try:
        return _decode_head(raw).meta.id
    except (ValueError, RecursionError):  # msgspec's own errors are such, those of UTF-8 as well
        return None


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _name(meta: Mapping[str, object], key: str, number: object) -> str:
    """A client's ID or name; an object becomes ``key: value; key: value``, sorted by key."""
    value = meta.get(key)
    if isinstance(value, dict):
        value = "; ".join(f"{name}: {value[name]}" for name in sorted(value))
    text = "" if value is None else str(value)
    if len(text) > LONGEST_NAME:
        raise Malformed(f"has a `{key}` of more than {LONGEST_NAME} characters", number)
    return text
