"""The tables. Objects of all kinds share one, so that a new kind needs none; what has rows by the million has its own.

Whoever adds a table adds a migration to ``migrations/versions`` and its number to ``start.HEAD``.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    DateTime,
    Double,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

_NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_name)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """Knows all tables."""

    metadata = MetaData(naming_convention=_NAMES)


class Object(Base):
    """An object of any kind.

    Attributes:
        id: never used twice.
        kind: which kind it is.
        space: in which its name is unique: mostly its kind, but all security definitions share one.
        name: its name.
        search: what a search looks at, in small letters; the name is in front, and lists are in this order.
        fields: its other fields.
        secrets: passwords and keys, encrypted or hashed.
    """

    __tablename__ = "objects"
    __table_args__ = (UniqueConstraint("space", "name"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(100), index=True)
    space: Mapped[str] = mapped_column(String(200))
    name: Mapped[str] = mapped_column(String(500))
    search: Mapped[str] = mapped_column(Text)
    fields: Mapped[dict[str, Any]] = mapped_column(JSON)
    secrets: Mapped[dict[str, str]] = mapped_column(JSON)


class Fact(Base):
    """Something that is known of the ODB as a whole: ``key`` is the mark of the key that it belongs to."""

    __tablename__ = "odb_facts"

    name: Mapped[str] = mapped_column(String(100), primary_key=True)
    value: Mapped[str] = mapped_column(String(1000))


class Reference(Base):
    """One object needs another one: the other cannot be deleted meanwhile.

    Attributes:
        object_id: the one that needs.
        field: in which of its fields.
        target_id: the one that is needed.
    """

    __tablename__ = "object_references"

    object_id: Mapped[int] = mapped_column(ForeignKey("objects.id", ondelete="CASCADE"), primary_key=True)
    field: Mapped[str] = mapped_column(String(100), primary_key=True)
    target_id: Mapped[int] = mapped_column(ForeignKey("objects.id", ondelete="RESTRICT"), index=True)


class ServiceStatistics(Base):
    """The calls of a service in a stretch of time, on one server.

    Attributes:
        server: the server's name.
        service: the service's.
        period: ``minute``, ``hour``, ``day``, ``month`` or ``year``.
        number: of the period, counted from 1970 or, of months and years, from the year 0.
        figures: how many calls there were and how long they took.
    """

    __tablename__ = "service_statistics"

    server: Mapped[str] = mapped_column(String(200), primary_key=True)
    service: Mapped[str] = mapped_column(String(500), primary_key=True)
    period: Mapped[str] = mapped_column(String(10), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    figures: Mapped[dict[str, Any]] = mapped_column(JSON)


class ScheduledRuns(Base):
    """What became of a job of the scheduler so far.

    Attributes:
        job_id: the job, an object.
        last_run: when it was run last, in UTC without a zone; ``None`` for never.
        runs: how often it was run by its schedule.
        schedule: the digest of that; runs by another one do not count any more.
        running_on: the run of the server where it runs now, if it must not run twice at a time.
    """

    __tablename__ = "scheduled_runs"

    job_id: Mapped[int] = mapped_column(ForeignKey("objects.id", ondelete="CASCADE"), primary_key=True)
    last_run: Mapped[datetime | None] = mapped_column(DateTime)
    runs: Mapped[int] = mapped_column()
    schedule: Mapped[str | None] = mapped_column(String(64))
    running_on: Mapped[str | None] = mapped_column(ForeignKey("server_runs.id", ondelete="SET NULL"), index=True)


class ServerRun(Base):
    """A server that is running, as far as is known.

    Attributes:
        id: new with each start.
        server: the server's name.
        machine, pid: that it runs on, and its process there.
        address, certificate: of its admin API, and the fingerprint of what it shows there; empty for plain HTTP.
        seen: when it was known to run, in seconds since 1970 by the clock of the database.
    """

    __tablename__ = "server_runs"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    server: Mapped[str] = mapped_column(String(200))
    machine: Mapped[str] = mapped_column(String(300))
    pid: Mapped[int] = mapped_column()
    address: Mapped[str] = mapped_column(String(500))
    seen: Mapped[float] = mapped_column(Double)
    certificate: Mapped[str] = mapped_column(String(64), server_default="")


class WebSocketConnection(Base):
    """A client of a WebSocket channel that has a session.

    Attributes:
        id: of the connection, ``ws.<hex>``.
        run_id: of the server that it is connected to.
        channel_id: negative for a channel of server.conf.
        channel_name: the channel's.
        client_id: chosen by the client.
        client_name: likewise.
        user: who has signed in.
        peer_address: of the client's end.
        peer_fqdn: the name of that, as far as it is known.
        local_address: of the server's end, with the port.
        connected: when, in UTC without a zone.
        active: when something came last, likewise.
        bytes_in, messages_in: that came.
        bytes_out, messages_out: that were sent.
        unsent: bytes that wait for the client to read.
        revision: counts up, in each run, with what is written of who the clients are; not of what they send.
    """

    __tablename__ = "websocket_connections"
    __table_args__ = (Index("ix_websocket_connections_run_id", "run_id", "revision"),)
    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    run_id: Mapped[str] = mapped_column(ForeignKey("server_runs.id", ondelete="CASCADE"))
    channel_id: Mapped[int] = mapped_column(index=True)
    channel_name: Mapped[str] = mapped_column(String(500))
    client_id: Mapped[str] = mapped_column(String(1000), index=True)
    client_name: Mapped[str] = mapped_column(String(1000))
    user: Mapped[str] = mapped_column(String(500))
    peer_address: Mapped[str] = mapped_column(String(200))
    peer_fqdn: Mapped[str] = mapped_column(String(300))
    local_address: Mapped[str] = mapped_column(String(300))
    connected: Mapped[datetime] = mapped_column(DateTime)
    active: Mapped[datetime] = mapped_column(DateTime)
    bytes_in: Mapped[int] = mapped_column(BigInteger)
    bytes_out: Mapped[int] = mapped_column(BigInteger)
    messages_in: Mapped[int] = mapped_column(BigInteger)
    messages_out: Mapped[int] = mapped_column(BigInteger)
    unsent: Mapped[int] = mapped_column(BigInteger)
    revision: Mapped[int] = mapped_column(default=0)


_Number = BigInteger().with_variant(Integer, "sqlite")  # Only an INTEGER of SQLite counts by itself


class PubSubSubscription(Base):
    """A subscription of an endpoint, or of one of its clients, to a topic.

    Attributes:
        id: its number.
        sub_key: what it is known by.
        topic_id: the topic, an object.
        endpoint_id: the endpoint, an object.
        endpoint_type: ``rest``, ``wsx`` or ``service``.
        client_id: which of the endpoint's clients; empty where it has one only.
        wrap_one_msg_in_list: whether its client wants a list also of one message.
        created: in seconds since 1970.
        held_by: the run of the server that delivers, where only one may.
    """

    __tablename__ = "pubsub_subscriptions"
    __table_args__ = (UniqueConstraint("topic_id", "endpoint_id", "client_id"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(primary_key=True)
    sub_key: Mapped[str] = mapped_column(String(100), unique=True)
    topic_id: Mapped[int] = mapped_column(ForeignKey("objects.id", ondelete="CASCADE"))
    endpoint_id: Mapped[int] = mapped_column(ForeignKey("objects.id", ondelete="CASCADE"), index=True)
    endpoint_type: Mapped[str] = mapped_column(String(20))
    client_id: Mapped[str] = mapped_column(String(1000))
    wrap_one_msg_in_list: Mapped[bool] = mapped_column()
    created: Mapped[float] = mapped_column(Double)
    held_by: Mapped[str | None] = mapped_column(String(40))


class PubSubMessage(Base):
    """A message with guaranteed delivery that somebody has still to get.

    Attributes:
        id: of two messages the older one has the smaller; never used twice.
        msg_id: what it is known by.
        topic_id: the topic, an object.
        topic_name: its name when it was published.
        is_kept: whether it waits for the topic's first subscriber.
        content: its data, as JSON in UTF-8.
        size, mime_type: of the data.
        priority: 1 to 9.
        expiration: milliseconds.
        expires_at, pub_time, recv_time: in seconds since 1970.
        publisher: the name of the endpoint or service.
        correl_id, in_reply_to, ext_client_id: as the publisher has given them.
    """

    __tablename__ = "pubsub_messages"
    __table_args__ = (Index("ix_pubsub_messages_topic_id", "topic_id", "id"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(_Number, primary_key=True)
    msg_id: Mapped[str] = mapped_column(String(40), unique=True)
    topic_id: Mapped[int] = mapped_column(ForeignKey("objects.id", ondelete="CASCADE"))
    topic_name: Mapped[str] = mapped_column(String(200))
    is_kept: Mapped[bool] = mapped_column()
    content: Mapped[bytes] = mapped_column(LargeBinary)
    size: Mapped[int] = mapped_column()
    priority: Mapped[int] = mapped_column()
    expiration: Mapped[int] = mapped_column(BigInteger)
    expires_at: Mapped[float] = mapped_column(Double, index=True)
    mime_type: Mapped[str] = mapped_column(String(100))
    pub_time: Mapped[float] = mapped_column(Double)
    recv_time: Mapped[float] = mapped_column(Double)
    publisher: Mapped[str] = mapped_column(String(500))
    correl_id: Mapped[str] = mapped_column(String(200))
    in_reply_to: Mapped[str] = mapped_column(String(200))
    ext_client_id: Mapped[str] = mapped_column(String(200))


class PubSubQueue(Base):
    """A message that waits for a subscriber. Its key is the order of delivery.

    Attributes:
        subscription_id: the subscription.
        rank: 0 for the highest priority, 8 for the lowest.
        message_id: the message.
        delivery_count: how often it was sent.
        claimed_by: the run of the server that is sending it.
        due: it is not pushed before this moment; this and the next one are in seconds since 1970.
        dead_since: when it was given up: it is a dead letter.
        attempts_before: of the deliveries, those that do not count towards the limit: it was retried since.
        problem: why it did not arrive the last time.
    """

    __tablename__ = "pubsub_queue"
    __table_args__ = (
        Index("ix_pubsub_queue_message_id", "message_id", "subscription_id"),
        {"sqlite_with_rowid": False},
    )

    subscription_id: Mapped[int] = mapped_column(
        ForeignKey("pubsub_subscriptions.id", ondelete="CASCADE"), primary_key=True
    )
    rank: Mapped[int] = mapped_column(primary_key=True)
    message_id: Mapped[int] = mapped_column(
        _Number, ForeignKey("pubsub_messages.id", ondelete="CASCADE"), primary_key=True
    )
    delivery_count: Mapped[int] = mapped_column()
    claimed_by: Mapped[str | None] = mapped_column(String(40))
    due: Mapped[float | None] = mapped_column(Double)
    attempts_before: Mapped[int] = mapped_column(server_default="0")
    dead_since: Mapped[float | None] = mapped_column(Double)
    problem: Mapped[str | None] = mapped_column(String(1000))
