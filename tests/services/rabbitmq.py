"""A RabbitMQ broker of the tests' own, from Debian's package: AMQP 0.9.1, and its management over HTTP."""

import json
import os
import secrets
import subprocess
import urllib.error
import urllib.request
from base64 import b64encode
from pathlib import Path
from typing import Any

from tests.ports import free_port
from tests.services import certificates, installation, processes

_CONF = """\
listeners.tcp.1 = 127.0.0.1:{port}
listeners.ssl.1 = 127.0.0.1:{tls_port}
ssl_options.cacertfile = {directory}/authority.pem
ssl_options.certfile = {directory}/server.pem
ssl_options.keyfile = {directory}/server.key
ssl_options.verify = verify_none
management.tcp.ip = 127.0.0.1
management.tcp.port = {management}
default_user = apitest
default_pass = {password}
loopback_users = none
log.console = true
log.console.level = warning
log.file = false
vm_memory_high_watermark.absolute = 512MB
disk_free_limit.absolute = 10MB
"""


class RabbitMQ(processes.Restartable):
    """A started broker.

    Attributes:
        host: where it listens.
        port: of AMQP.
        tls_port: of AMQP over TLS.
        authority: the PEM file of the authority of its certificate.
        username: of an administrator.
        password: likewise.
        management: the base URL of its management.
    """

    host, username = "127.0.0.1", "apitest"

    def __init__(self) -> None:
        server = installation.need("rabbitmq-server", ["rabbitmq-server"], ["/usr/sbin/rabbitmq-server"])
        # The script on PATH insists on Debian's own user; the one that it calls is content with any.
        found = installation.find("", ["/usr/lib/rabbitmq/lib/rabbitmq_server-*/sbin/rabbitmq-server"])
        self._user = processes.unprivileged_user("rabbitmq")
        self._directory = processes.throw_away_directory(self._user)
        self.port, self.tls_port, management = free_port(), free_port(), free_port()
        self.password, self.authority = secrets.token_urlsafe(12), certificates.make(self._directory).authority
        self.management = f"http://{self.host}:{management}"
        text = _CONF.format(
            port=self.port,
            tls_port=self.tls_port,
            management=management,
            password=self.password,
            directory=self._directory,
        )
        (self._directory / "rabbitmq.conf").write_text(text)
        (self._directory / "enabled_plugins").write_text("[rabbitmq_management].\n")
        self._variables = _variables(self._directory, free_port())
        self._command = ["env", *self._variables, str(found or server)]
        self._names = self._start_names()
        try:
            self.start()
        except BaseException:
            self._names.kill()
            self._names.wait(15)
            raise

    def _started(self) -> processes.Running:
        return processes.start(self._command, self._directory, self._answers, user=self._user)

    def call(self, method: str, path: str, body: object = None) -> Any:
        """What the management answers; ``path`` is below ``/api/``.

        Raises:
            OSError: it refuses, or does not answer.
        """
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"{self.management}/api/{path}", data, method=method)
        pair = f"{self.username}:{self.password}".encode()
        request.add_header("Authorization", "Basic " + b64encode(pair).decode())
        request.add_header("Content-Type", "application/json")
        with urllib.request.urlopen(request, timeout=30) as response:
            content = response.read()
        return json.loads(content) if content else None

    def environment(self) -> dict[str, str]:
        """The variables that tell features where this broker is."""
        return {
            "APITEST_AMQP_HOST": self.host,
            "APITEST_AMQP_PORT": str(self.port),
            "APITEST_AMQP_TLS_PORT": str(self.tls_port),
            "APITEST_AMQP_AUTHORITY": str(self.authority),
            "APITEST_AMQP_USERNAME": self.username,
            "APITEST_AMQP_PASSWORD": self.password,
            "APITEST_AMQP_MANAGEMENT": self.management,
        }

    def stop(self) -> None:
        """End the broker and delete its data."""
        super().stop()
        self._names.kill()
        self._names.wait(15)

    def _start_names(self) -> "subprocess.Popen[bytes]":
        """Erlang's name server: else the broker would start one that stays when it ends."""
        command = processes.as_user(["env", *self._variables, "epmd"], self._user, "KILL")
        quiet = subprocess.DEVNULL
        return subprocess.Popen(command, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True)

    def _answers(self) -> bool:
        try:
            return bool(self.call("GET", "health/checks/port-listener/" + str(self.port))["status"] == "ok")
        except (OSError, ValueError):
            return False


def _variables(directory: Path, names_port: int) -> list[str]:
    own = {
        "HOME": directory,  # Where Erlang keeps its cookie
        "RABBITMQ_HOME_DIR": directory,
        "RABBITMQ_NODENAME": f"apitest{names_port}@localhost",
        "RABBITMQ_MNESIA_BASE": directory / "mnesia",
        "RABBITMQ_LOG_BASE": directory / "log",
        "RABBITMQ_CONFIG_FILE": directory / "rabbitmq.conf",
        "RABBITMQ_ENABLED_PLUGINS_FILE": directory / "enabled_plugins",
        "RABBITMQ_GENERATED_CONFIG_DIR": directory / "config",
        "RABBITMQ_DIST_PORT": free_port(),
        "RABBITMQ_CONF_ENV_FILE": "/dev/null",
        "RUNNING_UNDER_SYSTEMD": "1",  # The script becomes the broker instead of starting one
        "ERL_EPMD_PORT": names_port,
        "ERL_EPMD_ADDRESS": "127.0.0.1",
        "PATH": os.environ.get("PATH", ""),
    }
    return [f"{name}={value}" for name, value in own.items()]
