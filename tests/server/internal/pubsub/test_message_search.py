from pathlib import Path

from tests.server.asgi import Client, served
from tests.server.internal.pubsub.endpoints import topic

SEARCH = "zato.pubsub.message.search"


def test_messages_are_searched_in_all_topics_or_in_one(tmp_path: Path) -> None:
    """Page by page, with how many there are."""
    with served(tmp_path) as client:
        for name in ("/one", "/two"):
            topic(client, name)
            for data in ("black tea", "milk"):
                given = {"topic_name": name, "data": data, "has_gd": True}
                client.result("zato.pubsub.pubapi.publish-message", given)
        answer = client.call(SEARCH, {"query": "TEA", "cur_page": 1, "page_size": 1}).json()
        assert [row["topic_name"] for row in answer["zato_pubsub_message_search_response"]] == ["/two"]
        assert answer["_meta"]["total"] == 2
        (row,) = client.result(SEARCH, {"query": "tea", "topic_name": "/one"})
        assert (row["topic_name"], row["data"]) == ("/one", "black tea")
        assert client.result(SEARCH, {"query": "tea", "has_gd": False}) == []


def test_a_topic_that_does_not_exist_is_told(untouched: Client) -> None:
    """404."""
    assert untouched.refused(SEARCH, {"query": "x", "topic_name": "/none"})[0] == 404
