"""Which function a step runs: a project's own first, then the built-in ones, values resolved before either."""

from collections.abc import Callable, Mapping
from functools import lru_cache
from time import monotonic
from typing import TYPE_CHECKING

from behave.matchers import Match
from behave.model_type import FileLocation
from behave.step_registry import AmbiguousStep, StepRegistry

from apitest.compat import is_old_style
from apitest.documents import patterns
from apitest.language.registry import Found, Registry
from apitest.runner import brought
from apitest.runner.brought import Brought
from apitest.runner.model import Context, Step

if TYPE_CHECKING:
    from apitest.runner.own_steps import Advice

RAW = "__apitest_raw__"
"""A function with this attribute is given its parameters as they stand in the text: it resolves them itself."""

_KEPT_MATCHES = 4_000  # about 2 MB; a run of many thousand different texts must not grow with them
_NEEDS_RESOLVING = frozenset("$#@")


def is_dynamic(text: str) -> bool:
    """Whether a parameter may refer to a value, so that it has to be resolved."""
    return not _NEEDS_RESOLVING.isdisjoint(text) or text.startswith("vault:")


class BuiltinMatch(Match):  # type: ignore[misc]  # behave ships no types
    """A step's text matched with a built-in sentence."""

    lasting = True

    def __init__(self, found: Found) -> None:
        super().__init__(None, [])  # with a function, behave would look for its place each time
        self.func = found.sentence.function
        self.location = _place(found.sentence.function)
        self.named = found.arguments
        self.checks = found.sentence.checks
        self.brought = brought.of_match(found.arguments, found.wording, checks=found.sentence.checks)
        raw = found.sentence.raw
        self.dynamic = tuple(n for n, text in found.arguments.items() if is_dynamic(text) and n not in raw)

    def run(self, context: Context) -> None:
        """Resolves the parameters and calls the step."""
        patterns.restart(monotonic)
        named: Mapping[str, object] = self.named
        if self.dynamic:
            resolve = context.zato.resolve
            named = {**named, **{name: resolve(self.named[name]) for name in self.dynamic}}
        self.func(context, **named)


@lru_cache(maxsize=1_000)
def _place(function: Callable[..., object]) -> FileLocation:
    return Match.make_location(function)


class OwnMatch(Match):  # type: ignore[misc]  # behave ships no types
    """A step's text matched with a step of the project's own Python code.

    Attributes:
        raw: whether the step is given its parameters as they stand in the text.
        checks: whether it counts as a check: in a Then step, since nobody but its author knows.
        lasting: whether it can be run again; not if a type's converter made a value, which may be another next time.
    """

    raw: bool
    checks: bool
    lasting: bool
    brought: Brought

    @classmethod
    def of(cls, match: Match, step_type: str) -> "OwnMatch":
        """The same match, with values resolved when it runs."""
        own = cls.__new__(cls)
        own.__dict__.update(match.__dict__)
        own.raw = getattr(match.func, RAW, False) or is_old_style(match.func)
        own.checks = step_type == "then"
        own.brought = brought.of_match(brought.texts_of(match))
        own.lasting = all(a.value is None or a.value == a.original for a in match.arguments)
        return own

    def run(self, context: Context) -> None:
        """Resolves the parameters that are text and calls the step, in behave's user mode."""
        patterns.restart(monotonic)
        positional, named = [], {}
        raw = self.raw or "zato" not in context
        for argument in self.arguments:
            value = argument.value
            if not raw and isinstance(value, str) and is_dynamic(value):
                value = context.zato.resolve(value)
            if argument.name is None:
                positional.append(value)
            else:
                named[argument.name] = value
        context.run_in_user_mode(self.func, *positional, **named)


class ProjectRegistry(StepRegistry):  # type: ignore[misc]  # behave ships no types
    """Behave's registry of the project's own steps, with the built-in sentences behind it.

    Args:
        own: what behave loaded.
        builtin: the built-in sentences.
        notice: told which of them the project replaces.
        is_old: whether quotes may stand within values, as zato-apitest let them.
    """

    def __init__(
        self, own: StepRegistry, builtin: Registry, notice: Callable[[str], None], *, is_old: bool = False
    ) -> None:
        super().__init__()
        self.steps = own.steps
        self.error_handler = own.error_handler
        self.builtin = builtin
        self._notice = notice
        self._is_old = is_old
        self._matches: dict[tuple[str, str], Match] = {}
        self._told: set[str] = set()

    def find_match(self, step: Step) -> Match | None:
        """What this step runs, or None; found once for each text where that is the same each time."""
        key = (step.step_type, step.name)
        try:
            return self._matches[key]
        except KeyError:
            match = self._find(step)
            if getattr(match, "lasting", False):
                if len(self._matches) >= _KEPT_MATCHES:
                    self._matches.clear()
                self._matches[key] = match
            return match

    def checks(self, step: Step) -> bool:
        """Whether a step that has run counts as a check; no converter of a type is called again for that."""
        match = self._matches.get((step.step_type, step.name))
        return bool(match.checks) if match is not None else step.step_type == "then"

    def find_builtin(self, step: Step) -> Found | None:
        """The built-in sentence that a step is written in, whether or not the project has one of its own."""
        found = self.builtin.find(step.step_type, step.name)
        return self.builtin.find_as_behave(step.name) if found is None and self._is_old else found

    def advice(self, step: Step) -> "Advice":
        """What to do about a step that nothing defines, if one of the project's own was meant."""
        from apitest.runner import own_steps  # here, since only errors need it

        return own_steps.advice(step.step_type, step.name, self.steps)

    def defines(self, text: str) -> bool:
        """Whether a text is a built-in sentence or, in good part, the wording of a step of the project's own."""
        if self.builtin.find("given", text):
            return True
        for definition in {id(one): one for kind in self.steps.values() for one in kind}.values():
            try:
                own = definition.match(text)
            except Exception:  # noqa: S112 - a type's converter that refuses the text
                continue
            if own and sum(len(argument.original or "") for argument in own.arguments) < len(text) / 2:
                return True
        return False

    def _find(self, step: Step) -> Match | None:
        own = super().find_match(step)
        if own is None:
            found = self.find_builtin(step)
            return BuiltinMatch(found) if found else None
        found = self.builtin.find(step.step_type, step.name)
        if type(own) is not Match:  # a value that its own type converter refused
            return own
        if found and self._is_more_exact(found, own):
            return BuiltinMatch(found)
        if found:
            self._tell(found, own)
        return OwnMatch.of(own, step.step_type)

    @staticmethod
    def _is_more_exact(found: Found, own: Match) -> bool:
        """Whether the built-in sentence has more literal text than the project's own: then it was meant."""
        taken = sum(len(argument.original or "") for argument in own.arguments)
        return sum(map(len, found.arguments.values())) < taken

    def _tell(self, found: Found, own: Match) -> None:
        if found.sentence.text not in self._told:
            self._told.add(found.sentence.text)
            self._notice(f"{own.location} replaces the built-in step: {found.sentence.text}")


__all__ = ["RAW", "AmbiguousStep", "BuiltinMatch", "OwnMatch", "ProjectRegistry", "is_dynamic"]
