"""PURE: what a secret looks like where it was encoded: in Base64, wherever in it, in hexadecimal, in pieces."""

import base64
import json
import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from apitest.expressions import expression

SHORTEST = 4  # a shorter secret would hide half of every text: see short.py
PIECE = 24  # characters of a long secret that are hidden where they stand alone
_SHORTEST_DENSE = 6  # characters of a secret, white space left out, that are hidden where there is none
_SHORTEST_LINE = 8  # of a secret with lines, one of so many characters is hidden by itself
_URL_SAFE = str.maketrans("+/", "-_")
_SEPARATOR = r"[\s:,-]{1,3}(?:0x)?"
_BETWEEN_BYTES = expression(_SEPARATOR, re.IGNORECASE)
_BYTES_TOLD = 24  # of a secret, by which it is known that it may be there


@lru_cache(maxsize=8192)
def plain(secret: str) -> tuple[str, ...]:
    """The secret as it stands in texts, in forms, on one line; of one with lines, each long line, too."""
    if len(secret) < SHORTEST:
        return ()
    lines = secret.splitlines()
    found = {
        secret,
        secret.replace(" ", "+"),
        "".join(line.strip() for line in lines),
        *_with_other_space(secret),
        *(line for line in lines if len(line) >= _SHORTEST_LINE),
        *(unicodedata.normalize(form, secret) for form in ("NFC", "NFD")),
    }
    return tuple(sorted(each for each in found if len(each) >= SHORTEST))


def _with_other_space(secret: str) -> Iterator[str]:
    """The secret where a text was laid out anew: with single blanks, and with no white space at all."""
    words = secret.split()
    yield " ".join(words)
    if len("".join(words)) >= _SHORTEST_DENSE:
        yield "".join(words)


@lru_cache(maxsize=8192)
def in_base64(secret: str) -> tuple[str, ...]:
    """What is the same in the Base64 of every text that holds the secret, in both alphabets.

    The character before and the one after it hold bits of the secret as well.
    """
    cores = {core for data in _bytes(secret) | _written(secret) for core in _base64_cores(data)}
    return tuple(sorted(cores | {core.translate(_URL_SAFE) for core in cores}))


@lru_cache(maxsize=8192)
def in_hexadecimal(secret: str) -> re.Pattern[str]:
    """What finds the secret in hexadecimal, with or without separators, in letters of either case."""
    spelled = (f"(?:{_SEPARATOR})?".join(f"{byte:02x}" for byte in data) for data in _bytes(secret))
    return re.compile("|".join(sorted(spelled)), re.IGNORECASE)


def squeezed(text: str) -> str:
    """A text with all that may stand between the bytes of a secret in hexadecimal taken out, in small letters."""
    return _BETWEEN_BYTES.sub("", text).lower()


@lru_cache(maxsize=8192)
def digits(secret: str) -> tuple[str, ...]:
    """What stands in a squeezed text that holds the secret in hexadecimal."""
    return tuple(sorted({data[:_BYTES_TOLD].hex() for data in _bytes(secret)}))


@lru_cache(maxsize=8192)
def cut_hexadecimal(secret: str) -> tuple[str, ...]:
    """The secret in hexadecimal, in each usual way, so that what is left of it can be told where it was cut off."""
    data = secret.encode("utf-8", "surrogatepass") if len(secret) >= SHORTEST else b""
    found = {data.hex(), *(data.hex(separator) for separator in " :-")} - {""}
    return tuple(sorted(found | {digits.upper() for digits in found}))


def _bytes(secret: str) -> set[bytes]:
    if len(secret) < SHORTEST:
        return set()
    found = {secret.encode(codec, "surrogatepass") for codec in ("utf-8", "utf-16-le")}
    if all(char < "\u0100" for char in secret):  # else a part of it would stand for the whole
        found.add(secret.encode("latin-1"))
    return found


def _written(secret: str) -> set[bytes]:
    """The secret as documents that are encoded as a whole have it: in JSON, and in Base64 already."""
    if len(secret) < SHORTEST:
        return set()
    in_json = {json.dumps(secret, ensure_ascii=is_ascii)[1:-1] for is_ascii in (True, False)}
    found = {text.encode("utf-8", "surrogatepass") for text in in_json}
    for encode in (base64.b64encode, base64.urlsafe_b64encode):
        found.add(encode(secret.encode("utf-8", "surrogatepass")).rstrip(b"="))
    return found


def _base64_cores(data: bytes) -> Iterator[str]:
    """By where in a group of three bytes it starts."""
    for before in range(3):
        text = base64.b64encode(bytes(before) + data).decode("ascii")
        yield text[-(-8 * before // 6) : 8 * (before + len(data)) // 6]
