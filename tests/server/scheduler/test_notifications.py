from pathlib import Path

import pytest

from apitest_server.errors import BadRequest, ServiceUnavailable
from apitest_server.scheduler.notifications import NOTIFICATIONS
from apitest_server.scheduler.scheduler import SCHEDULER
from tests.server.asgi import Client, served

CREATE = "zato.notif.sql.create"
SERVICES = """
from zato.server.service import Service

class Received(Service):
    name = 'received'
    def handle(self):
        self.cache.default.set('channel', [self.channel.type, self.channel.name])
        self.cache.default.set('rows', [*(self.cache.default.get('rows') or []), self.request.payload])

class Rows(Service):
    name = 'rows'
    def handle(self):
        self.response.payload = {'rows': self.cache.default.get('rows') or [], 'by': self.cache.default.get('channel')}
"""


def connection(client: Client, name: str = "db", **fields: object) -> int:
    given = {"name": name, "engine": "sqlite", "db_name": "test.sqlite", **fields}
    number: int = client.result("zato.outgoing.sql.create", given)["id"]
    return number


def created(client: Client, number: int, **fields: object) -> int:
    given = {"name": "n", "def_id": number, "query": "SELECT 1 AS id", "service_name": "received", **fields}
    made: int = client.result(CREATE, given)["id"]
    return made


def test_a_service_is_called_with_the_rows(tmp_path: Path) -> None:
    """As often as the scheduler says: at once with the next tick, and by hand; not where there are no rows."""
    with served(tmp_path, s=SERVICES) as client:
        number = created(client, connection(client), interval=86400, query="SELECT 7 AS id, 'tea' AS article")
        found = client.result("zato.notif.sql.run", {"id": number})
        assert found == {"id": number, "rows": 1, "is_success": True}
        assert client.result("rows") == {"rows": [[{"id": 7, "article": "tea"}]], "by": ["notif-sql", "n"]}
        client.result("zato.notif.sql.edit", {"id": number, "query": "SELECT 1 WHERE 1 = 0"})
        assert client.result("zato.notif.sql.run", {"id": number})["rows"] == 0
        assert len(client.result("rows")["rows"]) == 1


def test_no_more_rows_are_read_than_wanted(tmp_path: Path) -> None:
    """The service gets those."""
    with served(tmp_path, s=SERVICES) as client:
        query = "WITH RECURSIVE n(id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM n LIMIT 9) SELECT id FROM n"
        number = created(client, connection(client), query=query, max_rows=3, interval=86400)
        assert client.result("zato.notif.sql.run", {"id": number})["rows"] == 3


def test_the_scheduler_runs_it(tmp_path: Path) -> None:
    """From the same definition, as a job with its ID; also after a restart, and not where it is not active."""
    with served(tmp_path, s=SERVICES) as client:
        number = created(client, connection(client), interval=3600)
        agenda = client.app.components[SCHEDULER]._intervals
        job = agenda.get(number)
        assert job is not None
        assert client.result("zato.scheduler.job.get-status-list") == []  # Those of jobs alone
        assert (job.service, job.payload) == ("zato.notif.sql.run", {"id": number, "is_scheduled": True})
    with served(tmp_path, s=SERVICES) as client:
        scheduler = client.app.components[SCHEDULER]
        scheduler.run_due()
        assert scheduler._intervals.get(number) is not None
        client.result("zato.notif.sql.edit", {"id": number, "is_active": False})
        assert scheduler._intervals.get(number) is None
        client.result("zato.notif.sql.delete", {"id": number})


def test_what_fails_is_told_once(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """However often it is run; and that it works again. By hand the problem is the answer."""
    caplog.set_level("INFO", "apitest.outgoing")
    with served(tmp_path, s=SERVICES) as client:
        number = created(client, connection(client), interval=3600, query="SELECT id FROM orders")
        for _ in range(3):
            found = client.result("zato.notif.sql.run", {"id": number, "is_scheduled": True})
            assert found == {"id": number, "rows": 0, "is_success": False}
        status, details = client.refused("zato.notif.sql.run", {"id": number})
        assert (status, "no such table: orders" in details) == (400, True)
        client.result("zato.notif.sql.edit", {"id": number, "query": "SELECT 1"})
        client.result("zato.notif.sql.run", {"id": number})
    lines = [line for line in caplog.messages if line.startswith("SQL notification `n`")]
    assert len(lines) == 2
    assert "cannot be used until further notice: The database of `db` refuses the statement: no such table" in lines[0]
    assert lines[1] == "SQL notification `n` is connected again"


def test_a_connection_that_is_not_active_is_told(tmp_path: Path) -> None:
    """503; one that cannot be reached is, too."""
    with served(tmp_path, s=SERVICES) as client:
        db = connection(client, is_active=False)
        number = created(client, db, interval=3600)
        assert client.refused("zato.notif.sql.run", {"id": number})[0] == 503
        away = connection(client, "away", engine="sqlite", db_name="/none/x.sqlite")
        other = created(client, away, name="m", interval=3600)
        found = client.refused("zato.notif.sql.run", {"id": other})
        assert (found[0], "cannot be reached" in found[1]) == (503, True)
        item = next(one for one in client.app.live.of_kind("notif.sql") if one.id == other)
        with pytest.raises((ServiceUnavailable, BadRequest)):
            client.app.components[NOTIFICATIONS].rows(item)
