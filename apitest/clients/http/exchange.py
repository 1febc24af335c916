"""Makes a request and its answer fit to be shown: secrets masked, bodies shortened."""

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from apitest import redaction
from apitest.events import Exchange

if TYPE_CHECKING:
    from requests import PreparedRequest, Response

_LIMIT = 10_000  # characters of a body in a report


def make(prepared: "PreparedRequest", response: "Response | None", secrets: Collection[str]) -> Exchange:
    """The exchange as an event.

    Args:
        prepared: what was to be sent; after redirects, the answer knows what was sent last.
        response: None if no answer came.
        secrets: values that are shown nowhere.
    """
    sent = prepared if response is None else response.request
    answered: dict[str, Any] = {}
    if response is not None:
        answered = {
            "response": f"{response.status_code} {response.reason or ''}".rstrip(),
            "response_headers": _headers(response.headers, secrets),
            "seconds": response.elapsed.total_seconds(),
            "response_body": _body(response.content, response.headers.get("Content-Type", ""), secrets),
        }
    url = redaction.mask_url(sent.url or "")
    return Exchange(
        protocol="HTTP",
        request=redaction.mask_text(f"{sent.method} {url}", secrets),
        request_headers=_headers(sent.headers, secrets),
        request_body=_body(sent.body or b"", sent.headers.get("Content-Type", ""), secrets),
        **answered,
    )


def _headers(headers: Any, secrets: Collection[str]) -> tuple[tuple[str, str], ...]:
    return tuple((name, redaction.mask_text(value, secrets)) for name, value in redaction.mask_headers(headers))


def _body(body: Any, content_type: Any, secrets: Collection[str]) -> str:
    text = redaction.printable(body if isinstance(body, bytes) else str(body).encode())
    masked = redaction.mask_body(redaction.mask_text(text, secrets), str(content_type))
    return redaction.shorten(masked, _LIMIT)
