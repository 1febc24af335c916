"""PURE  Signature version 4 of Amazon Web Services: a request is signed with a secret that it does not show."""

import hashlib
import hmac
from collections.abc import Mapping
from datetime import datetime
from posixpath import normpath
from typing import NamedTuple
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urlsplit, urlunsplit

_ALGORITHM = "AWS4-HMAC-SHA256"
_PORTS = {"http": 80, "https": 443}


class Signer(NamedTuple):
    """Who signs, and for what.

    Attributes:
        access_key: the ID of the key, which each signature names.
        secret: the key.
        region: such as ``us-east-1``.
        service: such as ``execute-api`` or ``s3``.
    """

    access_key: str
    secret: str
    region: str
    service: str

    def address(self, url: str) -> str:
        """An address, encoded as its signature has it, so that there is one way only to read it."""
        parts = urlsplit(url)
        path = _encoded(unquote(parts.path), "/") if self.service == "s3" else parts.path
        query = "&".join(f"{_encoded(name)}={_encoded(value)}" for name, value in _pairs(parts))
        return urlunsplit(parts._replace(path=path, query=query, fragment=""))

    def headers(self, method: str, url: str, headers: Mapping[str, str], body: bytes, now: datetime) -> dict[str, str]:
        """What a request needs to be signed.

        Args:
            method: of HTTP.
            url: as ``address`` has made it.
            headers: of the request; ``Content-Type`` and those that begin with ``X-Amz-`` are signed.
            body: all of it.
            now: in UTC.
        """
        moment, digest = f"{now:%Y%m%dT%H%M%SZ}", hashlib.sha256(body).hexdigest()
        added = {"X-Amz-Date": moment, **({"X-Amz-Content-SHA256": digest} if self.service == "s3" else {})}
        own = {name.lower(): " ".join(value.split()) for name, value in {**headers, **added}.items()}
        parts = urlsplit(url)
        signed = {name: value for name, value in own.items() if name == "content-type" or name.startswith("x-amz-")}
        signed["host"] = own.get("host") or _host(parts)
        names = ";".join(sorted(signed))
        lines = "".join(f"{name}:{signed[name]}\n" for name in sorted(signed))
        request = "\n".join((method, self._path(parts.path), _query(parts), lines, names, digest))
        scope = f"{now:%Y%m%d}/{self.region}/{self.service}/aws4_request"
        text = "\n".join((_ALGORITHM, moment, scope, hashlib.sha256(request.encode()).hexdigest()))
        signature = hmac.new(self._key(scope), text.encode(), hashlib.sha256).hexdigest()
        credential = f"Credential={self.access_key}/{scope}"
        return {**added, "Authorization": f"{_ALGORITHM} {credential}, SignedHeaders={names}, Signature={signature}"}

    def _key(self, scope: str) -> bytes:
        key = f"AWS4{self.secret}".encode()
        for part in scope.split("/"):
            key = hmac.new(key, part.encode(), hashlib.sha256).digest()
        return key

    def _path(self, path: str) -> str:
        """As it is sent for S3; elsewhere without what leads nowhere, and encoded once more."""
        if self.service == "s3":
            return path or "/"
        normal = normpath(path or "/").replace("//", "/")
        return _encoded(normal + "/" if path.endswith("/") and normal != "/" else normal, "/")


def _query(parts: SplitResult) -> str:
    pairs = sorted((_encoded(name), _encoded(value)) for name, value in _pairs(parts))
    return "&".join(f"{name}={value}" for name, value in pairs)


def _pairs(parts: SplitResult) -> list[tuple[str, str]]:
    return parse_qsl(parts.query, keep_blank_values=True)


def _encoded(text: str, also: str = "") -> str:
    return quote(text, safe=f"-_.~{also}")


def _host(parts: SplitResult) -> str:
    host = parts.netloc.rpartition("@")[2].lower()
    return host.removesuffix(f":{_PORTS.get(parts.scheme, 0)}")
