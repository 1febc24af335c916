"""Tests of apitest_server.pubsub.postponed."""

import asyncio

from apitest_server.pubsub.postponed import Postponed
from apitest_server.pubsub.subscriptions import Subscription

ONE, OTHER = (
    Subscription(id=number, sub_key=f"zpsk.{number}", topic_id=1, endpoint_id=1, endpoint_type="wsx")
    for number in (1, 2)
)


def test_what_is_postponed_is_looked_at_when_it_is_due() -> None:
    """Once for all that is due at one moment, not before, and not for a subscription that has ended."""

    async def scenario() -> None:
        looked, clock = list[tuple[str, float]](), asyncio.get_running_loop().time
        postponed = Postponed(0.3, clock, lambda one: looked.append((one.sub_key, clock())))
        begin = clock()
        moments = {postponed.until(ONE) for _ in range(3)}
        assert all(moment - begin >= 0.3 for moment in moments)
        postponed.until(OTHER)
        assert sum(map(len, postponed._timers.values())) == len(moments) + 1
        postponed.forget(OTHER.sub_key)
        async with asyncio.timeout(30):
            while len(looked) < len(moments):
                await asyncio.sleep(0.01)
        assert all(sub_key == ONE.sub_key and moment >= min(moments) for sub_key, moment in looked)
        assert not postponed._timers
        postponed.until(OTHER)
        postponed.close()
        assert not postponed._timers

    asyncio.run(scenario())
