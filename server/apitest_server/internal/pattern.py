"""Ways to call services: again after a failure, several at once, several in the background.

They are all ``async``: no thread of the internal services waits for services of users, which may hang.
"""

from typing import Any

from apitest_server.errors import AsBadRequest, InputError
from apitest_server.internal.crud import Between
from apitest_server.invoke.backoff import Backoff
from apitest_server.patterns.patterns import Patterns
from apitest_server.service.base import Service
from apitest_server.service.elements import AsIs, Bool, Element, Float, Int, List, Text

_OUTCOME = ("service", Bool("ok"), AsIs("response"), Text("error"))


class Targets(Element):
    """Services to call: an object of names and payloads, or a list of ``{"service": …, "payload": …}``."""

    schema = {  # noqa: RUF012 - a constant
        "oneOf": [{"type": "object"}, {"type": "array", "items": {"type": "object", "required": ["service"]}}]
    }

    def parse(self, value: Any) -> list[tuple[str, Any]]:
        """Pairs of name and payload."""
        if isinstance(value, dict):
            return list(value.items())
        if isinstance(value, list) and all(_is_target(item) for item in value):
            return [item if isinstance(item, tuple) else (item["service"], item.get("payload")) for item in value]
        raise ValueError('must be {"service": payload, …} or [{"service": …, "payload": …}, …]')


def _is_target(item: Any) -> bool:
    return isinstance(item, tuple) or (isinstance(item, dict) and isinstance(item.get("service"), str))


class InvokeRetry(Service):
    """Calls a service, again if it fails, with longer and longer times between attempts.

    Failures that the caller is to blame for (400, 404 …) are not tried again.
    """

    name = "zato.pattern.invoke-retry"

    class SimpleIO:
        """Times are in seconds."""

        input_required = ("service",)
        input_optional = (
            AsIs("payload"),
            Int("attempts", default=3),
            Float("delay", default=0.5),
            Float("factor", default=2.0),
            Float("longest", default=30.0),
        )
        output_required = ("service", AsIs("response"))

    async def handle(self) -> None:
        """Returns the service's response, or fails as its last attempt failed."""
        given = dict(self.request.input)
        name, payload = given.pop("service"), given.pop("payload")
        with AsBadRequest():
            times = Backoff(**given)
        response = await Patterns(self).invoke_retry(name, payload, times)
        self.response.payload = {"service": name, "response": response}


class Parallel(Service):
    """Calls services at the same time and returns what each of them answered, or why it failed."""

    name = "zato.pattern.parallel"

    class SimpleIO:
        """At most 64 calls run at a time."""

        input_required = (Targets("targets"),)
        input_optional = (Between("at_once", 1, 64, default=8),)
        output_required = _OUTCOME

    async def handle(self) -> None:
        """In the order of the targets."""
        given = self.request.input
        if not given.targets:
            raise InputError("targets", "must not be empty")
        outcomes = await self.patterns.parallel(given.targets, given.at_once)
        self.response.payload[:] = [outcome.shown() for outcome in outcomes]


class FanOut(Service):
    """Calls services in the background, and callback services after each of them and at the end."""

    name = "zato.pattern.fan-out"

    class SimpleIO:
        """``on_target`` and ``on_final`` are names of services."""

        input_required = (Targets("targets"),)
        input_optional = (
            List("on_target", default=()),
            List("on_final", default=()),
            Between("at_once", 1, 64, default=8),
        )
        output_required = ("cid",)

    def handle(self) -> None:
        """Returns the ``cid`` that the callbacks are given as well."""
        given = self.request.input
        if not given.targets:
            raise InputError("targets", "must not be empty")
        self.response.payload.cid = self.patterns.fan_out(**given)


class RunFanOut(Service):
    """What ``zato.pattern.fan-out`` does in the background; called directly, it returns once everything is done."""

    name = "zato.pattern.run-fan-out"

    class SimpleIO(FanOut.SimpleIO):
        """As of ``zato.pattern.fan-out``."""

        output_required = _OUTCOME  # type: ignore[assignment] # rows here, one field there

    async def handle(self) -> None:
        """In the order of the targets."""
        outcomes = await Patterns(self).run_fan_out(**self.request.input)
        self.response.payload[:] = [outcome.shown() for outcome in outcomes]
