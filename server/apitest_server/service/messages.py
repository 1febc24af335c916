"""What a service is given and what it gives: ``self.request``, ``self.response``, ``self.channel``."""

from collections.abc import Awaitable, Callable
from http.cookies import SimpleCookie
from typing import Any

import msgspec

from apitest_server.service.amqp import AMQPMessage
from apitest_server.service.attrs import Attrs, Payload
from apitest_server.service.http import HTTPRequest
from apitest_server.service.kafka import KafkaMessage
from apitest_server.service.zmq import ZMQMessage

WhenSent = Callable[[bool], Awaitable[None]]


class Channel(msgspec.Struct, frozen=True):
    """How a service was reached.

    Attributes:
        name: of the channel, job or notification; empty for an invocation by another service.
        type: ``rest``, ``scheduler``, ``invoke``, ``invoke-async`` …
        user: who was authenticated, or empty.
        security: the key of the security definition that proved it; empty for an invocation by another service.
    """

    name: str = ""
    type: str = "invoke"
    user: str = ""
    security: str = ""


class Request:
    """What came in.

    Attributes:
        input: the fields that SimpleIO declares, with attribute access; all fields where it declares none.
        payload: the decoded body, or what ``invoke`` was given.
        raw_request: the body as it came.
        http: the HTTP side; ``None`` where the service was not reached over HTTP.
        amqp: the message of an AMQP queue; ``None`` where the service was not reached over AMQP.
        zmq: the message of a ZeroMQ socket; ``None`` where the service was not reached over ZeroMQ.
        kafka: the message of a Kafka topic; ``None`` where the service was not reached over Kafka.
        is_large: whether what came is so large that nothing is made of it on the event loop.
        xml_values: how many tags and attributes SimpleIO takes, where what came is XML; 0 where it is not.
    """

    __slots__ = ("_input", "amqp", "http", "is_large", "kafka", "payload", "raw_request", "xml_values", "zmq")

    def __init__(
        self,
        payload: Any = None,
        raw_request: Any = b"",
        http: HTTPRequest | None = None,
        is_large: bool = False,
        amqp: AMQPMessage | None = None,
        zmq: ZMQMessage | None = None,
        kafka: KafkaMessage | None = None,
        xml_values: int = 0,
    ) -> None:
        self.payload = payload
        self.raw_request = raw_request
        self.http = http
        self.is_large = is_large
        self.amqp = amqp
        self.zmq = zmq
        self.kafka = kafka
        self.xml_values = xml_values
        self._input: Any = None

    @property
    def input(self) -> Any:
        """The fields, made of query string, payload and path where SimpleIO declares none."""
        if self._input is None:
            self._input = Attrs(self.fields)
        return self._input

    @input.setter
    def input(self, value: Any) -> None:
        self._input = value

    @property
    def fields(self) -> dict[str, Any]:
        """All fields, declared or not: the path's win over those of the payload, and these over the query string's."""
        fields: dict[str, Any] = dict(self.http.GET) if self.http else {}
        if isinstance(self.payload, dict):
            fields.update(self.payload)
        if self.http:
            fields.update(self.http.params)
        return fields

    @property
    def raw(self) -> Any:
        """The same as ``raw_request``."""
        return self.raw_request


class Response:
    """What goes out.

    Attributes:
        payload: anything that JSON can hold; a string and bytes go out as they are.
        status_code: the HTTP status.
        content_type: told apart by the payload where it is empty.
        headers: more headers; a value that is a list makes the header repeat.
        cookies: a ``http.cookies.SimpleCookie``, made when it is first used.
        element: what the response stands in, in an envelope: nothing if empty, the service's name if ``None``.
        meta: what the admin API says about the payload next to it, as ``_meta``: on which page of a list it is.
        when_sent: awaited once the response was sent over HTTP, with whether the client was there to take it.
    """

    __slots__ = ("_cookies", "content_type", "element", "headers", "meta", "payload", "status_code", "when_sent")

    def __init__(self, declared: bool = False, element: str | None = None) -> None:
        self.element = element
        self.payload: Any = Payload() if declared else None
        self.status_code = 200
        self.content_type = ""
        self.headers: dict[str, str | list[str]] = {}
        self.meta: dict[str, Any] | None = None
        self.when_sent: WhenSent | None = None
        self._cookies: SimpleCookie | None = None

    @property
    def cookies(self) -> SimpleCookie:
        """Cookies to set."""
        if self._cookies is None:
            self._cookies = SimpleCookie()
        return self._cookies

    @property
    def data_format(self) -> str:
        """The same as ``content_type``."""
        return self.content_type

    def cookie_headers(self) -> list[str]:
        """The values of the Set-Cookie headers."""
        return [morsel.OutputString() for morsel in self._cookies.values()] if self._cookies else []
