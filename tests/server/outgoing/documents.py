"""A connection to the MongoDB server of the tests."""

from pathlib import Path

from apitest_server.odb import StoredObject
from apitest_server.outgoing.mongodb import MongoDBConnection
from tests.services.mongodb import MongoDB


def documents(server: MongoDB, place: Path, password: str = "", **fields: object) -> MongoDBConnection:
    """One that nobody has used yet, of who may do everything, unless something else is given."""
    where = {"server_list": f"{server.host}:{server.port}", "server_select_timeout": 60}
    given = {**where, "username": server.username, **fields}
    secrets = {"password": password or server.password}
    return MongoDBConnection(StoredObject(1, "outgoing.mongodb", "Orders", given, secrets), place)
