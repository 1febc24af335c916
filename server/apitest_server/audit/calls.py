"""What channels receive and send, as the calls of their services show it."""

from apitest_server.audit.log import AuditLog
from apitest_server.invoke.observed import Call
from apitest_server.outgoing.audited import RECEIVED, SENT


class Calls:
    """An observer of services: notes the request and the response of each call through a channel with an audit log."""

    def __init__(self, log: AuditLog) -> None:
        self._log = log

    def __call__(self, call: Call) -> None:
        """What was refused before a service was called is in the access log only."""
        number = self._log.rules.channel((call.channel.type, call.channel.name, call.name))
        if not number:
            return
        request = call.request
        received = request.raw_request if isinstance(request.raw_request, bytes) else request.payload
        if received == b"" and request.http is not None:
            received = {**request.http.GET, **request.http.params}
        self._log.record(number, RECEIVED, call.cid, received, call.name)
        sent = f"{type(call.error).__name__}: {call.error}" if call.response is None else call.response.payload
        self._log.record(number, SENT, call.cid, sent, call.name)
