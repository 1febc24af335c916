"""Forms that are sent twice, by a second click or a browser that tries again: what they ask for is done once."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from secrets import token_hex

from apitest_server.admin.answers import Answer, Stream

_KEPT = 1000  # forms
Made = Answer | Stream
FIELD = "_once"  # Of the form; no field of an object begins with an underscore


def mark() -> str:
    """Of a new form."""
    return token_hex(8)


class Repeats:
    """The forms that were sent last."""

    def __init__(self) -> None:
        self._answers: OrderedDict[tuple[str, str], asyncio.Future[Made]] = OrderedDict()

    async def once(self, user: str, mark: str, make: Callable[[], Awaitable[Made]]) -> Made:
        """What the form with this mark leads to.

        One that is sent again leads where the first one has led, or will, once it is done. What was refused may be
        sent again; a form without a mark always is a new one.
        """
        if not mark:
            return await make()
        key = (user, mark)
        before = self._answers.get(key)
        if before is not None:
            return await asyncio.shield(before)
        answer: asyncio.Future[Made] = asyncio.ensure_future(_made(make))
        self._answers[key] = answer
        answer.add_done_callback(lambda done: self._forget(key, done))
        while len(self._answers) > _KEPT:
            self._answers.popitem(last=False)
        return await asyncio.shield(answer)  # It goes on where the browser does not wait for it

    def _forget(self, key: tuple[str, str], done: "asyncio.Future[Made]") -> None:
        made = None if done.cancelled() or done.exception() else done.result()
        if not isinstance(made, Answer) or made.status >= 400:
            self._answers.pop(key, None)


async def _made(make: Callable[[], Awaitable[Made]]) -> Made:
    return await make()
