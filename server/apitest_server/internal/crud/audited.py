"""PURE  The fields of types whose objects may have an audit log: what they receive and send is kept, and searched."""

from apitest_server.internal.crud.object_type import Between, Field
from apitest_server.service.elements import Bool

_SIZE = 10_000  # More of a text is never shown

AUDIT_FIELDS = (
    Field(Bool("is_audit_log_received_active", default=False), about="Whether what it receives is kept"),
    Field(Bool("is_audit_log_sent_active", default=False), about="Whether what it sends is kept"),
    Field(Between("max_len_messages_received", 1, 100_000, default=50), about="So many are kept, the latest ones"),
    Field(Between("max_len_messages_sent", 1, 100_000, default=50), about="So many are kept, the latest ones"),
    Field(Between("max_bytes_per_message_received", 1, _SIZE, default=5000), about="So much is kept of each"),
    Field(Between("max_bytes_per_message_sent", 1, _SIZE, default=5000), about="So much is kept of each"),
)
RECEIVED_FIELDS = AUDIT_FIELDS[::2]  # Of what only receives
