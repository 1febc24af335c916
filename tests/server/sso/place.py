"""SSO as its clients call it, on a server in the test's process."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.server.asgi import Answer, Client, served

PASSWORD = "correct horse battery"


class Rest:
    """A client of the REST API; `ust` is its session's token."""

    def __init__(self, client: Client, app: str = "CRM") -> None:
        self.client = client
        self.app = app
        self.ust = ""

    def call(self, method: str, path: str, **fields: Any) -> Answer:
        body = {"current_app": self.app, **({"ust": self.ust} if self.ust else {}), **fields}
        return self.client.request(method, f"/zato/sso/{path}", {}, json.dumps(body).encode())

    def good(self, method: str, path: str, **fields: Any) -> Any:
        answer = self.call(method, path, **fields)
        assert (answer.status, answer.json()["status"]) == (200, "ok"), answer.text
        return answer.json()

    def codes(self, method: str, path: str, **fields: Any) -> Any:
        """Why it is refused."""
        answer = self.call(method, path, **fields)
        expected = 403 if "E005001" in answer.text else 400
        assert (answer.status, answer.json()["status"]) == (expected, "error"), answer.text
        return answer.json()["sub_status"]

    def log_in(self, username: str, password: str = PASSWORD, **fields: Any) -> "Rest":
        """Another client, signed in."""
        other = Rest(self.client, self.app)
        found = self.good("POST", "user/login", username=username, password=password, ust="", **fields)
        other.ust = found["ust"]
        return other

    def user(self, username: str, **fields: Any) -> str:
        """Makes a user, as an administrator of the server, and returns the ID."""
        made = self.client.result("zato.sso.user.create", {"username": username, "password": PASSWORD, **fields})
        return str(made["user_id"])


@contextmanager
def sso(directory: Path, conf: str = "", **files: str) -> Iterator[tuple[Rest, Rest]]:
    """A client that has not signed in, and one of a super-user."""
    with served(directory, f"[sso]\n{conf}", **files) as client:
        rest = Rest(client)
        rest.user("boss", email="boss@example.com", is_super_user=True)
        yield rest, rest.log_in("boss")


@contextmanager
def pair(directory: Path, conf: str = "", odb_url: str = "") -> Iterator[tuple[Rest, Rest, Rest]]:
    """Clients of two servers of one ODB that have not signed in, and one of a super-user, of the first."""
    first, second = directory / "first", directory / "second"
    first.mkdir()
    second.mkdir()
    odb = f"[odb]\nurl = {odb_url or f'sqlite:///{first}/odb.sqlite'}\n"
    with sso(first, f"{conf}\n{odb}") as (one, boss), served(second, f"[sso]\n{conf}\n{odb}") as client:
        yield one, Rest(client), boss


def there(rest: Rest, other: Rest) -> Rest:
    """The same session, shown to the server of another client."""
    found = Rest(other.client, rest.app)
    found.ust = rest.ust
    return found
