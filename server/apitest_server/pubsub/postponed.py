"""Messages that a hook has skipped: until when they are held back, and that their queue is looked at again then."""

import asyncio
from collections.abc import Callable
from math import ceil

from apitest_server.pubsub.subscriptions import Subscription

_STEPS = 30  # Moments, of the time that they wait, at which messages are due; those of one moment need one timer


class Postponed:
    """What is held back on one server, on its event loop."""

    def __init__(self, wait: float, now: Callable[[], float], due: Callable[[Subscription], None]) -> None:
        """Takes what it works with.

        Args:
            wait: seconds that a message is held back, at least.
            now: seconds since 1970.
            due: called with a subscription that has messages which are due.
        """
        self._wait = wait
        self._now = now
        self._due = due
        self._timers: dict[str, dict[float, asyncio.TimerHandle]] = {}

    def until(self, subscription: Subscription) -> float:
        """When messages that are held back from now on are due."""
        now, step = self._now(), self._wait / _STEPS
        moment = ceil((now + self._wait) / step) * step
        timers = self._timers.setdefault(subscription.sub_key, {})
        if moment not in timers:
            loop = asyncio.get_running_loop()
            timers[moment] = loop.call_later(moment - now + step, self._look, subscription, moment)
        return moment

    def forget(self, sub_key: str) -> None:
        """A subscription has ended."""
        for timer in self._timers.pop(sub_key, {}).values():
            timer.cancel()

    def close(self) -> None:
        """Nothing is looked at any more."""
        for sub_key in list(self._timers):
            self.forget(sub_key)

    def _look(self, subscription: Subscription, moment: float) -> None:
        timers = self._timers[subscription.sub_key]
        del timers[moment]
        if not timers:
            del self._timers[subscription.sub_key]
        self._due(subscription)
