"""Steps that wait: checks that are repeated until they hold, and the time that a step may take."""

from collections.abc import Callable, Collection
from dataclasses import replace
from time import monotonic, sleep

from apitest.context import StepContext
from apitest.documents import patterns
from apitest.errors import BadValue, CheckFailed
from apitest.language import literals
from apitest.language.grid import Cell
from apitest.language.registry import Modifier
from apitest.language.sentence import Sentence

WITHIN = 'within "{wait}" seconds {}'
_PAUSE = 0.1  # seconds between two attempts


def within(subjects: Collection[Callable[..., object]]) -> Modifier:
    """The words that say for how long a step may wait, or a check is repeated.

    Args:
        subjects: what finds those subjects that can be looked at again.
    """

    def wrap(wording: str, sentence: Sentence) -> Sentence | None:
        if sentence.waits:
            step = sentence.function
        elif isinstance(sentence, Cell) and sentence.beginning and sentence.beginning.function in subjects:
            step = _repeated(sentence.function)
        else:
            return None
        text, *aliases = (wording.replace("{}", said, 1) for said in (sentence.text, *sentence.aliases))
        return replace(sentence, text=text, aliases=tuple(aliases), function=step, waits=False)

    return Modifier(WITHIN, wrap)


def _repeated(check: Callable[..., object]) -> Callable[..., None]:
    def step(ctx: StepContext, wait: object, **arguments: object) -> None:
        repeat(wait, lambda: check(ctx, **arguments))

    step.__wrapped__ = check  # type: ignore[attr-defined]  # where a reader is led to
    return step


def repeat(seconds: object, attempt: Callable[[], object]) -> None:
    """Repeats an attempt until its check holds or the time is over; it is made once at least.

    Raises:
        CheckFailed: the last attempt's, with the time that was waited.
        BadValue: the time is not a number, or negative.
    """
    end = monotonic() + limit(seconds)
    while True:
        patterns.restart()
        try:
            attempt()
            return
        except CheckFailed as failure:
            left = end - monotonic()
            if left <= 0:
                failure.problem += f", even after {seconds} seconds"
                raise
        sleep(min(_PAUSE, left))


def limit(seconds: object) -> float:
    """A time to wait, in seconds.

    Raises:
        BadValue: it is not a number, or negative.
    """
    found = literals.number(seconds)
    if found < 0:
        raise BadValue(f'The time to wait must be 0 or more, not "{seconds}"')
    return found
