"""SOAP envelopes with username tokens."""

from datetime import UTC, datetime

from apitest_server.security.username_token import header

PASSWORD = "s3cret-pass"
BODY = "<ping/>"
SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
HEADERS = {"Content-Type": "text/xml; charset=utf-8"}


def envelope(token: bytes = b"", body: str = BODY, uri: str = SOAP) -> bytes:
    head = f"<s:Header>{token.decode()}</s:Header>" if token else ""
    return f'<s:Envelope xmlns:s="{uri}">{head}<s:Body>{body}</s:Body></s:Envelope>'.encode()


def signed(
    username: str = "maria", password: str = PASSWORD, is_digest: bool = False, at: datetime | None = None
) -> bytes:
    """An envelope with a new token."""
    return envelope(header(username, password, is_digest, at or datetime.now(UTC)))
