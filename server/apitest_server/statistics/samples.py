"""Requests and responses that are kept to be looked at: every n-th of a service, and those that were slow."""

import time
from collections import deque
from collections.abc import Callable
from datetime import UTC, datetime
from threading import Lock
from typing import TypeVar

from apitest_server.components import Key
from apitest_server.invoke.observed import Call
from apitest_server.redaction import masked

_SAMPLES = 10  # of a service
_SLOW = 100  # of a service


Number = TypeVar("Number", int, float)


class Samples:
    """An observer of the invoker; services that nobody asked to look at cost it two look-ups."""

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        """Takes the clock: seconds since 1970."""
        self._clock = clock
        self._lock = Lock()
        self._every: dict[str, int] = {}
        self._limits: dict[str, float] = {}
        self._seen: dict[str, int] = {}
        self._samples: dict[str, deque[dict[str, object]]] = {}
        self._slow: dict[str, deque[dict[str, object]]] = {}

    def configure(self, service: str, every: int = 0, slow_threshold: int = 0) -> None:
        """What is kept of a service from now on.

        Args:
            service: its name.
            every: each call of this many; 1 is every one, 0 none.
            slow_threshold: each call that takes more milliseconds than this; 0 is none.

        Raises:
            ValueError: one of them is below zero.
        """
        if every < 0 or slow_threshold < 0:
            raise ValueError("The frequency of samples and the threshold of slow responses must be 0 or more")
        with self._lock:
            self._seen[service] = 0
            _put(self._every, service, every)
            _put(self._limits, service, slow_threshold / 1000)

    def __call__(self, call: Call) -> None:
        """Keeps a call if it is a sample or was slow."""
        every, limit = self._every.get(call.name), self._limits.get(call.name)
        if every:
            self._count(call, every)
        if limit and call.seconds > limit:
            self._keep(self._slow, call, _SLOW)

    def of(self, service: str) -> list[dict[str, object]]:
        """The samples of a service, the newest first."""
        with self._lock:
            return list(self._samples.get(service, ()))

    def slow(self, service: str) -> list[dict[str, object]]:
        """The slow responses of a service, the newest first."""
        with self._lock:
            return list(self._slow.get(service, ()))

    def forget(self, service: str) -> None:
        """Forgets a service and what was kept of it."""
        with self._lock:
            for kept in (self._every, self._limits, self._seen, self._samples, self._slow):
                kept.pop(service, None)

    def _count(self, call: Call, every: int) -> None:
        with self._lock:
            seen = self._seen.get(call.name, 0)
            self._seen[call.name] = seen + 1
        if seen % every == 0:
            self._keep(self._samples, call, _SAMPLES)

    def _keep(self, where: dict[str, deque[dict[str, object]]], call: Call, size: int) -> None:
        sample = self._sample(call)
        with self._lock:
            where.setdefault(call.name, deque(maxlen=size)).appendleft(sample)

    def _sample(self, call: Call) -> dict[str, object]:
        request = call.request.payload if call.request.payload is not None else call.request.raw_request
        return {
            "cid": call.cid,
            "service": call.name,
            "channel": call.channel.name or call.channel.type,
            "time": datetime.fromtimestamp(self._clock(), UTC),
            "ms": round(call.seconds * 1000, 3),
            "request": masked(request),
            "response": masked(call.response.payload) if call.response else None,
            "error": "" if call.error is None else type(call.error).__name__,
        }


def _put(where: dict[str, Number], service: str, value: Number) -> None:
    if value:
        where[service] = value
    else:
        where.pop(service, None)


SAMPLES: Key[Samples] = Key("samples")
