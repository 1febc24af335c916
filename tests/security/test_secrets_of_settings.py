"""Passwords that are in settings: of the ODB, of outgoing connections, of a line in the wrong place."""

import logging
import socket
import traceback
from collections.abc import Iterator
from pathlib import Path

import pytest

from apitest_server.app import App
from apitest_server.config import parse
from apitest_server.errors import ServerError
from apitest_server.process.log_lines import FORMATS, line_of
from tests.attempts import Attempts
from tests.server.asgi import served

SECRET = "Pa55w0rt"
PIECES = ("Pa55", "w0rt")
# {} is the password or a part of it; signs stand where they end a password before its end
URLS = (
    "postgresql://u:{}@127.0.0.1:{port}/d",
    "postgresql://u:{}@127.0.0.1:{port}/d?sslmode={}",
    "postgresql://u:x@127.0.0.1:{port}/d?sslpassword={}&sslmode=disable",
    "postgresql://u:{}%zz@127.0.0.1/d",
    "postgresql://u:{0}%@127.0.0.1/d",
    *(f"postgresql://u:{PIECES[0]}{sign}{PIECES[1]}@127.0.0.1:{{port}}/d" for sign in "@/?#[]:;&= \"'\\\t%{{}}"),
    *(f"postgresql://{PIECES[0]}{sign}{PIECES[1]}" for sign in "?#:"),
    "postgresql://u:12/{}@127.0.0.1/d",
    "postgresql://u:12?{}@127.0.0.1/d",
    "postgresql://u:12?a={}@127.0.0.1/d",
    "postgresql://u:12#{}@127.0.0.1/d",
    "postgresql:/u:{}@127.0.0.1/d",
    "postgresql+psycopg://u:{}@127.0.0.1/d",
    "postgres://u:{}@127.0.0.1/d",
    "mysql://u:{}@127.0.0.1/d",
    "u:{}@127.0.0.1/d",
    "{}",
)
HOSTS = (
    "http://:{}@127.0.0.1", "http://u:{}@127.0.0.1", "http://{}@127.0.0.1", "https://u:{}/x@127.0.0.1", "http://u:{}?@a",
    "http://u:{}#@127.0.0.1", "http://127.0.0.1:{}", "http://[{}", "http://127.0.0.1?token={}", "u:{}@127.0.0.1",
)  # fmt: skip
OPTIONS = (
    "password={}", "sslpassword={}", "a=b\npasswd={}", "ssl_key_password = {}", "options=-c x.password={}", "user:{}",
    "service=http://u:{}@example.com", "passfile\n{}", "krb_token={}", "api_key={}", "init_command=SET PASSWORD '{}'",
)  # fmt: skip
LINES = (
    "[security]\n[[a]]\ntype = basic-auth\nusername = a\npassword {}\n",
    "[security]\n[[a]]\ntype = api-key\nkey: {}\n",
    "[odb]\nurl: postgresql://u:{}@h/d\n",
    "[odb]\npostgresql://u:{}@h/d\n",
    "{}\n",
)
CRASHES = """\
from zato.server.service import Service
class Crash(Service):
    name = "my.crash"
    def handle(self):
        url = "redis://:{}@127.0.0.1"
        self.logger.warning("trying %s", url)
        self.logger.info("sent Authorization: Bearer {}")
        try:
            raise ValueError(f"cannot parse {{url}}")
        except ValueError as error:
            raise RuntimeError("Basic bWFyaWE6UGE1NXcwcnQ=") from error
"""


def shown(text: str) -> bool:
    """Whether a part of the password is there."""
    return any(piece in text for piece in (*PIECES, "bWFyaWE6"))


@pytest.fixture
def port() -> Iterator[int]:
    """One that nobody listens on."""
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        yield int(sock.getsockname()[1])


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_wrong_url_of_the_odb_shows_no_password(
    tmp_path: Path, port: int, attempts: Attempts, caplog: pytest.LogCaptureFixture
) -> None:
    """Neither in what is wrong with server.conf, nor in what the driver says, nor in a traceback."""
    (tmp_path / "services").mkdir()
    urls = [url.replace("{port}", str(port)).replace("{0}", SECRET).replace("{}", SECRET) for url in URLS]
    for text in [f"[odb]\nurl = {url}\n" for url in urls] + [line.format(SECRET) for line in LINES]:
        try:
            App(parse(text, tmp_path / "server.conf"))
        except ServerError as error:
            told = f"{error}{error!r}{''.join(traceback.format_exception(error))}"
            attempts.held(not shown(told), f"{text}: {told[-280:]}")
        except Exception as error:
            attempts.held(False, f"{text}: {error!r}")
        else:
            attempts.held(False, f"{text}: it starts")
        attempts.held(not shown(caplog.text), f"{text}: {caplog.text}")


def test_an_outgoing_connection_shows_no_password(tmp_path: Path, port: int, attempts: Attempts) -> None:
    """Neither in lists nor in errors nor in the ODB; one in a place where it would be shown is refused."""
    create = "zato.outgoing.sql.create"
    secret = f"sslpassword={SECRET}\nsslmode={SECRET}"
    definition = {"engine": "postgresql", "host": "127.0.0.1", "port": port, "db_name": "d", "timeout": 1}
    with served(tmp_path) as client:
        for text in OPTIONS:
            answer = client.call(create, {"name": "a", "extra": text.format(SECRET), **definition})
            attempts.held(answer.status == 400 and not shown(answer.text), f"{text}: {answer.text}")
        for host in HOSTS:
            fields = {"name": "b", "connection": "outgoing", "transport": "plain_http", "host": host.format(SECRET)}
            answer = client.call("zato.http-soap.create", fields)
            attempts.held(answer.status == 400 and not shown(answer.text), f"{host}: {answer.text}")
        number = client.result(create, {"name": "c", "password": SECRET, "secret_extra": secret, **definition})["id"]
        for service, payload in _calls(number):
            answer = client.call(f"zato.outgoing.sql.{service}", payload)
            attempts.held(not shown(answer.text), f"{service}: {answer.text}")
    stored = b"".join(path.read_bytes() for path in tmp_path.glob("odb.sqlite*"))
    attempts.held(not shown(stored.decode("latin-1")), "the ODB")


def _calls(number: int) -> list[tuple[str, dict[str, object]]]:
    return [
        ("get-list", {}),
        ("get-by-id", {"id": number}),
        ("get-by-name", {"name": "c"}),
        ("ping", {"id": number}),
        ("execute", {"id": number, "statement": "SELECT 1"}),
        ("edit", {"id": number, "secret_extra": "sslmode=prefer"}),
        ("ping", {"id": number}),
    ]


def test_a_traceback_in_the_log_shows_no_password(
    tmp_path: Path, attempts: Attempts, caplog: pytest.LogCaptureFixture
) -> None:
    """In both formats, and in what the errors before it say."""
    conf = "[rest]\n[[a]]\npath = /a\nservice = my.crash\n"
    with served(tmp_path, conf, a=CRASHES.replace("{}", SECRET)) as client, caplog.at_level(logging.INFO):
        answer = client.get("/a")
        attempts.held(answer.status == 500 and not shown(answer.text), answer.text)
        for form in FORMATS:
            lines = [line_of(record, form) for record in caplog.records]
            assert any("RuntimeError" in line and "ValueError" in line for line in lines)
            for line in lines:
                attempts.held(not shown(line), line)
