"""PURE: what a value looks like: whether it is worth hiding wherever it stands, and whether it is a key."""

from apitest.expressions import expression

SHORTEST = 6
_COMMON = frozenset(
    (
        *(
            "password",
            "passwort",
            "secret",
            "token",
            "string",
            "undefined",
            "required",
            "optional",
            "default",
            "bearer",
        ),
        *("digest", "unknown", "invalid", "missing", "expired", "example", "masked", "hidden", "enabled"),
    )
)
_LEAST_GENERATED = 8
_MIXED = expression(r"(?=\S*[A-Za-z])(?=\S*[0-9])\S+\Z")
_PUBLIC = expression(
    r"\S*://|[/~.]|[A-Za-z]:[/\\]|[^@\s]+@[\w-]+\.|[0-9]{4}-[0-9]{2}-[0-9]{2}(?![0-9A-Fa-f])"
    r"|[\w-]+(?:\.[\w-]+)+(?::[0-9]+)?\Z|[\w-]+:[0-9]+\Z|[A-Za-z]+[0-9]{0,4}(?:[-_](?:[A-Za-z]+[0-9]{0,4}|[0-9]{1,4}))*\Z"
)


def is_worth(secret: str) -> bool:
    """Whether a value that was learned is hidden wherever it stands."""
    return len(secret) >= SHORTEST and secret.casefold() not in _COMMON and not set(secret) <= {"*"}


def looks_generated(value: str) -> bool:
    """Whether a value of the environment is hidden though its name is not that of a secret.

    So are keys and passwords: eight characters or more, letters and digits mixed. URLs, paths, names of hosts and
    files, addresses of mail, dates, and names with a number behind them stay.
    """
    return bool(len(value) >= _LEAST_GENERATED and is_worth(value) and _MIXED.match(value) and not _PUBLIC.match(value))
