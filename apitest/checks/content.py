"""Checks of bytes: whether they are those of a file, and their checksum."""

from apitest.errors import BadValue, CheckFailed
from apitest.expressions import expression

ALGORITHMS = ("MD5", "SHA-1", "SHA-256", "SHA-384", "SHA-512")
_SHOWN = 8  # bytes that a failure shows from the first difference on
# As sha256sum and its like write it: the digest, and perhaps the file that it is of.
_LINE = expression(r"\s*([0-9A-Fa-f]+)(?:\s+\*?.*)?\s*")


def same_bytes(actual: bytes, expected: bytes, where: str) -> None:
    """The bytes are these."""
    if actual == expected:
        return
    shorter = min(len(actual), len(expected))
    at = next((place for place in range(shorter) if actual[place] != expected[place]), shorter)
    raise CheckFailed(
        f"The bytes differ from byte {at + 1:,} on",
        where,
        expected=_shown(expected, at),
        actual=_shown(actual, at),
    )


def checksum(content: bytes, algorithm: str) -> str:
    """The checksum of bytes, in small hexadecimal digits.

    Args:
        content: the bytes.
        algorithm: one of `ALGORITHMS`, in any case and with or without the hyphen.

    Raises:
        BadValue: there is no such algorithm.
    """
    known = {_plain(name): name for name in ALGORITHMS}
    if _plain(algorithm) not in known:
        raise BadValue(f'There is no checksum "{algorithm}"', fix=f"There are {', '.join(ALGORITHMS)}.")
    import hashlib  # here, since few runs need it

    return hashlib.new(_plain(algorithm), content, usedforsecurity=False).hexdigest()


def has_checksum(actual: bytes, text: str, what: str, where: str) -> None:
    """The bytes have the checksum that a text begins with, as sha256sum and its like write it.

    Raises:
        CheckFailed: they have another one.
        BadValue: the text is not a checksum; the error names it as ``what``.
    """
    line = _LINE.fullmatch(text)
    digest = line[1].casefold() if line else ""
    lengths = {len(checksum(b"", name)): name for name in ALGORITHMS}
    algorithm = lengths.get(len(digest))
    if algorithm is None:
        raise BadValue(f"{what} is not a checksum", fix=f"It must be one of {', '.join(ALGORITHMS)}, in hexadecimal.")
    found = checksum(actual, algorithm)
    if found != digest:
        raise CheckFailed(f"The {algorithm} checksum is another one", where, expected=digest, actual=found)


def _plain(algorithm: str) -> str:
    return algorithm.strip().casefold().replace("-", "")


def _shown(content: bytes, at: int) -> str:
    part = content[at : at + _SHOWN].hex(" ")
    return f"{len(content):,} bytes, {f'there {part}' if part else 'which end there'}"
