"""Tests of apitest_server.internal.cassandra.queries."""

from pathlib import Path

import pytest

from tests.server.asgi import Client, served
from tests.server.internal.cassandra.test_definitions import GIVEN

SERVICE = "zato.query.cassandra"


def test_the_life_of_a_query(tmp_path: Path) -> None:
    """Its rows have the name of its connection, which stays while the query is there."""
    with served(tmp_path) as client:
        definition = client.result("zato.definition.cassandra.create", GIVEN)["id"]
        given = {"name": "q", "is_active": True, "def_id": definition, "value": "SELECT key FROM system.local"}
        number = client.result(f"{SERVICE}.create", {**given, "cluster_id": 1})["id"]
        row = {**given, "id": number, "def_name": "c"}
        assert client.result(f"{SERVICE}.get-list", {"cluster_id": 1}) == [row]
        assert client.result(f"{SERVICE}.get-by-id", {"id": number}) == row
        assert client.result(f"{SERVICE}.get-by-name", {"name": "q"}) == row
        client.result(f"{SERVICE}.edit", {"id": number, "name": "r"})
        assert client.refused("zato.definition.cassandra.delete", {"id": definition})[0] == 400
        client.result(f"{SERVICE}.delete", {"id": number})
        client.result("zato.definition.cassandra.delete", {"id": definition})


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({"def_id": 0, "value": "x"}, "`def_id` is required: the ID of a Cassandra connection"),
        ({"def_id": 99, "value": "x"}, "`def_id`: there is no object of a fitting kind with ID 99"),
        ({"def_id": 1}, "`value` is required"),
        ({"def_id": 1, "value": " "}, "`value` must be a statement of CQL"),
    ],
)
def test_what_is_refused(untouched: Client, given: dict[str, object], problem: str) -> None:
    """With the field and what would be right."""
    status, details = untouched.refused(f"{SERVICE}.create", {"name": "q", **given})
    assert status == 400
    assert problem in details
