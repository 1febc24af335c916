"""What a service does around its handler: ``before_handle``, ``after_handle`` and ``finalize_handle``."""

from collections.abc import Awaitable, Callable
from inspect import isawaitable

from apitest_server.service.base import Service

_HOOKS = ("before_handle", "after_handle", "finalize_handle")


def has_hooks(cls: type[Service]) -> bool:
    """Whether a class, or a base of it, has any."""
    return any(getattr(cls, name) is not getattr(Service, name) for name in _HOOKS)


def hooked(service: Service, handle: Callable[[], object]) -> Callable[[], object]:
    """The handler with the hooks around it."""

    def run() -> object:
        try:
            service.before_handle()
            returned = handle()
            service.after_handle()
            return returned
        finally:
            service.finalize_handle()

    return run


def hooked_async(service: Service, handle: Callable[[], Awaitable[object]]) -> Callable[[], Awaitable[object]]:
    """The same for an ``async`` handler; the hooks may be plain."""

    async def run() -> object:
        try:
            await _done(service.before_handle())
            returned = await handle()
            await _done(service.after_handle())
            return returned
        finally:
            await _done(service.finalize_handle())

    return run


async def _done(returned: object) -> None:
    if isawaitable(returned):
        await returned
