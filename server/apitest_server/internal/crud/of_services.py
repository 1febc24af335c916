"""Objects that name a service."""

from apitest_server.deploy.store import STORE
from apitest_server.errors import InputError
from apitest_server.service.attrs import Attrs
from apitest_server.service.base import Server


def check_service(server: Server, fields: Attrs, name: str = "service") -> None:
    """Looks at the field of a name.

    Raises:
        InputError: the service that it names is not deployed.
    """
    if fields[name] not in server.components[STORE].names():
        raise InputError(name, f"is not the name of a deployed service: `{fields[name]}`")
