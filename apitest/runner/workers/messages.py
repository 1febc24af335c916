"""What parent and workers tell each other, beside events and tasks."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from apitest.errors import ApitestError
from apitest.events import Exchange
from apitest.parallel.tally import Tally


class Setup(NamedTuple):
    """What a worker needs to know to run features as its parent would.

    Attributes:
        number: the worker's; the first is 1.
        workers: how many there are.
        place: the project's features directory.
        environment: that the project runs against.
        defined: values that the command line gives.
        paths: what the command line names.
        options: behave's, of the command line.
        verbose: every exchange is told.
        seed: of random values.
        strict: a scenario that checks nothing fails.
        retries: how often a scenario that failed is tried again.
        wants_exchanges: a report shows what each step sent and received.
        wants_passed: a report shows each step that passed.
    """

    number: int
    workers: int
    place: str
    environment: str
    defined: Mapping[str, str]
    paths: Sequence[str]
    options: Sequence[str]
    verbose: bool
    seed: int
    strict: bool
    retries: int
    wants_exchanges: bool
    wants_passed: bool


class Exchanged(NamedTuple):
    """What the step that runs has sent, and received by then; only a parent whose worker has died reads it.

    Attributes:
        exchange: as it is.
        secrets: what nobody may see of it.
        before: whether it was sent before the step, which is the project's own code.
    """

    exchange: Exchange
    secrets: frozenset[str]
    before: bool = False


class Stop(NamedTuple):
    """The run is over: the scenario that runs is the last one. From the parent."""


class Done(NamedTuple):
    """A task is done, and this is what it came to. From a worker, which waits for the next one."""

    tally: Tally


class Finished(NamedTuple):
    """A worker has come to its end.

    Attributes:
        tally: what came after its last task.
        tags: of scenarios that were not chosen; names: theirs.
        chosen: whether a scenario was chosen.
    """

    tally: Tally
    tags: tuple[str, ...]
    names: tuple[str, ...]
    chosen: bool


class Refused(NamedTuple):
    """A worker cannot use the project's own Python; nothing ran in it."""

    error: ApitestError
