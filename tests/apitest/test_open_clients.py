"""Open clients by kind and name."""

import pytest

from apitest.open_clients import Clients


class Closable:
    """A client that notes when it is closed, and fails to if told so."""

    def __init__(self, log: list[str], name: str, problem: str = "") -> None:
        self.log, self.name, self.problem = log, name, problem

    def close(self) -> None:
        self.log.append(self.name)
        if self.problem:
            raise OSError(self.problem)


def test_clients_are_made_once() -> None:
    """A client is made on first use and found again by kind and name."""
    clients = Clients()
    made = clients.get("sql", "a", lambda: Closable([], "a"))
    assert clients.get("sql", "a", lambda: Closable([], "other")) is made
    assert clients.find("sql", "a") is made
    assert clients.find("cql", "a") is None
    assert clients.names("sql") == ["a"]
    assert clients.names("cql") == []


def test_a_client_put_in_anothers_place_closes_it() -> None:
    """Putting or dropping a client closes the one that had the name."""
    log: list[str] = []
    clients = Clients()
    clients.put("sql", "a", Closable(log, "first"))
    clients.put("sql", "a", Closable(log, "second"))
    assert log == ["first"]
    assert clients.drop("sql", "a")
    assert log == ["first", "second"]
    assert not clients.drop("sql", "a")


def test_clients_are_closed_newest_first() -> None:
    """Closing closes all in the reverse order, once."""
    log: list[str] = []
    clients = Clients()
    for name in "abc":
        clients.put("sql", name, Closable(log, name))
    clients.close()
    clients.close()
    assert log == ["c", "b", "a"]


@pytest.mark.parametrize("failing", ["a", "b", "c", "abc"])
def test_a_client_that_fails_to_close_keeps_no_other_open(failing: str) -> None:
    """All clients are closed whichever fails, and the first failure is raised with the others as notes."""
    log: list[str] = []
    clients = Clients()
    for name in "abc":
        clients.put("sql", name, Closable(log, name, f"no {name}" if name in failing else ""))
    with pytest.raises(OSError, match=f"no {failing[-1]}") as caught:
        clients.close()
    assert log == ["c", "b", "a"]
    assert caught.value.__notes__[0] == f"while closing sql {failing[-1]}"
    assert len(caught.value.__notes__) == len(failing)
