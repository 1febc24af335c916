"""Security definitions: OAuth 1.0a, requests that a consumer signs with its secret (RFC 5849)."""

import re
import time
from collections.abc import Callable, Mapping
from hashlib import sha256
from types import SimpleNamespace
from typing import NamedTuple
from urllib.parse import unquote

from apitest_server.security import credentials
from apitest_server.security.definitions import Verdict
from apitest_server.security.nonces import Nonces
from apitest_server.security.signed_request import SignedRequest, is_signed, request_of

METHODS = ("HMAC-SHA1", "HMAC-SHA256", "HMAC-SHA512", "PLAINTEXT")
FRESH = 300.0  # seconds by which a request's time may differ from the server's
_LONGEST = 16 * 1024  # characters of a header
_DIGITS = 12  # of a time in seconds, at most
_KEY = re.compile(r'(?:^|[\s,])oauth_consumer_key="([^"]*)"', re.IGNORECASE)


class Consumer(NamedTuple):
    """Who signs.

    Attributes:
        name: the definition's.
        key: the consumer key.
        secret: what is signed with.
        method: how, one of ``METHODS``.
        realm: what a 401 names.
    """

    name: str
    key: str
    secret: str
    method: str
    realm: str = "apitest"


class OAuth1:
    """A signed request, once for each nonce; a plain text secret needs none."""

    def __init__(self, consumer: Consumer, nonces: Nonces, now: Callable[[], float] = time.time) -> None:
        """Takes who signs, the nonces that were used already, and seconds since 1970."""
        self.consumer = consumer
        self.challenge = f'OAuth realm="{consumer.realm}"'
        self._nonces = nonces
        self._now = now

    def claimed(self, headers: Mapping[str, str]) -> str | None:
        """The consumer key."""
        return claimed_key(headers)

    def check(self, headers: Mapping[str, str]) -> Verdict:
        """The consumer key."""
        header, request = headers.get("authorization", ""), request_of(headers)
        if request is None or not is_signed(headers) or len(header) > _LONGEST or not self.consumer.secret:
            return None  # Without a secret anybody could sign
        shown = _shown(header)
        if shown is None or not credentials.same(shown.get("oauth_consumer_key", ""), self.consumer.key):
            return None
        return self.consumer.key if self._is_signed(request, header, shown) and self._is_first(shown) else None

    def headers(self, username: str, secret: str) -> dict[str, str]:
        """None: a message has nothing that could be signed."""
        return {}

    def scheme(self) -> dict[str, str]:
        """OAuth 1.0 is an HTTP scheme of its own."""
        return {"type": "http", "scheme": "oauth"}

    def _is_signed(self, request: SignedRequest, header: str, shown: Mapping[str, str]) -> bool:
        method = self.consumer.method
        if shown.get("oauth_signature_method", "").upper() != method or shown.get("oauth_version", "1.0") != "1.0":
            return False
        from oauthlib.oauth1.rfc5849 import signature

        verify = {
            "HMAC-SHA1": signature.verify_hmac_sha1,
            "HMAC-SHA256": signature.verify_hmac_sha256,
            "HMAC-SHA512": signature.verify_hmac_sha512,
            "PLAINTEXT": signature.verify_plaintext,
        }[method]
        params, value = _params(header, request), shown.get("oauth_signature", "")
        for scheme in ("http", "https"):  # The client's; a front-end may have ended TLS
            uri = f"{scheme}://{request.place}"
            asked = SimpleNamespace(uri=uri, params=params, http_method=request.method, signature=value)
            try:
                if params is not None and verify(asked, self.consumer.secret, ""):
                    return True
            except ValueError:  # The host is not one
                return False
        return False

    def _is_first(self, shown: Mapping[str, str]) -> bool:
        moment, nonce = shown.get("oauth_timestamp", ""), shown.get("oauth_nonce", "")
        if not (moment or nonce):
            return self.consumer.method == "PLAINTEXT"
        now = self._now()
        is_time = moment.isascii() and moment.isdigit() and len(moment) <= _DIGITS
        if not (nonce and is_time) or abs(now - int(moment)) > FRESH:
            return False
        words = f"oauth1\0{self.consumer.name}\0{moment}\0{nonce}"
        digest = sha256(words.encode("utf-8", "surrogatepass")).hexdigest()
        return self._nonces.take(digest, int(moment) + FRESH, now)


def claimed_key(headers: Mapping[str, str]) -> str | None:
    """The consumer key that a request's header names; ``None`` where it is not signed."""
    if not is_signed(headers):
        return None
    found = _KEY.search(headers.get("authorization", "")[:_LONGEST])
    return unquote(found[1]) if found else ""


def _shown(header: str) -> dict[str, str] | None:
    """What the header says, by name; ``None`` where it cannot be read."""
    found = _params(header)
    return None if found is None else dict(found)


def _params(header: str, request: SignedRequest | None = None) -> list[tuple[str, str]] | None:
    """What is signed, the signature itself left out; or, without a request, what the header says, with it.

    A query string or form that is not encoded as it should be would be left out of what is verified: there is ``None``.
    """
    from oauthlib.common import extract_params
    from oauthlib.oauth1.rfc5849.signature import collect_parameters

    query = request.place.partition("?")[2] if request else ""
    form = request.form if request else ""
    if any(part and extract_params(part) is None for part in (query, form)):
        return None
    try:
        found: list[tuple[str, str]] = collect_parameters(
            query, form, {"Authorization": header}, exclude_oauth_signature=request is not None
        )
    except ValueError:
        return None
    return found
