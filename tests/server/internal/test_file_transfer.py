from pathlib import Path

import pytest

from tests.server.asgi import Client, served
from tests.server.transfer.files import CREATE, SERVICES, created

GIVEN = {"name": "f", "pickup_from_list": "/in", "service_list": "zato.ping"}


def test_the_life_of_a_channel(tmp_path: Path) -> None:
    """As clients of such servers create it, by both names of its services."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / ".a").write_text("")
    with served(tmp_path, s=SERVICES) as client:
        number = created(client, interval=3600)
        row = client.result("zato.channel.file-transfer.get-list", {"cluster_id": 1})[0]
        assert (row["id"], row["source_type"], row["file_patterns"], row["interval"]) == (number, "local", "*", 3600.0)
        assert client.result("zato.channel.file-transfer.get-by-name", {"name": "files"}) == row
        given = {"type_": "channel-file-transfer", "cluster_id": 1}
        assert client.result("zato.generic.connection.get-list", given)[0]["name"] == "files"
        found = client.result("zato.channel.file-transfer.ping", {"id": number})
        assert found == {"is_success": True, "info": "1 directories with 0 files"}
        client.result("zato.channel.file-transfer.edit", {"id": number, "pickup_from_list": "none"})
        status, details = client.refused("zato.channel.file-transfer.ping", {"id": number})
        assert (status, details) == (404, f"This machine has no {tmp_path / 'none'}")
        client.result("zato.channel.file-transfer.delete", {"id": number})
        assert client.refused("zato.channel.file-transfer.get-status", {"id": number})[0] == 404


def test_clients_send_lists(tmp_path: Path) -> None:
    """They are lines of a text then."""
    lists = {"pickup_from_list": ["in", "new"], "service_list": ["zato.ping"], "topic_list": []}
    with served(tmp_path) as client:
        given = {"name": "a", "type_": "channel-file-transfer", "is_active": False, **lists}
        number = client.result("zato.generic.connection.create", given)["id"]
        row = client.result("zato.channel.file-transfer.get-by-id", {"id": number})
        assert (row["pickup_from_list"], row["service_list"], row["topic_list"]) == ("in\nnew", "zato.ping", "")


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"pickup_from_list": " \n"}, "`pickup_from_list` must name a directory"),
        ({"service_list": ""}, "`service_list` must name a service, or `topic_list` a topic"),
        ({"service_list": "zato.ping\nnone"}, "not the name of a deployed service: `none`"),
        ({"topic_list": "/none"}, "not the name of a topic: `/none`"),
        ({"should_delete_after_pickup": False}, "a file that stays would be taken again"),
        ({"source_type": "ftp"}, "`ftp_source_id` must be the ID of an outgoing FTP connection"),
        ({"source_type": "sftp"}, "`sftp_source_id` must be the ID of an outgoing SFTP connection"),
        ({"source_type": "s3"}, "must be one of local, ftp, sftp"),
        ({"data_encoding": "klingon"}, "is not an encoding: `klingon`"),
        ({"interval": 0}, "must be a number of seconds from 0.1 to 86400"),
        ({"parse_with": "xls"}, "must be one of"),
    ],
)
def test_what_cannot_be_is_refused(untouched: Client, fields: dict[str, object], problem: str) -> None:
    """With the field."""
    status, details = untouched.refused(CREATE, {**GIVEN, **fields})
    assert (status, problem in details) == (400, True), details
