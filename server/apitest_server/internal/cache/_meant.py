"""The cache that a caller means: by its name or by the ID of its definition; the default one where none is named."""

from apitest_server.errors import BadRequest, NotFound
from apitest_server.odb.live import LIVE
from apitest_server.service.attrs import Attrs
from apitest_server.service.base import CACHE, Server
from apitest_server.service.elements import Element, Int
from apitest_server.service.offers import Cache

_KIND = "cache.builtin"
_NAMES, _IDS = ("cache", "name", "cache_name"), ("id", "cache_id")
# What services take to know the cache
WHICH: tuple[str | Element, ...] = (*_NAMES, *(Int(name) for name in _IDS), Int("cluster_id"))


def is_named(given: Attrs) -> bool:
    """Whether any cache is named at all."""
    return any(given[name] for name in _NAMES) or any(given[name] is not None for name in _IDS)


def meant(server: Server, given: Attrs) -> Cache:
    """The cache that the fields of ``WHICH`` name.

    Raises:
        BadRequest: they name more than one.
        NotFound: there is no such cache.
    """
    names = {given[name] for name in _NAMES if given[name]}
    names |= {_name_of(server, given[name]) for name in _IDS if given[name] is not None}
    if len(names) > 1:
        told = ", ".join(f"`{name}`" for name in sorted(names))
        raise BadRequest(f"The input names more than one cache: {told}; name one")
    return server.components[CACHE].named(*names)


def _name_of(server: Server, number: int) -> str:
    for item in server.components[LIVE].of_kind(_KIND):
        if item.id == number:
            return item.name
    raise NotFound(f"There is no cache with ID {number}")
