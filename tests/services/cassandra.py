"""A Cassandra 5.0 node of the tests' own, from its jars; it asks for a password, and offers TLS on its port."""

import json
from pathlib import Path
from typing import Any

from tests.ports import free_port
from tests.services import certificates, maven, processes

_VERSION = "5.0.6"
_LOGBACK = """\
<configuration>
  <appender name="OUT" class="ch.qos.logback.core.ConsoleAppender">
    <encoder><pattern>%d %level %logger{0} %msg%n</pattern></encoder>
  </appender>
  <root level="INFO"><appender-ref ref="OUT"/></root>
</configuration>
"""
_OPENED = (
    "java.base/jdk.internal.misc",
    "java.base/java.lang",
    "java.base/java.lang.reflect",
    "java.base/java.lang.module",
    "java.base/java.io",
    "java.base/java.nio",
    "java.base/java.util",
    "java.base/sun.nio.ch",
    "java.base/jdk.internal.loader",
    "java.base/jdk.internal.ref",
    "java.base/jdk.internal.reflect",
    "java.base/jdk.internal.math",
    "java.base/jdk.internal.module",
    "java.base/jdk.internal.util.jar",
    "jdk.management/com.sun.management.internal",
    "java.rmi/sun.rmi.transport.tcp",
)
_EXPORTED = (
    "java.management.rmi/com.sun.jmx.remote.internal.rmi",
    "java.rmi/sun.rmi.registry",
    "java.rmi/sun.rmi.server",
    "java.sql/java.sql",
    "jdk.unsupported/sun.misc",
    "jdk.attach/sun.tools.attach",
)
# Without these three a single node waits half a minute for neighbours, and ten seconds for its first user.
_QUICK = {
    "cassandra.ring_delay_ms": "100",
    "cassandra.skip_wait_for_gossip_to_settle": "0",
    "cassandra.superuser_setup_delay_ms": "0",
}


class Cassandra:
    """A started node of one.

    Attributes:
        host: its contact point.
        port: of the native protocol, plain and TLS.
        username: of the superuser.
        password: likewise.
        certificates: what a client needs for TLS.
    """

    username = password = "cassandra"

    def __init__(self) -> None:
        java = maven.java()
        jars = maven.jars(f"cassandra-{_VERSION}", f"org.apache.cassandra:cassandra-all:{_VERSION}")
        self.host, self.port = "127.0.0.1", free_port()
        directory = processes.throw_away_directory()
        self.certificates = certificates.make(directory)
        (directory / "logback.xml").write_text(_LOGBACK)
        # A JSON document is a YAML document.
        (directory / "cassandra.yaml").write_text(json.dumps(self._settings(directory)))
        self._log = directory / "server.log"
        self._running = processes.start([str(java), *_options(directory, jars)], directory, self._answers)

    def _settings(self, directory: Path) -> dict[str, Any]:
        storage_port = free_port()
        seeds = {"class_name": "org.apache.cassandra.locator.SimpleSeedProvider"}
        paths = ("commitlog", "saved_caches", "hints")
        return {
            "cluster_name": "throw-away",
            "num_tokens": 1,
            "partitioner": "org.apache.cassandra.dht.Murmur3Partitioner",
            "seed_provider": [{**seeds, "parameters": [{"seeds": f"{self.host}:{storage_port}"}]}],
            "listen_address": self.host,
            "rpc_address": self.host,
            "storage_port": storage_port,
            "native_transport_port": self.port,
            "endpoint_snitch": "SimpleSnitch",
            "commitlog_sync": "periodic",
            "commitlog_sync_period": "10000ms",
            "materialized_views_enabled": True,
            "authenticator": "PasswordAuthenticator",
            "authorizer": "CassandraAuthorizer",
            "data_file_directories": [str(directory / "data")],
            "cdc_raw_directory": str(directory / "cdc"),
            **{f"{name}_directory": str(directory / name) for name in paths},
            "client_encryption_options": self._encryption(),
        }

    def _encryption(self) -> dict[str, Any]:
        return {
            "enabled": True,
            "optional": True,
            "require_client_auth": True,
            "keystore": str(self.certificates.server_store),
            "keystore_password": certificates.STORE_PASSWORD,
            "truststore": str(self.certificates.trust_store),
            "truststore_password": certificates.STORE_PASSWORD,
            "store_type": "PKCS12",
        }

    def _answers(self) -> bool:
        text = self._log.read_text(errors="replace")
        return "Startup complete" in text and "Created default superuser role" in text

    def environment(self) -> dict[str, str]:
        """The variables that tell features where this node is."""
        return {
            "APITEST_CASSANDRA_CONTACT_POINTS": self.host,
            "APITEST_CASSANDRA_PORT": str(self.port),
            "APITEST_CASSANDRA_USERNAME": self.username,
            "APITEST_CASSANDRA_PASSWORD": self.password,
            "APITEST_CASSANDRA_CA": str(self.certificates.authority),
            "APITEST_CASSANDRA_OTHER_CA": str(self.certificates.stranger),
            "APITEST_CASSANDRA_CERTIFICATE": str(self.certificates.client),
            "APITEST_CASSANDRA_KEY": str(self.certificates.client_key),
            "APITEST_CASSANDRA_BOTH": str(self.certificates.client_both),
        }

    def stop(self) -> None:
        """End the node and delete its data."""
        self._running.stop()


def _options(directory: Path, jars: Path) -> list[str]:
    heap = ["-Xms512m", "-Xmx512m", "-Djdk.attach.allowAttachSelf=true"]
    opened = [f"--add-opens={module}=ALL-UNNAMED" for module in _OPENED]
    exported = [f"--add-exports={module}=ALL-UNNAMED" for module in (*_OPENED, *_EXPORTED)]
    properties = {
        "cassandra.config": f"file://{directory / 'cassandra.yaml'}",
        "logback.configurationFile": str(directory / "logback.xml"),
        "cassandra.storagedir": str(directory),
        "cassandra-foreground": "yes",
        "cassandra.unsafesystem": "true",
        **_QUICK,
    }
    given = [f"-D{name}={value}" for name, value in properties.items()]
    return [
        *heap,
        *opened,
        *exported,
        *given,
        "-cp",
        f"{jars}/*",
        "org.apache.cassandra.service.CassandraDaemon",
    ]
