from pathlib import Path

from tests.server.asgi import Client, served

LIST = "zato.audit-log.event.get-list"


def test_events_are_listed_read_and_deleted(tmp_path: Path) -> None:
    """By page, with the total."""
    with served(tmp_path) as client:
        given = {"name": "/a", "is_audit_log_received_active": True}
        number = client.result("zato.pubsub.topic.create", given)["id"]
        for each in range(3):
            client.result("zato.pubsub.pubapi.publish-message", {"topic_name": "/a", "data": f"n{each}"})
        answer = client.call(LIST, {"object_id": number, "cur_page": 2, "page_size": 2}).json()
        (row,) = answer["zato_audit_log_event_get_list_response"]
        assert answer["_meta"]["total"] == 3
        told = (row["data"], row["object_name"], row["object_type"], row["server"], row["size"])
        assert told == ("n0", "/a", "pubsub.topic", "server", 4)
        assert row["timestamp"].startswith("20")
        assert client.result("zato.audit-log.event.get-by-id", {"id": row["id"]}) == row
        assert client.result("zato.audit-log.event.clear", {"object_id": number, "direction": "sent"})["deleted"] == 0
        assert client.result("zato.audit-log.event.clear", {"object_id": number})["deleted"] == 3
        assert client.result(LIST) == []


def test_what_is_not_there_is_told(untouched: Client) -> None:
    """An event, an object, a page, a direction."""
    assert untouched.refused("zato.audit-log.event.get-by-id", {"id": 7})[0] == 404
    assert untouched.refused("zato.audit-log.event.clear", {"object_id": 12345})[0] == 404
    assert untouched.refused(LIST, {"page_size": 0})[0] == 400
    assert untouched.refused(LIST, {"direction": "up"})[0] == 400
