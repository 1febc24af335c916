"""PURE  Kinds of values in server.conf: text -> value, or a ``ValueError`` that tells what is expected."""

import re
from ipaddress import ip_network

_UNITS = {"": 1, "b": 1, "kb": 1024, "mb": 1024**2, "gb": 1024**3}
_SIZE = re.compile(r"^(\d+)\s*([kmg]?b)?$", re.IGNORECASE)
_HOST = re.compile(r"[a-z0-9_-]+(\.[a-z0-9_-]+)*").fullmatch
_ORIGIN = re.compile(r"[a-z][a-z0-9+.-]*://[^\s/,]+|null")
_HOST_AND_PORT = re.compile(r"(\[[^\]]*\]|[^:\[\]]*)(:[0-9]{1,5})?").fullmatch
_NOT_IN_A_URL = re.compile(r"[\s#]|%(?![0-9A-Fa-f]{2})").search
_METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}
_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
_TRUE = {"true", "yes", "on", "1"}
PASSWORD_TYPES = ("clear_text", "digest")
_FALSE = {"false", "no", "off", "0"}


def any_text(value: str) -> str:
    """Any text, an empty one as well."""
    return value


def text(value: str) -> str:
    """A text that is not empty."""
    if not value:
        raise ValueError("must not be empty")
    return value


def boolean(value: str) -> bool:
    """``True`` or ``False``, in any case; ``yes``, ``no``, ``on``, ``off``, ``1`` and ``0`` as well."""
    if value.lower() in _TRUE:
        return True
    if value.lower() in _FALSE:
        return False
    raise ValueError("must be True or False")


def port(value: str) -> int:
    """A TCP port, 0 for any free one."""
    if not value.isdecimal() or int(value) > 65535:
        raise ValueError("must be a port, 0 to 65535")
    return int(value)


def positive(value: str) -> int:
    """A whole number above zero."""
    if not value.isdecimal() or int(value) == 0:
        raise ValueError("must be a whole number above 0")
    return int(value)


def count(value: str) -> int:
    """A whole number, 0 or more."""
    if not value.isdecimal():
        raise ValueError("must be a whole number, 0 or more")
    return int(value)


def seconds(value: str) -> float:
    """A time in seconds, above zero."""
    try:
        number = float(value)
    except ValueError:
        number = 0.0
    if not 0 < number < float("inf"):
        raise ValueError("must be a number of seconds above 0")
    return number


def size(value: str) -> int:
    """A number of bytes, with ``KB``, ``MB`` or ``GB`` where given."""
    match = _SIZE.match(value)
    if match is None or int(match[1]) == 0:
        raise ValueError("must be a size such as 500 KB or 10 MB")
    return int(match[1]) * _UNITS[(match[2] or "").lower()]


def log_level(value: str) -> str:
    """A level of the standard library's logging."""
    return _one_of(value.upper(), _LEVELS)


def log_format(value: str) -> str:
    """How a line of the log is written."""
    return _one_of(value, ("logfmt", "json"))


def security_type(value: str) -> str:
    """A type of security definition."""
    return _one_of(value, ("basic-auth", "api-key", "jwt", "wss"))


def password_type(value: str) -> str:
    """How WS-Security shows a password."""
    return _one_of(value, PASSWORD_TYPES)


def credential(value: str) -> str:
    """What a user of SSO is known by who has forgotten a password."""
    return _one_of(value, ("username", "email", "username_or_email"))


def data_format(value: str) -> str:
    """What a body without a content type is."""
    return _one_of(value, ("json", "xml", "form", "raw"))


def path(value: str) -> str:
    """A path of a channel."""
    if not value.startswith("/"):
        raise ValueError("must start with /")
    if any(char in value for char in "?#"):
        raise ValueError("must be a path without a query string, which callers may add")
    return value


def database_url(value: str) -> str:
    """The URL of a SQLite file or of a PostgreSQL database; empty for the default.

    One whose password has characters that end it would make a driver take a part of the password for the host, and
    say so.
    """
    if value and not value.startswith(("sqlite:///", "postgresql://")):
        raise ValueError("must be a URL such as postgresql://user:password@host/database or sqlite:///odb.sqlite")
    if value.startswith("postgresql://") and not _is_encoded(value.removeprefix("postgresql://")):
        signs = "@ is %40, / is %2F, ? is %3F, # is %23, % is %25"
        raise ValueError(f"must be a URL whose user name and password are percent-encoded: {signs}")
    return value


def _is_encoded(url: str) -> bool:
    """Whether what ends a user name and a password stands in a URL only where it does that; without its scheme."""
    place, question, query = url.partition("?")
    authority = place.partition("/")[0]
    hosts = authority.rpartition("@")[2].split(",")
    return (
        not _NOT_IN_A_URL(url)
        and url.count("@") == authority.count("@") <= 1
        and all(map(_HOST_AND_PORT, hosts))
        and (not question or all("=" in part for part in query.split("&")))
    )


def methods(value: str) -> tuple[str, ...]:
    """HTTP methods, separated by commas; nothing for any."""
    found = tuple(part.strip().upper() for part in value.split(",") if part.strip())
    unknown = [name for name in found if name not in _METHODS]
    if unknown:
        raise ValueError(f"has an unknown method: {', '.join(unknown)}")
    return found


def networks(value: str) -> tuple[str, ...]:
    """IP addresses and networks, separated by commas; nothing for none."""
    found = tuple(part.strip() for part in value.split(",") if part.strip())
    for part in found:
        try:
            ip_network(part)
        except ValueError:
            raise ValueError("must be addresses or networks such as 10.0.0.1, 192.168.0.0/16") from None
    return found


def host_names(value: str) -> tuple[str, ...]:
    """Names of hosts, without ports, separated by commas; nothing for none."""
    found = tuple(part.strip().lower() for part in value.split(",") if part.strip())
    if not all(map(_HOST, found)):
        raise ValueError("must be names of hosts without ports, such as api.example.com")
    return found


def names(value: str) -> tuple[str, ...]:
    """Names, with commas."""
    return tuple(part.strip() for part in value.split(",") if part.strip())


def origins(value: str) -> tuple[str, ...]:
    """Values of the header ``Origin``, separated by commas; nothing for none."""
    found = tuple(part.strip() for part in value.split(",") if part.strip())
    wrong = [part for part in found if not _ORIGIN.fullmatch(part)]
    if wrong:
        raise ValueError("must be origins such as https://example.com, https://example.com:8443")
    return found


def _one_of(value: str, choices: tuple[str, ...]) -> str:
    if value not in choices:
        raise ValueError(f"must be one of {', '.join(choices)}")
    return value
