"""From settings to the driver's cluster, with its defaults put right for tests."""

import logging
import ssl

from cassandra.auth import PlainTextAuthProvider
from cassandra.cluster import EXEC_PROFILE_DEFAULT, Cluster, ExecutionProfile
from cassandra.policies import WhiteListRoundRobinPolicy
from cassandra.query import named_tuple_factory, tuple_factory

from apitest.clients.cassandra import driver
from apitest.clients.cassandra.settings import CassandraSettings
from apitest.errors import BadValue

NAMED_ROWS = "named rows"
"""The profile whose rows are the driver's usual ones: named tuples."""

# The driver tells what it tries by logging; what matters comes back as an error.
logging.getLogger("cassandra").addHandler(logging.NullHandler())


def build(settings: CassandraSettings) -> driver.Cluster:
    """A cluster that is not connected yet.

    Raises:
        BadValue: a contact point cannot be resolved, or a file for TLS cannot be read.
    """
    options: dict[str, object] = {}
    if settings.protocol_version:
        options["protocol_version"] = settings.protocol_version
    if settings.username:
        options["auth_provider"] = PlainTextAuthProvider(settings.username, settings.password)
    if settings.encrypted:
        options["ssl_context"] = _tls(settings)
    cluster: driver.Cluster = Cluster(
        list(settings.contact_points),
        port=settings.port,
        connect_timeout=settings.timeout,
        control_connection_timeout=settings.timeout,
        execution_profiles={
            EXEC_PROFILE_DEFAULT: _profile(settings, tuple_factory),
            NAMED_ROWS: _profile(settings, named_tuple_factory),
        },
        # Statements tell the types of their markers; nobody asks for the driver's own picture of the schema.
        schema_metadata_enabled=False,
        token_metadata_enabled=False,
        **options,
    )
    return cluster


def _profile(settings: CassandraSettings, rows: object) -> object:
    """Only nodes that were named are talked to: others may not be reachable from here."""
    policy = WhiteListRoundRobinPolicy(list(settings.contact_points))
    return ExecutionProfile(policy, request_timeout=settings.timeout, row_factory=rows)


def _tls(settings: CassandraSettings) -> ssl.SSLContext:
    try:
        context = ssl.create_default_context(cafile=settings.ca_file or None)
        if settings.certificate:
            context.load_cert_chain(settings.certificate, settings.key or None)
    except (OSError, ssl.SSLError) as error:
        files = ", ".join(filter(None, (settings.ca_file, settings.certificate, settings.key)))
        raise BadValue(f"A file for TLS cannot be used: {error}", files, "PEM files are needed.") from None
    if not settings.verify:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context
