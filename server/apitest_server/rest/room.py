"""What this room adds to a server: security definitions, administrators, REST and SOAP."""

from typing import Any

from apitest_server.odb import ODB
from apitest_server.odb.live import LiveObjects
from apitest_server.outgoing.connections import Connections, Outgoing
from apitest_server.outgoing.http import HTTPConnection
from apitest_server.rest.objects import HTTPSOAPObjects, declared
from apitest_server.rest.table import Table
from apitest_server.security.administrators import KEY, KIND, AdministratorObjects, Administrators
from apitest_server.security.authentication import Authentication
from apitest_server.security.objects import KINDS, SecurityObjects
from apitest_server.security.tokens import Tokens


def open_room(
    table: Table, authentication: Authentication, odb: ODB, live: LiveObjects, outgoing: Outgoing
) -> dict[str, Any]:
    """Registers what makes objects of the ODB effective; returns what it offers to services: facilities by name."""
    administrators = Administrators(authentication.verifier, odb.key)
    authentication.define(KEY, administrators)
    live.register(KIND, lambda: AdministratorObjects(administrators))
    security = SecurityObjects(authentication)
    live.register(list(KINDS), lambda: security)
    rest = Connections[HTTPConnection]("outgoing REST connection")
    soap = Connections[HTTPConnection]("outgoing SOAP connection")
    live.register("http-soap", lambda: HTTPSOAPObjects(table, security, {"plain_http": rest, "soap": soap}))
    for technology, connections in (("rest", rest), ("plain_http", rest), ("soap", soap)):
        outgoing.add(technology, connections)
    return {"security": security, "tokens": Tokens(security), "channels": lambda: declared(table.fixed)}
