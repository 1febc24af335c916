"""Security definitions: certificates that clients show in TLS, known by patterns of their subjects.

That a certificate is of an authority that the server trusts, and valid, was found out in the handshake.
"""

import re
from collections.abc import Mapping

import msgspec

from apitest_server.security.definitions import SIGNED, Verdict
from apitest_server.service.asgi import Subject

# What a subject is kept under next to the headers of its request; no header that is sent can have this name
NAME = "\0client-certificate"
_SHORT = {
    "commonname": "CN",
    "organizationname": "O",
    "organizationalunitname": "OU",
    "countryname": "C",
    "stateorprovincename": "ST",
    "localityname": "L",
    "streetaddress": "STREET",
    "domaincomponent": "DC",
    "userid": "UID",
    "emailaddress": "EMAILADDRESS",
    "serialnumber": "SERIALNUMBER",
}
_NAMES = ("CN", "O", "OU", "C", "ST", "L", "STREET", "DC", "UID", "emailAddress", "serialNumber")
_LINE = re.compile(r"\n|(?<!\\),")
_MOST = 50  # parts of a pattern
Part = tuple[str, str]


def subject_of_peer(certificate: Mapping[str, object] | None) -> Subject | None:
    """The subject of a certificate as the module ssl has it; ``None`` where none was shown."""
    if not certificate:
        return None
    names: tuple[tuple[Part, ...], ...] = certificate.get("subject", ())  # type: ignore[assignment]  # so it is there
    return tuple((_short(name), value) for several in names for name, value in several)


def with_certificate(headers: Mapping[str, str], subject: Subject) -> dict[str, str]:
    """The headers of a request, and the subject of its client's certificate."""
    return {**headers, NAME: msgspec.json.encode(subject).decode("utf-8")}


def subject_of(headers: Mapping[str, str]) -> Subject | None:
    """The subject that ``with_certificate`` has put next to headers."""
    found = headers.get(NAME)
    return msgspec.json.decode(found, type=Subject) if found else None


def parts(text: str) -> tuple[Part, ...]:
    """What has to be in a subject: ``CN=shop-*`` a line, or with commas between them, as RFC 4514 writes subjects.

    Raises:
        ValueError: what is expected instead.
    """
    found = []
    for line in filter(None, map(str.strip, _LINE.split(text))):
        name, sign, value = line.partition("=")
        name, value = _short(name.strip()), value.strip().replace("\\,", ",")
        if not (sign and value) or name not in map(str.upper, _NAMES):
            raise ValueError(f"must be lines such as CN=shop-*; what can be asked for is {', '.join(_NAMES)}")
        found.append((name, value))
    if not 0 < len(found) <= _MOST:
        raise ValueError(f"must be from 1 to {_MOST} lines such as CN=shop-*")
    return tuple(found)


def written(found: tuple[Part, ...]) -> str:
    """The text of parts, a line each."""
    lines = ((name, value.replace(",", "\\,")) for name, value in found)
    return "\n".join(f"{name}={value}" for name, value in lines)


class ClientCertificate:
    """A certificate whose subject has all of what is asked for."""

    challenge = ""

    def __init__(self, name: str, wanted: tuple[Part, ...]) -> None:
        """Takes the definition's name, and what a subject needs to have: values where ``*`` is any text."""
        self.name = name
        self._wanted = wanted

    def claimed(self, headers: Mapping[str, str]) -> str | None:
        """Nobody who could be guessed."""
        return SIGNED if NAME in headers else None

    def check(self, headers: Mapping[str, str]) -> Verdict:
        """The common name of the certificate, or the definition's name where it has none."""
        subject = subject_of(headers)
        if subject is None or not all(_has(subject, name, pattern) for name, pattern in self._wanted):
            return None
        return next((value for name, value in subject if name == "CN" and value), self.name)

    def headers(self, username: str, secret: str) -> dict[str, str]:
        """None: it is the connection that has a certificate."""
        return {}

    def scheme(self) -> dict[str, str]:
        """OpenAPI's own, since its version 3.1."""
        return {"type": "mutualTLS"}


def _short(name: str) -> str:
    return _SHORT.get(name.lower(), name.upper())


def _has(subject: Subject, name: str, pattern: str) -> bool:
    return any(_fits(value, pattern.split("*")) for own, value in subject if own == name)


def _fits(value: str, texts: list[str]) -> bool:
    """Whether a value has these texts, in their order, and any between them; in time that is in proportion to it."""
    if len(texts) == 1:
        return value == texts[0]
    first, *middle, last = texts
    if len(value) < len(first) + len(last) or not (value.startswith(first) and value.endswith(last)):
        return False
    at, end = len(first), len(value) - len(last)
    for text in middle:
        found = value.find(text, at, end)
        if found < 0:
            return False
        at = found + len(text)
    return True
