"""The home page: what the server is, and what it does at this moment."""

import asyncio
import json
from collections.abc import AsyncIterator

from apitest_server.admin.answers import Answer, Stream
from apitest_server.admin.calls import Refused
from apitest_server.admin.site import Site
from apitest_server.admin.visit import Visit

_STATUS = "zato.server.get-status"
_EVERY = 1.0  # seconds


async def show(site: Site, visit: Visit) -> Answer:
    """Version, up-time, services, figures."""
    return await site.page(visit, "home.html", server=(await visit.call(_STATUS)).payload)


async def live(site: Site, visit: Visit) -> Stream:
    """The figures of each second."""
    return Stream(_figures(visit))


async def _figures(visit: Visit) -> AsyncIterator[bytes]:
    while True:
        try:
            found = (await visit.call(_STATUS)).payload
        except Refused:
            return
        yield json.dumps(found, default=str).encode("utf-8")
        await asyncio.sleep(_EVERY)
