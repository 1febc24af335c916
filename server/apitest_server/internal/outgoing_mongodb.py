"""Outgoing MongoDB connections: defined and tried; services use them as ``self.out.mongodb``."""

from apitest_server.errors import InputError
from apitest_server.internal import crud
from apitest_server.internal.crud import AS_OPENSSL, VERIFIED, Between, Field, ObjectType, OneOf, Places
from apitest_server.outgoing.mongodb import PORTS
from apitest_server.service.attrs import Attrs
from apitest_server.service.base import Server
from apitest_server.service.elements import Bool, Text

_READ_FROM = ("primary", "primaryPreferred", "secondary", "secondaryPreferred", "nearest")


def _validate(server: Server, fields: Attrs, number: int) -> None:
    if fields.tls_private_key_file and not fields.tls_cert_file:
        raise InputError("tls_cert_file", "is required with a tls_private_key_file: it is the certificate of that key")
    if fields.is_write_journal_enabled and fields.write_to_replica == "0":
        raise InputError("write_to_replica", "must not be 0 where writes have to be in the journal")


def _seconds(name: str, default: int, about: str) -> Field:
    return Field(Between(name, 1, 3600, default=default), about=f"Seconds {about}")


MONGODB = ObjectType(
    name="outgoing.mongodb",
    title="MongoDB connection",
    fields=(
        Field(Bool("is_active", default=True)),
        Field(
            Places("server_list", PORTS, "mongodb"),
            required=True,
            searched=True,
            about="One a line, such as mongodb.example.com:27017; several are those of a replica set",
        ),
        Field(Bool("is_tls_enabled", default=False)),
        Field(Text("replica_set", default=""), about="Its name, where the servers are one"),
        Field(Text("username", default=""), searched=True),
        Field(Text("password"), stored="encrypted"),
        Field(Text("auth_source", default="admin"), about="The database that knows the user"),
        Field(OneOf("auth_mechanism", "DEFAULT", "SCRAM-SHA-1", "SCRAM-SHA-256")),
        Field(Between("pool_size_max", 1, 1000, default=10), about="Connections to each server"),
        Field(Text("app_name", default=""), about="What the server's log calls this connection; empty: apitest"),
        Field(Bool("is_tz_aware", default=True), about="Whether dates that are read have a time zone"),
        _seconds("connect_timeout", 10, "until a server is connected"),
        _seconds("socket_timeout", 30, "that an answer may take"),
        _seconds("server_select_timeout", 5, "that a server is waited for"),
        _seconds("wait_queue_timeout", 10, "that a connection is waited for where all are in use"),
        _seconds("max_idle_time", 600, "until a connection that nobody uses is closed"),
        _seconds("hb_frequency", 10, "between two looks at whether the servers are there"),
        Field(OneOf("read_pref_type", *_READ_FROM), about="Which servers of a replica set are read from"),
        Field(Text("write_to_replica", default="1"), about="How many servers have to have a write, or majority"),
        _seconds("write_timeout", 5, "that as many servers may take to have a write"),
        Field(Bool("is_write_journal_enabled", default=False), about="Whether a write has to be in the journal"),
        Field(Bool("should_retry_write", default=True), about="Whether a write that a lost server had is repeated"),
        *VERIFIED,
        Field(Text("tls_cert_file", default=""), about="The path of a certificate to show"),
        Field(Text("tls_private_key_file", default=""), about="The path of its private key, if in a file of its own"),
    ),
    validate=_validate,
    generic=AS_OPENSSL,
)

Create, Edit, Delete, GetList, GetByID, GetByName, ChangePassword = crud.services_of(MONGODB, __name__)


class Ping(crud.Ping):
    """Logs in to a server of a MongoDB connection anew and asks whether it is there."""

    name = "zato.outgoing.mongodb.ping"
    object_type = MONGODB
