"""Tests of apitest_server.internal.kafka._brokers."""

import pytest

from apitest_server.errors import InputError
from apitest_server.internal.kafka._brokers import check_brokers, check_topic
from apitest_server.service.attrs import Attrs


def test_addresses_and_topics() -> None:
    """What Kafka knows as such is taken; all else is refused, with its field."""
    check_brokers(Attrs({"address": "h:1,[::1]:2"}))
    check_topic("shop.orders_new-2")
    with pytest.raises(InputError, match="hosts with ports"):
        check_brokers(Attrs({"address": "h"}))
    for name in ("", "a b", "ä", "a" * 250, "."):
        with pytest.raises(InputError, match="249 of them at most"):
            check_topic(name)
