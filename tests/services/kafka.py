"""A Kafka broker of the tests' own, from its jars: one node, which is its own controller."""

import secrets
from pathlib import Path

from tests.ports import free_port
from tests.services import certificates, maven, processes

_VERSION = "4.0.0"
_LOGGER = "org.slf4j:slf4j-simple:1.7.36"
_CONF = """\
process.roles=broker,controller
node.id=1
controller.quorum.voters=1@127.0.0.1:{controller}
controller.listener.names=CONTROLLER
listeners=PLAINTEXT://127.0.0.1:{port},SASL_SSL://127.0.0.1:{tls_port},CONTROLLER://127.0.0.1:{controller}
listener.security.protocol.map=PLAINTEXT:PLAINTEXT,SASL_SSL:SASL_SSL,CONTROLLER:PLAINTEXT
sasl.enabled.mechanisms=PLAIN
listener.name.sasl_ssl.plain.sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule required \\
  user_apitest="{password}";
ssl.keystore.location={store}
ssl.keystore.password={store_password}
ssl.key.password={store_password}
ssl.keystore.type=PKCS12
log.dirs={directory}/data
log.cleaner.dedupe.buffer.size=4194304
offsets.topic.num.partitions=1
offsets.topic.replication.factor=1
transaction.state.log.num.partitions=1
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
group.initial.rebalance.delay.ms=0
num.network.threads=1
num.io.threads=2
"""
_JAVA = ("-Xms192m", "-Xmx192m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto")


class Kafka(processes.Restartable):
    """A started broker.

    Attributes:
        address: of its plain port, where nobody signs in.
        tls_address: of the port with TLS, where a user signs in with PLAIN.
        authority: the PEM file of the authority of its certificate.
        username: of the user.
        password: likewise.
    """

    username = "apitest"

    def __init__(self) -> None:
        java = maven.java("17", "21")
        jars = maven.jars(f"kafka-{_VERSION}", f"org.apache.kafka:kafka_2.13:{_VERSION}", _LOGGER)
        self._directory = processes.throw_away_directory()
        port, tls_port = free_port(), free_port()
        self.address, self.tls_address = f"127.0.0.1:{port}", f"127.0.0.1:{tls_port}"
        made, self.password = certificates.make(self._directory), secrets.token_urlsafe(12)
        self.authority = made.authority
        text = _CONF.format(
            port=port,
            tls_port=tls_port,
            controller=free_port(),
            password=self.password,
            store=made.server_store,
            store_password=certificates.STORE_PASSWORD,
            directory=self._directory,
        )
        settings = self._directory / "server.properties"
        settings.write_text(text)
        data = self._directory / "data"
        data.mkdir()
        # What its own tool for formatting would write, in a second Java
        (data / "meta.properties").write_text("version=1\ncluster.id=throw-away\nnode.id=1\n")
        self._command = [str(java), *_JAVA, "-cp", f"{jars}/*", "kafka.Kafka", str(settings)]
        self._log: Path = self._directory / "server.log"
        self.start()

    def _started(self) -> processes.Running:
        return processes.start(self._command, self._directory, self._answers)

    def environment(self) -> dict[str, str]:
        """The variables that tell features where this broker is."""
        return {
            "APITEST_KAFKA_ADDRESS": self.address,
            "APITEST_KAFKA_TLS_ADDRESS": self.tls_address,
            "APITEST_KAFKA_AUTHORITY": str(self.authority),
            "APITEST_KAFKA_USERNAME": self.username,
            "APITEST_KAFKA_PASSWORD": self.password,
        }

    def _answers(self) -> bool:
        return "Kafka Server started" in self._log.read_text(errors="replace")
