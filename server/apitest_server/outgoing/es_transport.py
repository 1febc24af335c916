"""How the driver of Elasticsearch and OpenSearch sends requests here; it is loaded with this module."""

import logging
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from functools import wraps
from typing import ParamSpec, TypedDict, TypeVar, cast

import opensearchpy

P = ParamSpec("P")
T = TypeVar("T")
Told = Callable[[], AbstractContextManager[None]]

# What the driver says of each lost connection, with its traceback, comes back as an error, and is told once; and bodies
# of requests, which its trace has, are nothing for a log
for name in ("opensearch", "opensearchpy.trace"):
    logging.getLogger(name).setLevel(logging.CRITICAL)


class Host(TypedDict):
    """Where a server is, in the words of the driver."""

    host: str
    port: int
    use_ssl: bool


def _translated(request: Callable[P, T]) -> Callable[P, T]:
    @wraps(request)
    def perform_request(*arguments: P.args, **options: P.kwargs) -> T:
        with cast(_Transport, arguments[0]).told():
            return request(*arguments, **options)

    return perform_request


class _Transport(opensearchpy.Transport):
    """Requests of any kind go through here, whichever part of the driver sends them."""

    told: Told
    perform_request = _translated(opensearchpy.Transport.perform_request)


def client(hosts: Sequence[Host], told: Told, **options: object) -> opensearchpy.OpenSearch:
    """The driver's client, for any number of threads.

    Args:
        hosts: all are tried once before a request fails.
        told: translates errors.
        options: of the driver.
    """
    made = opensearchpy.OpenSearch(list(hosts), _Transport, max_retries=len(hosts) - 1, **options)
    cast(_Transport, made.transport).told = told
    return made


def close(client: opensearchpy.OpenSearch) -> None:
    """Closes what is not in use, with those servers, too, that do not answer at the moment."""
    for connection in client.transport.seed_connections:
        cast(opensearchpy.Urllib3HttpConnection, connection).close()
