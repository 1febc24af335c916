from apitest_server.audit.rules import DIRECTIONS
from apitest_server.internal.crud.audited import AUDIT_FIELDS, RECEIVED_FIELDS, SENT_FIELDS


def test_each_direction_has_its_fields() -> None:
    """Those that the rules read; of what only receives, half of them."""
    names = {field.name for field in AUDIT_FIELDS}
    made = ("is_audit_log_{}_active", "max_len_messages_{}", "max_bytes_per_message_{}")
    assert names == {name.format(direction) for name in made for direction in DIRECTIONS}
    assert {field.name for field in RECEIVED_FIELDS} == {name.format("received") for name in made}
    assert {field.name for field in SENT_FIELDS} == {name.format("sent") for name in made}
