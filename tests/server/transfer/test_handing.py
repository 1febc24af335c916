from pathlib import Path

from tests.server.asgi import served
from tests.server.messaging.waiting import until
from tests.server.transfer.files import SERVICES, created, status


def test_files_are_published(tmp_path: Path) -> None:
    """After the services have done with them; what is not text cannot be, and nothing is lost of it."""
    (tmp_path / "in").mkdir()
    with served(tmp_path, s=SERVICES) as client:
        client.result("zato.pubsub.topic.create", {"name": "/files"})
        number = created(client, service_list="", topic_list="/files", parse_with="csv")
        (tmp_path / "in" / "a.csv").write_text("n\n1\n")
        until(client, lambda: status(client, number)["taken"] == 1)
        client.result("zato.channel.file-transfer.edit", {"id": number, "parse_with": ""})
        (tmp_path / "in" / "b").write_bytes(b"\xff")
        until(client, lambda: "is not text" in status(client, number)["problem"])
        until(client, (tmp_path / "in" / "b").exists)
        topic = client.result("zato.pubsub.topic.get-list")[0]["id"]
        (row,) = client.result("zato.pubsub.topic.get-non-gd-message-list", {"topic_id": topic})
        assert (row["publisher"], row["topic_name"], row["size"]) == ("files", "/files", 11)


def test_a_topic_that_is_gone_is_a_failure(tmp_path: Path) -> None:
    """The file stays."""
    (tmp_path / "in").mkdir()
    with served(tmp_path, s=SERVICES) as client:
        topic = client.result("zato.pubsub.topic.create", {"name": "/files"})["id"]
        number = created(client, service_list="keep", topic_list="/files")
        client.result("zato.pubsub.topic.delete", {"id": topic})
        (tmp_path / "in" / "a").write_text("x")
        until(client, lambda: status(client, number)["problem"].startswith("a: it cannot be published to /files"))
        until(client, (tmp_path / "in" / "a").exists)
