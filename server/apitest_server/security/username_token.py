"""WS-Security username tokens: found in the header of a SOAP envelope, and made for one.

OASIS Web Services Security, UsernameToken Profile 1.0. Entities are never expanded, and nothing behind the header of an
envelope is read.
"""

from base64 import b64decode, b64encode
from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import sha1
from io import BytesIO
from secrets import token_bytes
from typing import Any
from xml.sax.saxutils import escape

import msgspec

SECEXT = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd"
UTILITY = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd"
_PROFILE = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-username-token-profile-1.0"
_BASE64 = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-soap-message-security-1.0#Base64Binary"
# What a token is kept under next to the headers of its request; no header that is sent can have this name
NAME = "\0username-token"
_TOKEN = f"{{{SECEXT}}}UsernameToken"


class UsernameToken(msgspec.Struct, frozen=True):
    """What a token says.

    Attributes:
        username: who the caller claims to be.
        password: the password, or its digest in Base64.
        is_digest: which of both it is.
        nonce: as it is written, in Base64; empty if there is none.
        created: as it is written; empty if it is not told.
    """

    username: str
    password: str = ""
    is_digest: bool = False
    nonce: str = ""
    created: str = ""


def token_of(headers: Mapping[str, str]) -> UsernameToken | None:
    """The token that ``with_token`` has put next to headers."""
    found = headers.get(NAME)
    return msgspec.json.decode(found, type=UsernameToken) if found else None


def with_token(headers: Mapping[str, str], token: UsernameToken) -> dict[str, str]:
    """The headers of a request, and a token."""
    return {**headers, NAME: msgspec.json.encode(token).decode("utf-8")}


def found_in(body: bytes) -> UsernameToken | None:
    """The token of a SOAP envelope; ``None`` if it has none, or has more than one, or is not well-formed so far."""
    if b"UsernameToken" not in body:
        return None
    from lxml import etree

    found: list[UsernameToken] = []
    options: dict[str, Any] = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False}
    try:
        for event, element in etree.iterparse(BytesIO(body), ("start", "end"), **options):
            name = etree.QName(element).localname
            if event == "start" and name == "Body":
                break
            if event == "end" and element.tag == _TOKEN and element.getparent().tag == f"{{{SECEXT}}}Security":
                found.append(_read(element))
    except etree.XMLSyntaxError:
        return None
    return found[0] if len(found) == 1 else None


def digest(nonce: bytes, created: str, password: str) -> str:
    """What proves that its sender knows the password, without telling it."""
    joined = nonce + created.encode("utf-8") + password.encode("utf-8", "surrogatepass")
    return b64encode(sha1(joined, usedforsecurity=False).digest()).decode("ascii")


def decoded(nonce: str) -> bytes | None:
    """The bytes of a nonce; ``None`` where it is not Base64."""
    try:
        return b64decode("".join(nonce.split()), validate=True)
    except ValueError:
        return None


def header(username: str, password: str, is_digest: bool, now: datetime | None = None) -> bytes:
    """What goes into the header of an envelope: a token with a new nonce, created now."""
    nonce, created = token_bytes(16), (now or datetime.now(UTC)).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    shown = digest(nonce, created, password) if is_digest else escape(password)
    kind = "PasswordDigest" if is_digest else "PasswordText"
    return (
        f'<wsse:Security xmlns:wsse="{SECEXT}" xmlns:wsu="{UTILITY}"><wsse:UsernameToken>'
        f"<wsse:Username>{escape(username)}</wsse:Username>"
        f'<wsse:Password Type="{_PROFILE}#{kind}">{shown}</wsse:Password>'
        f'<wsse:Nonce EncodingType="{_BASE64}">{b64encode(nonce).decode("ascii")}</wsse:Nonce>'
        f"<wsu:Created>{created}</wsu:Created></wsse:UsernameToken></wsse:Security>"
    ).encode("utf-8", "xmlcharrefreplace")


def _read(element: Any) -> UsernameToken:
    password = element.find(f"{{{SECEXT}}}Password")
    kind = "" if password is None else password.get("Type", "")
    return UsernameToken(
        username=element.findtext(f"{{{SECEXT}}}Username", "").strip(),
        password="" if password is None else password.text or "",
        is_digest=kind.endswith("#PasswordDigest"),
        nonce=element.findtext(f"{{{SECEXT}}}Nonce", "").strip(),
        created=element.findtext(f"{{{UTILITY}}}Created", "").strip(),
    )
