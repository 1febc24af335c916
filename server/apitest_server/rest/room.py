"""Opens REST and SOAP: channels and outgoing connections of the ODB."""

from apitest_server.outgoing.connections import Connections
from apitest_server.outgoing.http import HTTPConnection
from apitest_server.rest.objects import HTTPSOAPObjects
from apitest_server.room import Host, Room

KIND = "http-soap"


def open_room(server: Host) -> Room:
    """Adds REST and SOAP to the outgoing connections."""
    have = server.components
    rest = Connections[HTTPConnection]("outgoing REST connection")
    soap = Connections[HTTPConnection]("outgoing SOAP connection")
    for technology, connections in (("rest", rest), ("plain_http", rest), ("soap", soap)):
        have.out.add(technology, connections)
    outgoing = {"plain_http": rest, "soap": soap}
    return Room(kinds={KIND: lambda: HTTPSOAPObjects(have.channels, have.security, outgoing)})
