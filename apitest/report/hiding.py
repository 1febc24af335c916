"""Passwords that stand in the text of a feature, as part of a URL, are shown by no report."""

from typing import Any

from apitest.events import Listener
from apitest.redaction import mask_urls


def hiding(listener: Listener) -> Listener:
    """The same listener, told of events without the passwords of the URLs in them."""

    def listen(event: Any) -> None:
        listener(hidden(event))

    return listen


def hidden(event: Any) -> Any:
    """An event without the passwords of the URLs in it; the event itself, where there are none."""
    kind = type(event)
    if kind is str:
        return mask_urls(event) if "://" in event else event
    if not isinstance(event, tuple) or not _has_url(event):
        return event
    parts = [hidden(part) for part in event]
    return kind._make(parts) if hasattr(kind, "_make") else kind(parts)


def _has_url(event: tuple[Any, ...]) -> bool:
    return any(("://" in part) if type(part) is str else isinstance(part, tuple) and _has_url(part) for part in event)
