"""A service that a caller means, by ID or by name, and what is shown of it."""

from collections.abc import Mapping
from typing import Any

from apitest_server.deploy.names import service_id
from apitest_server.deploy.settings import SETTINGS
from apitest_server.deploy.store import STORE, Deployed, ServiceStore
from apitest_server.errors import BadRequest, NotFound, ServerError
from apitest_server.internal.crud import Between, Field, ObjectType
from apitest_server.internal.crud.changes import Changes
from apitest_server.service.base import Server
from apitest_server.service.elements import Bool, Int

# One of the two, as the input of services
ID_OR_NAME = (Int("id"), "name", Int("cluster_id"))
# What is set for a service; stored under the service's name. It has no services for that
SETTINGS_TYPE = ObjectType(
    name="service",
    title="Settings of service",
    fields=(
        Field(Bool("is_active", default=True)),
        Field(Between("slow_threshold", 0, 86_400_000, default=0)),
        Field(Between("sample_every", 0, 1_000_000, default=0)),
    ),
)


def found(server: Server, given: Mapping[str, Any]) -> Deployed:
    """The service with the ``id`` or the ``name`` that was given.

    Raises:
        BadRequest: neither was given.
        NotFound: there is none; administrators are told what is like it.
    """
    store: ServiceStore = server.components[STORE]
    if given.get("name"):
        return by_name(store, given["name"])
    number = given.get("id")
    if number is None:
        raise BadRequest("One of the input fields `id` and `name` is required")
    for name in store.names():
        if service_id(name) == number:
            return store.about(name)
    raise NotFound(f"There is no service with ID {number}")


def by_name(store: ServiceStore, name: str) -> Deployed:
    """The service of a name.

    Raises:
        NotFound: there is none; administrators are told what is like it.
    """
    try:
        return store.about(name)
    except NotFound as error:
        raise NotFound(str(error)) from None


def change(server: Server, service: Deployed, given: Mapping[str, Any]) -> None:
    """Changes settings of a service, in the ODB and at once in the server.

    Raises:
        HTTPError: they cannot be changed so.
    """
    changes = Changes(server, SETTINGS_TYPE)
    number = server.components[SETTINGS].of(service.name).id
    if number:
        changes.edit(number, given)
    else:
        changes.create({"name": service.name, **given})


def row(server: Server, service: Deployed) -> dict[str, Any]:
    """What is shown of a service."""
    settings = server.components[SETTINGS].of(service.name)
    return {
        "id": service_id(service.name),
        "name": service.name,
        "is_active": settings.is_active,
        "is_internal": service.internal,
        "impl_name": service.place.replace(":", "."),
        "slow_threshold": settings.slow_threshold,
        "sample_every": settings.sample_every,
        "may_be_deleted": not service.internal,
    }


def docstring(store: ServiceStore, service: Deployed) -> str:
    """What the service says about itself; empty where it cannot be imported."""
    try:
        return (store.get(service.name).cls.__doc__ or "").strip()
    except ServerError:
        return ""
