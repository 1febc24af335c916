"""The proxies of the manual, as it sets them up: what they pass on, what they keep away, and whom the log names."""

import asyncio
import json
import os
import re
import socket
import ssl
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPConnection
from pathlib import Path

import pytest
from websockets.asyncio.client import connect

from tests.apitest.clients.certificates import Authority
from tests.house.tree import ROOT
from tests.ports import free_port
from tests.security.outside import ANSWERED, Outside, outside
from tests.services.installation import Unavailable, need, required

NAME = "api.example.com"
SERVICES = """\
from zato.server.service import Service
class Who(Service):
    name = "who"
    def handle(self):
        http = self.request.http
        self.response.payload = {"client": http.client[0], "host": http.headers["host"],
                                 "scheme": http.headers["x-forwarded-proto"], "size": len(http.body)}
"""
CHANNELS = """\
[websocket]
    [[events]]
    path = /events
    service = who
[rest]
    [[who]]
    path = /who
    service = who
    data_format = raw
"""
MB = 1024 * 1024
pytestmark = pytest.mark.live


def documented(language: str) -> str:
    """The example of the manual in a language; the server.conf that goes with it has a line on proxies."""
    blocks = re.findall(rf"```{language}\n(.*?)```", (ROOT / "docs" / "server.md").read_text("utf-8"), re.DOTALL)
    [found] = [one for one in blocks if language != "ini" or "trusted_proxies" in one]
    return str(found)


def nginx(directory: Path, upstream: int, port: int) -> list[str]:
    """The command line of nginx with the manual's example, whose ports and certificate are those of the test."""
    pem, key = Authority(directory).issue(NAME, NAME)
    example = documented("nginx").replace("listen 443", f"listen 127.0.0.1:{port}").replace(":17010", f":{upstream}")
    example = example.replace("/etc/ssl/api.example.com.pem", str(pem))
    example = example.replace("/etc/ssl/api.example.com.key", str(key))
    temporary = "".join(
        f"{kind}_temp_path {directory}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    conf = directory / "nginx.conf"
    user = "user root; " if os.geteuid() == 0 else ""  # Else its workers cannot write to the directory of the test
    conf.write_text(
        f"{user}daemon off; pid {directory}/pid; error_log {directory}/error.log; events {{}}"
        f"http {{ access_log off; {temporary}\n{example}}}"
    )
    program = need("nginx", ["nginx-light"], ["/usr/sbin/nginx"])
    return [str(program), "-p", str(directory), "-e", str(directory / "error.log"), "-c", str(conf)]


def caddy(directory: Path, upstream: int, port: int) -> list[str]:
    """The command line of Caddy with the manual's example, and a certificate that it makes itself."""
    example = documented("caddy").replace(NAME + " {", f"https://{NAME}:{port} {{\n    tls internal", 1)
    conf = directory / "Caddyfile"
    settings = (
        f"{{\n admin off\n skip_install_trust\n auto_https disable_redirects\n storage file_system {directory}\n}}"
    )
    conf.write_text(f"{settings}\n{example.replace(':17010', f':{upstream}')}")
    return [str(need("caddy", ["caddy"])), "run", "--adapter", "caddyfile", "--config", str(conf)]


@contextmanager
def proxied(tmp_path: Path, proxy: Callable[[Path, int, int], list[str]]) -> Iterator[tuple[Outside, int]]:
    """A server behind a proxy, both as the manual has them; and the proxy's port."""
    place = tmp_path / "proxy"
    place.mkdir()
    with outside(
        tmp_path / "server", "file = server.log\n" + documented("ini") + CHANNELS, services=SERVICES
    ) as server:
        port = free_port()
        try:
            command = proxy(place, server.port, port)
        except Unavailable as problem:
            if required():
                raise
            pytest.skip(str(problem))
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            _until_it_answers(port)
            yield server, port
        finally:
            process.terminate()
            process.wait(ANSWERED)


def _until_it_answers(port: int) -> None:
    end = time.monotonic() + ANSWERED
    while True:
        try:
            assert asked(port, "/zato/ping")[0] == 200
        except OSError:
            assert time.monotonic() < end, "the proxy does not answer"
            time.sleep(0.05)
        else:
            return


def unverified() -> ssl.SSLContext:
    """Settings of TLS for a proxy whose certificate is not what is tested."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context


def encrypted(port: int) -> ssl.SSLSocket:
    """A connection to the proxy, under the name of the manual."""
    return unverified().wrap_socket(socket.create_connection(("127.0.0.1", port), ANSWERED), server_hostname=NAME)


def asked(port: int, path: str, body: bytes | None = None, **headers: str) -> tuple[int, bytes]:
    """Status and body of a request to the proxy."""
    connection = HTTPConnection(NAME)
    connection.sock = encrypted(port)
    try:
        connection.request("GET" if body is None else "POST", path, body, headers)
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


def too_large(port: int) -> int:
    """The status of a request with a body of 11 MB, as far as it is read."""
    with encrypted(port) as client:
        head = f"POST /who HTTP/1.1\r\nHost: {NAME}\r\nConnection: close\r\nContent-Length: {11 * MB}\r\n\r\n"
        with suppress(OSError):
            client.sendall(head.encode() + b"a" * (11 * MB))
        return int(client.recv(MB).split()[1])


async def session_created(port: int) -> int:
    """The status of a session of WSX behind the proxy. By asyncio: two threads must not use one OpenSSL connection."""
    place = socket.create_connection(("127.0.0.1", port), ANSWERED)
    place.setblocking(False)
    opening = connect(f"wss://{NAME}/events", proxy=None, open_timeout=ANSWERED, sock=place, ssl=unverified())
    async with opening as client:
        await client.send(json.dumps({"meta": {"action": "create-session", "id": "1"}, "data": {}}))
        return int(json.loads(await asyncio.wait_for(client.recv(), ANSWERED))["meta"]["status"])


@pytest.mark.parametrize("proxy", [nginx, caddy])
def test_a_proxy_as_the_manual_has_it(tmp_path: Path, proxy: Callable[[Path, int, int], list[str]]) -> None:
    """Clients are known by their own address, whatever they claim; the admin API and large bodies are kept away."""
    with proxied(tmp_path, proxy) as (server, port):
        status, found = asked(port, "/who", **{"X-Forwarded-For": "192.0.2.1"})
        assert (status, json.loads(found)) == (200, {"client": "127.0.0.1", "host": NAME, "scheme": "https", "size": 0})
        assert json.loads(asked(port, "/who", b"a" * (9 * MB))[1])["size"] == 9 * MB
        assert too_large(port) == 413
        assert asked(port, "/zato/json/zato.ping")[0] == 403
        assert "192.0.2.1" not in server.log
        assert "path=/zato/json/zato.ping" not in server.log
        assert asyncio.run(session_created(port)) == 200


@pytest.mark.parametrize("proxy", [nginx, caddy])
def test_the_admin_api_behind_a_proxy(tmp_path: Path, proxy: Callable[[Path, int, int], list[str]]) -> None:
    """Who may reach it calls it by the name of the proxy, which the server knows from its host_names."""

    def opened(directory: Path, upstream: int, port: int) -> list[str]:
        command = proxy(directory, upstream, port)
        conf = Path(command[-1])
        conf.write_text(conf.read_text().replace("10.0.0.0/8", "127.0.0.0/8"))
        return command

    with proxied(tmp_path, opened) as (_, port):
        assert asked(port, "/zato/json/zato.ping")[0] == 401
