"""Opens REST and SOAP: channels and outgoing connections of the ODB."""

from apitest_server.outgoing.audited import RECORDER
from apitest_server.outgoing.connections import OUTGOING, Connections
from apitest_server.outgoing.http import HTTPConnection
from apitest_server.outgoing.http_auth import AUTHS, Auths
from apitest_server.rest.objects import HTTPSOAPObjects
from apitest_server.rest.table import CHANNELS
from apitest_server.room import Host, Room
from apitest_server.security.certificates import CERTIFICATES
from apitest_server.security.objects import SECURITY
from apitest_server.security.rbac import ACCESS

KIND = "http-soap"


def open_room(server: Host) -> Room:
    """Adds REST and SOAP to the outgoing connections."""
    have = server.components
    rest = Connections[HTTPConnection]("outgoing REST connection")
    soap = Connections[HTTPConnection]("outgoing SOAP connection")
    for technology, connections in (("rest", rest), ("plain_http", rest), ("soap", soap)):
        have[OUTGOING].add(technology, connections)
    have[CHANNELS].permits = have[ACCESS].permits
    outgoing = {"plain_http": rest, "soap": soap}
    have[AUTHS] = auths = Auths(have[CERTIFICATES])
    used = have[CHANNELS], have[SECURITY], outgoing, have[CERTIFICATES], auths, have[RECORDER]
    return Room(kinds={KIND: lambda: HTTPSOAPObjects(*used)})
