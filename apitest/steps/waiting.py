"""The words ahead of checks and behind them that say how long a step waits for them, and what ends it early."""

from collections.abc import Callable, Collection
from copy import copy
from functools import partial

from apitest.checks.mismatch import written
from apitest.context import StepContext
from apitest.language.grid import HERE, Cell, parameters, skeleton
from apitest.language.modifiers import Joint, Lookup, Modifier
from apitest.language.sentence import PARAMETER, Again, Sentence
from apitest.steps.attempts import Early, Waiting

WITHIN = 'within "{wait}" seconds {}'
NEVER = 'never within "{wait}" seconds {}'
EARLY = ", failing early if "
_IT = "it "
OF_EARLY = "early_"  # ahead of the names of the parameters of what ends a wait

Step = Callable[..., object]


class Waits:
    """A step that repeats another one.

    Args:
        step: the other one; its docstring counts.
        again: how what it looks at is had anew.
    """

    def __init__(self, step: Step, again: Again) -> None:
        self.__wrapped__ = step  # where a reader is led to
        self.__doc__, self.__module__ = step.__doc__, step.__module__
        self.step = step
        self.again = again


class Within(Waits):
    """Repeats a check until it holds, unless another one does before."""

    early: "_Ends | None" = None

    def __call__(self, ctx: StepContext, wait: object, **arguments: object) -> None:
        """Waits for so many seconds at most."""
        early = self.early.of(ctx, arguments) if self.early else None
        Waiting(ctx, wait, self.again).until(partial(self.step, ctx, **arguments), early)


class ByItself:
    """A step that waits by itself, unless another check ends that.

    Args:
        step: does so.
        looks: what finds the subjects of what it looks at.
    """

    early: "_Ends | None" = None

    def __init__(self, step: Step, looks: Collection[Step]) -> None:
        self.__wrapped__ = step  # where a reader is led to
        self.__doc__, self.__module__ = step.__doc__, step.__module__
        self.step = step
        self.looks = looks

    def __call__(self, ctx: StepContext, **arguments: object) -> None:
        """Waits for so many seconds at most."""
        early = {"early": self.early.of(ctx, arguments)} if self.early else {}
        self.step(ctx, **arguments, **early)


class Never(Waits):
    """Repeats the opposite of a check for the whole time."""

    def __call__(self, ctx: StepContext, wait: object, **arguments: object) -> None:
        """Waits for so many seconds."""
        Waiting(ctx, wait, self.again).never(partial(self.step, ctx, **arguments))


class _Ends:
    """What ends a wait early.

    Args:
        check: the sentence of the check.
        words: how it is told, the names of its parameters as they are in the whole sentence.
        beside: the parameters of the check that the step waits for, of which it takes those of the subject.
        renews: whether what it looks at is another thing than what the step waits for, and is had anew by itself.
        starts: whether there has to be something to look at before the first look.
    """

    def __init__(self, check: Sentence, words: str, beside: tuple[str, ...], renews: bool, starts: bool) -> None:
        self._check, self._words, self._beside, self._renews, self._starts = check, words, beside, renews, starts

    def of(self, ctx: StepContext, arguments: dict[str, object]) -> Early:
        """It, as a check of its own; takes its arguments away."""
        own = {name: arguments.pop(name) for name in parameters(self._words)}
        told = PARAMETER.sub(lambda each: f'"{written(own[each[1]])}"', self._words)
        named = {name: arguments[name] for name in self._beside}
        named |= {name.removeprefix(OF_EARLY): value for name, value in own.items()}
        again, looks = self._check.again, iter((True,))

        def check() -> None:
            if again is not None and self._renews and not next(looks, False):
                again.renew(ctx, 0.0)
            self._check.function(ctx, **named)

        if again is not None and self._starts:
            again.start(ctx)
        return Early(check, told, self._renews)


def told_within() -> None:
    """Repeats a check until it holds, or fails once the time is over.

    The request that was sent last is sent again, whatever it does; a query is run again; the next message is received.
    It may stand ahead of any check, of what "I store" says, and of `the URL is invoked`.

    Example:
        within "5" seconds path "/state" is "paid"
    """


def told_never() -> None:
    """Repeats a check for the whole time, and fails as soon as it holds, or where there is nothing to look at.

    Example:
        never within "2" seconds path "/state" is "lost"
    """


def told_early() -> None:
    """Behind what is waited for: fails at once where another check holds, of the same subject or of any other.

    Example:
        within "5" seconds path "/state" is "paid", failing early if it is "lost"
    """


def within() -> Modifier:
    """The words that say for how long a step may wait, or a check is repeated."""

    def wrap(wording: str, sentence: Sentence) -> Sentence | None:
        if sentence.waits:
            return _worded(wording, sentence, ByItself(sentence.function, sentence.waits))
        return _worded(wording, sentence, Within(sentence.function, sentence.again)) if sentence.again else None

    return Modifier(WITHIN, wrap, told_within)


def never(denial: Callable[[Sentence], Sentence | None]) -> Modifier:
    """The words that say for how long a check must not hold.

    Args:
        denial: makes the sentence, with the same parameters, that fails where a check holds and where what it looks
            at is not there; None where there is none.
    """

    def wrap(wording: str, sentence: Sentence) -> Sentence | None:
        if not sentence.checks or not (sentence.waits or sentence.again):
            return None
        denied = denial(sentence)
        if denied is None:
            return None
        if sentence.waits:
            return _worded(wording, sentence, denied.function) if denied.waits else None
        return _worded(wording, sentence, Never(denied.function, sentence.again)) if sentence.again else None

    return Modifier(NEVER, wrap, told_never)


def failing_early() -> Joint:
    """The words between what a step waits for and what ends the wait: a check, or what is said of the same subject."""

    def join(waits: Sentence, words: str, find: Lookup) -> tuple[Sentence, str] | None:
        step = waits.function
        if not isinstance(step, Within | ByItself) or step.early or not waits.checks:
            return None
        found = _said_of_it(waits, words.removeprefix(_IT), find) if words.startswith(_IT) else find(words)
        if found is None or not found[0].checks or not (again := found[0].again):
            return None
        check, wording = found
        renews = again is not step.again if isinstance(step, Within) else not _is_of(check, step.looks)
        if renews and not again.pauses:
            return None
        wording = PARAMETER.sub(lambda each: f'"{{{OF_EARLY}{each[1]}}}"', wording)
        function = copy(step)
        beside = _of_subject(waits) if words.startswith(_IT) else ()
        function.early = _Ends(check, wording, beside, renews, renews or isinstance(step, Within))
        raw = (*waits.raw, *(f"{OF_EARLY}{name}" for name in check.raw if name not in beside))
        text = f"{waits.text}{EARLY}{wording}"
        return waits.changed(text=text, aliases=(), function=function, raw=raw), wording

    return Joint(EARLY, join, told_early)


def _is_of(check: Sentence, subjects: Collection[Step]) -> bool:
    return isinstance(check, Cell) and check.beginning.function in subjects


def _worded(wording: str, sentence: Sentence, function: Step) -> Sentence:
    """A sentence with words ahead, and what does it."""
    text, *aliases = (wording.replace("{}", said, 1) for said in (sentence.text, *sentence.aliases))
    return sentence.changed(text=text, aliases=tuple(aliases), function=function, waits=(), again=None)


def _said_of_it(waits: Sentence, words: str, find: Lookup) -> tuple[Sentence, str] | None:
    """The check that says this of what a step waits for, and how it is worded without its subject."""
    if not isinstance(waits, Cell) or waits.before:
        return None
    named = waits.beginning.wordings[0]
    found = find(skeleton(named).replace(HERE, words, 1))
    if found is None:
        return None
    start, _, end = named.partition(HERE)
    return found[0], _IT + found[1][len(start) : len(found[1]) - len(end)]


def _of_subject(waits: Sentence) -> tuple[str, ...]:
    assert isinstance(waits, Cell), "what is said of it"
    return parameters(waits.beginning.wordings[0])
