"""Requests that are signed as OAuth 1.0a has it (RFC 5849): what the signature is of, kept next to the headers."""

from collections.abc import Mapping
from urllib.parse import quote

import msgspec

from apitest_server.service.asgi import Scope

# What a request is kept under next to its headers; no header that is sent can have this name
NAME = "\0signed-request"
_FORM = "application/x-www-form-urlencoded"


class SignedRequest(msgspec.Struct, frozen=True):
    """What a signature is of.

    Attributes:
        method: in capitals.
        place: host, path and query, as they were sent, without a scheme: a front-end may have another one.
        form: the body where it is a form, else empty.
    """

    method: str
    place: str
    form: str = ""


def is_signed(headers: Mapping[str, str]) -> bool:
    """Whether a request says that it is signed."""
    return headers.get("authorization", "")[:6].lower() == "oauth "


def has_form(headers: Mapping[str, str]) -> bool:
    """Whether its body is a form, which is signed too."""
    return headers.get("content-type", "").partition(";")[0].strip().lower() == _FORM


def request_of(headers: Mapping[str, str]) -> SignedRequest | None:
    """The request that ``with_request`` has put next to headers."""
    found = headers.get(NAME)
    return msgspec.json.decode(found, type=SignedRequest) if found else None


def with_request(headers: Mapping[str, str], scope: Scope, form: bytes) -> dict[str, str]:
    """The headers of a request, and what is signed of it next to them."""
    path = scope.get("raw_path") or quote(scope["path"], safe="/%:@!$&'()*+,;=~").encode("ascii")
    query = scope.get("query_string") or b""
    place = headers.get("host", "") + path.decode("latin-1") + ("?" + query.decode("latin-1") if query else "")
    signed = SignedRequest(scope["method"], place, form.decode("utf-8", "replace"))
    return {**headers, NAME: msgspec.json.encode(signed).decode("utf-8")}
