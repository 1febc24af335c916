"""Who looks at web-admin of a server in this process: keeps cookies, and sends forms with what they have to hold."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests.server.asgi import Answer, Client, served

PREFIX = "/zato/admin/"
PASSWORD = "a password of the tests"
_PROOF = re.compile(r'name="proof" value="([0-9a-f]+)"')
_TAG = re.compile(r"<[^>]+>")


class Visitor:
    """One browser."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.cookies: dict[str, str] = {}
        self.proof = ""

    def get(self, path: str, **headers: str) -> Answer:
        """A page; redirects are followed."""
        return self._ask("GET", path, b"", headers)

    def post(self, path: str, **fields: str) -> Answer:
        """Sends a form of the page that was looked at last; redirects are followed."""
        sent = {"proof": self.proof, **fields}
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        return self._ask("POST", path, urlencode(sent).encode(), kind)

    def sign_in(self, username: str = "admin", password: str = PASSWORD) -> Answer:
        """As the first administrator."""
        return self.post("sign-in", username=username, password=password)

    def _ask(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> Answer:
        given = {"Accept": "text/html", "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        answer = self.client.request(method, PREFIX + path, {**given, **headers}, body)
        for name, value in answer.raw_headers:
            if name == b"set-cookie":
                cookie, _, value_of = value.decode().partition(";")[0].partition("=")
                self.cookies[cookie] = value_of
        if answer.status == 303:
            return self.get(answer.headers["location"].removeprefix(PREFIX))
        found = _PROOF.search(answer.text) if "text/html" in answer.headers["content-type"] else None
        self.proof = found[1] if found else self.proof
        return answer


def words(answer: Answer) -> str:
    """What a person reads of a page."""
    return " ".join(unescape(_TAG.sub(" ", answer.text)).split())


@contextmanager
def visiting(directory: Path, monkeypatch: pytest.MonkeyPatch, conf: str = "", **files: str) -> Iterator[Visitor]:
    """A visitor who has signed in to a server with this server.conf and these service files."""
    monkeypatch.setenv("APITEST_ADMIN_PASSWORD", PASSWORD)
    with served(directory, conf, **files) as client:
        visitor = Visitor(client)
        assert visitor.sign_in().status == 200
        yield visitor
