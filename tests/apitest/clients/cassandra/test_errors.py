import ssl

import pytest
from cassandra import AuthenticationFailed, OperationTimedOut, ReadTimeout, Unauthorized
from cassandra.cluster import NoHostAvailable

from apitest.clients.cassandra import errors as cassandra_errors
from apitest.errors import BadValue, TimedOut, TLSFailed, Unreachable


@pytest.mark.parametrize(
    ("error", "kind", "told"),
    [
        (OperationTimedOut(), TimedOut, "did not answer in time"),
        (ReadTimeout("late"), TimedOut, "did not answer in time: late"),
        (NoHostAvailable("none", {"h": OSError("gone")}), Unreachable, "was lost: gone"),
        (Unauthorized("no right"), BadValue, "may not do that: no right"),
        (ValueError("odd"), BadValue, "refused the statement: odd"),
    ],
)
def test_errors_of_a_statement_are_told_apart(error: Exception, kind: type[Exception], told: str) -> None:
    """Time-outs and lost connections name the contact points, all else the statement."""
    found = cassandra_errors.running("127.0.0.1:9042", "SELECT  1", error)
    assert type(found) is kind
    assert told in found.problem
    assert found.where in {"contact points 127.0.0.1:9042", "SELECT 1"}


@pytest.mark.parametrize(
    ("reason", "tls", "kind"),
    [
        (AuthenticationFailed("bad"), False, Unreachable),
        (ssl.SSLError("broken"), False, TLSFailed),
        (OSError("tls handshake broken"), True, TLSFailed),
        (OSError("refused"), True, Unreachable),
        (TimeoutError(), False, TimedOut),
    ],
)
def test_errors_of_connecting_are_told_apart(reason: Exception, tls: bool, kind: type[Exception]) -> None:
    """What single nodes told decides what the error is."""
    found = cassandra_errors.connecting("h:1", tls, NoHostAvailable("none", {"h": reason}))
    assert type(found) is kind
    assert found.where == "contact points h:1"


def test_a_place_outside_the_statement_is_not_marked() -> None:
    """Cassandra counts lines of its own now and then; then nothing is marked."""
    from cassandra.protocol import SyntaxException

    error = SyntaxException(0x2000, "line 7:3 no viable alternative", None)
    assert cassandra_errors.running("h:1", "SELECT", error).excerpt == ""
