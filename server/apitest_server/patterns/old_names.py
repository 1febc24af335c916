"""``self.patterns``, also by the names that existing services call: ``self.patterns.fanout.invoke`` and so on."""

from collections.abc import Iterable
from typing import Any

from apitest_server.patterns.patterns import Patterns
from apitest_server.service.base import Service
from apitest_server.service.offers import Targets


class Retry:
    """Calls a service again if it fails."""

    def __init__(self, patterns: Patterns) -> None:
        self._patterns = patterns

    def __call__(self, name: str, payload: object = None, **options: Any) -> Any:
        """See ``Patterns.invoke_retry``."""
        return self._patterns.invoke_retry(name, payload, **options)

    def invoke(self, name: str, payload: object = None, *, repeats: int = 3, seconds: float = 0.5) -> Any:
        """The same, with as many seconds between any two attempts."""
        return self(name, payload, attempts=repeats, delay=seconds, factor=1.0, longest=seconds)


class Parallel:
    """Calls services at the same time."""

    def __init__(self, patterns: Patterns) -> None:
        self._patterns = patterns

    def __call__(self, targets: Targets, at_once: int = 8) -> Any:
        """Waits for all of them; see ``Patterns.parallel``."""
        return self._patterns.parallel(targets, at_once)

    def invoke(self, targets: Targets, callbacks: Iterable[str] | str = ()) -> str:
        """In the background; each of the callbacks is called after each of the targets. Returns the ``cid``."""
        return self._patterns.fan_out(targets, _names(callbacks))


class FanOut:
    """Calls services in the background, and others once all are done."""

    def __init__(self, patterns: Patterns) -> None:
        self._patterns = patterns

    def invoke(
        self, targets: Targets, callbacks: Iterable[str] | str = (), target_callbacks: Iterable[str] | str = ()
    ) -> str:
        """The callbacks are called at the end, the callbacks of targets after each. Returns the ``cid``."""
        return self._patterns.fan_out(targets, _names(target_callbacks), _names(callbacks))


class AllPatterns:
    """What services have as ``self.patterns``."""

    def __init__(self, service: Service) -> None:
        patterns = Patterns(service)
        self.invoke_retry = Retry(patterns)
        self.parallel = Parallel(patterns)
        self.fanout = FanOut(patterns)
        self.fan_out = patterns.fan_out
        self.run_fan_out = patterns.run_fan_out


def _names(callbacks: Iterable[str] | str) -> list[str]:
    return [callbacks] if isinstance(callbacks, str) else list(callbacks)
