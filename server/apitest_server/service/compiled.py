"""A service class, looked at once: how it is called, what comes in and what goes out."""

from inspect import iscoroutinefunction
from logging import Logger, getLogger

from apitest_server.errors import MethodNotAllowed
from apitest_server.service.base import Service, handlers
from apitest_server.service.hooks import has_hooks
from apitest_server.service.simpleio import SimpleIO


class Compiled:
    """What the invoker needs to know of a service, so that nothing is looked up for each call.

    Attributes:
        name: the service's name.
        cls: its class.
        io: its SimpleIO, or ``None``.
        has_hooks: whether it does something around its handler.
        logger: the logger that its objects get.
    """

    __slots__ = ("_any", "_by_method", "cls", "has_hooks", "io", "logger", "name")

    def __init__(self, name: str, cls: type[Service]) -> None:
        self.name = name
        self.cls = cls
        self.logger: Logger = getLogger(name)
        self.io = _simpleio(cls)
        self.has_hooks = has_hooks(cls)
        self._by_method = {
            verb: (attribute, iscoroutinefunction(getattr(cls, attribute))) for verb, attribute in handlers(cls).items()
        }
        own = cls.handle is not Service.handle
        self._any = ("handle", iscoroutinefunction(cls.handle)) if own or not self._by_method else None

    def handler(self, method: str | None) -> tuple[str, bool]:
        """The name of the method to call for an HTTP method, and whether it is ``async``.

        Raises:
            MethodNotAllowed: the service has handlers for other methods only.
        """
        if method is not None and self._by_method:
            found = self._by_method.get(method) or (method == "HEAD" and self._by_method.get("GET"))
            if found:
                return found
        if self._any:
            return self._any
        if method is None and len(self._by_method) == 1:
            return next(iter(self._by_method.values()))
        raise MethodNotAllowed(tuple(self._by_method), f"The service takes {', '.join(self._by_method)} only")


def _simpleio(cls: type[Service]) -> SimpleIO | None:
    """Of the inner class ``SimpleIO``, or of ``input`` and ``output`` of the service itself."""
    declared = cls.SimpleIO if cls.SimpleIO is not None else cls
    io = SimpleIO(declared)
    return io if io.input or io.output else None
