"""S3-compatible storage of the tests' own: S3Proxy, which keeps objects in a directory and checks all signatures."""

import secrets
import urllib.error
import urllib.request

from tests.ports import free_port
from tests.services import certificates, maven, processes

_VERSION = "2.3.0"
_CONF = """\
s3proxy.endpoint=http://127.0.0.1:{port}
s3proxy.secure-endpoint=https://127.0.0.1:{tls_port}
s3proxy.keystore-path={store}
s3proxy.keystore-password={store_password}
s3proxy.authorization=aws-v2-or-v4
s3proxy.identity={access_key}
s3proxy.credential={secret_key}
jclouds.provider=filesystem
jclouds.filesystem.basedir={directory}/objects
"""
_LOGBACK = """\
<configuration>
  <appender name="OUT" class="ch.qos.logback.core.ConsoleAppender">
    <encoder><pattern>%d %msg%n</pattern></encoder>
  </appender>
  <root level="WARN"><appender-ref ref="OUT"/></root>
</configuration>
"""
_JAVA = ("-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto")


class S3(processes.Restartable):
    """Started storage.

    Attributes:
        address: of its plain port.
        tls_address: of the port with TLS.
        authority: the PEM file of the authority of its certificate.
        access_key: the ID of the key of who may do everything.
        secret_key: the secret part of that key.
    """

    def __init__(self) -> None:
        java = maven.java("11", "17", "21")
        jars = maven.jars(f"s3proxy-{_VERSION}", f"org.gaul:s3proxy:{_VERSION}")
        self._directory = processes.throw_away_directory()
        port, tls_port = free_port(), free_port()
        self.address, self.tls_address = f"http://127.0.0.1:{port}", f"https://127.0.0.1:{tls_port}"
        self.access_key, self.secret_key = "apitest-key", secrets.token_urlsafe(20)
        made = certificates.make(self._directory)
        self.authority = made.authority
        text = _CONF.format(
            port=port,
            tls_port=tls_port,
            store=made.server_store,
            store_password=certificates.STORE_PASSWORD,
            access_key=self.access_key,
            secret_key=self.secret_key,
            directory=self._directory,
        )
        (self._directory / "objects").mkdir()
        (self._directory / "s3proxy.conf").write_text(text)
        (self._directory / "logback.xml").write_text(_LOGBACK)
        log = f"-Dlogback.configurationFile={self._directory / 'logback.xml'}"
        program = ["-cp", f"{jars}/*", "org.gaul.s3proxy.Main", "--properties", str(self._directory / "s3proxy.conf")]
        self._command = [str(java), *_JAVA, log, *program]
        self.start()

    def _started(self) -> processes.Running:
        return processes.start(self._command, self._directory, self._answers)

    def environment(self) -> dict[str, str]:
        """The variables that tell features where this storage is."""
        return {
            "APITEST_S3_ADDRESS": self.address,
            "APITEST_S3_TLS_ADDRESS": self.tls_address,
            "APITEST_S3_AUTHORITY": str(self.authority),
            "APITEST_S3_ACCESS_KEY": self.access_key,
            "APITEST_S3_SECRET_KEY": self.secret_key,
        }

    def _answers(self) -> bool:
        try:
            urllib.request.urlopen(self.address, timeout=10).close()
        except urllib.error.HTTPError as error:  # It wants a signature
            error.close()
            return True
        except OSError:
            return False
        return True
