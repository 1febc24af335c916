"""A request that is ready to be sent, and the answer that came: plain records, which requests' objects are made of."""

from collections.abc import Iterable, Iterator, MutableMapping
from datetime import timedelta
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from requests import Response
    from requests.auth import HTTPDigestAuth

NOT_SENT = "@@@SKIP_HEADER@@@"
"""The value of a header that is left out although it is one by default; urllib3 has the same mark."""

_AT_ONCE = timedelta()
REDIRECTS = (301, 302, 303, 307, 308)

Value = str | bytes


class Headers(MutableMapping[str, Value]):
    """Headers by name, in their order; names are alike in any case, and shown as they were last set."""

    __slots__ = ("_fields",)

    def __init__(self, pairs: Iterable[tuple[str, Value]] = ()) -> None:
        self._fields: dict[str, tuple[str, Value]] = {}
        for name, value in pairs:
            self[name] = value

    def __getitem__(self, name: str) -> Value:
        return self._fields[name.lower()][1]

    def __setitem__(self, name: str, value: Value) -> None:
        self._fields[name.lower()] = (name, value)

    def __delitem__(self, name: str) -> None:
        del self._fields[name.lower()]

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and name.lower() in self._fields

    def __iter__(self) -> Iterator[str]:
        return (name for name, _ in self._fields.values())

    def __len__(self) -> int:
        return len(self._fields)

    def pairs(self) -> Iterable[tuple[str, Value]]:
        """Names and values; the same as ``items()`` at a fraction of the cost."""
        return self._fields.values()

    def text(self, name: str, default: str = "") -> str:
        """The value of a header as text."""
        found = self._fields.get(name.lower())
        if found is None:
            return default
        return found[1] if isinstance(found[1], str) else found[1].decode("latin-1")

    def copy(self) -> "Headers":
        """The same headers, to be changed apart from these."""
        made = Headers()
        made._fields = self._fields.copy()
        return made


class Answering(Protocol):
    """What answers a server's challenge."""

    def handler(self) -> "HTTPDigestAuth": ...


class Outgoing:
    """A request, ready to be sent.

    Args:
        url: absolute and percent-encoded.
        headers: those that are sent; one whose value is NOT_SENT is left out.
        body: None for none.
        digest: what answers a challenge; None for nothing.
    """

    __slots__ = ("body", "digest", "headers", "method", "url")

    def __init__(
        self, method: str, url: str, headers: Headers, body: bytes | None = None, digest: "Answering | None" = None
    ) -> None:
        self.method, self.url, self.headers = method, url, headers
        self.body, self.digest = body, digest

    def copy(self) -> "Outgoing":
        """The same request, to be changed apart from this one."""
        return Outgoing(self.method, self.url, self.headers.copy(), self.body, self.digest)


class Received:
    """An answer, read to its end; its fields have the names of those of requests.Response.

    Args:
        url: of the request that it answers.
        headers: those of the same name are one, with commas between the values.
        fields: all headers as they came.
        content: the body, unpacked.
        request: what it answers.
        history: the redirects, and challenges, that led here.
        elapsed: from the start of the whole exchange to the last byte.
        original: the object of requests that it was made of; None if it came without that library.
    """

    __slots__ = (
        *("content", "elapsed", "fields", "headers", "history", "original", "reason", "request", "status_code", "url"),
    )

    def __init__(
        self,
        status_code: int,
        reason: str,
        url: str,
        headers: Headers,
        fields: list[tuple[str, str]],
        content: bytes,
        request: Outgoing,
        history: "list[Received] | None" = None,
        elapsed: timedelta = _AT_ONCE,
        original: "Response | None" = None,
    ) -> None:
        self.status_code, self.reason, self.url = status_code, reason, url
        self.headers, self.fields, self.content, self.request = headers, fields, content, request
        self.history: list[Received] = [] if history is None else history
        self.elapsed, self.original = elapsed, original

    @property
    def is_redirect(self) -> bool:
        """Whether it leads to another URL."""
        return self.status_code in REDIRECTS and "Location" in self.headers

    def all(self, name: str) -> list[str]:
        """The values of all headers of a name."""
        lowered = name.lower()
        return [value for known, value in self.fields if known.lower() == lowered]


def trimmed(fields: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Headers as HTTP means them: blanks around a value do not count, and a folded line is one line."""
    return [(name, _one_line(value) if "\n" in value else value.strip(" \t")) for name, value in fields]


def _one_line(value: str) -> str:
    return " ".join(line.strip(" \t\r") for line in value.split("\n")).strip()


def merged(fields: Iterable[tuple[str, str]]) -> Headers:
    """Headers of the same name as one, with commas between their values, as requests has them."""
    headers = Headers()
    for name, value in fields:
        found = headers._fields.get(name.lower())
        headers._fields[name.lower()] = (name, value) if found is None else (found[0], f"{found[1]!s}, {value}")
    return headers
