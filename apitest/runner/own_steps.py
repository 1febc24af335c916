"""What a project's own steps have to do with a step that nothing defines: another keyword, or a slip of the pen."""

import os
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple, Protocol

from apitest.expressions import expression
from apitest.language import quotes

_NEAR = 0.8  # of the ratio that difflib gives two texts, from 0 to 1
_PLACEHOLDER = expression(r"\{[^{}]*\}")


class Definition(Protocol):
    """As much of behave's matchers as is needed here."""

    pattern: str

    @property
    def location(self) -> object: ...
    @property
    def regex_pattern(self) -> str: ...


class Advice(NamedTuple):
    """What to do about a step that is undefined, if a step of the project's own was meant; empty texts if not.

    Attributes:
        keyword: one has this very text, for another keyword.
        slip: one has nearly this text.
    """

    keyword: str = ""
    slip: str = ""


def advice(step_type: str, text: str, steps: Mapping[str, Sequence[Definition]]) -> Advice:
    """What to do about a step.

    Args:
        step_type: given, when or then.
        text: of the step.
        steps: the project's own, by the keyword of their decorators.
    """
    kinds = [kind for kind in steps if kind not in (step_type, "step")]
    others = [kind for kind in kinds if any(_reads(each, text) for each in steps[kind])]
    if others:
        found = next(each for each in steps[others[0]] if _reads(each, text))
        keywords = " and ".join(kind.capitalize() for kind in others)
        told = f"{_place(found)} defines it for {keywords} only"
        return Advice(f"{told}\nWrite {others[0].capitalize()}, or decorate the function with @step, for all keywords")
    near = _nearest(text, [each for known in steps.values() for each in known])
    return Advice(
        "", f"Nearest is:   {near.pattern}\nIt is a step of the project's own, {_place(near)}" if near else ""
    )


def _reads(definition: Definition, text: str) -> bool:
    """Whether a definition has a text; no converter of a type is called for that."""
    try:
        return re.fullmatch(definition.regex_pattern, text, re.IGNORECASE | re.DOTALL) is not None
    except re.error:  # of a matcher that is no regular expression
        return False


def _nearest(text: str, known: Iterable[Definition]) -> Definition | None:
    from difflib import SequenceMatcher  # here, since only errors need it

    words = quotes.plain(text).skeleton

    def likeness(each: Definition) -> float:
        matcher = SequenceMatcher(None, words, quotes.folded(_PLACEHOLDER.sub("", each.pattern)))
        return matcher.ratio() if min(matcher.real_quick_ratio(), matcher.quick_ratio()) >= _NEAR else 0

    best = max(known, key=likeness, default=None)
    return best if best is not None and likeness(best) >= _NEAR else None


def _place(definition: Definition) -> str:
    path, _, line = str(definition.location).rpartition(":")
    return f"{os.path.relpath(path)}:{line}"
