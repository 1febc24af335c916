"""The ASGI application: the only place where rooms meet, and the server's life from start to end."""

import asyncio
import logging
from collections.abc import Callable
from typing import Any

from apitest_server.about import ServerInfo
from apitest_server.cache.caches import Caches
from apitest_server.cache.objects import CacheDefinitions
from apitest_server.config import Config, RestChannel
from apitest_server.deploy.files import ServiceFiles
from apitest_server.deploy.hot_deploy import HotDeployment
from apitest_server.deploy.internal_services import InternalServices
from apitest_server.deploy.settings import ServiceSettings
from apitest_server.deploy.store import ServiceStore
from apitest_server.errors import FacilityMissing, StartError
from apitest_server.invoke.invoker import Invoker
from apitest_server.invoke.pipeline import Pipeline
from apitest_server.invoke.pool import ThreadPool
from apitest_server.odb import ODB
from apitest_server.odb.live import LiveObjects
from apitest_server.openapi.specification import Specification
from apitest_server.outgoing.connections import Outgoing
from apitest_server.outgoing.room import open_room as open_databases
from apitest_server.patterns.patterns import Patterns
from apitest_server.rest.admin import PREFIX as ADMIN_PREFIX
from apitest_server.rest.admin import AdminAPI
from apitest_server.rest.channel import HTTPChannels
from apitest_server.rest.room import open_room as open_http
from apitest_server.rest.table import Table
from apitest_server.scheduler.scheduler import Scheduler
from apitest_server.scheduler.states import States
from apitest_server.security.administrators import KEY as ADMINISTRATORS
from apitest_server.security.administrators import KIND as ADMINISTRATOR
from apitest_server.security.administrators import Credentials, first_administrator
from apitest_server.security.authentication import Authentication
from apitest_server.service.asgi import Receive, Scope, Send
from apitest_server.service.base import Service
from apitest_server.service.messages import Channel
from apitest_server.service.old_names import provide_old_names
from apitest_server.statistics.collector import Collector
from apitest_server.statistics.keeper import Keeper
from apitest_server.statistics.samples import Samples

logger = logging.getLogger("apitest.server")
BUILT_IN = (
    RestChannel("zato.ping", "/zato/ping", "zato.ping"),
    RestChannel("zato.jwt.log-in", "/zato/jwt/log-in", "zato.security.jwt.log-in", ("POST",)),
    RestChannel("zato.jwt.log-out", "/zato/jwt/log-out", "zato.security.jwt.log-out", ("POST",)),
    RestChannel("zato.openapi", "/zato/openapi.json", "zato.apispec.get-api-spec", ("GET",), ADMINISTRATORS),
)


class App:
    """A server that can answer ASGI. It implements ``service.base.Server``.

    Attributes:
        config: what server.conf says.
        store: the deployed services.
        deployment: those of the pick-up directory; also the facility ``deployment``.
        authentication: the security definitions.
        invoker: runs services.
        table: the REST and SOAP channels, which may change at any time.
        rest: answers their requests.
        odb: the database of objects.
        live: what makes the objects of the ODB effective; rooms register with it.
        outgoing: ``self.out`` of services.
        admin: the admin API.
        first_credentials: of the first administrator, if this start made one.
        facilities: what rooms offer to services by name (``cache``, ``out`` …).
    """

    def __init__(self, config: Config, sync_internal: bool = False) -> None:
        """Deploys the services and mounts the channels; nothing is served before ``startup``.

        Args:
            config: what server.conf says.
            sync_internal: rebuild the start-up cache even if it could be used.

        Raises:
            ServerError: a service or a channel cannot be deployed.
        """
        self.config = config
        self.store = ServiceStore()
        self.authentication = Authentication(config.security)
        self.pool = ThreadPool(config.limits.threads, config.limits.queue)
        self.invoker = Invoker(self.store, self, self.pool, config.limits.request_timeout)
        self.table = Table()
        known = Pipeline(self.invoker), self.authentication.user, config.limits.body_size
        self.rest = HTTPChannels(self.table, *known)
        self.admin = HTTPChannels(AdminAPI(ADMINISTRATORS), *known)
        self.odb = ODB(config.odb.url, config.directory)
        self.live = LiveObjects()
        self.outgoing = Outgoing()
        self.facilities: dict[str, Any] = {"odb": self.odb, "live": self.live, "out": self.outgoing}
        self.facilities["store"] = self.store
        self.deployment = HotDeployment(config.services_directory, self.store, 2 * config.limits.request_timeout)
        self.facilities["deployment"] = self.deployment
        self.on_startup: list[Callable[[], None]] = []
        self.on_shutdown: list[Callable[[], None]] = [self.deployment.close, self.pool.close, self.odb.close]
        self.on_shutdown.append(self.authentication.close)
        provide_old_names()
        InternalServices(config).deploy(self.store, sync_internal)
        self._deploy_user()
        self.table.fix([*BUILT_IN, *config.rest])
        self._open_rooms()
        self.first_credentials = self._load_objects()

    @property
    def name(self) -> str:
        """The server's name."""
        return self.config.main.name

    def invoke(self, name: str, payload: Any, caller: Service | None = None) -> Any:
        """Runs a service and returns its response; on the event loop the result has to be awaited."""
        channel = Channel(type="invoke", user=caller.channel.user if caller else "")
        cid = caller.cid if caller else ""
        try:
            asyncio.get_running_loop()
        except RuntimeError:
            return self.invoker.call_in_thread(name, payload, channel, cid)
        return self.invoker.call(name, payload, channel, cid)

    def invoke_async(self, name: str, payload: Any, caller: Service | None = None) -> str:
        """Runs a service in the background and returns its ``cid`` at once."""
        user = caller.channel.user if caller else ""
        return self.invoker.spawn(name, payload, Channel(type="invoke-async", user=user))

    def facility(self, name: str) -> Any:
        """What a room offers to services under a name.

        Raises:
            FacilityMissing: this server has none.
        """
        try:
            return self.facilities[name]
        except KeyError:
            known = ", ".join(sorted(self.facilities)) or "none"
            raise FacilityMissing(f"This server offers no `{name}` to services", "", f"There is: {known}") from None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One connection of the ASGI server."""
        kind = scope["type"]
        if kind == "http":
            is_admin = scope["path"].startswith(ADMIN_PREFIX)
            await (self.admin if is_admin else self.rest)(scope, receive, send)
        elif kind == "lifespan":
            await self._lifespan(receive, send)
        else:
            await send({"type": "websocket.close", "code": 1000})

    async def startup(self) -> None:
        """From here on services can be called."""
        self.invoker.loop = asyncio.get_running_loop()
        if self.config.services.hot_deploy:
            self.deployment.start()
        for start in self.on_startup:
            start()

    async def shutdown(self) -> None:
        """Waits for what runs in the background, then lets everything go."""
        try:
            async with asyncio.timeout(self.config.limits.shutdown_timeout):
                await self.invoker.drain()
        except TimeoutError:
            logger.warning("Services in the background did not end in time")
        for close in self.on_shutdown:
            close()

    async def _lifespan(self, receive: Receive, send: Send) -> None:
        await receive()
        await self.startup()
        await send({"type": "lifespan.startup.complete"})
        await receive()
        await self.shutdown()
        await send({"type": "lifespan.shutdown.complete"})

    def _load_objects(self) -> Credentials | None:
        """Makes the ODB's objects effective; returns the credentials of the administrator that it had to make."""
        items, made = self.odb.load(), None
        if not any(item.kind == ADMINISTRATOR for item in items):
            made = first_administrator(self.odb)
            items = self.odb.load()
        self.live.load(items)
        return made

    def _open_rooms(self) -> None:
        """What rooms offer to services, and which objects of the ODB they make effective."""
        http = open_http(self.table, self.authentication, self.odb, self.live, self.outgoing)
        self.facilities.update(http)
        caches, statistics, samples = Caches(), Collector(), Samples()
        settings = ServiceSettings(self.store, samples)
        self.invoker.observers += [statistics, samples]
        keeper = Keeper(statistics, self.odb, self.name)
        self.on_startup.append(keeper.start)
        self.on_shutdown.insert(0, keeper.close)
        self.facilities |= {
            "cache": caches,
            "openapi": Specification(self.name, self.store, self.authentication, lambda: self.table.channels),
            "patterns": Patterns,
            "samples": samples,
            "server-info": ServerInfo(self.config),
            "service-files": ServiceFiles(self.deployment),
            "service-settings": settings,
            "statistics": keeper,
        }
        self.live.register("cache.builtin", lambda: CacheDefinitions(caches))
        self.live.register("service", lambda: settings)
        scheduler = Scheduler(self.invoke_async, States(self.odb))
        self.facilities["scheduler"] = scheduler
        self.live.register("scheduler.job", lambda: scheduler)
        self.on_startup.append(scheduler.start)
        self.on_shutdown.insert(0, scheduler.close)
        self.on_shutdown.append(open_databases(self.live, self.outgoing, self.config.directory))

    def _deploy_user(self) -> None:
        directory = self.config.services_directory
        if not directory.is_dir():
            raise StartError(
                f"There is no directory of services: {directory}",
                str(self.config.directory / "server.conf"),
                "Create it, or name another one with `directory` in the stanza [services]",
            )
        count = self.deployment.deploy_all()
        logger.info("Deployed %d user services of %s", count, directory)
