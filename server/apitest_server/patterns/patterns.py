"""Ways to call services: again after a failure, several at once, several in the background. ``self.patterns``."""

import logging
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from apitest_server.errors import HTTPError
from apitest_server.invoke.backoff import Backoff, is_worth_it
from apitest_server.patterns.threads import all_of, here_or_awaited
from apitest_server.service.base import Service
from apitest_server.service.offers import Targets

logger = logging.getLogger("apitest.patterns")
RUN_FAN_OUT = "zato.pattern.run-fan-out"
_AT_ONCE = 8


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one call.

    Attributes:
        service: its name.
        response: what it answered, where it did.
        error: what it raised, where it did.
    """

    service: str
    response: Any = None
    error: Exception | None = None

    @property
    def ok(self) -> bool:
        """Whether it answered."""
        return self.error is None

    def shown(self) -> dict[str, object]:
        """What a caller may know."""
        details = ""
        if self.error is not None:
            details = self.error.details if isinstance(self.error, HTTPError) else HTTPError.default
        return {"service": self.service, "ok": self.ok, "response": self.response, "error": details}


class Patterns:
    """The ways for one service to call others.

    In an ``async`` service the results have to be awaited.
    """

    def __init__(self, service: Service, sleep: Callable[[float], None] = time.sleep) -> None:
        """Takes the service that calls, and what waits between attempts."""
        self._service = service
        self._sleep = sleep

    def invoke_retry(self, name: str, payload: object = None, backoff: Backoff | None = None, **options: Any) -> Any:
        """Calls a service, again if it fails and that may help; returns its response.

        Args:
            name: the service's.
            payload: its input.
            backoff: the waiting times, unless given one by one.
            **options: ``attempts``, ``delay``, ``factor`` and ``longest`` of :class:`Backoff`.

        Raises:
            Exception: what the last attempt raised.
            ValueError: the waiting times are not valid.
        """
        times = backoff or Backoff(**options)
        return here_or_awaited(lambda: self._retried(name, payload, times))

    def parallel(self, targets: Targets, at_once: int = _AT_ONCE) -> Any:
        """Calls services at the same time and waits for all of them.

        Args:
            targets: service -> payload, or pairs of the two where a service is called more than once.
            at_once: how many calls run at a time, at most.

        Returns:
            An :class:`Outcome` for each, in the order of the targets. A failure of one does not touch the others.
        """
        pairs = _pairs(targets)
        return here_or_awaited(lambda: self._in_parallel(pairs, at_once))

    def fan_out(
        self,
        targets: Targets,
        on_target: Iterable[str] = (),
        on_final: Iterable[str] = (),
        at_once: int = _AT_ONCE,
    ) -> str:
        """Calls services in the background; others are told how it went.

        Args:
            targets: service -> payload, or pairs of the two.
            on_target: services to call after each target, with ``phase``, ``cid``, ``service``, ``ok``, ``response``
                and ``error``.
            on_final: services to call at the end, with ``phase``, ``cid`` and ``outcomes``.
            at_once: how many calls run at a time, at most.

        Returns:
            The ``cid`` of it all, at once.
        """
        callbacks = {"on_target": list(on_target), "on_final": list(on_final)}
        return self._service.invoke_async(RUN_FAN_OUT, {"targets": _pairs(targets), "at_once": at_once, **callbacks})

    def run_fan_out(self, targets: Targets, on_target: list[str], on_final: list[str], at_once: int) -> Any:
        """What ``fan_out`` does in the background; the service that calls is the one that does it."""
        return here_or_awaited(lambda: self._fanned_out(targets, on_target, on_final, at_once))

    def _fanned_out(self, targets: Targets, on_target: list[str], on_final: list[str], at_once: int) -> list[Outcome]:
        cid = self._service.cid

        def call(name: str, payload: object) -> Outcome:
            outcome = self._outcome(name, payload)
            self._tell(on_target, {"phase": "on-target", "cid": cid, **outcome.shown()})
            return outcome

        outcomes = all_of([partial(call, *pair) for pair in _pairs(targets)], at_once)
        shown = [outcome.shown() for outcome in outcomes]
        self._tell(on_final, {"phase": "on-final", "cid": cid, "outcomes": shown})
        return outcomes

    def _retried(self, name: str, payload: object, backoff: Backoff) -> object:
        for delay in backoff.delays():
            try:
                return self._service.invoke(name, payload)
            except Exception as error:
                if not is_worth_it(error):
                    raise
                words = "Service `%s` failed, tried again in %g s, cid %s: %s"
                logger.warning(words, name, delay, self._service.cid, type(error).__name__)
            self._sleep(delay)
        return self._service.invoke(name, payload)

    def _in_parallel(self, pairs: list[tuple[str, object]], at_once: int) -> list[Outcome]:
        return all_of([partial(self._outcome, *pair) for pair in pairs], at_once)

    def _outcome(self, name: str, payload: object) -> Outcome:
        try:
            return Outcome(name, self._service.invoke(name, payload))
        except HTTPError as error:
            return Outcome(name, None, error)
        except Exception as error:
            logger.exception("Service `%s` failed, cid %s", name, self._service.cid)
            return Outcome(name, None, error)

    def _tell(self, callbacks: list[str], payload: dict[str, object]) -> None:
        for name in callbacks:
            self._outcome(name, payload)


def _pairs(targets: Targets) -> list[tuple[str, object]]:
    items = targets.items() if isinstance(targets, Mapping) else targets
    return [(name, payload) for name, payload in items]
