"""What is tried with every kind of connections that has a password: its definitions, over the admin API."""

from collections.abc import Iterable
from pathlib import Path

from tests.server.asgi import Client, served

SECRET = "s3cret-word"
AWAY = {"name": "a", "host": "127.0.0.1", "port": 1}  # Where nobody listens


def refuses(client: Client, kind: str, cases: Iterable[tuple[dict[str, object], str]]) -> None:
    """A definition that could not be used is refused, with the name of the field and what is wrong with it."""
    for wrong, expected in cases:
        status, details = client.refused(f"zato.{kind}.create", {"name": "a", "host": "h", **wrong})
        assert (status, expected in details) == (400, True), details


def hides_its_password(directory: Path, kind: str, **given: object) -> None:
    """It is stored encrypted, by ``create`` and by ``change-password``, and is in no answer; other fields are."""
    with served(directory) as client:
        number = client.result(f"zato.{kind}.create", {**AWAY, "password": SECRET, **given})["id"]
        row = client.result(f"zato.{kind}.get-by-id", {"id": number})
        assert {**AWAY, **given}.items() <= row.items()
        assert SECRET not in str(row)
        assert client.refused(f"zato.{kind}.ping", {"id": number}) == (503, "`a` cannot be reached: Connection refused")
        changed = {"id": number, "password1": SECRET[::-1], "password2": SECRET[::-1]}
        client.result(f"zato.{kind}.change-password", changed)
        [row] = client.result(f"zato.{kind}.get-list")
        assert SECRET[::-1] not in str(row)
    stored = [path.read_bytes() for path in directory.rglob("*") if path.is_file()]
    assert not any(secret.encode() in content for content in stored for secret in (SECRET, SECRET[::-1]))
