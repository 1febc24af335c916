"""Whether the server lives, and can do its work: for load balancers, containers and CI, without credentials."""

from apitest_server.cluster.bus import BUS
from apitest_server.invoke.invoker import INVOKER
from apitest_server.odb.probe import PROBE
from apitest_server.service.base import Service
from apitest_server.service.elements import Dict

OK, FAILED = "ok", "failed"


class Live(Service):
    """Answers as long as the server answers anything."""

    name = "zato.health.live"

    class SimpleIO:
        """One field."""

        output_required = ("status",)

    async def handle(self) -> None:
        """Whatever else is away: a server that was killed for that would not find it either."""
        self.response.payload.status = "live"


class Ready(Service):
    """Whether the server can take requests: its database answers, it hears other servers, and threads are free."""

    name = "zato.health.ready"

    class SimpleIO:
        """``checks`` are ``ok`` or ``failed``; the log says why."""

        output_required = ("status", Dict("checks"))

    async def handle(self) -> None:
        """503 where one of the checks has failed."""
        have = self.server.components
        checks = {
            "odb": await have[PROBE].answers(),
            "cluster": have[BUS].is_up,
            "threads": have[INVOKER].pool.has_room,
        }
        is_ready = all(checks.values())
        self.response.status_code = 200 if is_ready else 503
        self.response.payload = {
            "status": "ready" if is_ready else "not ready",
            "checks": {name: OK if is_good else FAILED for name, is_good in checks.items()},
        }
