from pathlib import Path

import pytest

from apitest_server.cluster.bus import BUS
from apitest_server.errors import ServiceUnavailable
from apitest_server.transfer.objects import TRANSFERS
from tests.server.asgi import served
from tests.server.messaging.waiting import kept, until
from tests.server.transfer.files import SERVICES, created, status

EDIT = "zato.channel.file-transfer.edit"


def test_a_change_is_in_effect_at_once(tmp_path: Path) -> None:
    """Other directories, no directories, those of before when the server is started again."""
    for name in ("in", "two"):
        (tmp_path / name).mkdir()
    with served(tmp_path, s=SERVICES) as client:
        number = created(client)
        (tmp_path / "in" / "a").write_text("1")
        kept(client, 1)
        client.result(EDIT, {"id": number, "pickup_from_list": "two"})
        (tmp_path / "two" / "b").write_text("2")
        kept(client, 2)
        client.result(EDIT, {"id": number, "is_active": False})
        transfers = client.app.components[TRANSFERS]
        assert transfers.channels == {}
        assert status(client, number)["is_active"] is False
        with pytest.raises(ServiceUnavailable):
            transfers.of(number)
        client.result(EDIT, {"id": number, "is_active": True})
    (tmp_path / "two" / "c").write_text("3")
    with served(tmp_path, s=SERVICES) as client:
        assert [row[0] for row in kept(client, 1)] == ["c"]
        client.result("zato.channel.file-transfer.delete", {"id": number})
        assert client.app.components[TRANSFERS].channels == {}


def test_what_a_dead_server_had_taken_is_taken_again(tmp_path: Path) -> None:
    """By a server of the same ODB; what somebody else has taken is theirs."""
    (tmp_path / "in").mkdir()
    with served(tmp_path, s=SERVICES) as client:
        number = created(client, is_active=False)
        client.result(EDIT, {"id": number, "is_active": True})
        mark = client.app.components[TRANSFERS].of(number).taker.owner.mark
        (tmp_path / "in" / f"a.{mark}-abcdef-1.taken").write_text("of the dead")
        (tmp_path / "in" / "b.00000000-abcdef-1.taken").write_text("of strangers")
        until(client, lambda: client.app.components[BUS].is_up)
        assert kept(client) == [["a", "of the dead", "file-transfer"]]
        until(client, lambda: [path.name for path in (tmp_path / "in").iterdir()] == ["b.00000000-abcdef-1.taken"])


def test_a_connection_that_is_gone_is_told(tmp_path: Path) -> None:
    """One that is not active is, too."""
    with served(tmp_path, s=SERVICES) as client:
        given = {"name": "x", "host": "127.0.0.1", "port": 1, "is_active": False}
        ftp = client.result("zato.outgoing.ftp.create", given)["id"]
        number = created(client, source_type="ftp", ftp_source_id=ftp)
        until(client, lambda: f"with ID {ftp}" in status(client, number)["problem"])
        client.result("zato.outgoing.ftp.edit", {"id": ftp, "is_active": True})
        until(client, lambda: "cannot be reached: Connection refused" in status(client, number)["problem"])
        status_code, details = client.refused("zato.outgoing.ftp.delete", {"id": ftp})
        assert (status_code, "files" in details) == (400, True)
