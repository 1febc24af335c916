"""PURE  Messages and texts without the secrets in them, for people to look at."""

from apitest_server.redaction.messages import masked
from apitest_server.redaction.names import MASK, is_secret
from apitest_server.redaction.texts import masked_text, without, without_credentials

__all__ = ["MASK", "is_secret", "masked", "masked_text", "without", "without_credentials"]
