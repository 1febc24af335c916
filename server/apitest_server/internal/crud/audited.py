"""PURE  The fields of types whose objects may have an audit log: what they receive and send is kept, and searched."""

from apitest_server.internal.crud.field_types import Between
from apitest_server.internal.crud.object_type import Field
from apitest_server.service.elements import Bool

_SIZE = 10_000  # More of a text is never shown

AUDIT_FIELDS = (
    Field(Bool("is_audit_log_received_active", default=False), about="Whether the audit log keeps what it receives"),
    Field(Bool("is_audit_log_sent_active", default=False), about="Whether the audit log keeps what it sends"),
    Field(Between("max_len_messages_received", 1, 100_000, default=50), about="Of the audit log: the latest ones"),
    Field(Between("max_len_messages_sent", 1, 100_000, default=50), about="Of the audit log: the latest ones"),
    Field(Between("max_bytes_per_message_received", 1, _SIZE, default=5000), about="Of the audit log"),
    Field(Between("max_bytes_per_message_sent", 1, _SIZE, default=5000), about="Of the audit log"),
)
RECEIVED_FIELDS = AUDIT_FIELDS[::2]  # Of what only receives
SENT_FIELDS = AUDIT_FIELDS[1::2]  # Of what only sends
