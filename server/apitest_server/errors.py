"""What can go wrong in the server: one tree, told apart by who may know about it.

:class:`ServerError` is for the person who runs the server (command line and log). :class:`HTTPError` is for
the caller: its message goes on the wire with the ``cid``. Everything else that a service raises is a 500
whose traceback stays in the log. This module imports nothing.
"""


class ServerError(Exception):
    """Something that the person who runs the server has to put right.

    Attributes:
        problem: what is wrong, one sentence without a full stop.
        where: the place, as ``file:line`` or words; may be empty.
        fix: what to do about it; may be empty.
    """

    exit_status = 2

    def __init__(self, problem: str, where: str = "", fix: str = "") -> None:
        super().__init__(problem, where, fix)
        self.problem = problem
        self.where = where
        self.fix = fix

    def __str__(self) -> str:
        lines = [self.problem]
        if self.where:
            lines.append(f"  where: {self.where}")
        if self.fix:
            lines.append(f"  fix: {self.fix}")
        return "\n".join(lines)


class ConfigError(ServerError):
    """server.conf cannot be used; ``problems`` are all that were found, each as ``file:line: text``."""

    def __init__(self, problems: list[str], where: str = "") -> None:
        count = f"{len(problems)} problem{'' if len(problems) == 1 else 's'}"
        super().__init__(
            "\n".join([f"The server's configuration has {count}", *(f"  {line}" for line in problems)]),
            where,
            "Correct the lines above and start the server again",
        )
        self.problems = problems


class DeploymentError(ServerError):
    """A service or its file cannot be deployed."""


class StartError(ServerError):
    """The server cannot start: the port is in use, a directory is missing."""


class NotRunning(ServerError):
    """The command needs a running server, and there is none; or it cannot be reached."""

    exit_status = 3


class CallFailed(ServerError):
    """The running server was asked for something and said no."""

    exit_status = 1


class ComponentMissing(ServerError):
    """A service asked for something that this server does not have, for example ``self.cache``."""


class DatabaseError(ServerError):
    """An outgoing connection to a database, or a statement that was sent through it, failed.

    Attributes:
        is_away: whether it is the database that cannot be reached, rather than the statement that is wrong.
    """

    def __init__(self, problem: str, where: str = "", fix: str = "", is_away: bool = False) -> None:
        super().__init__(problem, where, fix)
        self.is_away = is_away


class BrokerError(ServerError):
    """A broker does not take a message that was sent to it."""


class ServiceCrashed(ServerError):
    """A service raised what would end a thread or the server, ``SystemExit`` for example."""


class HTTPError(Exception):
    """What the caller may know; ``details`` goes on the wire.

    Existing services give their ``cid`` first, then the details, and then the status or the challenge of a 401.

    Attributes:
        status: the HTTP status code.
        details: one sentence for the caller.
        headers: response headers that go with it.
    """

    status = 500
    default = "Internal server error"

    def __init__(
        self, details: str = "", headers: dict[str, str] | str | None = None, more: str | int | None = None
    ) -> None:
        if isinstance(headers, str):
            details, headers = headers, {"WWW-Authenticate": more} if isinstance(more, str) and more else None
            self.status = more if isinstance(more, int) else self.status
        self.details = details or self.default
        self.headers = headers or {}
        super().__init__(self.details)


class BadRequest(HTTPError):
    """400: the request cannot be understood."""

    status = 400
    default = "Bad request"


class AsBadRequest:
    """``with AsBadRequest():`` what a room refuses with a ``ValueError`` is told to the caller as a 400."""

    def __enter__(self) -> None:
        """Nothing to prepare."""

    def __exit__(self, kind: object, error: BaseException | None, traceback: object) -> None:
        if isinstance(error, ValueError):
            raise BadRequest(str(error)) from None


class InputError(BadRequest):
    """400: a field of the input is missing or has the wrong type; ``field`` names it."""

    def __init__(self, field: str, problem: str) -> None:
        super().__init__(f"Input field `{field}` {problem}")
        self.field = field


class Unauthorized(HTTPError):
    """401: no credentials, or wrong ones."""

    status = 401
    default = "Unauthorized"


class Forbidden(HTTPError):
    """403: the caller is known and may not do this."""

    status = 403
    default = "Forbidden"


class NotFound(HTTPError):
    """404: nothing here."""

    status = 404
    default = "Not found"


class NoSuchService(NotFound):
    """404: no service has this name; what was asked for and what is near is for the log, not for strangers."""

    default = "No such service"

    def __init__(self, name: str, near: str = "") -> None:
        super().__init__()
        self.name = name
        self.near = near

    def __str__(self) -> str:
        return f"No such service: `{self.name}`" + (f"; did you mean `{self.near}`?" if self.near else "")


class ServiceDisabled(NoSuchService):
    """404: the service belongs to a module that is switched off; whoever may know is told by ``str(error)``."""

    def __init__(self, name: str, module: str) -> None:
        super().__init__(name)
        self.module = module

    def __str__(self) -> str:
        about = f"module {self.module} is set to False in [deploy_internal] of server.conf"
        return f"Service {self.name} is disabled: {about}"


class Refused(HTTPError):
    """400 or 403: SSO refuses; ``codes`` say why, in the words of its clients: ``E001002``."""

    status = 400

    def __init__(self, codes: tuple[str, ...], details: str, status: int = 400) -> None:
        super().__init__(details)
        self.codes = codes
        self.status = status

    @property
    def sub_status(self) -> list[str]:
        """The codes, by the name that existing services use."""
        return list(self.codes)


class MethodNotAllowed(HTTPError):
    """405: the path is known, the method is not; carries ``Allow``."""

    status = 405
    default = "Method not allowed"

    def __init__(self, allowed: tuple[str, ...] | str = (), details: str = "") -> None:
        self.allowed = () if isinstance(allowed, str) else allowed  # A text is the ``cid``
        super().__init__(details, {"Allow": ", ".join(self.allowed)} if self.allowed else None)


class InternalServerError(HTTPError):
    """500, with details that the caller may know."""


class Conflict(HTTPError):
    """409: there is one already, or it is not any longer what the caller has seen."""

    status = 409
    default = "Conflict"


class PayloadTooLarge(HTTPError):
    """413: the body is over the limit."""

    status = 413
    default = "Request body is too large"


class UnsupportedMediaType(HTTPError):
    """415: the body is of a type that is not taken."""

    status = 415
    default = "The content type is not supported"


class TooManyRequests(HTTPError):
    """429: slow down."""

    status = 429
    default = "Too many requests"


class RemoteError(HTTPError):
    """502: what an outgoing connection leads to has answered with an error.

    Attributes:
        remote_status: its status code.
        remote_cid: what its log has the details under.
    """

    status = 502
    default = "The remote end answered with an error"

    def __init__(self, details: str = "", remote_status: int = 0, remote_cid: str = "") -> None:
        super().__init__(details)
        self.remote_status = remote_status
        self.remote_cid = remote_cid


class ServiceUnavailable(HTTPError):
    """503: all the threads are taken and the queue is full."""

    status = 503
    default = "The server is busy"


class ServiceInactive(ServiceUnavailable):
    """503: the service is switched off."""


class ServerFault(HTTPError):
    """500 whose details the caller may know."""


class ServiceTimeout(HTTPError):
    """504: the service did not return in time."""

    status = 504
    default = "The service did not answer in time"
