from pathlib import Path

from apitest_server.cluster.bus import BUS, Bus
from tests.server.asgi import Client, served
from tests.server.cluster.waiting import until


def test_a_cluster_of_one(untouched: Client) -> None:
    """With where its database is, and that alone."""
    (row,) = untouched.result("zato.cluster.get-list", {"cluster_id": 1})
    assert (row["id"], row["name"], row["odb_type"], row["server_count"]) == (1, "default", "sqlite", 1)
    assert row["odb_db_name"] == str(untouched.app.odb.where.path)
    assert untouched.result("zato.cluster.get-by-id", {"id": 1}) == row
    assert untouched.refused("zato.cluster.get-by-id", {"id": 2}) == (404, "There is no cluster with ID 2")


def test_the_password_of_the_database_is_not_told(untouched: Client) -> None:
    """What else its URL has is."""
    from apitest_server.internal.cluster import _row
    from apitest_server.odb.location import location

    odb = untouched.app.odb
    before, odb.where = odb.where, location("postgresql://shop%40x:secret@db.example:5433/shop", Path())
    try:
        row = _row(untouched.app)
    finally:
        odb.where = before
    told = (row["odb_type"], row["odb_host"], row["odb_port"], row["odb_user"], row["odb_db_name"])
    assert told == ("postgresql", "db.example", 5433, "shop@x", "shop")
    assert "secret" not in str(row)


def test_servers_by_the_names_of_clusters(tmp_path: Path) -> None:
    """They are the same services."""
    with served(tmp_path, "[main]\nname = one\n") as client:
        other = Bus(client.app.odb, "other", "http://127.0.0.1:9")
        other.start()
        until(client.app.components[BUS].peers)
        rows = client.result("zato.cluster.server.get-list", {"cluster_id": 1})
        assert [row["name"] for row in rows] == ["one", "other"]
        assert client.result("zato.cluster.get-list")[0]["server_count"] == 2
        assert client.result("zato.cluster.server.get-by-id", {"id": 1})["name"] == "one"
        assert client.refused("zato.cluster.server.edit", {"id": 7, "name": "x"})[0] == 500
        other.close()
