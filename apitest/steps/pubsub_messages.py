"""Sentences that receive messages of publish/subscribe: the next on a topic, or the next that a check holds of."""

from collections.abc import Callable

from apitest.checks.mismatch import written
from apitest.clients.pubsub import client
from apitest.clients.pubsub.message import PubSubMessage
from apitest.clients.websocket import client as websockets
from apitest.context import StepContext
from apitest.errors import CheckFailed
from apitest.language.grid import Cell
from apitest.language.registry import REGISTRY, Modifier, then
from apitest.language.sentence import PARAMETER, Sentence
from apitest.steps.attempts import limit
from apitest.steps.subjects import jsonpath, message, path, text, xpath

_WHERE = " where "
_NOTHING = PubSubMessage({"data": "{}"})
# What a check may be about: what it finds in a response, it finds in a message.
_READ = {path.find, path.find_of_item, path.find_whole, jsonpath.find, xpath.find, text.find}
_READ |= {subject.find for subject in message.SUBJECTS}


class _Meant:
    """Which messages are meant: any, or those that a check holds of, as it does of a response.

    Args:
        check: makes the check; None for none.
        told: the check in words, for errors.

    Attributes:
        told: likewise.
        fix: what the check says of the last message that it did not hold of.
    """

    def __init__(self, check: Callable[[], object] | None = None, told: str = "") -> None:
        self.told = told
        self.fix = ""
        self._check = check

    def of(self, ctx: StepContext) -> Callable[[PubSubMessage], bool]:
        """Whether a message is meant.

        Raises:
            BadValue: the check cannot be made, which is a mistake of the test, whether a message comes or not.
        """
        self._holds(ctx, _NOTHING)
        self.fix = ""
        return lambda message: self._holds(ctx, message)

    def _holds(self, ctx: StepContext, message: PubSubMessage) -> bool:
        if self._check is None:
            return True
        with client.looking_at(ctx.zato, message):
            try:
                self._check()
            except CheckFailed as failure:
                self.fix = failure.fix
                return False
            return True


@then('"{who}" receives a message on topic "{topic}"', waits=True)
def receives(ctx: StepContext, who: str, topic: str, wait: object = None) -> None:
    """Waits for a message on the topic that no step received yet; checks of "the message" look at it from now on.

    `within "5" seconds` ahead says how long, else `timeout is` does. Any check of a response or of the message may
    follow after `where`: `"till" receives a message on topic "/orders" where path "/id" is "5"`. The messages that it
    does not hold of can be received afterwards.

    Example:
        "till" receives a message on topic "/orders"
    """
    _receive(ctx, who, topic, wait, _Meant())


@then(
    '"{who}" receives no message on topic "{topic}"',
    waits=True,
    negates='"{who}" receives a message on topic "{topic}"',
)
def receives_none(ctx: StepContext, who: str, topic: str, wait: object = None) -> None:
    """Checks that no message comes for so long, and that none is left on the topic that no step received.

    `within "0.5" seconds` ahead says how long, else `timeout is` does. A check may follow after `where`, as where a
    message is received.

    Example:
        "till" receives no message on topic "/orders"
    """
    _receive_none(ctx, who, topic, wait, _Meant())


def _receive(ctx: StepContext, who: str, topic: str, wait: object, meant: _Meant) -> None:
    limit = _limit(ctx, wait)
    if not client.receive(ctx.zato, who, topic, meant.of(ctx), limit):
        problem = f'No message came on topic "{topic}"{meant.told} within {limit:g} seconds'
        fix = meant.fix or client.hint(ctx.zato, who, topic)
        raise CheckFailed(problem, f'"{who}"', fix, actual=client.left_over(ctx.zato, who))


def _receive_none(ctx: StepContext, who: str, topic: str, wait: object, meant: _Meant) -> None:
    limit = _limit(ctx, wait)
    client.find(ctx.zato, who).check_listens(client.checked(topic))
    found = client.search(ctx.zato, who, topic, meant.of(ctx), limit)
    if found is not None:
        raise CheckFailed(f'There is a message on topic "{topic}"{meant.told}', f'"{who}"', actual=client.shown(found))


def _limit(ctx: StepContext, wait: object) -> float:
    return websockets.timeout(ctx.zato) if wait is None else limit(wait)


def _where(function: Callable[..., None], receive: Callable[..., None]) -> Modifier:
    """The words of a sentence that receives messages, ahead of a check that says which.

    Args:
        function: of the sentence.
        receive: does it, for the messages that are meant.
    """
    declared = next(each for each in REGISTRY.declared if each.function is function)

    def wrap(wording: str, check: Sentence) -> Sentence | None:
        if not isinstance(check, Cell) or not check.checks:
            return None
        if check.beginning.function not in _READ:
            return None

        def step(ctx: StepContext, who: str, topic: str, wait: object = None, **arguments: object) -> None:
            told = PARAMETER.sub(lambda each: f'"{written(arguments[each[1]])}"', check.text)
            receive(ctx, who, topic, wait, _Meant(lambda: check.function(ctx, **arguments), f"{_WHERE}{told}"))

        step.__wrapped__ = function  # type: ignore[attr-defined]  # where a reader is led to
        text, *aliases = (wording.replace("{}", said, 1) for said in (check.text, *check.aliases))
        return check.changed(text=text, aliases=tuple(aliases), function=step, waits=True)

    return Modifier(f"{declared.text}{_WHERE}{{}}", wrap)


REGISTRY.modifiers += [_where(receives, _receive), _where(receives_none, _receive_none)]
