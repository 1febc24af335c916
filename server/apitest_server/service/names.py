"""PURE  What a service is called when it does not say so itself: its module and its class, in words."""

import re

_WORDS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


def service_name(module: str, class_name: str) -> str:
    """``my_module`` and ``MyService`` -> ``my-module.my-service``; of a dotted module its last part counts."""
    return f"{_dashed(module.rpartition('.')[2])}.{_dashed(class_name)}"


def _dashed(name: str) -> str:
    return _WORDS.sub("-", name).replace("_", "-").strip("-").lower()
