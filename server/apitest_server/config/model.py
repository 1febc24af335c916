"""PURE  What server.conf says, as frozen objects. A section's keys are the fields of its class."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from apitest_server.config import kinds
from apitest_server.config.sso import SSO
from apitest_server.config.tls import TLS


@dataclass(frozen=True, slots=True)
class Main:
    """``[main]``: who the server is and where it listens.

    Attributes:
        name: of the server.
        host: the address to listen on.
        port: 0 is any free one.
        trusted_proxies: addresses and networks whose ``X-Forwarded-For`` and ``X-Forwarded-Proto`` are believed.
        host_names: by which the admin API may be called; where there are none, and the server listens on a loopback
            address, ``localhost`` and addresses alone.
    """

    name: str = field(default="server", metadata={"kind": kinds.text})
    host: str = field(default="127.0.0.1", metadata={"kind": kinds.text})
    port: int = field(default=17010, metadata={"kind": kinds.port})
    trusted_proxies: tuple[str, ...] = field(default=(), metadata={"kind": kinds.networks})
    host_names: tuple[str, ...] = field(default=(), metadata={"kind": kinds.host_names})


@dataclass(frozen=True, slots=True)
class Logging:
    """``[logging]``: what is logged, and where.

    Attributes:
        level: the least important level that is logged.
        file: relative to server.conf; standard error if empty.
        format: ``logfmt`` or ``json``.
        max_size: of the file, in bytes; then it is rotated.
        backups: rotated files that are kept.
    """

    level: str = field(default="INFO", metadata={"kind": kinds.log_level})
    file: str = field(default="", metadata={"kind": kinds.any_text})
    format: str = field(default="logfmt", metadata={"kind": kinds.log_format})
    max_size: int = field(default=10 * 1024 * 1024, metadata={"kind": kinds.size})
    backups: int = field(default=5, metadata={"kind": kinds.count})


@dataclass(frozen=True, slots=True)
class Limits:
    """``[limits]``: sizes in bytes (``10 MB`` is understood), times in seconds.

    Attributes:
        body_size: of a request.
        body_values: of a request in JSON or SOAP: values, tags and attributes.
        header_size: of a request line and all headers together.
        header_count: headers of a request.
        connections: open at a time; fewer where the system allows fewer open files.
        connections_per_address: likewise, from one address; never more than three quarters of all.
        header_timeout: from a request's first byte, or the connection's start, until its headers are complete.
        body_timeout: from there until the body is complete.
        write_timeout: how long a client may leave a response unread.
        keep_alive_timeout: how long a connection may be idle between two requests.
        request_timeout: how long a service may take.
        shutdown_timeout: how long requests may take to finish when the server stops.
        threads: for services that are not async.
        queue: how many calls may wait for a thread.
    """

    body_size: int = field(default=10 * 1024 * 1024, metadata={"kind": kinds.size})
    body_values: int = field(default=100_000, metadata={"kind": kinds.positive})
    header_size: int = field(default=64 * 1024, metadata={"kind": kinds.size})
    header_count: int = field(default=100, metadata={"kind": kinds.positive})
    connections: int = field(default=16_384, metadata={"kind": kinds.positive})
    connections_per_address: int = field(default=12_288, metadata={"kind": kinds.positive})
    header_timeout: float = field(default=10.0, metadata={"kind": kinds.seconds})
    body_timeout: float = field(default=60.0, metadata={"kind": kinds.seconds})
    write_timeout: float = field(default=60.0, metadata={"kind": kinds.seconds})
    keep_alive_timeout: float = field(default=5.0, metadata={"kind": kinds.seconds})
    request_timeout: float = field(default=60.0, metadata={"kind": kinds.seconds})
    shutdown_timeout: float = field(default=30.0, metadata={"kind": kinds.seconds})
    threads: int = field(default=16, metadata={"kind": kinds.positive})
    queue: int = field(default=1000, metadata={"kind": kinds.positive})


@dataclass(frozen=True, slots=True)
class Services:
    """``[services]``: user services, and how they are deployed.

    Attributes:
        directory: that they are picked up from, relative to server.conf.
        hot_deploy: whether that goes on while the server runs; else it is done once, at the start.
        import_timeout: seconds that a file may take to be imported when it is deployed.
    """

    directory: str = field(default="services", metadata={"kind": kinds.text})
    hot_deploy: bool = field(default=True, metadata={"kind": kinds.boolean})
    import_timeout: float = field(default=10.0, metadata={"kind": kinds.seconds})


@dataclass(frozen=True, slots=True)
class PubSub:
    """``[pubsub]``: how messages are pushed to clients of WebSocket channels and to services. Times are in seconds.

    Attributes:
        wsx_gateway_service_allowed: services that clients may invoke through ``helpers.web-sockets-pub-sub-gateway``.
        batch_size: messages that are delivered at a time.
        batch_bytes: of their data; a larger message is delivered alone.
        confirm_timeout: how long a client may take to confirm a delivery.
        retry_wait: before what was not confirmed is delivered once more; each time twice as long as before.
        longest_retry_wait: that it is never above.
        max_attempts: so many deliveries that were not confirmed make a message a dead letter; 0 if none do.
        skip_wait: before a topic's hook is asked again about a message that it has skipped.
    """

    wsx_gateway_service_allowed: tuple[str, ...] = field(default=(), metadata={"kind": kinds.names})
    batch_size: int = field(default=100, metadata={"kind": kinds.positive})
    batch_bytes: int = field(default=512 * 1024, metadata={"kind": kinds.size})
    confirm_timeout: float = field(default=30.0, metadata={"kind": kinds.seconds})
    retry_wait: float = field(default=1.0, metadata={"kind": kinds.seconds})
    longest_retry_wait: float = field(default=60.0, metadata={"kind": kinds.seconds})
    max_attempts: int = field(default=10, metadata={"kind": kinds.count})
    skip_wait: float = field(default=30.0, metadata={"kind": kinds.seconds})


@dataclass(frozen=True, slots=True)
class KeyValueDatabase:
    """``[kvdb]``: the Redis of services, ``self.kvdb.conn``.

    Attributes:
        host: its name or address; without one there is none.
        port: that it listens on.
        db: the number of its database.
        username: of a user of its access control lists; the default one if empty.
        password: of that user.
        timeout: seconds that connecting, or an answer, may take.
    """

    host: str = field(default="", metadata={"kind": kinds.any_text})
    port: int = field(default=6379, metadata={"kind": kinds.port})
    db: int = field(default=0, metadata={"kind": kinds.count})
    username: str = field(default="", metadata={"kind": kinds.any_text})
    password: str = field(default="", repr=False, metadata={"kind": kinds.any_text, "secret": True})
    timeout: float = field(default=5.0, metadata={"kind": kinds.seconds})


@dataclass(frozen=True, slots=True)
class OdbSettings:
    """``[odb]``: the database of objects; without a URL it is SQLite in the server's directory."""

    url: str = field(default="", repr=False, metadata={"kind": kinds.database_url, "secret": True})


_WITH_PASSWORD = ("basic-auth", "wss")


@dataclass(frozen=True, slots=True)
class SecurityDefinition:
    """``[security] [[name]]``: what a caller has to show.

    Attributes:
        name: how channels refer to it.
        type: ``basic-auth``, ``api-key``, ``jwt`` or ``wss``.
        username: of Basic Auth and WS-Security.
        password: of these; of Basic Auth as it is or argon2-hashed.
        realm: what a 401 names.
        header: of an API key, the header that carries it.
        key: the API key.
        secret: what JWTs are signed with (HS256).
        issuer: of a JWT, checked where it is given.
        audience: of a JWT, checked where it is given.
        password_type: of WS-Security, how the password is shown: ``clear_text`` or ``digest``.
        reject_empty_nonce_creat: of WS-Security, whether a nonce and a time of creation have to be given.
        reject_stale_tokens: of WS-Security, whether what is too old is refused.
        reject_expiry_limit: how old it may be, in seconds.
        nonce_freshness_time: for how many seconds, at least, a nonce is not good again.
    """

    name: str
    type: str = field(default="", metadata={"kind": kinds.security_type, "required": True})
    username: str = field(default="", metadata={"kind": kinds.text, "for": _WITH_PASSWORD})
    password: str = field(default="", repr=False, metadata={"kind": kinds.text, "for": _WITH_PASSWORD, "secret": True})
    realm: str = field(default="apitest", metadata={"kind": kinds.text})
    header: str = field(default="X-API-Key", metadata={"kind": kinds.text})
    key: str = field(default="", repr=False, metadata={"kind": kinds.text, "for": ("api-key",), "secret": True})
    secret: str = field(default="", repr=False, metadata={"kind": kinds.text, "for": ("jwt",), "secret": True})
    issuer: str = field(default="", metadata={"kind": kinds.text})
    audience: str = field(default="", metadata={"kind": kinds.text})
    password_type: str = field(default="clear_text", metadata={"kind": kinds.password_type})
    reject_empty_nonce_creat: bool = field(default=True, metadata={"kind": kinds.boolean})
    reject_stale_tokens: bool = field(default=True, metadata={"kind": kinds.boolean})
    reject_expiry_limit: int = field(default=300, metadata={"kind": kinds.positive})
    nonce_freshness_time: int = field(default=300, metadata={"kind": kinds.positive})

    @property
    def shows_digest(self) -> bool:
        """Whether it is the digest of the password that is shown."""
        return self.password_type == kinds.PASSWORD_TYPES[1]


@dataclass(frozen=True, slots=True)
class RestChannel:
    """``[rest] [[name]]``: which service answers which path.

    Attributes:
        name: unique.
        path: begins with ``/``; ``{param}`` is one segment, ``{param*}`` the rest of the path.
        service: the service's name.
        methods: HTTP methods in capitals; none given means any.
        security: the name of a security definition, or empty.
        data_format: what a body without a content type is: ``json``, ``xml``, ``form`` or ``raw``.
        envelope: whether requests and responses are as those of the admin API: JSON, in ``zato_env`` and the service's
            element.
        has_rbac: whether who may call depends on roles, too.
    """

    name: str
    path: str = field(default="", metadata={"kind": kinds.path, "required": True})
    service: str = field(default="", metadata={"kind": kinds.text, "required": True})
    methods: tuple[str, ...] = field(default=(), metadata={"kind": kinds.methods})
    security: str = field(default="", metadata={"kind": kinds.any_text})
    data_format: str = field(default="json", metadata={"kind": kinds.data_format})
    envelope: bool = field(default=False, metadata={"kind": kinds.boolean})
    has_rbac: bool = field(default=False, metadata={"kind": kinds.boolean})


@dataclass(frozen=True, slots=True)
class WebSocketChannel:
    """``[websocket] [[name]]``: which service answers the clients of a WebSocket channel. Times are in seconds.

    Attributes:
        name: unique.
        service: the service's name.
        path: begins with ``/``; a channel with a port of its own answers this path only, too.
        port: of its own; 0 is the server's.
        host: the address that its own port listens on; that of the server if empty.
        security: the name of a security definition, or empty.
        token_ttl: how long a token lives, from its creation or from the last ping that was answered.
        new_token_wait_time: how long a client may take to create its session.
        ping_interval: between pings.
        pings_missed_threshold: so many unanswered ones in a row close the connection.
        max_message_size: of the largest message that is taken, in bytes.
        max_connections: at a time.
        max_connections_per_address: likewise, from one address.
        max_messages_per_second: of one address; those above it wait.
        compression: whether messages are compressed for clients that offer it (permessage-deflate).
        origins: values of the header ``Origin`` that are accepted; any if there are none.
    """

    name: str
    service: str = field(default="", metadata={"kind": kinds.text, "required": True})
    path: str = field(default="/", metadata={"kind": kinds.path})
    port: int = field(default=0, metadata={"kind": kinds.port})
    host: str = field(default="", metadata={"kind": kinds.any_text})
    security: str = field(default="", metadata={"kind": kinds.any_text})
    token_ttl: float = field(default=3600.0, metadata={"kind": kinds.seconds})
    new_token_wait_time: float = field(default=5.0, metadata={"kind": kinds.seconds})
    ping_interval: float = field(default=30.0, metadata={"kind": kinds.seconds})
    pings_missed_threshold: int = field(default=5, metadata={"kind": kinds.positive})
    max_message_size: int = field(default=1024 * 1024, metadata={"kind": kinds.size})
    max_connections: int = field(default=16_384, metadata={"kind": kinds.positive})
    max_connections_per_address: int = field(default=12_288, metadata={"kind": kinds.positive})
    max_messages_per_second: int = field(default=10_000, metadata={"kind": kinds.positive})
    compression: bool = field(default=False, metadata={"kind": kinds.boolean})
    origins: tuple[str, ...] = field(default=(), metadata={"kind": kinds.origins})


@dataclass(frozen=True, slots=True)
class Config:
    """All of server.conf.

    Attributes:
        directory: where the file is: relative paths of it start there.
        overridden: what is not as the file says, but as the command line does: ``main.port``.
    """

    directory: Path
    main: Main = field(default_factory=Main)
    limits: Limits = field(default_factory=Limits)
    logging: Logging = field(default_factory=Logging)
    services: Services = field(default_factory=Services)
    odb: OdbSettings = field(default_factory=OdbSettings)
    pubsub: PubSub = field(default_factory=PubSub)
    kvdb: KeyValueDatabase = field(default_factory=KeyValueDatabase)
    sso: SSO = field(default_factory=SSO)
    tls: TLS = field(default_factory=TLS)
    security: tuple[SecurityDefinition, ...] = ()
    rest: tuple[RestChannel, ...] = ()
    websocket: tuple[WebSocketChannel, ...] = ()
    deploy_internal: Mapping[str, bool] = field(default_factory=dict)
    overridden: tuple[str, ...] = ()

    @property
    def services_directory(self) -> Path:
        """The pick-up directory, absolute."""
        return self.directory / self.services.directory
