"""PURE: takes secrets out of an event of a run; applied once, where the event is emitted."""

from collections.abc import Callable, Collection
from operator import is_
from typing import TypeVar, cast

from apitest.events import Exchange, Failure
from apitest.expressions import expression
from apitest.redaction.appearance import looks_generated
from apitest.redaction.fields import redact_body, redact_headers, redact_url, redact_urls
from apitest.redaction.texts import redact_text

T = TypeVar("T")

# What names files of the project: a person has to open them, whatever common word a secret is. One that looks like a
# key is none: a file may be called as a step says.
_FILES = ("uri", "cause")
_OURS = ("keyword", "status", "kind", "protocol", "direction")  # words that are never values
_NUMBERS = frozenset((int, float, bool))
_ALIKE = "They differ in secrets, which are hidden here"
_PLACE = expression(r"[^\s:?#&=@]+\.(feature|py|ini|csv|sql|cql|json|xml|txt)(:[0-9]+){0,2}")


def redact(event: T, secrets: Collection[str]) -> T:
    """An event of a run without secrets: those given, passwords of URLs, and what an exchange names like a secret.

    Args:
        event: text, or a tuple of texts, other tuples and anything else, which is left as it is.
        secrets: the values to hide.

    Returns:
        The event itself where there is nothing to hide.
    """
    if isinstance(event, str):
        return cast(T, redact_string(event, secrets))
    if not isinstance(event, tuple) or (not secrets and _is_bare(event)):
        return event
    before: tuple[object, ...] = event
    if isinstance(event, Exchange):
        before = _redact_exchange(event)
    elif isinstance(event, Failure) and event.diff:
        whole = "\n".join(event.diff)  # a secret may be broken over its lines
        if (told := redact_string(whole, secrets)) != whole:
            before = event._replace(diff=tuple(told.split("\n")))
    # Most parts hold nothing to redact: no call for these, since an event is told of each step.
    parts = [
        (redact_string(part, secrets) if secrets or "://" in part else part)
        if isinstance(part, str)
        else redact(part, secrets)
        if part and isinstance(part, tuple)
        else part
        for part in before
    ]
    if all(map(is_, parts, event)):
        return event
    names: tuple[str, ...] = getattr(type(event), "_fields", ())
    for at, name in enumerate(names):
        if name in _OURS:
            parts[at] = before[at]
        elif name in _FILES or (name == "where" and _PLACE.fullmatch(str(before[at]))):
            parts[at] = redact(before[at], frozenset(filter(looks_generated, secrets)))
    kind: Callable[[list[object]], T] = getattr(type(event), "_make", type(event))
    return cast(T, _told_apart(event, kind(parts))) if isinstance(event, Failure) else kind(parts)


def _told_apart(failure: Failure, redacted: object) -> object:
    """The redacted failure, which says so if its values differ in secrets only."""
    if not isinstance(redacted, Failure) or _look_alike(failure) or not _look_alike(redacted):
        return redacted
    return redacted._replace(fix="\n".join(filter(None, (_ALIKE, redacted.fix))))


def _look_alike(failure: Failure) -> bool:
    """Whether what was expected cannot be told from what came."""
    if failure.expected:
        return failure.expected == failure.actual
    gone, new = ({line[1:] for line in failure.diff if line[:1] == sign} for sign in "-+")
    return not gone.isdisjoint(new)


def _is_bare(event: tuple[object, ...]) -> bool:
    """Whether a part neither holds a URL nor parts of its own: so it is with most steps, where no secret is known."""
    for part in event:
        kind = type(part)
        if kind is str:
            if "://" in part:  # type: ignore[operator]  # it is a str
                return False
        elif part and kind not in _NUMBERS:
            return False
    return type(event) is not Exchange


def redact_string(text: str, secrets: Collection[str]) -> str:
    """A text without the secrets given and without the passwords of the URLs in it."""
    if "://" in text:
        text = redact_urls(text)
    return redact_text(text, secrets) if secrets else text


def _redact_exchange(exchange: Exchange) -> Exchange:
    """An exchange without what stands under the name of a secret; statements of SQL and CQL have no such names."""
    if exchange.protocol in ("SQL", "CQL"):
        return exchange
    return exchange._replace(
        request=redact_url(exchange.request),
        request_headers=tuple(redact_headers(exchange.request_headers)),
        request_body=redact_body(exchange.request_body, _content_type(exchange.request_headers)),
        response_headers=tuple(redact_headers(exchange.response_headers)),
        response_body=redact_body(exchange.response_body, _content_type(exchange.response_headers)),
        frames=tuple(frame._replace(body=redact_body(frame.body, "")) for frame in exchange.frames),
    )


def _content_type(headers: tuple[tuple[str, str], ...]) -> str:
    return next((value for name, value in headers if name.lower() == "content-type"), "")
