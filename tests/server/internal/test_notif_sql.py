from pathlib import Path

import pytest

from tests.server.asgi import Client, served
from tests.server.scheduler.test_notifications import SERVICES, connection, created

NAME = "zato.notif.sql"


def test_the_life_of_a_notification(tmp_path: Path) -> None:
    """As clients create it; the scheduler's own fields are made of the others."""
    with served(tmp_path, s=SERVICES) as client:
        db = connection(client)
        number = created(client, db, interval=30, notif_type="sql")
        row = client.result(f"{NAME}.get-by-id", {"id": number})
        assert (row["def_id"], row["service_name"], row["interval"], row["seconds"]) == (db, "received", 30, 30)
        client.result(f"{NAME}.edit", {"id": number, "interval": 3600})
        after = client.result(f"{NAME}.get-list", {"cluster_id": 1})[0]
        assert (after["seconds"], after["start_date"]) == (3600, row["start_date"])
        status, details = client.refused("zato.outgoing.sql.delete", {"id": db})
        assert (status, "is used by: n" in details) == (400, True)
        client.result(f"{NAME}.delete", {"id": number})
        assert client.refused(f"{NAME}.run", {"id": number})[0] == 404


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"def_id": 0}, "`def_id` must be the ID of an outgoing SQL connection"),
        ({"def_id": 99999}, "there is no object of a fitting kind with ID 99999"),
        ({"query": " "}, "`query` must be a statement of SQL"),
        ({"service_name": "none"}, "is not the name of a deployed service: `none`"),
        ({"interval": 0}, "must be a whole number from 1 to"),
    ],
)
def test_what_cannot_be_is_refused(untouched: Client, fields: dict[str, object], problem: str) -> None:
    """With the field."""
    given = {"name": "n", "def_id": 1, "query": "SELECT 1", "service_name": "zato.ping", **fields}
    status, details = untouched.refused(f"{NAME}.create", given)
    assert (status, problem in details) == (400, True), details
