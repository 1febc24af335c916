"""PURE  A line of the audit log, out of a message."""

from typing import NamedTuple

import msgspec

from apitest_server.redaction import masked

_CUT = "…"
_LOOKED_AT = 100_000  # bytes of a message, for what may be kept of it


class Event(NamedTuple):
    """A message that an object has received or sent, as it is stored."""

    object_id: int
    direction: str
    cid: str
    time: float
    server: str
    about: str
    size: int
    data: str
    search: str


def told(data: object, most: int) -> tuple[int, str]:
    """How many bytes a message has, and what of it is kept: text without secrets, at most so many bytes.

    Secrets are masked ahead of cutting: half a message would not tell any more where they are.
    """
    whole = data if isinstance(data, bytes) else _text(data).encode("utf-8", "replace")
    shown = masked(whole[:_LOOKED_AT].decode("utf-8", "replace"))
    text = shown if isinstance(shown, str) else msgspec.json.encode(shown).decode("utf-8")
    text = text.replace("\0", "\ufffd")  # PostgreSQL cannot keep it
    content = text.encode("utf-8", "replace")
    if len(content) > most:
        text = content[:most].decode("utf-8", "ignore") + _CUT
    return len(whole), text


def _text(data: object) -> str:
    if isinstance(data, str):
        return data
    try:
        return "" if data is None else msgspec.json.encode(data, enc_hook=str).decode("utf-8")
    except (TypeError, ValueError, msgspec.MsgspecError):  # Keys that JSON cannot have, for example
        return str(data)
