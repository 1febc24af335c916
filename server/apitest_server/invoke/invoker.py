"""The way of a message through a service: find it, read its input, call its handler, write its output."""

import asyncio
import logging
from collections import deque
from collections.abc import Callable, Coroutine, Generator
from contextvars import copy_context
from functools import partial
from secrets import token_hex
from time import perf_counter
from types import coroutine

from apitest_server.components import Key
from apitest_server.deploy.store import ServiceStore
from apitest_server.errors import HTTPError, NoSuchService, ServiceInactive, ServiceTimeout
from apitest_server.invoke.crashes import harmless, harmlessly
from apitest_server.invoke.current import current_cid
from apitest_server.invoke.observed import Call, Observer
from apitest_server.invoke.pool import ThreadPool
from apitest_server.service.base import Server, Service
from apitest_server.service.compiled import Compiled
from apitest_server.service.hooks import hooked, hooked_async
from apitest_server.service.messages import Channel, Request, Response
from apitest_server.service.xml_input import fields_of

logger = logging.getLogger("apitest.service")

_cids: deque[str] = deque()


def new_cid() -> str:
    """A correlation ID: 24 random hexadecimal digits."""
    try:
        return _cids.pop()
    except IndexError:  # The system is asked for many at a time, since asking takes longer than all the rest
        digits = token_hex(12 * 256)
        _cids.extend(digits[start : start + 24] for start in range(0, len(digits), 24))
        return new_cid()


class Invoker:
    """Calls services, from channels and from other services.

    Attributes:
        observers: told of each call once it is over.
        own_pool: runs the internal services, so that they answer whatever the users' services do.
    """

    def __init__(
        self, store: ServiceStore, server: Server, pool: ThreadPool, timeout: float, own_pool: ThreadPool | None = None
    ) -> None:
        self.store = store
        self.server = server
        self.pool = pool
        self.own_pool = own_pool or pool
        self.timeout = timeout
        self.loop: asyncio.AbstractEventLoop | None = None
        self.observers: list[Observer] = []
        self._background: set[asyncio.Task[None]] = set()

    async def run(self, name: str, request: Request, channel: Channel, cid: str) -> Response:
        """Runs a service and returns its response, the payload as its output declares it.

        Raises:
            HTTPError: what the caller may know: an input error, a time-out, what the service raised of it.
            Exception: anything else that the service raised.
        """
        call, started = Call(name, cid, channel, request), perf_counter()
        current_cid.set(cid)
        try:
            call.response = await self._run(name, request, channel, cid)
            return call.response
        except BaseException as error:
            call.error = error
            raise
        finally:
            call.seconds = perf_counter() - started
            if request.is_large:
                await asyncio.to_thread(self._observed, call)
            else:
                self._observed(call)
            del call  # Its error knows this frame: neither would be forgotten, nor the request

    async def _run(self, name: str, request: Request, channel: Channel, cid: str) -> Response:
        compiled = self.store.loaded(name)
        if compiled is None:  # Importing its module may take a while, so not on the event loop
            compiled = await self._pool_of(name).submit(lambda: self.store.get(name), self.timeout)
        method, is_async = compiled.handler(request.http.method if request.http else None)
        if request.is_large and request.http is not None:  # Messages of one WebSocket begin in their order
            service = await asyncio.to_thread(self._bound, compiled, request, channel, cid)
        else:
            service = self._bound(compiled, request, channel, cid)
        handle = getattr(service, method)
        if compiled.has_hooks:
            handle = (hooked_async if is_async else hooked)(service, handle)
        if is_async:
            returned = await harmlessly(self._in_time(handle()))
        else:
            returned = await self._pool_of(name).submit(partial(copy_context().run, handle), self.timeout)
        if request.is_large:
            return await asyncio.to_thread(_finished, compiled, service, returned)
        return _finished(compiled, service, returned)

    def _pool_of(self, name: str) -> ThreadPool:
        return self.pool if self.store.is_users(name) else self.own_pool

    async def _in_time(self, handling: Coroutine[object, object, object]) -> object:
        try:
            first = handling.send(None)
        except StopIteration as done:  # It had to wait for nothing: most services do not, and need no timer
            return done.value
        limit = asyncio.timeout(self.timeout)
        try:
            async with limit:
                return await _resumed(handling, first)
        except TimeoutError:
            if limit.expired():
                raise ServiceTimeout from None
            raise  # The service's own, of a socket for example

    async def call(self, name: str, payload: object, channel: Channel, cid: str = "") -> object:
        """Runs a service with a payload and returns the response's payload."""
        response = await self.run(name, Request(payload, payload), channel, cid or new_cid())
        return response.payload

    def call_in_thread(self, name: str, payload: object, channel: Channel, cid: str) -> object:
        """The same for a caller that already is in a thread of the pool: a plain service runs in that thread."""
        compiled = self.store.get(name)
        method, is_async = compiled.handler(None)
        if is_async:
            if self.loop is None:
                raise RuntimeError("The server is not running")
            coroutine = self.call(name, payload, channel, cid)
            return asyncio.run_coroutine_threadsafe(coroutine, self.loop).result()
        call, started = Call(name, cid, channel, Request(payload, payload)), perf_counter()
        try:
            service = self._bound(compiled, call.request, channel, cid)
            handle = getattr(service, method)
            handle = hooked(service, handle) if compiled.has_hooks else handle
            call.response = _finished(compiled, service, handle())
            return call.response.payload
        except BaseException as error:
            call.error = harmless(error)
            raise call.error from call.error.__cause__
        finally:
            call.seconds = perf_counter() - started
            self._observed(call)
            del call  # Its error knows this frame: neither would be forgotten, nor the request

    def spawn(self, name: str, payload: object, channel: Channel, done: Callable[[], None] | None = None) -> str:
        """Runs a service in the background; its errors go to the log under the ``cid`` that is returned.

        ``done`` is called, on the event loop, when the service has answered, failed or used up its time.
        """
        self.store.about(name)
        if self.loop is None:
            raise RuntimeError("The server is not running")
        cid = new_cid()
        self.loop.call_soon_threadsafe(self._start, name, payload, channel, cid, done)
        return cid

    async def drain(self) -> None:
        """Waits for what runs in the background."""
        while self._background:
            await asyncio.wait(self._background)

    def _start(
        self, name: str, payload: object, channel: Channel, cid: str, done: Callable[[], None] | None = None
    ) -> None:
        task = asyncio.ensure_future(self._in_background(name, payload, channel, cid))
        self._background.add(task)
        task.add_done_callback(self._background.discard)
        if done is not None:
            task.add_done_callback(lambda _: done())

    async def _in_background(self, name: str, payload: object, channel: Channel, cid: str) -> None:
        try:
            await self.call(name, payload, channel, cid)
        except HTTPError as error:
            logger.warning("Service `%s` failed, cid %s: %s", name, cid, error)
        except Exception:
            logger.exception("Service `%s` failed, cid %s", name, cid)

    def _observed(self, call: Call) -> None:
        if isinstance(call.error, NoSuchService):
            return  # There is no service to tell anything of
        for observer in self.observers:
            try:
                observer(call)
            except Exception:
                logger.exception("A call of `%s` could not be observed, cid %s", call.name, call.cid)

    def _bound(self, compiled: Compiled, request: Request, channel: Channel, cid: str) -> Service:
        """A new object of the service with everything that it finds on ``self``."""
        if compiled.name in self.store.inactive:
            raise ServiceInactive("The service is not active")
        io = compiled.io
        if io is not None and io.input:
            http, message = request.http, request.payload
            if request.xml_values:
                message = fields_of(request.raw_request, io.input.elements, request.xml_values)
            request.input = io.parse(message, http.GET if http else None, http.params if http else None)
        service = compiled.cls()
        service.name = compiled.name
        service.cid = cid
        service.logger = compiled.logger
        service.channel = channel
        service.server = self.server
        service.request = request
        service.response = Response(io is not None and bool(io.output), io.element if io else None)
        return service


@coroutine
def _resumed(handling: Coroutine[object, object, object], first: object) -> Generator[object, object, object]:
    """Goes on with a coroutine that waits for ``first``, as ``await`` would have from its beginning."""
    waits_for = first
    while True:
        try:
            try:
                sent = yield waits_for
            except BaseException as error:  # A time-out, or a request that was cancelled, is for the coroutine to see
                waits_for = handling.throw(error)
            else:
                waits_for = handling.send(sent)
        except StopIteration as done:
            return done.value


def _finished(compiled: Compiled, service: Service, returned: object) -> Response:
    """The response; what the handler returned counts where it assigned no payload."""
    response = service.response
    if returned is not None and not response.payload:
        response.payload = returned
    if compiled.io is not None and compiled.io.output:
        response.payload = compiled.io.serialize(response.payload)
    return response


INVOKER: Key[Invoker] = Key("invoker")
