from apitest_server.audit.rules import Limits, Rules
from apitest_server.odb import StoredObject

ON = {"connection": "channel", "service": "shop.order", "is_audit_log_received_active": True}


def item(number: int, fields: dict[str, object], kind: str = "http-soap", name: str = "orders") -> StoredObject:
    return StoredObject(number, kind, name, fields, {})


def test_what_is_kept_of_an_object() -> None:
    """Of each direction that it asks for; older objects have the usual limits."""
    rules = Rules()
    rules.put(item(1, {**ON, "max_len_messages_received": 3, "max_bytes_per_message_received": 9}))
    assert (rules.of(1, "received"), rules.of(1, "sent"), rules.of(2, "sent")) == (Limits(3, 9), None, None)
    rules.put(item(1, {"is_audit_log_sent_active": True}))
    assert (rules.of(1, "received"), rules.of(1, "sent")) == (None, Limits(50, 5000))
    rules.remove(item(1, {}))
    assert rules.of(1, "sent") is None


def test_channels_are_found_by_what_they_call() -> None:
    """A REST and a SOAP channel may have the same name; an outgoing connection is not called."""
    rules = Rules()
    rules.put(item(1, ON))
    rules.put(item(2, {**ON, "service": "shop.soap"}))
    rules.put(item(3, {**ON, "connection": "outgoing", "service": "x"}))
    rules.put(item(4, ON, "channel.web-socket"))
    rules.put(item(5, ON, "pubsub.topic"))
    called = [("rest", "orders", "shop.order"), ("rest", "orders", "shop.soap"), ("web-socket", "orders", "shop.order")]
    assert [rules.channel(one) for one in called] == [1, 2, 4]
    assert rules.channel(("rest", "orders", "x")) == 0
    rules.put(item(6, {**ON, "service_list": "one\r\n two"}, "channel.file-transfer", "files"))
    assert [rules.channel(("file-transfer", "files", name)) for name in ("one", "two")] == [6, 6]
    rules.put(item(1, {**ON, "is_audit_log_received_active": False}))
    assert rules.channel(called[0]) == 0


def test_an_object_that_is_not_audited_changes_nothing() -> None:
    """Neither when it is made nor when others are."""
    rules = Rules()
    rules.put(item(1, {}))
    assert (rules.of(1, "received"), rules.of(1, "sent")) == (None, None)
    rules.put(item(2, ON))
    rules.put(item(1, {"service": "shop.order"}))
    assert rules.channel(("rest", "orders", "shop.order")) == 2
