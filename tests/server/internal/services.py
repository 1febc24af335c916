"""Calls internal services of a server in this process, by name, as administrators do."""

from typing import Any

import pytest

from apitest_server.errors import HTTPError
from tests.server.asgi import Client


def call(client: Client, name: str, payload: Any = None) -> Any:
    """The response of a service."""

    async def invoke() -> Any:
        return await client.app.invoke(name, payload)

    return client.runner.run(invoke())


def refused(client: Client, name: str, payload: Any = None) -> tuple[int, str]:
    """Status and details of the error that a service answers with."""
    with pytest.raises(HTTPError) as caught:
        call(client, name, payload)
    return caught.value.status, caught.value.details
