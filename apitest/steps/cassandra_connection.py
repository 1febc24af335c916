"""Sentences that say where a Cassandra cluster is and how to reach it, that connect to it and disconnect."""

from apitest.clients import connections, tls
from apitest.clients.cassandra import client as cassandra_access
from apitest.clients.cassandra.settings import CassandraSettings
from apitest.context import StepContext
from apitest.errors import BadValue
from apitest.language.lists import names
from apitest.language.literals import integer, number
from apitest.language.registry import given, then

_HIGHEST_PORT = 65_535


@given('Cassandra contact points "{contact_points}"', since="1.1")
def contact_points(ctx: StepContext, contact_points: object) -> None:
    """Sets the nodes to connect to, with commas between their addresses; 127.0.0.1 by default.

    Example:
        Cassandra contact points "192.168.0.10, 192.168.0.11"
    """
    ctx.zato.change(CassandraSettings, contact_points=tuple(names(contact_points)))


@given('Cassandra port "{port}"', since="1.1")
def port(ctx: StepContext, port: object) -> None:
    """Sets the port of the native protocol; 9042 by default.

    Example:
        Cassandra port "9043"
    """
    found = integer(port)
    if not 0 < found <= _HIGHEST_PORT:
        raise BadValue(f"{found} is not a port", fix=f"Write a number from 1 to {_HIGHEST_PORT}")
    ctx.zato.change(CassandraSettings, port=found)


@given('Cassandra protocol version "{protocol_version}"', since="1.1")
def protocol_version(ctx: StepContext, protocol_version: object) -> None:
    """Sets the version of the native protocol; by default the newest that both sides know.

    Example:
        Cassandra protocol version "4"
    """
    ctx.zato.change(CassandraSettings, protocol_version=integer(protocol_version))


@given('Cassandra credentials "{username}" "{password}"')
def credentials(ctx: StepContext, username: str, password: str) -> None:
    """Sets the user of further connections; the password is redacted in all output.

    Example:
        Cassandra credentials "tester" "$CASSANDRA_PASSWORD"
    """
    ctx.zato.run.secrets.add(str(password))
    ctx.zato.change(CassandraSettings, username=str(username), password=str(password))


@given('Cassandra timeout is "{seconds}"')
def timeout(ctx: StepContext, seconds: object) -> None:
    """Sets how many seconds connecting and each statement may take; 10 by default.

    Example:
        Cassandra timeout is "5"
    """
    limit = number(seconds)
    if limit <= 0:
        raise BadValue(f"The timeout must be above 0 seconds, not {seconds}")
    ctx.zato.change(CassandraSettings, timeout=float(limit))


@given("Cassandra TLS is on")
def tls_on(ctx: StepContext) -> None:
    """Encrypts further connections; a CA file or a client certificate does so, too.

    Example:
        Cassandra TLS is on
    """
    ctx.zato.change(CassandraSettings, tls=True)


@given("Cassandra TLS is off")
def tls_off(ctx: StepContext) -> None:
    """Forgets all TLS settings: further connections are not encrypted, which is the default.

    Example:
        Cassandra TLS is off
    """
    ctx.zato.restore(CassandraSettings, "tls", "verify", "ca_file", "certificate", "key")


@given("Cassandra TLS verification is off")
def tls_verification_off(ctx: StepContext) -> None:
    """Encrypts further connections and accepts any certificate of a node, also a self-signed one.

    Example:
        Cassandra TLS verification is off
    """
    ctx.zato.change(CassandraSettings, tls=True, verify=False)


@given("Cassandra TLS verification is on")
def tls_verification_on(ctx: StepContext) -> None:
    """Checks the certificates of the nodes, which is the default.

    Example:
        Cassandra TLS verification is on
    """
    ctx.zato.change(CassandraSettings, tls=True, verify=True)


@given('Cassandra CA file "{path}"')
def ca_file(ctx: StepContext, path: str) -> None:
    """Encrypts further connections and trusts the authorities in a PEM file, and no others.

    Example:
        Cassandra CA file "tls/ca.pem"
    """
    ctx.zato.change(CassandraSettings, ca_file=tls.ca_file(ctx.zato, path))


@given('Cassandra client certificate "{path}"')
def client_certificate(ctx: StepContext, path: str) -> None:
    """Shows the nodes a client certificate; the PEM file contains its key as well.

    Example:
        Cassandra client certificate "tls/client.pem"
    """
    certificate, key = tls.client_certificate(ctx.zato, path)
    ctx.zato.change(CassandraSettings, certificate=certificate, key=key)


@given('Cassandra client certificate "{path}" with key "{key}"')
def client_certificate_with_key(ctx: StepContext, path: str, key: str) -> None:
    """Shows the nodes a client certificate whose key is in a separate file.

    Example:
        Cassandra client certificate "tls/client.pem" with key "tls/client.key"
    """
    certificate, found = tls.client_certificate(ctx.zato, path, key)
    ctx.zato.change(CassandraSettings, certificate=certificate, key=found)


@given('I connect to keyspace "{keyspace}" as "{conn_name}"', since="1.1")
def connect_to_keyspace(ctx: StepContext, keyspace: str, conn_name: str) -> None:
    """Connects to Cassandra; later steps name the connection, as "orders" or as "#orders".

    Example:
        I connect to keyspace "shop" as "orders"
    """
    cassandra_access.connect(ctx.zato, str(keyspace), str(conn_name))


@given('I connect to Cassandra as "{conn_name}"')
def connect(ctx: StepContext, conn_name: str) -> None:
    """Connects to Cassandra without a keyspace, for example to create one.

    Example:
        I connect to Cassandra as "admin"
    """
    cassandra_access.connect(ctx.zato, "", str(conn_name))


@then('I disconnect from Cassandra "{conn_name}"', since="1.1")
def disconnect(ctx: StepContext, conn_name: object) -> None:
    """Closes a connection. What is still open at the end of the feature is closed by itself.

    Example:
        I disconnect from Cassandra "orders"
    """
    connections.close(ctx.zato, cassandra_access.KIND, conn_name)
