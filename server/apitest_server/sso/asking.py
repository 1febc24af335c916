"""PURE  Who asks SSO for something, and how its answers write times."""

from dataclasses import dataclass
from datetime import UTC, datetime


@dataclass(frozen=True, slots=True)
class Asking:
    """Who asks.

    Attributes:
        ust: the token of the caller's session; empty if there is none.
        app: the application that the call comes through.
        remote_addr: the caller's address.
        user_agent: the caller's program.
        is_administrator: whether it is an administrator of the server, who needs no session.
    """

    ust: str = ""
    app: str = ""
    remote_addr: str = ""
    user_agent: str = ""
    is_administrator: bool = False


def moment(seconds: float | None) -> str | None:
    """A time in UTC, in ISO 8601 without a zone, of seconds since 1970."""
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC).replace(tzinfo=None).isoformat()
