"""Opens the audit log: what objects that ask for it have received and sent."""

from apitest_server.audit.calls import Calls
from apitest_server.audit.log import AUDIT_LOG, AuditLog
from apitest_server.audit.rules import Rules
from apitest_server.invoke.invoker import INVOKER
from apitest_server.odb import DATABASE
from apitest_server.odb.live import LIVE
from apitest_server.outgoing.audited import RECORDER
from apitest_server.room import Host, Room


def open_room(server: Host) -> Room:
    """Takes note from now on; nothing is started before there is something to write."""
    have, rules = server.components, Rules()
    have[AUDIT_LOG] = log = AuditLog(have[DATABASE], lambda: server.name, rules)
    have[RECORDER] = log.record
    have[LIVE].followers.append(rules)
    have[INVOKER].observers.append(Calls(log))
    return Room(close=log.close)
