"""Tests of apitest_server.admin.pages.subscriptions."""

from urllib.parse import quote

import pytest

from tests.server.admin.pages.test_pubsub import Shop
from tests.server.admin.pages.test_steps import steps_of_the_last_act
from tests.server.admin.visitor import Visitor, words
from tests.server.internal.pubsub.endpoints import pull


@pytest.fixture
def shop(visitor: Visitor) -> Shop:
    """On a server of its own."""
    return Shop(visitor)


def made(visitor: Visitor, **fields: str) -> str:
    """Subscribes with the form; the page."""
    visitor.get("pubsub/subscriptions/new")
    given = {"topic_name": "/orders/<b>", "endpoint_name": "till", "ext_client_id": "", "username": ""}
    return visitor.post("pubsub/subscriptions/new", **given, **fields).text


def test_there_may_be_none(visitor: Visitor) -> None:
    """Then it is said how to make one; without topics and endpoints, these come first."""
    assert "Nobody is subscribed to anything yet" in words(visitor.get("pubsub/subscriptions"))
    page = words(visitor.get("pubsub/subscriptions/new"))
    assert "There are no topics yet" in page
    assert "There are no endpoints yet" in page


def test_a_subscription_from_its_beginning_to_its_end(visitor: Visitor, shop: Shop) -> None:
    """Made, listed, found, changed and ended; names stay text."""
    page = visitor.get("pubsub/subscriptions/new?topic=/orders/%3Cb%3E")
    assert '<option value="/orders/&lt;b&gt;" selected>' in page.text
    page_of_it = made(visitor)
    assert "The subscription to /orders/&lt;b&gt; was made" in page_of_it
    assert "was there already" in made(visitor)
    listed = visitor.get("pubsub/subscriptions?search=till")
    assert "/orders/<b> till rest" in words(listed)
    assert "<b>" not in listed.text
    assert "Nothing matches" in words(visitor.get("pubsub/subscriptions?search=nobody"))
    path = f"pubsub/queues/{shop.subscribe()}"
    visitor.get(path)
    changed = visitor.post(path, wrap_one_msg_in_list="true").text
    assert "was changed" in changed
    assert "checked" in changed
    assert "was ended" in words(visitor.post(f"{path}/delete"))
    assert visitor.get(path).status == 404


def test_what_it_has_received_and_what_not_and_why(visitor: Visitor, shop: Shop) -> None:
    """Each message that waits has its reason; what was pulled is among what was received."""
    sub_key = shop.subscribe()
    msg_id = shop.publish()
    page = words(visitor.get(f"pubsub/queues/{sub_key}"))
    assert "Not received: 1" in page
    assert "It waits until the endpoint “till” takes its messages; 0 messages come before it" in page
    assert [message["msg_id"] for message in pull(visitor.client, quote("/orders/<b>"), "u", "p")] == [msg_id]
    page = words(visitor.get(f"pubsub/queues/{sub_key}"))
    assert "Not received: 0" in page
    assert f"Received from this server since its start: 1 Message Received {msg_id}" in page


@pytest.mark.parametrize(
    ("fields", "said"),
    [({"topic_name": "/gone"}, "There is no"), ({"ext_client_id": "one"}, "External client ID must not be given")],
)
def test_what_cannot_be_subscribed(visitor: Visitor, shop: Shop, fields: dict[str, str], said: str) -> None:
    """Is told, and what was typed stays."""
    given = {"topic_name": "/orders/<b>", "endpoint_name": "till", "ext_client_id": "", "username": "maria", **fields}
    visitor.get("pubsub/subscriptions/new")
    answer = visitor.post("pubsub/subscriptions/new", **given)
    assert answer.status in (400, 404)
    assert said in words(answer)
    assert 'value="maria"' in answer.text


def test_its_steps_name_what_is_the_same_elsewhere(visitor: Visitor, shop: Shop) -> None:
    """Its key is looked up."""
    shop.subscribe()
    path = f"pubsub/queues/{shop.subscribe()}"
    visitor.get(path)
    text = steps_of_the_last_act(visitor, visitor.post(f"{path}/clear").text)
    assert 'under "sub_key"' in text
    assert '"endpoint_name": "till"' in text
    assert path.rpartition("/")[2] not in text
