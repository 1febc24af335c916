"""PURE  Which names are those of secrets: of fields, headers, parameters, elements and attributes."""

import re
from functools import lru_cache
from urllib.parse import unquote_plus

MASK = "******"

_WORDS = re.compile(
    "passw|passphrase|passcode|secret|token|credential|signature|authoriz|cookie|session(id|key)|resetkey|clientassertion"
    "|samlassertion|samlresponse|(api|access|private|auth|account|master|signing|encryption|subscription|functions?"
    "|application|app|shared|license|service|consumer|storage|admin|session|rapidapi|fastly|hmac|ssh|aes|webhook)key"
)
_EXACT = {
    "pass",
    "pwd",
    "pw",
    "pin",
    "otp",
    "totp",
    "totpkey",
    "totpcode",
    "totpuri",
    "cvv",
    "cvc",
    "auth",
    "authentication",
    "sid",
    "sig",
    "jwt",
    "jsessionid",
    "ust",
    "currentust",
    "targetust",
}
# They tell about a secret: token_type, password_policy, token_endpoint, cookie_domain; so does the response of a
# service that changes a password: what it says is whose
_ABOUT = (
    "type",
    "count",
    "length",
    "endpoint",
    "url",
    "uri",
    "expiresin",
    "expiresat",
    "expiry",
    "policy",
    "timeout",
    "domain",
    "changepasswordresponse",
)
_KEY_HEADER = re.compile(r"x-[\w-]*key").fullmatch
_LONGEST = 200


def is_secret(name: str) -> bool:
    """Whether what stands under a name is a secret.

    It is told by the name's letters and digits alone: ``X-API-Key``, ``apiKey`` and ``user[api_key]`` are one.
    """
    return _is_secret(name[-_LONGEST:])


@lru_cache(maxsize=4096)
def _is_secret(name: str) -> bool:
    plain = unquote_plus(name).casefold()
    letters = "".join(filter(str.isalnum, plain))
    last = "".join(filter(str.isalnum, re.split(r"[.:/\[]", plain.rstrip("]"))[-1]))
    if letters in _EXACT or last in _EXACT or _KEY_HEADER(plain.strip()):
        return True
    return _WORDS.search(letters) is not None and not letters.endswith(_ABOUT)
