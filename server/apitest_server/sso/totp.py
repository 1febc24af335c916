"""PURE  Codes of two-factor authentication, RFC 6238: six digits each half minute, as telephones show them."""

from base64 import b32decode, b32encode
from binascii import Error
from hmac import compare_digest

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP

STEP = 30  # seconds that a code is shown
WINDOW = 1  # steps by which the clock of a telephone may be behind, or ahead
SIZE = 20  # bytes of a new key
_DIGITS = 6
_SHORTEST, _LONGEST = 8, 64  # bytes of a key that is given


def written(key: bytes) -> str:
    """A key as applications take it: Base32."""
    return b32encode(key).decode("ascii").rstrip("=")


def read(text: str) -> bytes:
    """The key that a text stands for, in any case, with blanks or without.

    Raises:
        ValueError: it is not Base32, or too short or too long.
    """
    letters = "".join(text.split()).rstrip("=").upper()
    try:
        key = b32decode(letters + "=" * (-len(letters) % 8))
    except (Error, ValueError):
        raise ValueError("must be Base32, the letters A to Z and the digits 2 to 7") from None
    if not _SHORTEST <= len(key) <= _LONGEST:
        raise ValueError("must have 13 to 103 letters and digits")
    return key


def step_of(key: bytes, code: str, now: float, used: int) -> int | None:
    """The step of time that a code is of; ``None`` if it is of none that is near enough, or was used already.

    Args:
        key: of the user.
        code: as it was given.
        now: seconds since 1970.
        used: the step whose code was shown last.
    """
    given, made = "".join(code.split()).encode("utf-8", "replace"), _maker(key)
    middle = int(now // STEP)
    for step in range(max(middle - WINDOW, used + 1, 0), middle + WINDOW + 1):
        if compare_digest(made.generate(step * STEP), given):
            return step
    return None


def code_at(key: bytes, now: float) -> str:
    """The code that is shown at a time."""
    return _maker(key).generate(int(now)).decode("ascii")


def address(key: bytes, username: str, site: str) -> str:
    """What applications read from a QR code: ``otpauth://totp/…``."""
    return _maker(key).get_provisioning_uri(username, site).replace("+", "%20")  # Some show a plus as one


def _maker(key: bytes) -> TOTP:
    return TOTP(key, _DIGITS, SHA1(), STEP, enforce_key_length=False)  # noqa: S303 - the one that telephones know
