"""The types of objects of a server, as its services tell them: what is not enabled is not among them."""

from collections.abc import Iterator

from apitest_server.deploy.store import ServiceStore
from apitest_server.errors import NoSuchService, ServerError
from apitest_server.internal.crud.object_type import ObjectType
from apitest_server.internal.crud.services import ObjectService

_PREFIX, _LIST = "zato.", ".get-list"


def object_types(store: ServiceStore) -> Iterator[ObjectType]:
    """All of them; their modules are imported."""
    for name in store.names():
        if name.startswith(_PREFIX) and name.endswith(_LIST) and not store.is_users(name):
            kind = name.removeprefix(_PREFIX).removesuffix(_LIST)
            found = type_of(store, kind)
            if found is not None and found.name == kind:  # Other names may list the same
                yield found


def type_of(store: ServiceStore, kind: str) -> ObjectType | None:
    """The type of a kind; ``None`` where what is listed under its name is something else.

    Raises:
        NoSuchService: there is no such kind; :class:`ServiceDisabled` if its module is disabled.
    """
    try:
        cls = store.get(f"{_PREFIX}{kind}{_LIST}").cls
    except NoSuchService:
        raise
    except ServerError:  # It cannot be imported, and says so where it is called
        return None
    return cls.object_type if issubclass(cls, ObjectService) and hasattr(cls, "object_type") else None
