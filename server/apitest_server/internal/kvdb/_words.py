"""PURE  The fields of data dictionaries, and how their objects are told apart."""

import re
from collections.abc import Mapping, Sequence
from hashlib import sha256

from apitest_server.service.elements import Text

_NAME = re.compile("[A-Za-z0-9_]{1,100}")
LONGEST = 1000


class Label(Text):
    """The name of a system, or of a key in it."""

    def parse(self, value: object) -> str:
        """The name."""
        text = super().parse(value)
        if not _NAME.fullmatch(text):
            raise ValueError("must be 1 to 100 letters A to Z, digits and underscores")
        return text


class Value(Text):
    """A value of a key."""

    def parse(self, value: object) -> str:
        """The value, which is compared as it is."""
        text = super().parse(value)
        if not text or len(text) > LONGEST:
            raise ValueError(f"must have 1 to {LONGEST} characters")
        return text


def space(kind: str, fields: Mapping[str, object], names: Sequence[str]) -> str:
    """In which there can be one object of a kind with these words."""
    words = "\0".join(str(fields[name]) for name in names)
    return f"{kind} {sha256(words.encode('utf-8', 'surrogatepass')).hexdigest()}"


def shown(*parts: object) -> str:
    """Words of an object as its name, in one line."""
    text = " ".join(", ".join(map(str, parts)).split())
    printable = "".join(sign if sign.isprintable() else "?" for sign in text)
    return printable if len(printable) <= 200 else f"{printable[:199]}…"
