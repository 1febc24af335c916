"""What apitest uses of behave: its model, context, configuration and runner, as far as this room touches them.

Behave ships no types, and parts of what is used here are private to it. `PRIVATE` lists those parts; a test holds the
list against the code. A new minor version of behave is taken on only after each of them was looked at.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from apitest.context import FeatureContext
    from apitest.events import Failure

PRIVATE = {
    "_capture_sink": "BasicStatement: made by a lean step when it is first asked for",
    "_captured": "BasicStatement: made by a lean step when it is first asked for",
    "_do_remaining_cleanups": "Context: clean-ups that the project registered for the whole run",
    "_emit_warning": "Context: the warning that a user's attribute hides another one",
    "_mode": "Context: whether behave's or the user's code sets attributes",
    "_origin": "Context: which mode an attribute was first set in",
    "_pop": "Context: ends a layer with its clean-ups; overridden, since most layers have none",
    "_push": "Context: begins a layer",
    "_record": "Context: where an attribute was set; overridden, since behave's is a stack trace each",
    "_registry": "behave.formatter._registry: make_formatters and format_items",
    "_reset_cached": "ManyCaptured: after its parts were changed",
    "_row": "Scenario of an outline: its row of examples, as active_outline",
    "_runner": "Context: the runner, for the steps that a step runs",
    "_set_root_attribute": "Context: sets failed, aborted and active_outline for all layers",
    "_scenarios": "ScenarioOutline: its rows, once they are made; some of them run elsewhere, or in another order",
    "_setup_context_for_run": "Feature and Rule: puts themselves into the context",
    "_stack": "Context: its layers, the innermost first",
    "_use_with_behave_mode": "Context: while behave's code sets attributes",
}
"""The private names of behave that are used, with what each is used for."""


class Status(Protocol):
    """A state of a feature, scenario or step; `_name_` is its name at a fraction of the cost, as any enum has it."""

    _name_: str

    @property
    def name(self) -> str: ...
    def has_failed(self) -> bool: ...


class Output(Protocol):
    """What was printed and logged at one time."""

    stdout: str
    stderr: str
    log: str


class Captured(Protocol):
    """All that was printed and logged in a statement."""

    captures: Sequence[Output]

    @property
    def stdout(self) -> str: ...
    @property
    def stderr(self) -> str: ...
    @property
    def log(self) -> str: ...
    def add_captured(self, captured: "Captured") -> None: ...
    def _reset_cached(self) -> None: ...


class CaptureSink(Protocol):
    """What is kept of the output."""

    store_on_success: bool


class Place(Protocol):
    """A place in a feature file; `line` is None for the whole file."""

    filename: str
    line: int | None


class Row(Protocol):
    """A row of a table."""

    cells: list[str]


class Table(Protocol):
    """A data table."""

    headings: Sequence[str]
    rows: Sequence[Row]


class Statement(Protocol):
    """A feature, rule, scenario or step."""

    name: str
    keyword: str
    line: int
    filename: str
    status: Status
    exception: BaseException | None
    exc_traceback: object
    error_message: str | None
    hook_failed: bool
    capture_sink: CaptureSink
    captured: Captured

    def set_status(self, status: Status) -> None: ...


class Text(Protocol):
    """A doc string, which is a str as well."""

    content_type: str
    line: int


class Step(Statement, Protocol):
    """A step."""

    step_type: str
    text: Text | None
    table: Table | None
    duration: float
    failure: "Failure | None"

    def reset(self) -> None: ...
    def has_failed(self) -> bool: ...
    def run(self, runner: object, *, quiet: bool, capture: bool) -> bool: ...


class Item(Statement, Protocol):
    """What stands in a feature or rule: a scenario, an outline or a rule."""

    type: str
    tags: Sequence[str]
    description: Sequence[str]
    parent: "Item | None"

    def clear_status(self) -> None: ...
    def should_run(self, config: "Config | None" = None) -> bool: ...
    def should_run_with_name_select(self, config: "Config") -> bool: ...
    def should_run_with_tags(self, tag_expression: object) -> bool: ...
    def mark_skipped(self) -> None: ...
    def run(self, runner: object) -> bool: ...


class Scenario(Item, Protocol):
    """A scenario, or a row of an outline."""

    effective_tags: Sequence[str]
    was_dry_run: bool
    should_skip: bool
    skip_reason: str | None
    continue_after_failed_step: bool
    duration: float
    steps: Sequence[Step]
    all_steps: Iterable[Step]
    _row: Row | None

    def __iter__(self) -> Iterator[Step]: ...


class Outline(Item, Protocol):
    """A scenario outline."""

    steps: Sequence[Step]
    scenarios: Sequence[Scenario]
    examples: Sequence["Examples"]
    _scenarios: Sequence[Scenario]


class Examples(Protocol):
    """The examples of an outline."""

    line: int
    table: Table | None


class Background(Statement, Protocol):
    """The steps before each scenario."""

    description: Sequence[str]
    steps: Sequence[Step]


class Container(Item, Protocol):
    """A feature or a rule."""

    background: Background | None
    run_items: Sequence[Item]
    scenarios: Sequence[Scenario | Outline]

    def walk_scenarios(self) -> Iterable[Scenario]: ...
    def _setup_context_for_run(self, context: "Context") -> None: ...


class Feature(Container, Protocol):
    """A feature."""

    location: Place
    rules: Sequence[Container]
    language: str
    duration: float


class Match(Protocol):
    """What a step runs; `checks` tells whether that counts as a check."""

    checks: bool

    def run(self, context: "Context") -> None: ...


class Context(Protocol):
    """What hooks and steps are given."""

    zato: "FeatureContext"
    tags: set[str]
    feature: Feature | None
    scenario: Scenario
    abort_reason: str
    has_unread: bool

    def __contains__(self, name: str) -> bool: ...
    def _push(self, layer: str) -> None: ...
    def _pop(self, capture_sink: CaptureSink | None = None) -> None: ...
    def _set_root_attribute(self, attr: str, value: object) -> None: ...
    def _do_remaining_cleanups(self) -> None: ...
    def add_cleanup(self, function: Callable[[], object]) -> None: ...
    def run_within(self, steps: "Iterable[Step]") -> None: ...
    def instead(self, name: str, value: object) -> AbstractContextManager[None]: ...
    def set_step(self, text: Text | None, table: Table | None) -> None: ...
    def run_in_user_mode(self, function: Callable[..., object], *arguments: object, **named: object) -> None: ...
    def abort(self, reason: str | None = None) -> None: ...


class Formatter(Protocol):
    """One of behave's formatters, which have many more methods, each optional."""

    name: str

    def uri(self, uri: str) -> None: ...
    def close(self) -> None: ...


class Reporter(Protocol):
    """One of behave's reporters."""

    def feature(self, feature: Feature) -> None: ...
    def end(self) -> None: ...


class Opener(Protocol):
    """Opens what a formatter writes to; `name` is a file, unless there is a stream."""

    name: str
    stream: object


class Config(Protocol):
    """Behave's configuration."""

    paths: list[str]
    base_dir: str
    steps_dir: str
    environment_file: str
    color: str
    default_format: str
    dry_run: bool
    format: list[str] | None
    jobs: int
    junit: bool
    junit_directory: str
    tags: Sequence[object] | None
    lang: str | None
    lang_list: bool
    lang_help: str | None
    name: list[str] | None
    outputs: list[Opener]
    reporters: list[Reporter]
    runner: str
    show_skipped: bool
    stop: bool
    summary: bool
    tags_help: bool
    version: bool
    tag_expression: object
    userdata: dict[str, object]

    def update_userdata(self, data: Mapping[str, object]) -> None: ...
    def exclude(self, place: Place) -> bool: ...
    def should_capture(self) -> bool: ...
