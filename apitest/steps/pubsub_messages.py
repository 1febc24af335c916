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
from apitest.steps.attempts import Early, limit
from apitest.steps.subjects import jsonpath, message, path, text, xpath

_Check = Callable[[], object]
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
        early: fails where it holds of a message that is looked at, meant or not; or of anything else, by itself.

    Attributes:
        told: likewise.
        fix: what the check says of the last message that it did not hold of.
    """

    def __init__(self, check: _Check | None = None, told: str = "", early: Early | None = None) -> None:
        self.told = told
        self.fix = ""
        self._check = check
        self._early = early

    def of(self, ctx: StepContext) -> Callable[[PubSubMessage], bool]:
        """Whether a message is meant.

        Raises:
            BadValue: a check cannot be made, which is a mistake of the test, whether a message comes or not.
        """
        for check in filter(None, (self._check, self._of_message and self._of_message.check)):
            self._holds(ctx, check, _NOTHING)
        self.fix = ""
        return lambda message: self._is_meant(ctx, message)

    @property
    def between(self) -> Callable[[], None] | None:
        """Fails where what ends the wait is of something else, and holds; None where there is none."""
        return self._look_elsewhere if self._early and self._early.is_other else None

    @property
    def _of_message(self) -> Early | None:
        return None if self._early is None or self._early.is_other else self._early

    def _look_elsewhere(self) -> None:
        assert self._early is not None, "asked only then"
        try:
            self._early.check()
        except CheckFailed:
            return
        raise _ended(self._early)

    def _is_meant(self, ctx: StepContext, message: PubSubMessage) -> bool:
        early = self._of_message
        if early and self._holds(ctx, early.check, message):
            raise _ended(early, client.shown(message))
        return self._check is None or self._holds(ctx, self._check, message)

    def _holds(self, ctx: StepContext, check: _Check, message: PubSubMessage) -> bool:
        with client.looking_at(ctx.zato, message):
            try:
                check()
            except CheckFailed as failure:
                self.fix = failure.fix
                return False
            return True


def _ended(early: Early, actual: str = "") -> CheckFailed:
    return CheckFailed(f"The wait failed early, since {early.told}", actual=actual)


@then('"{who}" receives a message on topic "{topic}"', waits=_READ)
def receives(ctx: StepContext, who: str, topic: str, wait: object = None, early: Early | None = None) -> None:
    """Waits for a message on the topic that no step received yet; checks of "the message" look at it from now on.

    `within "5" seconds` ahead says how long, else `timeout is` does. Any check of a response or of the message may
    follow after `where`: `"till" receives a message on topic "/orders" where path "/id" is "5"`. The messages that it
    does not hold of can be received afterwards. `, failing early if` and a check of messages, or of anything else, end
    a wait that says `within`; `never within` ahead fails where such a message comes.

    Example:
        "till" receives a message on topic "/orders"
    """
    _receive(ctx, who, topic, wait, _Meant(early=early))


@then(
    '"{who}" receives no message on topic "{topic}"',
    waits=_READ,
    negates='"{who}" receives a message on topic "{topic}"',
)
def receives_none(ctx: StepContext, who: str, topic: str, wait: object = None, early: Early | None = None) -> None:
    """Checks that no message comes for so long, and that none is left on the topic that no step received.

    `within "0.5" seconds` ahead says how long, else `timeout is` does. A check may follow after `where`, as where a
    message is received.

    Example:
        "till" receives no message on topic "/orders"
    """
    _receive_none(ctx, who, topic, wait, _Meant(early=early))


def _receive(ctx: StepContext, who: str, topic: str, wait: object, meant: _Meant) -> None:
    limit = _limit(ctx, wait)
    if not client.receive(ctx.zato, who, topic, meant.of(ctx), limit, meant.between):
        problem = f'No message came on topic "{topic}"{meant.told} within {limit:g} seconds'
        fix = meant.fix or client.hint(ctx.zato, who, topic)
        raise CheckFailed(problem, f'"{who}"', fix, actual=client.left_over(ctx.zato, who))


def _receive_none(ctx: StepContext, who: str, topic: str, wait: object, meant: _Meant) -> None:
    limit = _limit(ctx, wait)
    client.find(ctx.zato, who).check_listens(client.checked(topic))
    found = client.search(ctx.zato, who, topic, meant.of(ctx), limit, meant.between)
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
    opposite = REGISTRY.opposite(declared)
    assert opposite is not None, "that nothing comes is the opposite of that something does"
    negates = f"{opposite.text}{_WHERE}"

    def wrap(wording: str, check: Sentence) -> Sentence | None:
        if not isinstance(check, Cell) or not check.checks or check.waits:
            return None
        if check.beginning.function not in _READ:
            return None

        def step(
            ctx: StepContext,
            who: str,
            topic: str,
            wait: object = None,
            early: Early | None = None,
            **arguments: object,
        ) -> None:
            told = PARAMETER.sub(lambda each: f'"{written(arguments[each[1]])}"', check.text)
            meant = _Meant(lambda: check.function(ctx, **arguments), f"{_WHERE}{told}", early)
            receive(ctx, who, topic, wait, meant)

        step.__wrapped__ = function  # type: ignore[attr-defined]  # where a reader is led to
        text, *aliases = (wording.replace("{}", said, 1) for said in (check.text, *check.aliases))
        texts = {"text": text, "aliases": tuple(aliases), "negates": f"{negates}{check.text}"}
        return check.changed(**texts, function=step, waits=_READ, again=None)

    return Modifier(f"{declared.text}{_WHERE}{{}}", wrap)


REGISTRY.modifiers += [_where(receives, _receive), _where(receives_none, _receive_none)]
