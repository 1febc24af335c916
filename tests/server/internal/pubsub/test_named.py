"""Tests of apitest_server.internal.pubsub._named."""

from pathlib import Path
from types import SimpleNamespace

from apitest_server.internal.pubsub._named import LISTED, MESSAGE, OPTIONAL, SUBSCRIPTION_ROW, told
from apitest_server.service.elements import Element
from apitest_server.service.simpleio import SimpleIO
from tests.server.asgi import served
from tests.server.internal.pubsub.endpoints import endpoint, subscribe, topic
from tests.server.pubsub.messages import message


def test_lists_of_messages_declare_all_that_a_message_has() -> None:
    """What subscribers get, and who published it; a key that is not declared would be left out."""
    names = {each.name if isinstance(each, Element) else each for each in (*LISTED, *OPTIONAL)}
    full = message(correl_id="c", in_reply_to="r", ext_client_id="x", publisher="crm")
    assert names == set(told(full))
    assert len(MESSAGE) + len(OPTIONAL) == len(full.external())


def test_what_clients_choose_goes_out_as_it_is() -> None:
    """Also where it looks like a number."""
    chosen = {"correl_id": "007", "ext_client_id": "10"}
    io = SimpleIO(SimpleNamespace(output_optional=(*OPTIONAL, *SUBSCRIPTION_ROW)))
    assert io.serialize(chosen) == chosen


def test_names_win_over_ids(tmp_path: Path) -> None:
    """Of a topic and of an endpoint, where both are given."""
    with served(tmp_path) as client:
        topic(client)
        other = topic(client, "/customer/gone")
        endpoint(client)
        peer = endpoint(client, "erp")
        key = subscribe(client)
        given = {"topic_name": "/customer/new", "topic_id": other, "endpoint_name": "crm", "endpoint_id": peer}
        [row] = client.result("zato.pubsub.subscription.get-list", given)
        assert row["sub_key"] == key
