"""The ASGI application: the only place where rooms meet, and the server's life from start to end."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from functools import partial

from apitest_server.about import SERVER_INFO, ServerInfo
from apitest_server.admin.answers import PREFIX as WEB_ADMIN_PREFIX
from apitest_server.admin.routes import ROUTES
from apitest_server.admin.site import Site
from apitest_server.amqp import room as amqp
from apitest_server.audit import room as audit
from apitest_server.cache import room as cache
from apitest_server.cluster import room as cluster
from apitest_server.components import Components
from apitest_server.config import Config, RestChannel
from apitest_server.deploy import room as deploy
from apitest_server.deploy.declared import warn_of_missing
from apitest_server.deploy.hot_deploy import DEPLOYMENT, HotDeployment
from apitest_server.deploy.internal_services import INTERNAL, InternalServices
from apitest_server.deploy.store import STORE, ServiceStore
from apitest_server.errors import StartError
from apitest_server.ibm_mq import room as ibm_mq
from apitest_server.invoke.invoker import INVOKER, Invoker
from apitest_server.invoke.pipeline import Pipeline
from apitest_server.invoke.pool import ThreadPool
from apitest_server.kafka import room as kafka
from apitest_server.kvdb import room as kvdb
from apitest_server.logs.log import LOG, Log
from apitest_server.odb import DATABASE, ODB
from apitest_server.odb.live import LIVE, LiveObjects
from apitest_server.odb.probe import PROBE, Probe
from apitest_server.openapi import room as openapi
from apitest_server.openapi.specification import CHANNELS as DESCRIBED
from apitest_server.outgoing import room as outgoing
from apitest_server.patterns import room as patterns
from apitest_server.pubsub import room as pubsub
from apitest_server.pubsub.broker import PUBSUB
from apitest_server.pubsub.clients import CLIENTS
from apitest_server.pubsub.message import publication
from apitest_server.rest import room as rest
from apitest_server.rest.admin import INVOKE, AdminAPI
from apitest_server.rest.admin import PREFIX as ADMIN_PREFIX
from apitest_server.rest.body import Bounds, receive_body
from apitest_server.rest.channel import HTTPChannels
from apitest_server.rest.table import CHANNELS, Table
from apitest_server.room import Opener
from apitest_server.scheduler import room as scheduler
from apitest_server.security import room as security
from apitest_server.security.administrators import KEY as ADMINISTRATORS
from apitest_server.security.administrators import KIND as ADMINISTRATOR
from apitest_server.security.administrators import Credentials, first_administrator
from apitest_server.security.authentication import AUTHENTICATION, Authentication
from apitest_server.security.devices import Devices
from apitest_server.security.groups import ENDPOINTS
from apitest_server.security.origin import is_loopback, name_of, problem_of
from apitest_server.service.asgi import Receive, Scope, Send
from apitest_server.service.base import Service
from apitest_server.service.messages import Channel
from apitest_server.service.old_names import provide_old_names
from apitest_server.sso import room as sso
from apitest_server.sso.paths import channels as sso_channels
from apitest_server.statistics import room as statistics
from apitest_server.transfer import room as transfer
from apitest_server.transfer.handing import PUBLISH
from apitest_server.wsx import room as wsx
from apitest_server.wsx.presence import FOLLOWERS
from apitest_server.zmq import room as zmq

logger = logging.getLogger("apitest.server")
# In the order in which they are opened: a room finds the components of those before it
ROOMS: tuple[Opener, ...] = (
    cluster, security, outgoing, audit, cache, kvdb, statistics, deploy, scheduler, patterns, pubsub, rest, wsx,
    openapi, amqp, zmq, kafka, ibm_mq, sso, transfer,
)  # fmt: skip
ASGI = Callable[[Scope, Receive, Send], Awaitable[None]]
_OWN_THREADS = 16  # Of internal services, at most
_CHECKS = "zato.checks.channel"
BUILT_IN = (
    RestChannel("zato.checks.json", "/zato/checks/json/{check}", "zato.checks.channel"),
    RestChannel(
        "zato.checks.fixed-width", "/zato/checks/fixed-width/{check}", "zato.checks.channel", data_format="raw"
    ),
    RestChannel("zato.ping", "/zato/ping", "zato.ping", envelope=True),
    RestChannel("zato.health.live", "/zato/health/live", "zato.health.live"),
    RestChannel("zato.health.ready", "/zato/health/ready", "zato.health.ready"),
    RestChannel("zato.jwt.log-in", "/zato/jwt/log-in", "zato.security.jwt.log-in", ("POST",)),
    RestChannel("zato.jwt.log-out", "/zato/jwt/log-out", "zato.security.jwt.log-out", ("POST",)),
    *(
        RestChannel(
            f"zato.pubsub.{name}", f"/zato/pubsub/{path}", f"zato.pubsub.pubapi.{name}-service", verbs, ENDPOINTS
        )
        for name, path, verbs in (
            ("topic", "topic/{topic_name*}", ("POST", "PATCH")),
            ("subscribe", "subscribe/topic/{topic_name*}", ("POST", "DELETE")),
            ("message", "msg/{msg_id}", ("GET", "PATCH", "DELETE")),
        )
    ),
    *sso_channels(),
    RestChannel("zato.openapi", "/zato/openapi.json", "zato.apispec.get-api-spec", ("GET",), ADMINISTRATORS),
)


class App:
    """A server that can answer ASGI. It is the ``Host`` of its rooms.

    Attributes:
        config: what server.conf says.
        store: the deployed services.
        deployment: those of the pick-up directory.
        authentication: the security definitions.
        invoker: runs services.
        table: the REST and SOAP channels, which may change at any time.
        rest: answers their requests.
        odb: the database of objects.
        live: what makes the objects of the ODB effective; rooms register with it.
        admin: the admin API.
        web_admin: the same for people, in a browser.
        first_credentials: of the first administrator, if this start made one.
        components: what services and rooms may use.
        rooms: the open rooms, in the order of ``ROOMS``.
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
        self.own_pool = ThreadPool(min(config.limits.threads, _OWN_THREADS), config.limits.queue)
        self.invoker = Invoker(self.store, self, self.pool, config.limits.request_timeout, self.own_pool)
        self.table = Table()
        bounds = Bounds(config.limits.body_size, config.limits.body_values)
        known = Pipeline(self.invoker), self.authentication.user, bounds
        self.rest = HTTPChannels(self.table, *known)
        self.odb = ODB(config.odb.url, config.directory)
        devices = self.authentication.devices = Devices(self.odb.key)
        self.admin = HTTPChannels(AdminAPI(ADMINISTRATORS, _host_names(config), devices), *known)
        self.web_admin = self._web_admin()
        self.live = LiveObjects()
        patience = 2 * config.limits.request_timeout
        self.deployment = HotDeployment(config.services_directory, self.store, patience, config.services.import_timeout)
        self.components = self._own_components()
        provide_old_names()
        self.components[INTERNAL] = internal = InternalServices(config)
        internal.deploy(self.store, sync_internal)
        self._deploy_user()
        self.table.fix([*BUILT_IN, *config.rest])
        self.rooms = [room.open_room(self) for room in ROOMS]
        for room in self.rooms:
            self.live.register(room.kinds)
        self.first_credentials = self._load_objects()

    @property
    def name(self) -> str:
        """The server's name."""
        return self.components[SERVER_INFO].name

    def invoke(self, name: str, payload: object, caller: Service | None = None) -> object:
        """Runs a service and returns its response; on the event loop the result has to be awaited."""
        channel = Channel(type="invoke", user=caller.channel.user if caller else "")
        cid = caller.cid if caller else ""
        try:
            asyncio.get_running_loop()
        except RuntimeError:
            return self.invoker.call_in_thread(name, payload, channel, cid)
        return self.invoker.call(name, payload, channel, cid)

    def invoke_async(self, name: str, payload: object, caller: Service | None = None) -> str:
        """Runs a service in the background and returns its ``cid`` at once."""
        user = caller.channel.user if caller else ""
        return self.invoker.spawn(name, payload, Channel(type="invoke-async", user=user))

    def __call__(self, scope: Scope, receive: Receive, send: Send) -> Awaitable[None]:
        """One connection of the ASGI server."""
        kind = scope["type"]
        if kind == "http":
            return self._answering(scope["path"])(scope, receive, send)
        if kind == "lifespan":
            return self._lifespan(receive, send)
        return send({"type": "websocket.close", "code": 1000})

    def _answering(self, path: str) -> ASGI:
        if path.startswith(ADMIN_PREFIX) or path == INVOKE:
            return self.admin
        return self.web_admin if path.startswith(WEB_ADMIN_PREFIX) else self.rest

    async def startup(self) -> None:
        """From here on services can be called."""
        self.invoker.loop = asyncio.get_running_loop()
        for room in self.rooms:
            if room.start:
                room.start()

    def leave(self) -> None:
        """Ends the answers that would go on for as long as the other side likes; the server stops now."""
        self.web_admin.leave()

    async def shutdown(self) -> None:
        """Waits for what runs in the background, then lets everything go."""
        try:
            async with asyncio.timeout(self.config.limits.shutdown_timeout):
                await self.invoker.drain()
        except TimeoutError:
            logger.warning("Services in the background did not end in time")
        for room in reversed(self.rooms):
            closing = room.close() if room.close else None
            if closing is not None:
                await closing
        self.pool.close()
        self.own_pool.close()
        self.odb.close()

    async def _lifespan(self, receive: Receive, send: Send) -> None:
        await receive()
        await self.startup()
        await send({"type": "lifespan.startup.complete"})
        await receive()
        await self.shutdown()
        await send({"type": "lifespan.shutdown.complete"})

    def _web_admin(self) -> Site:
        names = _host_names(self.config)
        body = partial(receive_body, limit=self.config.limits.body_size)
        own = self.config.main.host_names
        return Site(
            self.invoker, ROUTES, lambda headers: problem_of(headers, names), body, lambda host: name_of(host) in own
        )

    def _load_objects(self) -> Credentials | None:
        """Makes the ODB's objects effective; returns the credentials of the administrator that it had to make."""
        items, made = self.odb.load(), None
        if not any(item.kind == ADMINISTRATOR for item in items):
            made = first_administrator(self.odb)
            items = self.odb.load()
        self.live.load(items)
        return made

    def _own_components(self) -> Components:
        """The components that no room makes, since all rooms need them."""
        own = Components()
        own[DATABASE] = self.odb
        own[LIVE] = self.live
        own[PROBE] = Probe(self.odb)
        own[STORE] = self.store
        own[DEPLOYMENT] = self.deployment
        own[INVOKER] = self.invoker
        own[AUTHENTICATION] = self.authentication
        own[CHANNELS] = self.table
        own[DESCRIBED] = lambda: self.table.channels
        own[SERVER_INFO] = ServerInfo(self.config)
        own[LOG] = Log()
        own[PUBLISH] = self._publish
        own[FOLLOWERS] = lambda: (self.components[CLIENTS],)
        return own

    async def _publish(self, topic: str, data: object, publisher: str) -> object:
        return await self.components[PUBSUB].publish(topic, publication({"data": data}), publisher)

    def _deploy_user(self) -> None:
        directory = self.config.services_directory
        if not directory.is_dir():
            raise StartError(
                f"The directory of services does not exist: {directory}",
                str(self.config.directory / "server.conf"),
                "Create it, or name another one with `directory` in the section [services]",
            )
        count = self.deployment.deploy_all()
        logger.info("Deployed %d user service%s of %s", count, "" if count == 1 else "s", directory)
        warn_of_missing(self.config, self.store)


def _host_names(config: Config) -> tuple[str, ...] | None:
    """By which the admin API may be called; ``None`` for any."""
    names = config.main.host_names
    return names if names or is_loopback(config.main.host) else None
