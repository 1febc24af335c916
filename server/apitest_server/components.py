"""What a server offers to services and to its rooms: ``server.components.cache`` and so on, each with its type.

Nothing is imported to run this, only to check types: a component's module is loaded by the room that makes it.
"""

from dataclasses import dataclass, fields
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from apitest_server.errors import ComponentMissing

if TYPE_CHECKING:
    from apitest_server.about import ServerInfo
    from apitest_server.cache.caches import Caches
    from apitest_server.deploy.files import ServiceFiles
    from apitest_server.deploy.hot_deploy import HotDeployment
    from apitest_server.deploy.settings import ServiceSettings
    from apitest_server.deploy.store import ServiceStore
    from apitest_server.invoke.invoker import Invoker
    from apitest_server.odb import ODB
    from apitest_server.odb.live import LiveObjects
    from apitest_server.openapi.specification import Specification
    from apitest_server.outgoing.connections import Outgoing
    from apitest_server.patterns.patterns import Patterns
    from apitest_server.rest.table import Table
    from apitest_server.scheduler.scheduler import Scheduler
    from apitest_server.security.authentication import Authentication
    from apitest_server.security.objects import SecurityObjects
    from apitest_server.security.tokens import Tokens
    from apitest_server.statistics.keeper import Keeper
    from apitest_server.statistics.samples import Samples
    from apitest_server.wsx.web_sockets import WebSockets

    # What the base class of services is typed with
    __all__ = ["Caches", "Components", "Outgoing", "Patterns"]


@dataclass(init=False, repr=False, eq=False)
class Components:
    """What is here once all rooms are open; a component that no room has made raises ``ComponentMissing``.

    Attributes:
        odb: the database of objects.
        live: what makes objects of the ODB effective, by kind.
        store: the deployed services.
        deployment: those of the pick-up directory.
        files: the files that services come from.
        settings: what administrators set for services.
        invoker: runs services.
        authentication: checks requests against security definitions.
        security: the security definitions themselves.
        tokens: log-in and log-out with JWT definitions.
        channels: the REST and SOAP channels.
        out: outgoing connections, ``self.out`` in services.
        cache: the caches, ``self.cache`` in services.
        patterns: ways to call services; made anew for each service that uses them.
        scheduler: the jobs.
        statistics: how often and how long services are called.
        samples: requests and responses that are kept.
        openapi: the OpenAPI document.
        web_sockets: the WebSocket channels, and who is connected to them.
        server_info: what is known of the server.
        pubsub: publish/subscribe.
    """

    odb: "ODB"
    live: "LiveObjects"
    store: "ServiceStore"
    deployment: "HotDeployment"
    files: "ServiceFiles"
    settings: "ServiceSettings"
    invoker: "Invoker"
    authentication: "Authentication"
    security: "SecurityObjects"
    tokens: "Tokens"
    channels: "Table"
    out: "Outgoing"
    cache: "Caches"
    patterns: "type[Patterns]"
    scheduler: "Scheduler"
    statistics: "Keeper"
    samples: "Samples"
    openapi: "Specification"
    web_sockets: "WebSockets"
    server_info: "ServerInfo"
    pubsub: Any  # No room makes it yet

    if not TYPE_CHECKING:  # Type checkers know the attributes; this is for names that they have not seen

        def __getattr__(self, name: str) -> Any:
            """An attribute that was not set.

            Raises:
                ComponentMissing: says what there is.
            """
            if name.startswith("__"):
                raise AttributeError(name)
            known = sorted(vars(self))
            near = get_close_matches(name, known, n=1)
            fix = f"Did you mean `{near[0]}`?" if near else f"Available: {', '.join(known) or 'none'}"
            raise ComponentMissing(f"This server has no component `{name}`", "", fix)

    @property
    def missing(self) -> list[str]:
        """The names of the components that no room has made."""
        return [field.name for field in fields(self) if field.name not in vars(self)]
