from base64 import b64encode
from pathlib import Path

from tests.server.asgi import Client, served


def _status(client: Client, name: str, password: str) -> int:
    credentials = b64encode(f"{name}:{password}".encode()).decode()
    return client.post("/zato/json/zato.ping", {}, Authorization=f"Basic {credentials}").status


def test_a_new_administrator_may_call_at_once_until_deleted(tmp_path: Path) -> None:
    """With the password that was given and no other."""
    with served(tmp_path) as client:
        given = {"name": "ann", "password": "a-good-password"}
        number = client.result("zato.security.administrator.create", given)["id"]
        assert _status(client, "ann", "a-good-password") == 200
        assert _status(client, "ann", "another-password") == 401
        client.result("zato.security.administrator.delete", {"id": number})
        assert _status(client, "ann", "a-good-password") == 401


def test_an_inactive_administrator_may_not_call(tmp_path: Path) -> None:
    """And may again once active."""
    with served(tmp_path) as client:
        given = {"name": "ann", "password": "a-good-password", "is_active": False}
        number = client.result("zato.security.administrator.create", given)["id"]
        assert _status(client, "ann", "a-good-password") == 401
        client.result("zato.security.administrator.edit", {"id": number, "is_active": True})
        assert _status(client, "ann", "a-good-password") == 200
