"""Internal services, called by their names: the only way in which web-admin does anything."""

from typing import Any, NamedTuple

from apitest_server.errors import HTTPError, NoSuchService, NotFound, ServiceDisabled
from apitest_server.invoke.failures import refused
from apitest_server.invoke.invoker import Invoker
from apitest_server.service.messages import Channel, Request

Row = dict[str, Any]  # What a service tells of one thing: JSON


class Called(NamedTuple):
    """What a service has answered.

    Attributes:
        payload: its response.
        meta: on which page of a list it is, where it says so.
    """

    payload: Any  # What the service gives: JSON
    meta: Row


class Refused(Exception):
    """A service has refused, or failed.

    Attributes:
        error: what the caller may know.
        cid: under which more is in the log.
        module: of internal services that is disabled; empty where that is not why.
    """

    def __init__(self, error: HTTPError, cid: str, module: str = "") -> None:
        super().__init__(error.details)
        self.error = error
        self.cid = cid
        self.module = module


class Calls:
    """Calls services for one user.

    Attributes:
        cid: of all calls, which are of one request: the log tells them together.
    """

    def __init__(self, invoker: Invoker, cid: str, user: str = "") -> None:
        self.cid = cid
        self._invoker = invoker
        self._user = user

    async def __call__(self, service: str, /, **fields: object) -> Called:
        """What a service answers.

        Raises:
            Refused: why it does not.
        """
        channel = Channel("web-admin", "admin", self._user)
        try:
            response = await self._invoker.run(service, Request(fields, fields), channel, self.cid)
        except NoSuchService as error:  # An administrator may know which module is disabled
            module = error.module if isinstance(error, ServiceDisabled) else ""
            raise Refused(NotFound(str(error)), self.cid, module) from error
        except Exception as error:
            raise Refused(refused(error, service, self.cid), self.cid) from error
        return Called(response.payload, response.meta or {})
