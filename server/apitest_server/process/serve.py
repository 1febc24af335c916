"""The server as a process: its socket, its signals, its log, and how others learn its address."""

import asyncio
import gc
import os
import signal
import socket
import ssl
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from threading import Thread
from types import FrameType

import uvicorn

from apitest_server.about import WEB_ADMIN
from apitest_server.app import App
from apitest_server.cluster.bus import BUS
from apitest_server.cluster.namesakes import refuse_namesakes
from apitest_server.cluster.neighbours import NEIGHBOURS
from apitest_server.config import Config
from apitest_server.errors import StartError
from apitest_server.logs.log import LOG as LOG_OF_SERVER
from apitest_server.odb import ODB
from apitest_server.process.background import LOG
from apitest_server.process.certificate import encryption
from apitest_server.process.connections import RESERVE, Connections, within
from apitest_server.process.handshake import Handshake
from apitest_server.process.listening import arrived, listening, turn_away
from apitest_server.process.lock import Seat
from apitest_server.process.log import BufferedHandler, set_up
from apitest_server.process.log_file import LogFile
from apitest_server.process.protocol import LimitedProtocol
from apitest_server.wsx.web_sockets import WEB_SOCKETS

_SWITCH = 0.001  # seconds that a service which computes may keep the event loop, and all other requests, waiting
_ARRIVING = 0.1  # seconds for those who have begun to connect when the server stops
_ENDING = (signal.SIGINT, signal.SIGTERM)
KEEP_RUNNING = b"keep running\n"  # on standard input: the server is to outlive the process that started it


@dataclass(frozen=True, slots=True)
class Options:
    """How a server is started.

    Attributes:
        ready_file: the address is written there once requests are answered.
        stop_with_parent: the end of standard input, which the parent holds open, is the end of the server; and any
            number of such servers may run on one directory.
        sync_internal: rebuild the start-up cache.
        new_key: the key that the ODB belonged to is lost; it belongs to that of this server from now on.
        detached: who started it reads standard output until it knows the address, and no longer.
    """

    ready_file: Path | None = None
    stop_with_parent: bool = False
    sync_internal: bool = False
    new_key: bool = False
    detached: bool = False


def serve(config: Config, options: Options = Options()) -> None:
    """Serves until SIGTERM or SIGINT; requests in flight are finished before it returns.

    Once requests are answered, the line ``Listening on http://HOST:PORT`` (or https) is printed on standard output.

    Raises:
        ServerError: the server cannot start.
    """
    with ExitStack() as stack:
        log = _log_to(config)
        stack.callback(log.close)
        seat = Seat(config.directory)
        stack.callback(seat.leave)
        seat.take(may_share=options.stop_with_parent)
        encrypts = encryption(config)
        sock = listening(config.main.host, config.main.port)
        stack.callback(sock.close)
        config = _with_port(config, sock.getsockname()[1])
        if options.new_key:
            ODB(config.odb.url, config.directory).take_over()
        app = App(config, options.sync_internal)
        if isinstance(log.sink, LogFile):
            app.components[LOG_OF_SERVER].goes_to(log.sink.path.resolve(), config.logging.backups, log.flush)
        if not options.stop_with_parent:  # Of those, any number may run on one directory
            refuse_namesakes(app.components[BUS], app.components[NEIGHBOURS])
        _introduce(app)
        process = _Process(app, config, seat, log, encrypts)
        process.ready_file = options.ready_file
        process.is_detached = options.detached
        if options.stop_with_parent:
            process.stop_with_parent()
        sys.setswitchinterval(_SWITCH)
        process.run(sockets=[sock])


def _with_port(config: Config, port: int) -> Config:
    """As it listens: the port may have been any free one, whatever server.conf says."""
    overridden = (*config.overridden, *(() if config.main.port else ("main.port",)))
    return replace(config, main=replace(config.main, port=port), overridden=overridden)


class _Process(uvicorn.Server):
    """uvicorn, told to say when it is ready and to end without raising the signal once more."""

    def __init__(
        self, app: App, config: Config, seat: Seat, log: BufferedHandler, encrypts: ssl.SSLContext | None
    ) -> None:
        limits, web_sockets = config.limits, app.components[WEB_SOCKETS]
        connected = Connections(
            *within(_descriptors(limits.connections), limits.connections, limits.connections_per_address)
        )
        make: Callable[..., asyncio.Protocol] = partial(LimitedProtocol, limits, connected)
        if encrypts is not None:
            make = partial(Handshake, encrypts, limits, connected)
        options = uvicorn.Config(
            app,
            http=partial(make, web_sockets.door()),  # type: ignore[arg-type]  # called like a class
            interface="asgi3",
            proxy_headers=bool(config.main.trusted_proxies),
            forwarded_allow_ips=list(config.main.trusted_proxies),
            timeout_keep_alive=limits.keep_alive_timeout,  # type: ignore[arg-type]  # seconds for call_later
            lifespan="on",
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=max(1, round(limits.shutdown_timeout)),
            ws="none",
        )
        super().__init__(options)
        self._app = app
        self._web_sockets = web_sockets
        self._make = make
        self._certificate = app.components[BUS].certificate
        self.ready_file: Path | None = None
        self.is_detached = False
        self._seat = seat
        self._log = log
        self._has_parent = False

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Starts, then tells where."""
        await super().startup(sockets)
        if self.should_exit or not sockets:
            return
        await self._web_sockets.ports.start(self._listen)
        gc.freeze()  # What is there now stays; looking through it again and again would only delay requests
        host, port = sockets[0].getsockname()[:2]
        scheme = "https" if self._certificate else "http"
        address = f"{scheme}://{f'[{host}]' if ':' in host else host}:{port}"
        self._seat.tell(address, self._certificate)
        self._hang_up()
        print(f"Listening on {address}", flush=True)
        if self.ready_file is not None:
            _write_whole(self.ready_file, address + "\n")
        if self.is_detached or self._has_parent:
            # Who started us has read where; what services print goes to the log, not into a pipe that nobody reads.
            os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
        else:
            print(f"Web-admin: {address}{WEB_ADMIN}", flush=True)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stops listening without cutting off who has connected already, then answers what is under way."""
        self._web_sockets.ports.close()
        for sock in sockets or []:
            turn_away(sock)
        await asyncio.sleep(_ARRIVING)
        self._app.leave()
        here = [connection for sock in sockets or [] for connection in arrived(sock)]
        for server in self.servers:
            server.close()
        protocol: Callable[..., asyncio.Protocol] = self.config.http_protocol_class
        make = partial(protocol, self.config, self.server_state, self.lifespan.state)
        for connection in here:
            connection.setblocking(False)
            await asyncio.get_running_loop().connect_accepted_socket(make, connection)
        await super().shutdown(sockets)

    async def _listen(self, sock: socket.socket, port: int) -> asyncio.Server:
        """Answers at a port that WebSocket channels have of their own."""
        door = self._web_sockets.door(port)
        make = partial(self._make, door, self.config, self.server_state, self.lifespan.state)
        return await asyncio.get_running_loop().create_server(make, sock=sock, backlog=self.config.backlog)

    def stop_with_parent(self) -> None:
        """From now on, the end of standard input, which the parent holds open, is the end of the server, too."""
        self._has_parent = True
        Thread(target=self._watch_parent, name="parent", daemon=True).start()

    def _watch_parent(self) -> None:
        said = b""
        # os.read, since a thread in sys.stdin.read would hold a lock that the interpreter needs to end.
        while part := os.read(sys.stdin.fileno(), 64):
            said += part
        self.should_exit = self.should_exit or not said.endswith(KEEP_RUNNING)

    def _hang_up(self) -> None:
        """SIGHUP reopens the log, as who rotates it expects; in a terminal it says that the terminal was closed."""
        if hasattr(signal, "SIGHUP"):
            in_terminal = sys.stdin is not None and not sys.stdin.closed and sys.stdin.isatty()
            leave = partial(self.handle_exit, signal.SIGHUP, None)
            asyncio.get_running_loop().add_signal_handler(signal.SIGHUP, leave if in_terminal else self._log.reopen)

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Ends gracefully on the usual signals; a second one ends at once."""
        before = {number: signal.signal(number, self.handle_exit) for number in _ENDING}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Ends gracefully; the next signal is the system's to act on, so that it does whatever keeps us busy."""
        self.should_exit = True
        for number in _ENDING:
            signal.signal(number, signal.SIG_DFL)


def _descriptors(connections: int) -> int | None:
    """How many files this process may have open, after asking for as many as the connections take."""
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return None
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft == resource.RLIM_INFINITY:
        return None
    wanted = connections + RESERVE if hard == resource.RLIM_INFINITY else min(hard, connections + RESERVE)
    if wanted > soft:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
    return max(soft, wanted)


def _introduce(app: App) -> None:
    """Tells the password of an administrator whom this start had to make: on standard output, never in the log."""
    made = app.first_credentials
    if made is not None and made.generated:
        print(f"Administrator: {made.username}, password: {made.password} (it is not shown again)", flush=True)


def _log_to(config: Config) -> BufferedHandler:
    try:
        return set_up(config.directory, config.logging, LOG)
    except OSError as error:
        path = config.directory / config.logging.file
        raise StartError(f"Cannot write the log {path}: {error.strerror or error}") from None


def _write_whole(path: Path, text: str) -> None:
    """Nobody ever sees half of it."""
    part = path.with_name(f"{path.name}.{os.getpid()}")
    part.write_text(text, "utf-8")
    part.replace(path)
