"""What the walk through the model uses of the runner, most of which behave's Runner brings along."""

from collections.abc import Callable, Mapping, MutableSequence, Sequence
from typing import TYPE_CHECKING, Protocol

from apitest.runner.capture import Capturing, StepCapture
from apitest.runner.model import CaptureSink, Context, Formatter, Item, Match, Step

if TYPE_CHECKING:
    from apitest.language.registry import Found, Registry
    from apitest.runner.feature_state import FeatureState
    from apitest.runner.interruption import Interruption
    from apitest.runner.own_steps import Advice
    from apitest.runner.telling import Teller


class Rules(Protocol):
    """What a run lets pass."""

    @property
    def strict(self) -> bool: ...
    @property
    def retries(self) -> int: ...


class Steps(Protocol):
    """The steps that can be written, the built-in ones behind the project's own."""

    builtin: "Registry"

    def find_match(self, step: Step) -> Match | None: ...
    def find_builtin(self, step: Step) -> "Found | None": ...
    def checks(self, step: Step) -> bool: ...
    def advice(self, step: Step) -> "Advice": ...


class Engine(Capturing, Protocol):
    """The runner, as far as the walk through the model and behave's own code use it."""

    context: Context
    hooks: Mapping[str, Callable[..., object]]
    formatters: list[Formatter]
    aborted: bool
    halted: bool
    undefined_steps: MutableSequence[Step]
    has_step_hooks: bool
    step_registry: Steps
    capture: StepCapture
    feature_state: "FeatureState"
    interruption: "Interruption"
    teller: "Teller"
    rules: Rules
    clean: Callable[[str], str]

    def abort(self, reason: str | None = None) -> None: ...
    def is_turn_of(self, item: Item) -> bool: ...
    def run_hook(self, hook_name: str, *arguments: object) -> bool: ...
    def run_hook_with_capture(self, hook_name: str, *arguments: object, capture_sink: CaptureSink) -> bool: ...
    def run_hook_tags_with_capture(self, hook_name: str, tags: Sequence[str], capture_sink: CaptureSink) -> bool: ...
