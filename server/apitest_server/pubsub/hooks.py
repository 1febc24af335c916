"""Hook services of topics, asked before a message is published and before it is delivered.

What a hook says counts only if it says it in time. One that raises, or takes too long, is logged, and the message goes
on as if there were none; while such a call has not returned, its service is not called again.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Literal, NamedTuple

from apitest_server.pubsub.message import Message

logger = logging.getLogger("apitest.pubsub")
TIME = 5.0  # seconds that a hook may take
Action = Literal["", "skip", "delete"]


class Passed(NamedTuple):
    """What a hook says of messages that would be delivered.

    Attributes:
        passed: those that are.
        skipped: those that are not, for now.
        deleted: those that never are.
    """

    passed: list[Message]
    skipped: list[str]
    deleted: list[str]


Invoke = Callable[[str, object], Awaitable[object]]


class Hooks:
    """Calls hook services.

    A hook's input is ``ctx``: ``type`` (``before_publish`` or ``before_delivery``), ``topic_name`` and ``msg``, the
    message's keys. It answers ``{"hook_action": "skip"}`` for a message that is not published, or not delivered for
    now; ``"delete"`` for one that is deleted instead of being delivered. Anything else lets it pass.
    """

    def __init__(self, invoke: Invoke, time: float = TIME) -> None:
        """Takes what calls a service, and the seconds that it may take."""
        self._invoke = invoke
        self._time = time
        self._late: dict[str, asyncio.Future[object]] = {}

    async def before_publish(self, service: str, message: Message) -> Action:
        """What a topic's hook says of a publication."""
        return await self._ask(service, "before_publish", message)

    async def before_delivery(self, service: str, message: Message) -> Action:
        """What a topic's hook says of a message for a subscriber."""
        return await self._ask(service, "before_delivery", message)

    async def passed(self, service: str, messages: Sequence[Message]) -> Passed:
        """Which messages a topic's hook lets pass."""
        found = Passed([], [], [])
        for message in messages:
            action = await self.before_delivery(service, message)
            if action == "delete":
                found.deleted.append(message.msg_id)
            elif action == "skip":
                found.skipped.append(message.msg_id)
            else:
                found.passed.append(message)
        return found

    async def _ask(self, service: str, event: str, message: Message) -> Action:
        if service in self._late:
            return ""
        ctx = {"type": event, "topic_name": message.topic_name, "msg": message.external()}
        call = asyncio.ensure_future(self._invoke(service, {"ctx": ctx}))
        done, _ = await asyncio.wait({call}, timeout=self._time)
        if not done:
            self._late[service] = call
            call.add_done_callback(lambda _: self._returned(service, call))
            logger.error("Hook `%s` takes over %g s; until it returns, messages go on without it", service, self._time)
            return ""
        try:
            return _action(call.result())
        except Exception as error:
            logger.error("Hook `%s` failed, %s goes on without it: %s", service, message.msg_id, error)
            return ""

    def _returned(self, service: str, call: "asyncio.Future[object]") -> None:
        if self._late.get(service) is call:
            del self._late[service]
        if not call.cancelled():
            call.exception()  # Whatever it was, it comes too late


def _action(answer: object) -> Action:
    said = answer.get("hook_action") if isinstance(answer, Mapping) else None
    return said if said in ("skip", "delete") else ""
