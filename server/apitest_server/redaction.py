"""PURE  Messages without their secrets, for people to look at."""

import json
import re
from collections.abc import Mapping

MASK = "******"
_WORDS = "password|passwd|secret|token|api[-_]?key|authorization|credential|private[-_]?key"
_SECRET = re.compile(_WORDS, re.IGNORECASE)
_EXACT = {"pwd", "pass"}
_IN_TEXT = re.compile(rf"""((?:{_WORDS})[\w-]*["']?\s*(?:[=:]\s*|>))(["']?)[^&<>"'\s]+""", re.IGNORECASE)
_LONGEST = 10_000


def masked(message: object) -> object:
    """The message as something that JSON can hold: values under names that sound secret are asterisks.

    Text that is JSON is taken as such; in other text (forms, XML) what stands after such a name is masked. Text
    over 10,000 characters is cut.
    """
    if isinstance(message, Mapping):
        return {str(key): MASK if _is_secret(str(key), value) else masked(value) for key, value in message.items()}
    if isinstance(message, list | tuple | set | frozenset):
        return [masked(item) for item in message]
    if isinstance(message, bytes):
        message = message.decode("utf-8", "replace")
    if isinstance(message, str):
        return _masked_text(message)
    if message is None or isinstance(message, bool | int | float):
        return message
    return _masked_text(str(message))


def _is_secret(name: str, value: object) -> bool:
    if value in (None, "") or isinstance(value, bool):
        return False
    return name.lower() in _EXACT or _SECRET.search(name) is not None


def _masked_text(text: str) -> object:
    if text.lstrip()[:1] in ("{", "["):
        try:
            return masked(json.loads(text))
        except (ValueError, RecursionError):
            pass
    cut = text if len(text) <= _LONGEST else text[:_LONGEST] + f" … ({len(text)} characters)"
    return _IN_TEXT.sub(rf"\1\2{MASK}", cut)
