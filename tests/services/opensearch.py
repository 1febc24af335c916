"""An OpenSearch server of the tests' own, from its jars: one node, without the security plugin, which has no jars."""

import secrets
import shutil
from pathlib import Path

import requests

from tests.ports import free_port
from tests.services import maven, processes
from tests.services.front import Front

_VERSION = "2.19.6"
_LOGGER = "org.apache.logging.log4j:log4j-core:2.25.4"
_CONF = """\
network.host: 127.0.0.1
http.port: {port}
transport.port: {transport_port}
discovery.type: single-node
cluster.routing.allocation.disk.threshold_enabled: false
"""
_LOG = """\
status = error
appender.console.type = Console
appender.console.name = console
appender.console.layout.type = PatternLayout
appender.console.layout.pattern = %d %p %c{1.} %m%n
rootLogger.level = warn
rootLogger.appenderRef.console.ref = console
"""
_NETTY = """\
description=HTTP
version={version}
name=transport-netty4
classname=org.opensearch.transport.Netty4Plugin
java.version=11
opensearch.version={version}
"""
_PERMISSIONS = """\
grant {
  permission java.io.FilePermission "/proc/sys/net/core/somaxconn", "read";
  permission java.lang.RuntimePermission "getClassLoader";
  permission java.lang.RuntimePermission "setContextClassLoader";
  permission java.net.SocketPermission "*", "accept,connect,listen,resolve";
};
"""
_JAVA = (
    "-Xms256m", "-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto",
    "-Djava.security.manager=allow", "-Dio.netty.noUnsafe=true", "-Dio.netty.allocator.numDirectArenas=0",
    # Without its native library it cannot tell that it runs as root, which it would refuse
    "-Djna.nosys=true", "-Djna.noclasspath=true", "-Djna.nounpack=true",
)  # fmt: skip


class OpenSearch(processes.Restartable):
    """A started server, which lets everybody do everything, and a front that does not.

    Attributes:
        host: of its HTTP port, such as ``127.0.0.1:9200``.
        tls_host: of the port with TLS, which wants a password.
        authority: the PEM file of the authority of the certificate there.
        username, password: who may do everything there.
    """

    username = "maria"

    def __init__(self) -> None:
        java = maven.java("11", "17")  # 2.x wants a security manager, which later ones do not have
        core = maven.jars(
            f"opensearch-{_VERSION}",
            f"org.opensearch:opensearch:{_VERSION}",
            f"org.opensearch:opensearch-plugin-classloader:{_VERSION}",
            _LOGGER,
        )
        netty = maven.jars(f"opensearch-netty-{_VERSION}", f"org.opensearch.plugin:transport-netty4-client:{_VERSION}")
        self._directory = processes.throw_away_directory()
        port = free_port()
        self.host = f"127.0.0.1:{port}"
        self._write(netty, _CONF.format(port=port, transport_port=free_port()))
        home = f"-Dopensearch.path.home={self._directory}"
        place = [f"-Dopensearch.path.conf={self._directory / 'config'}", f"-Djava.io.tmpdir={self._directory / 'tmp'}"]
        program = ["-cp", f"{core}/*", "org.opensearch.bootstrap.OpenSearch"]
        self._command = [str(java), *_JAVA, home, *place, *program]
        self._running = self._started()
        self.password = f"zażółć-{secrets.token_urlsafe(12)}"
        try:
            self._front = Front(self.host, self.username, self.password)
        except BaseException:
            super().stop()
            raise
        self.tls_host, self.authority = self._front.host, self._front.authority

    def stop(self) -> None:
        """End both and delete their data."""
        self._front.stop()
        super().stop()

    def environment(self) -> dict[str, str]:
        """The variables that tell features where this server is."""
        return {
            "APITEST_OPENSEARCH_HOST": self.host,
            "APITEST_OPENSEARCH_TLS_HOST": self.tls_host,
            "APITEST_OPENSEARCH_AUTHORITY": str(self.authority),
            "APITEST_OPENSEARCH_PASSWORD": self.password,
        }

    def _write(self, netty: Path, configuration: str) -> None:
        for name in ("config", "tmp", "logs", "plugins", "lib"):
            (self._directory / name).mkdir()
        module = self._directory / "modules" / "transport-netty4"
        shutil.copytree(netty, module)
        (module / "plugin-descriptor.properties").write_text(_NETTY.format(version=_VERSION))
        (module / "plugin-security.policy").write_text(_PERMISSIONS)
        (self._directory / "config" / "opensearch.yml").write_text(configuration)
        (self._directory / "config" / "log4j2.properties").write_text(_LOG)

    def _started(self) -> processes.Running:
        return processes.start(self._command, self._directory, self._answers)

    def _answers(self) -> bool:
        try:
            return requests.get(f"http://{self.host}", timeout=5).ok
        except requests.RequestException:
            return False
