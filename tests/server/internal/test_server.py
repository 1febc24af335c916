import logging
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from apitest_server.cluster.bus import BUS, Bus
from apitest_server.cluster.neighbours import Neighbours
from apitest_server.odb.models import ServiceStatistics
from apitest_server.statistics.collector import Collector
from apitest_server.statistics.keeper import KEEPER, Keeper
from tests.server.asgi import Client, served
from tests.server.cluster.waiting import until
from tests.server.internal.services import call, refused
from tests.server.statistics.calls import fill


@pytest.fixture
def client(tmp_path: Path) -> Iterator[Client]:
    """A server with a name; the level of the log is put back afterwards."""
    level = logging.getLogger().level
    with served(tmp_path, "[main]\nname = one\n") as client:
        yield client
    logging.getLogger().setLevel(level)


def test_the_list_is_this_server(client: Client) -> None:
    """A cluster of one."""
    (row,) = call(client, "zato.server.get-list")
    assert (row["id"], row["name"], row["pid"]) == (1, "one", os.getpid())
    assert row["up_seconds"] >= 0
    assert call(client, "zato.server.get-by-id", {"id": 1})["name"] == "one"


def test_the_list_has_all_servers_of_the_odb(client: Client) -> None:
    """Of one that does not answer, what the ODB knows; what it is asked for, it would have to answer itself."""
    other = Bus(client.app.odb, "other", "http://127.0.0.1:9")
    other.start()
    until(client.app.components[BUS].peers)
    own, row = call(client, "zato.server.get-list")
    assert (own["name"], row["name"], row["address"]) == ("one", "other", "http://127.0.0.1:9")
    expected = (503, "The server `other` at http://127.0.0.1:9 does not answer")
    assert refused(client, "zato.server.get-by-id", {"id": row["id"]}) == expected
    assert refused(client, "zato.server.edit", {"id": row["id"], "log_level": "INFO"}) == expected
    other.close()


def test_another_server_is_not_known(client: Client) -> None:
    """500, with the ID."""
    assert refused(client, "zato.server.get-by-id", {"id": 2}) == (500, "There is no server with ID 2")
    assert refused(client, "zato.server.edit", {"id": 2, "log_level": "INFO"})[0] == 500


def test_the_level_of_the_log_changes_at_once(client: Client) -> None:
    """It is the level that logging has, and what the server shows."""
    assert call(client, "zato.server.edit", {"id": 1, "log_level": "ERROR"})["log_level"] == "ERROR"
    assert logging.getLogger().level == logging.ERROR
    assert call(client, "zato.server.get-by-id", {"id": 1})["log_level"] == "ERROR"


def test_a_server_is_renamed(client: Client) -> None:
    """Its level of the log stays as it is, since none was given."""
    before = logging.getLogger().level
    assert call(client, "zato.server.edit", {"id": 1, "name": "two"})["name"] == "two"
    assert call(client, "zato.server.get-by-id", {"id": 1})["name"] == "two"
    assert call(client, "zato.server.get-list")[0]["name"] == "two"
    assert logging.getLogger().level == before
    assert call(client, "zato.server.edit", {"id": 1, "name": ""})["name"] == "two"
    assert client.app.name == call(client, "zato.info.get-info")["server"] == "two"
    assert call(client, "zato.apispec.get-api-spec")["info"]["title"] == "two"


def test_a_new_name_outlives_the_server(tmp_path: Path) -> None:
    """It is in server.conf, where all else is as it was; figures and what the ODB knows of the server go with it."""
    conf = tmp_path / "server.conf"
    conf.write_text("# Ours\n[main]\nname = one\n\n[limits]\nthreads = 3  # enough\n", "utf-8")
    with served(tmp_path, conf.read_text("utf-8")) as client:
        client.call("zato.ping")
        client.app.components[KEEPER].save()
        assert call(client, "zato.server.edit", {"id": 1, "name": "two"})["name"] == "two"
        assert conf.read_text("utf-8") == "# Ours\n[main]\nname = two\n\n[limits]\nthreads = 3  # enough\n"
        other = Bus(client.app.odb, "other", "http://127.0.0.1:9")
        assert [run.server for run in other._station.others()] == ["two"]
    with served(tmp_path, conf.read_text("utf-8")) as client:
        assert client.app.name == "two"
        with client.app.odb.reading() as session:
            assert set(session.scalars(select(ServiceStatistics.server))) == {"two"}


def test_names_that_a_server_cannot_have(tmp_path: Path) -> None:
    """Those of another server, of another server's figures, what server.conf cannot hold, and more than a line."""
    (tmp_path / "server.conf").write_text("[main]\nname = one\n", "utf-8")
    with served(tmp_path, "[main]\nname = one\n") as client:
        other = Bus(client.app.odb, "other", "http://127.0.0.1:9")
        other.start()
        until(client.app.components[BUS].peers)
        fill(collector := Collector())
        Keeper(collector, client.app.odb, "gone").save()
        for name, status, problem in (
            ("other", 409, "Another server of this ODB is called `other`"),
            ("gone", 409, "There are statistics of another server that is called `gone`"),
            ("'x'", 400, "cannot hold the name"),
            ("x\ny", 400, "must be a name of 1 to 200 printable characters"),
        ):
            found = refused(client, "zato.server.edit", {"id": 1, "name": name})
            assert found[0] == status
            assert problem in found[1]
        assert (client.app.name, call(client, "zato.server.get-by-id", {"id": 1})["name"]) == ("one", "one")
        assert (tmp_path / "server.conf").read_text("utf-8") == "[main]\nname = one\n"
        other.close()


def test_an_unknown_level_is_refused(client: Client) -> None:
    """And the level stays."""
    before = logging.getLogger().level
    status, details = refused(client, "zato.server.edit", {"id": 1, "log_level": "LOUD"})
    assert status == 400
    assert "log_level" in details
    assert logging.getLogger().level == before


def test_the_state_of_the_server(tmp_path: Path) -> None:
    """Its services, how they were deployed, what is disabled, and what it has done so far."""
    with served(tmp_path, "[deploy_internal]\npattern = False\n") as client:
        client.refused("zato.server.get-by-id", {"id": 7})
        found = client.result("zato.server.get-status")
        assert found["services_internal"] > 100
        assert (found["services_user"], found["connections"]) == (0, 0)
        assert found["modules_disabled"] == ["pattern"]
        assert "cache" in found["deployed_how"]
        assert found["calls"] >= 1
        assert found["errors"] == 1
        assert client.result("zato.server.get-status")["calls"] > found["calls"]


def test_a_server_that_has_died_is_deleted(client: Client) -> None:
    """At once, and it comes back by itself if it was alive after all."""
    other = Bus(client.app.odb, "other", "http://127.0.0.1:9")
    other.start()
    (peer,) = until(client.app.components[BUS].peers)
    row = call(client, "zato.server.get-list")[1]
    assert call(client, "zato.server.delete", {"id": row["id"], "cluster_id": 1}) == {"id": row["id"], "name": "other"}
    other._station._next_beat = 0.0
    other._station._ring()
    until(lambda: [run.id for run in client.app.components[BUS].peers()] == [peer.id])
    other.close()
    until(lambda: not client.app.components[BUS].peers())
    assert refused(client, "zato.server.delete", {"id": row["id"]})[0] == 500


def test_a_server_that_runs_is_not_deleted(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither the one that is asked, nor one that answers it."""
    status, details = refused(client, "zato.server.delete", {"id": 1})
    assert (status, details.startswith("Server `one` cannot delete itself")) == (409, True)
    other = Bus(client.app.odb, "other", "http://127.0.0.1:9")
    other.start()
    until(client.app.components[BUS].peers)
    row = call(client, "zato.server.get-list")[1]
    monkeypatch.setattr(Neighbours, "call", lambda *_: {"pong": "zato"})
    status, details = refused(client, "zato.server.delete", {"id": row["id"]})
    assert (status, f"Server `other` runs (process {os.getpid()} on" in details) == (409, True)
    other.close()


def test_server_conf_is_read_again(tmp_path: Path) -> None:
    """What can be changed is in effect at once; the rest is named, once."""
    conf, level = tmp_path / "server.conf", logging.getLogger().level
    conf.write_text("[main]\nname = one\n", "utf-8")
    try:
        with served(tmp_path, conf.read_text("utf-8")) as client:
            assert call(client, "zato.server.edit", {"id": 1, "name": "two"})["name"] == "two"
            assert call(client, "zato.server.reload-config") == {"id": 1, "applied": [], "needs_restart": []}
            conf.write_text(
                "[main]\nname = two\n[logging]\nlevel = ERROR\n[limits]\nrequest_timeout = 7\nthreads = 3\n", "utf-8"
            )
            found = call(client, "zato.server.reload-config", {"id": 1})
            applied = ["limits.request_timeout", "logging.level"]
            assert found == {"id": 1, "applied": applied, "needs_restart": ["limits.threads"]}
            assert (logging.getLogger().level, client.app.invoker.timeout) == (logging.ERROR, 7)
            assert call(client, "zato.server.reload-config")["applied"] == []
            assert refused(client, "zato.server.reload-config", {"id": 2}) == (500, "There is no server with ID 2")
    finally:
        logging.getLogger().setLevel(level)


@pytest.mark.parametrize(
    ("text", "problem"),
    [("[limits]\nthreads = many\n", "server.conf:2: `threads = many` must be"), (None, "There is no server in")],
)
def test_a_server_conf_that_cannot_be_used_changes_nothing(tmp_path: Path, text: str | None, problem: str) -> None:
    """It says why."""
    with served(tmp_path) as client:
        if text is not None:
            (tmp_path / "server.conf").write_text(text, "utf-8")
        status, details = refused(client, "zato.server.reload-config")
        assert (status, problem in details) == (400, True)
