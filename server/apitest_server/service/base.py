"""The base class of all services, and what a service may ask its server for."""

import logging
import time as _time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import cached_property
from typing import Any, Protocol

from apitest_server.components import Components, Key
from apitest_server.service.messages import Channel, Request, Response
from apitest_server.service.offers import (
    Caches,
    Cassandra,
    CassandraQuery,
    KeyValues,
    Outgoing,
    Patterns,
    PubSub,
    SignOn,
)

CACHE: Key[Caches] = Key("cache")
KVDB: Key[KeyValues] = Key("kvdb")
OUT: Key[Outgoing] = Key("out")
EMAIL: Key[Outgoing] = Key("email")
CLOUD: Key[Outgoing] = Key("cloud")
SEARCH: Key[Outgoing] = Key("search")
CASSANDRA_CONN: Key[Mapping[str, Cassandra]] = Key("cassandra_conn")
CASSANDRA_QUERY: Key[Mapping[str, CassandraQuery]] = Key("cassandra_query")
PATTERNS: "Key[Callable[[Service], Patterns]]" = Key("patterns")
PUBSUB: "Key[Callable[[Service], PubSub]]" = Key("pubsub")
SSO: Key[SignOn] = Key("sso for services")
HANDLERS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")


class Server(Protocol):
    """What rooms and services see of the server that they run in; app.py has the one real implementation."""

    components: Components

    @property
    def name(self) -> str:
        """The server's name, from server.conf."""

    def invoke(self, name: str, payload: object, caller: "Service | None" = None) -> Any:
        """Runs a service and returns its response; on the event loop the result has to be awaited."""

    def invoke_async(self, name: str, payload: object, caller: "Service | None" = None) -> str:
        """Runs a service in the background and returns its ``cid`` at once."""


class Time:
    """Clocks, as ``self.time``."""

    @staticmethod
    def now() -> datetime:
        """Now, in the server's time zone."""
        return datetime.now().astimezone()

    @staticmethod
    def utc_now(needs_format: bool = False) -> Any:
        """Now in UTC; as ISO 8601 text where asked."""
        now = datetime.now(UTC)
        return now.isoformat() if needs_format else now

    @staticmethod
    def time() -> float:
        """Seconds since 1970."""
        return _time.time()


class Service:
    """A service: a class with ``handle``, or a method for each HTTP method: ``handle_GET`` and so on.

    A new object is made for each call. ``handle`` may be ``async``; a plain one runs in a thread of the server's
    pool.

    Attributes:
        name: what the service is called; else made of its module and class, as ``my-module.my-service``.
        cid: the correlation ID of the call, the same in the log and in the ``X-Zato-CID`` header.
        logger: a logger under the service's name.
        request: what came in.
        response: what goes out.
        channel: how the service was reached.
        server: the server.
        time: clocks.
    """

    name: str = ""
    SimpleIO: object = None
    time = Time()
    cid: str
    logger: logging.Logger
    request: Request
    response: Response
    channel: Channel
    server: Server

    def handle(self) -> Any:
        """What the service does; its own class says it."""
        raise NotImplementedError(f"{type(self).__name__} has no handle method")

    def before_handle(self) -> object:
        """Called before the handler; this and the two below may be ``async`` where the handler is."""

    def after_handle(self) -> object:
        """Called after the handler, unless that has raised."""

    def finalize_handle(self) -> object:
        """Called at the end, whatever has happened."""

    def invoke(self, name: str, payload: object = None) -> Any:
        """Runs another service and returns its response; in an ``async`` service the result has to be awaited."""
        return self.server.invoke(name, payload, self)

    def invoke_async(self, name: str, payload: object = None) -> str:
        """Runs another service in the background; returns its ``cid`` at once."""
        return self.server.invoke_async(name, payload, self)

    @cached_property
    def environ(self) -> dict[str, object]:
        """The request in the words of WSGI; empty where there is none. What a hook leaves there, handlers find."""
        http = self.request.http
        return http.environ() if http else {}

    @property
    def wsgi_environ(self) -> dict[str, object]:
        """The same as ``environ``, by the name that existing services use."""
        return self.environ

    @property
    def cache(self) -> Caches:
        """The server's caches."""
        return self.server.components[CACHE]

    @property
    def kvdb(self) -> KeyValues:
        """Data dictionaries, and Redis as ``self.kvdb.conn``."""
        return self.server.components[KVDB]

    def translate(self, system1: str, key1: str, value1: str, system2: str, key2: str, default: str = "") -> str:
        """What a value of one system is called in another one, by the data dictionaries; else the default."""
        return self.kvdb.translate(system1, key1, value1, system2, key2, default)

    @property
    def out(self) -> Outgoing:
        """Outgoing connections."""
        return self.server.components[OUT]

    @property
    def email(self) -> Outgoing:
        """Connections to servers of e-mail: ``self.email.smtp``, ``self.email.imap``."""
        return self.server.components[EMAIL]

    @property
    def cloud(self) -> Outgoing:
        """Connections to clouds: ``self.cloud.aws.s3``."""
        return self.server.components[CLOUD]

    @property
    def search(self) -> Outgoing:
        """Connections to search engines: ``self.search.es``, ``self.search.solr``."""
        return self.server.components[SEARCH]

    @property
    def cassandra_conn(self) -> Mapping[str, Cassandra]:
        """Connections to Cassandra by name: ``self.cassandra_conn["CRM"].execute("SELECT …")``."""
        return self.server.components[CASSANDRA_CONN]

    @property
    def cassandra_query(self) -> Mapping[str, CassandraQuery]:
        """Prepared statements by name: ``self.cassandra_query["orders of a customer"].execute(["maria"])``."""
        return self.server.components[CASSANDRA_QUERY]

    @property
    def outgoing(self) -> Outgoing:
        """The same as ``out``."""
        return self.out

    @property
    def sso(self) -> SignOn:
        """Users of SSO: ``self.sso.user.login(…)``, ``self.sso.user.session.verify(…)``."""
        return self.server.components[SSO]

    @property
    def patterns(self) -> Patterns:
        """Ways to call other services: ``invoke_retry``, ``parallel``, ``fan_out``."""
        return self.server.components[PATTERNS](self)

    @property
    def pubsub(self) -> PubSub:
        """Publish/subscribe: ``publish`` and what goes with it."""
        return self.server.components[PUBSUB](self)


def handlers(cls: type[Service]) -> dict[str, str]:
    """HTTP method -> name of the method of the class, for those that it defines."""
    return {verb: f"handle_{verb}" for verb in HANDLERS if hasattr(cls, f"handle_{verb}")}


def is_concrete(cls: type[Service]) -> bool:
    """Whether a class can be deployed: it, or a base of it, says what to do."""
    return cls.handle is not Service.handle or bool(handlers(cls))
