"""Tests of apitest_server.outgoing.connections."""

import pytest

from apitest_server.errors import ComponentMissing
from apitest_server.outgoing.connections import Connections, Outgoing


def test_a_connection_can_get_another_name() -> None:
    """It is known by its ID; under the old name there is nothing then."""
    found: Connections[str] = Connections("REST connection")
    found.put(1, "a", "first")
    found.put(1, "b", "second")
    assert (list(found), len(found), found["b"], found.get("b")) == (["b"], 1, "second", "second")
    assert "a" not in found
    assert found.get("a", "default") == "default"
    assert (found.drop(1), found.drop(1), dict(found)) == ("second", None, {})


def test_a_connection_that_is_not_there_is_told() -> None:
    """With what is near, or what to do."""
    found: Connections[str] = Connections("REST connection")
    found.put(1, "billing", "x")
    with pytest.raises(ComponentMissing, match=r"no REST connection `biling`(?s:.*)Did you mean `billing`"):
        found["biling"]
    with pytest.raises(ComponentMissing, match=r"no REST connection `CRM`(?s:.*)Create it"):
        found.get("CRM")


def test_a_connection_is_found_by_its_id() -> None:
    """Whatever its name is; one that is not there is told."""
    found: Connections[str] = Connections("REST connection")
    found.put(1, "a", "first")
    found.put(1, "b", "first")
    assert found.with_id(1) == "first"
    with pytest.raises(ComponentMissing, match=r"no REST connection with ID 2(?s:.*)Create it"):
        found.with_id(2)


def test_technologies_are_attributes() -> None:
    """One that the server does not have is told, with those that it has."""
    out = Outgoing()
    out.add("rest", "x")
    assert out.rest == "x"
    with pytest.raises(ComponentMissing, match=r"kind `ftp`(?s:.*)There is: rest"):
        _ = out.ftp
    with pytest.raises(AttributeError):
        _ = out._private
