"""Tests of apitest_server.pubsub.taking."""

import asyncio
from contextlib import suppress

import pytest

from apitest_server.errors import NotFound
from apitest_server.pubsub.taking import taken
from tests.server.pubsub.place import Place


@pytest.mark.parametrize("has_gd", [True, False])
def test_what_is_given_out_to_nobody_goes_back(place: Place, has_gd: bool) -> None:
    """Cancelled while a hook is asked: the messages are not counted as delivered, and the next one gets them."""
    place.topic("/a", hook_service_name="hook")
    key = place.subscribe("/a")
    place.publish("/a", "x", has_gd=has_gd)
    place.asked.clear()
    asked, answer = asyncio.Event(), asyncio.Event()

    async def hook(service: str, ctx: object) -> None:
        asked.set()
        await answer.wait()

    place.hook = hook  # type: ignore[assignment]  # as tests of hooks do

    async def test() -> None:
        taking = asyncio.ensure_future(taken(place.broker, key, 10))
        await asked.wait()
        taking.cancel()
        answer.set()
        with suppress(asyncio.CancelledError):
            await taking
        assert taking.cancelled()
        [message] = await taken(place.broker, key, 10)
        assert (message.data, message.delivery_count) == ("x", 1)

    place.run(test())


def test_what_cannot_be_given_out_is_told(place: Place) -> None:
    """As the broker tells it."""
    with pytest.raises(NotFound):
        place.run(taken(place.broker, "zpsk.rest.x", 10))
