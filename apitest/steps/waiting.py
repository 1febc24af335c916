"""Checks that are repeated until they hold or the time is over."""

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

WITHIN = 'within "{seconds}" seconds {}'
_PAUSE = 0.1  # seconds between two attempts


def within(subjects: Collection[Callable[..., object]]) -> Modifier:
    """The words that have a check repeated.

    Args:
        subjects: what finds those subjects that can be looked at again.
    """

    def wrap(wording: str, sentence: Sentence) -> Sentence | None:
        if not isinstance(sentence, Cell) or sentence.beginning is None or sentence.beginning.function not in subjects:
            return None
        check = sentence.function

        def step(ctx: StepContext, seconds: object, **arguments: object) -> None:
            repeat(seconds, lambda: check(ctx, **arguments))

        step.__wrapped__ = check  # type: ignore[attr-defined]  # where a reader is led to
        text, *aliases = (wording.replace("{}", said, 1) for said in (sentence.text, *sentence.aliases))
        return replace(sentence, text=text, aliases=tuple(aliases), function=step)

    return Modifier(WITHIN, wrap)


def repeat(seconds: object, attempt: Callable[[], object]) -> None:
    """Repeats an attempt until its check holds or the time is over; it is made once at least.

    Raises:
        CheckFailed: the last attempt's, with the time that was waited.
        BadValue: the time is not a number, or negative.
    """
    limit = literals.number(seconds)
    if limit < 0:
        raise BadValue(f'The time to wait must be 0 or more, not "{seconds}"')
    end = monotonic() + limit
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
