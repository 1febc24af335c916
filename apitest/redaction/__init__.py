"""Takes secrets out of everything that is told of a run."""

from apitest.redaction.events import redact, redact_string
from apitest.redaction.fields import is_secret, redact_body, redact_headers, redact_url, redact_urls
from apitest.redaction.texts import MASK, redact_text

__all__ = [
    "MASK",
    "is_secret",
    "redact",
    "redact_body",
    "redact_headers",
    "redact_string",
    "redact_text",
    "redact_url",
    "redact_urls",
]
