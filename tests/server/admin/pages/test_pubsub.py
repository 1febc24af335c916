"""Tests of apitest_server.admin.pages.pubsub."""

import pytest

from tests.server.admin.visitor import Visitor, words


class Shop:
    """A topic, and an endpoint that is subscribed to it."""

    def __init__(self, visitor: Visitor) -> None:
        self.visitor = visitor
        result = visitor.client.result
        self.topic: int = result("zato.pubsub.topic.create", {"name": "/orders/<b>"})["id"]
        security = result("zato.security.basic-auth.create", {"name": "s", "username": "u", "password": "p"})["id"]
        endpoint = {"name": "till", "endpoint_type": "rest", "security_id": security, "topic_patterns": "sub=/orders/*"}
        result("zato.pubsub.endpoint.create", endpoint)
        self.path = f"pubsub/topics/{self.topic}"

    def publish(self, **fields: str) -> str:
        """A message; its ID."""
        self.visitor.get(self.path)
        answer = self.visitor.post(f"{self.path}/publish", **{"data": "hello", "format": "text", **fields})
        assert answer.status == 200, answer.text
        return str(answer.json()["answer"]["msg_id"])

    def subscribe(self) -> str:
        """The key of the subscription."""
        given = {"topic_id": self.topic, "endpoint_name": "till"}
        return str(self.visitor.client.result("zato.pubsub.subscription.create", given)["sub_key"])


@pytest.fixture
def shop(visitor: Visitor) -> Shop:
    """On a server of its own."""
    return Shop(visitor)


def test_topics_are_listed(visitor: Visitor, shop: Shop) -> None:
    """How much each holds, who is subscribed, and what came last; their names stay text."""
    assert "/orders/<b> 0 0 0 – –" in words(visitor.get("pubsub"))
    shop.publish(has_gd="true")
    shop.publish()
    page = visitor.get("pubsub?search=orders&page=x")
    assert "/orders/<b> 1 1 0" in words(page)
    assert "<b>" not in page.text
    assert "Nothing matches “zzz”" in words(visitor.get("pubsub?search=zzz"))


def test_there_may_be_no_topics(visitor: Visitor) -> None:
    """Then it is said how to make one."""
    assert "There are no topics yet." in words(visitor.get("pubsub"))


def test_a_message_is_published_and_looked_at(visitor: Visitor, shop: Shop) -> None:
    """Looking at it does not take it; it is said who has not got it, and why."""
    msg_id = shop.publish(data='{"a": 1}', format="json", priority="7", expiration="60000", has_gd="true")
    page = words(visitor.get(shop.path))
    for part in (
        "Messages that wait: 1",
        msg_id,
        '{"a": 1}',
        "The first one to subscribe gets what waits here",
        "admin",
    ):
        assert part in page
    assert "Nobody is subscribed to its topic" in words(visitor.get(f"pubsub/messages/{msg_id}"))
    sub_key = shop.subscribe()
    for _ in range(2):
        assert f"{msg_id} " in words(visitor.get(f"pubsub/queues/{sub_key}"))
    page = words(visitor.get(f"pubsub/messages/{msg_id}"))
    assert f"{sub_key} till waiting" in page
    assert '"a": 1' in page


def test_how_it_is_published_by_a_test(visitor: Visitor, shop: Shop) -> None:
    """The same as steps."""
    visitor.get(shop.path)
    number = visitor.post(f"{shop.path}/publish", data="hello", format="text", priority="3").json()["done"]
    page = words(visitor.get(f"steps/{number}"))
    assert "zato.pubsub.pubapi.publish-message" in page
    assert '"priority": 3' in page


@pytest.mark.parametrize("fields", [{"data": "{", "format": "json"}, {"priority": "10"}, {"expiration": "soon"}])
def test_what_cannot_be_published(visitor: Visitor, shop: Shop, fields: dict[str, str]) -> None:
    """Is refused, and nothing waits."""
    visitor.get(shop.path)
    answer = visitor.post(f"{shop.path}/publish", **{"data": "x", "format": "text", **fields})
    assert answer.status == 400
    assert "Messages that wait: 0" in words(visitor.get(shop.path))


def test_messages_are_deleted(visitor: Visitor, shop: Shop) -> None:
    """One, those of a queue, or those of a topic."""
    sub_key = shop.subscribe()
    first, _, _ = shop.publish(has_gd="true"), shop.publish(), shop.publish()
    assert f"Message {first} was deleted" in words(visitor.post(f"pubsub/messages/{first}/delete"))
    assert visitor.get(f"pubsub/messages/{first}").status == 404
    assert "that were deleted: 2" in words(visitor.post(f"pubsub/queues/{sub_key}/clear"))
    shop.publish()
    assert "that were deleted: 1" in words(visitor.post(f"{shop.path}/clear"))


@pytest.mark.parametrize("path", ["pubsub/topics/99", "pubsub/queues/zpsk.rest.x", "pubsub/messages/zpsmx"])
def test_what_is_not_there(visitor: Visitor, path: str) -> None:
    """Is 404."""
    assert visitor.get(path).status == 404
