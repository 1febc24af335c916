"""What the servers of an ODB tell each other of messages: that some came, who holds some in memory, and these too.

A message without guaranteed delivery is in the memory of the server that took it. The others know which topics it holds
something of. Where a subscriber of one of these is attached, or pulls, that server asks for what waits for it, and from
then on has it in its own memory.
"""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping

from msgspec import convert, to_builtins

from apitest_server.cluster.bus import Bus
from apitest_server.pubsub.memory import Memory
from apitest_server.pubsub.message import Message
from apitest_server.pubsub.subscriptions import Subscription, Subscriptions

CAME = "pubsub.came"  # {"topics": [ID…]}: there are new messages with guaranteed delivery
HOLDS = "pubsub.holds"  # {"run": …, "topics": [ID…]}: a server has messages in its memory
WANTED = "pubsub.wanted"  # {"run": …, "sub_key": …, "holders": [run…]}: what waits for a subscriber is asked for
GIVEN = "pubsub.given"  # {"run": …, "to": run, "sub_key": …, "messages": […]}: the answer
PATIENCE = 1.0  # seconds that an answer is waited for; one that comes later is taken in all the same
MOST = 500  # messages in one answer
Later = Callable[[Callable[[], None]], None]


class News:
    """One server's part in it; all but what the bus calls is on the event loop."""

    def __init__(
        self,
        bus: Bus,
        memory: Memory,
        subscriptions: Subscriptions,
        later: Later,
        came: Callable[[Collection[int]], None],
    ) -> None:
        """Listens.

        Args:
            bus: to the other servers.
            memory: of this server.
            subscriptions: of all servers.
            later: calls a function on the event loop.
            came: called with the topics for whose subscribers there may be something new.
        """
        self._bus = bus
        self._memory = memory
        self._subscriptions = subscriptions
        self._on_came = came
        self._untold: dict[str, set[int]] = defaultdict(set)
        self._holders: dict[int, set[str]] = defaultdict(set)
        self._asked: set[tuple[str, str]] = set()  # Run and subscription that nothing is there for, as far as is known
        self._awaited: dict[tuple[str, str], asyncio.Event] = {}

        def hear(subject: str, listener: Callable[[Mapping[str, object]], None]) -> None:
            bus.hear(subject, lambda data: later(lambda: listener(data)))

        hear(CAME, lambda data: came(convert(data["topics"], list[int])))
        hear(HOLDS, lambda data: self._on_holds(str(data["run"]), convert(data["topics"], list[int])))
        hear(WANTED, self._on_wanted)
        hear(GIVEN, self._on_given)
        bus.missed(lambda: later(self._tell_all))
        bus.gone(lambda run_id: later(lambda: self._on_gone(run_id)))

    def came(self, topic_id: int) -> None:
        """There is a new message with guaranteed delivery; others are told once for all of this turn of the loop."""
        self._tell_later(CAME, topic_id)

    def holds(self, topic_id: int) -> None:
        """There is a new message in the memory of this server; others are told likewise."""
        self._tell_later(HOLDS, topic_id)

    def has_more(self, topic_id: int) -> bool:
        """Whether other servers may have something of a topic in their memory."""
        return bool(self._holders.get(topic_id))

    async def fetch(self, subscription: Subscription) -> None:
        """Gets what waits for a subscriber in the memory of other servers."""
        sub_key = subscription.sub_key
        holders = [run for run in self._holders.get(subscription.topic_id, ()) if (run, sub_key) not in self._asked]
        if not holders:
            return
        for run in holders:
            self._asked.add((run, sub_key))
            self._awaited[run, sub_key] = asyncio.Event()
        awaited = [self._awaited[run, sub_key].wait() for run in holders]
        self._bus.tell(WANTED, {"run": self._bus.run_id, "sub_key": sub_key, "holders": holders})
        try:
            async with asyncio.timeout(PATIENCE):
                await asyncio.gather(*awaited)
        except TimeoutError:  # It comes later, or never: it was not guaranteed
            return
        finally:
            for run in holders:
                self._awaited.pop((run, sub_key), None)

    def _tell_later(self, subject: str, topic_id: int) -> None:
        if not self._untold:
            asyncio.get_running_loop().call_soon(self._tell)
        self._untold[subject].add(topic_id)

    def _tell(self) -> None:
        untold, self._untold = self._untold, defaultdict(set)
        for subject, topic_ids in untold.items():
            self._bus.tell(subject, {"run": self._bus.run_id, "topics": sorted(topic_ids)})

    def _tell_all(self) -> None:
        """Others have come, or may have missed something."""
        for topic_id in self._memory.topics():
            self.holds(topic_id)

    def _on_holds(self, run: str, topic_ids: Collection[int]) -> None:
        for topic_id in topic_ids:
            self._holders[topic_id].add(run)
            self._asked.difference_update([(run, one.sub_key) for one in self._subscriptions.of_topic(topic_id)])
        self._on_came(topic_ids)

    def _on_wanted(self, data: Mapping[str, object]) -> None:
        sub_key, own = str(data["sub_key"]), self._bus.run_id
        if own not in convert(data["holders"], list[str]):
            return
        found = self._subscriptions.get(sub_key)
        given = self._memory.give(found.topic_id, sub_key, MOST, self._bus.now()) if found else []
        answer = {"run": own, "to": data["run"], "sub_key": sub_key, "messages": to_builtins(given)}
        self._bus.tell(GIVEN, answer)
        if found and len(given) == MOST:
            self.holds(found.topic_id)

    def _on_given(self, data: Mapping[str, object]) -> None:
        if data["to"] != self._bus.run_id:
            return
        sub_key = str(data["sub_key"])
        found = self._subscriptions.get(sub_key)
        messages = convert(data["messages"], list[Message])
        if found and messages:
            for message in messages:
                self._memory.adopt(message)
            self._on_came([found.topic_id])
        awaited = self._awaited.get((str(data["run"]), sub_key))
        if awaited is not None:
            awaited.set()

    def _on_gone(self, run_id: str) -> None:
        for holders in self._holders.values():
            holders.discard(run_id)
        self._asked = {(run, sub_key) for run, sub_key in self._asked if run != run_id}
        for (run, _), awaited in self._awaited.items():
            if run == run_id:
                awaited.set()
