"""What happens in a run, as plain data: the one stream that every report listens to.

An event holds text, numbers and other events only, so that it can be pickled or written as JSON and read elsewhere.
"""

from collections.abc import Callable
from typing import NamedTuple

from apitest.errors import ApitestError
from apitest.progress import Progress

# The final states of a step or scenario, as behave names them.
PASSED, FAILED, ERROR = "passed", "failed", "error"
UNDEFINED, SKIPPED, UNTESTED = "undefined", "skipped", "untested"
SOUND = (PASSED, SKIPPED, UNTESTED)  # nothing went wrong


class Frame(NamedTuple):
    """Something that went over a WebSocket.

    Attributes:
        direction: "sent" or "received".
        kind: "text", "binary", "ping", "pong" or "close".
        body: as text, shortened.
        seconds: since the connection was opened.
    """

    direction: str
    kind: str
    body: str
    seconds: float


class Exchange(NamedTuple):
    """One request and what was answered, secrets already masked.

    Attributes:
        protocol: "HTTP", "WebSocket", "SQL", "CQL".
        request: the first line ("POST http://127.0.0.1:8080/x"), a statement, a service's name.
        request_headers: pairs of name and value, in the order sent; request_body: as text, shortened.
        response: the status line ("200 OK"); empty when nothing came.
        response_headers: pairs of name and value; response_body: as text, shortened.
        seconds: from sending to the whole answer.
        frames: what went over a WebSocket, the oldest first; the request and its answer are those of the handshake.
    """

    protocol: str
    request: str
    request_headers: tuple[tuple[str, str], ...] = ()
    request_body: str = ""
    response: str = ""
    response_headers: tuple[tuple[str, str], ...] = ()
    response_body: str = ""
    seconds: float = 0.0
    frames: tuple[Frame, ...] = ()


class Failure(NamedTuple):
    """Why a step did not pass.

    Attributes:
        kind: the name of the error's class ("CheckFailed", "UnknownValue", "KeyError").
        exit_status: what the process exits with if this is all that went wrong: 1, 2 or 3.
        problem, where, fix, excerpt, expected, actual, diff: as in apitest.errors.
        traceback: only of the user's own Python code; empty otherwise.
        captured: what the step's own code printed or logged or, where that is nothing, that of the steps before it.
        exchange: the request that led here, if any.
        cause: the place of the failed scenario or step that this follows from; empty for a cause.
    """

    kind: str
    exit_status: int
    problem: str
    where: str = ""
    fix: str = ""
    excerpt: str = ""
    expected: str = ""
    actual: str = ""
    diff: tuple[str, ...] = ()
    traceback: str = ""
    captured: str = ""
    exchange: Exchange | None = None
    cause: str = ""

    @classmethod
    def of(cls, error: ApitestError) -> "Failure":
        """The failure that an error of ours stands for."""
        return cls(
            *(type(error).__name__, error.exit_status, error.problem or type(error).__name__, error.where, error.fix),
            *(error.excerpt, error.expected, error.actual, error.diff),
        )


class RunStarted(NamedTuple):
    """A run begins.

    Attributes:
        project: its directory; verbose: every exchange is shown.
        workers: how many scenarios may run at a time.
        seed: of the random values; with it, the run can be repeated. None where it is not known.
        environment: the name of the environment that the project runs against; empty for the only one.
        options: of the command line, those that a run of one of its scenarios needs as well.
        at: when, in seconds since 1970; 0 where it is not known.
        shard: the part of all that is run here, such as "2/5"; empty for all of it.
        split: the same for all shards that belong together, and for no others.
        order: the seed of the random order that features run in; None for the order of their files.
    """

    project: str
    verbose: bool
    workers: int = 1
    seed: int | None = None
    environment: str = ""
    at: float = 0.0
    options: tuple[str, ...] = ()
    shard: str = ""
    split: str = ""
    order: int | None = None


class FeatureStarted(NamedTuple):
    """A feature begins; ``uri`` is its path relative to the working directory.

    Where several features run at a time, it is told again each time that the stream comes back to the feature;
    `FeatureFinished` is told once, when all of it has run.
    """

    uri: str
    line: int
    name: str
    tags: tuple[str, ...]


class ScenarioStarted(NamedTuple):
    """A scenario begins, or a row of an outline.

    Attributes:
        uri, line, name, tags, rule: of the scenario; tags of its rule are ahead of its own. No rule is an empty name.
        at: when, in seconds since 1970; 0 where it is not known.
        worker: who runs it; the first is 1.
        attempt: how often it was tried, this time included.
    """

    uri: str
    line: int
    name: str
    tags: tuple[str, ...]
    at: float = 0.0
    worker: int = 1
    attempt: int = 1
    rule: str = ""


class Attempt(NamedTuple):
    """One try of a step that waits for a check to hold.

    Attributes:
        at: seconds since the step began.
        seconds: how long it took.
        problem: why the check did not hold; empty if it did.
    """

    at: float
    seconds: float
    problem: str


class StepFinished(NamedTuple):
    """A step has its final state.

    Attributes:
        keyword, name, line, text, table: of the step.
        status: its final state; seconds: 0 unless it ran.
        failure: why it did not pass.
        reason: why it did not run, where an earlier failure is why; empty otherwise.
        exchanges: what it sent and received, the oldest first; only if a report wants them.
        attempts: the tries of a step that waits, the oldest first.
        left_out: how many exchanges it had besides, between the first and the last of these.
    """

    keyword: str
    name: str
    line: int
    status: str
    seconds: float
    failure: Failure | None
    text: str | None
    table: tuple[tuple[str, ...], ...] | None
    reason: str = ""
    exchanges: tuple[Exchange, ...] = ()
    attempts: tuple[Attempt, ...] = ()
    left_out: int = 0


class ScenarioFinished(NamedTuple):
    """A scenario has its final state.

    Attributes:
        failure: a hook's or a clean-up's, not a step's; steps: how many it has, told of or not.
        checked: false for a scenario that passed without having checked anything.
        cause: the place of the failed scenario that all its failures follow from; empty if one of them is its own.
        attempt: how often it was tried, this time included.
        tried_again: this was not the last try: what it came to counts for nothing.
    """

    uri: str
    line: int
    name: str
    status: str
    seconds: float
    failure: Failure | None
    checked: bool = True
    cause: str = ""
    attempt: int = 1
    tried_again: bool = False
    steps: int = 0

    @property
    def is_flaky(self) -> bool:
        """Whether it passed, but not at the first try."""
        return self.attempt > 1 and self.status == PASSED


class FeatureFinished(NamedTuple):
    """A feature has its final state; ``failure`` is a hook's or a clean-up's."""

    uri: str
    name: str
    status: str
    seconds: float
    failure: Failure | None


class RuleFailed(NamedTuple):
    """A hook or a clean-up of a rule failed, which may have left scenarios of it out; the feature goes on."""

    uri: str
    line: int
    name: str
    failure: Failure

    @property
    def told(self) -> str:
        """What it is called where a line stands for it."""
        return f'the rule "{self.name}"' if self.name else f"the rule in line {self.line}"


class FileFailed(NamedTuple):
    """A .feature file could not be read or parsed; the run goes on with the others."""

    uri: str
    failure: Failure


class Notice(NamedTuple):
    """Something worth knowing that is not a failure; ``verbose_only`` ones are shown with --verbose."""

    text: str
    verbose_only: bool = False


class RunFinished(NamedTuple):
    """A run is over.

    Attributes:
        counts: of features, scenarios and steps: final state to number.
        seconds: from the first event to this one.
        exit_status: 0 passed, 1 a check failed, 2 usage, 3 nothing could be reached.
        aborted: why the run ended early; empty if it did not.
        unchecked: how many scenarios passed without having checked anything.
        consequences: how many scenarios failed only because others had failed before them.
        flaky: how many scenarios passed, but not at the first try.
        chosen: whether tags, names and lines are known to have chosen a scenario, though a hook may have skipped it.
    """

    counts: dict[str, dict[str, int]]
    seconds: float
    exit_status: int
    aborted: str
    unchecked: int = 0
    consequences: int = 0
    flaky: int = 0
    chosen: bool = False


Event = (
    RunStarted
    | FeatureStarted
    | ScenarioStarted
    | StepFinished
    | ScenarioFinished
    | RuleFailed
    | FeatureFinished
    | FileFailed
    | Exchange
    | Notice
    | Progress
    | RunFinished
)
Listener = Callable[[Event], None]
