"""PURE  What a service is called when it does not say so itself: its module and its class, in words."""

import re
from hashlib import sha256

_WORDS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


def service_name(module: str, class_name: str) -> str:
    """``my_module`` and ``MyService`` -> ``my-module.my-service``; of a dotted module its last part counts."""
    return f"{dashed(module.rpartition('.')[2])}.{dashed(class_name)}"


def service_id(name: str) -> int:
    """A number for a service's name: the same on every server and after each restart, and exact in any JSON."""
    return int.from_bytes(sha256(name.encode("utf-8")).digest()[:6], "big")


def dashed(name: str) -> str:
    """``GetByID`` -> ``get-by-id``."""
    return _WORDS.sub("-", name).replace("_", "-").strip("-").lower()
