"""What a worker process does: it loads the project as any run does, and runs one task after another."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import cast

from apitest import events
from apitest import project as projects
from apitest.clients.vault import client as vault_access
from apitest.config_layers import Choice
from apitest.context import RunState
from apitest.errors import ApitestError
from apitest.events import Event
from apitest.expressions import compile_those_of
from apitest.language.registry import load
from apitest.project import Project
from apitest.runner import options, parsing
from apitest.runner.interruption import Interruption
from apitest.runner.model import Config, Place
from apitest.runner.run import ProjectRunner, Rules
from apitest.runner.tasks import Source, Task
from apitest.runner.workers.channel import Channel
from apitest.runner.workers.course import Course
from apitest.runner.workers.following import Follower
from apitest.runner.workers.messages import Done, Finished, Refused, Setup
from apitest.steps import MODULES


def serve(setup: Setup, project: Project, config: Config, channel: Channel, course: Course) -> None:
    """Runs the tasks that come over a channel, until there are no more."""
    worker = {"worker": str(setup.number), "workers": str(setup.workers)}
    config.update_userdata({**worker, **config.userdata})
    stops = config.stop

    def tell(event: Event) -> None:
        channel.tell(event)
        if stops and isinstance(event, events.ScenarioFinished) and channel.is_stopped():
            runner.halted = True

    state = RunState(project, seed=setup.seed, verbose=setup.verbose, emit=tell)

    follower = state.trace.watch = Follower(course, channel, state)
    state.trace.wants_exchanges = setup.wants_exchanges
    state.trace.wants_passed = setup.wants_passed
    state.vault = vault_access.reader(state)
    runner = WorkerRunner(config, state, Rules(setup.strict, retries=setup.retries), channel)
    runner.teller.follower = follower
    try:
        runner.run()
    except ApitestError as error:
        channel.send(Refused(error))


def serve_alone(channel: Channel, course: Course) -> None:
    """Serves in an interpreter of its own, which has the project and behave's options from its parent."""
    setup = cast(Setup, channel.receive())
    project = projects.find(Path(setup.place), Choice(setup.environment, setup.defined))
    config = options.configuration(project, list(setup.paths), list(setup.options))
    options.leave_output_to_parent(config)
    serve(setup, project, config, channel, course)


def load_once() -> None:
    """Does in the parent what each worker would do otherwise: it loads the sentences, and what sends HTTP.

    What is made of these with the first step and the first request is made, too.
    """
    load(MODULES).find("then", 'path "/" is ""')
    import jsonpointer  # noqa: F401

    import apitest.clients.http.connection  # noqa: F401
    from apitest.clients.http import limits, reader, url, wire
    from apitest.language import quotes
    from apitest.redaction import fields, learning

    for module in (limits, reader, url, wire, quotes, fields, learning):
        compile_those_of(module)


class WorkerRunner(ProjectRunner):
    """Runs what its parent hands out, and leaves to it what concerns the whole run.

    Args:
        config: behave's configuration.
        state: of this worker.
        rules: what the run lets pass.
        channel: to the parent.
    """

    def __init__(self, config: Config, state: RunState, rules: Rules, channel: Channel) -> None:
        super().__init__(config, state, load(MODULES), rules)
        self._channel = channel
        self.interruption = Interruption(self, terminates=False)

    def _features(self, places: list[Place]) -> Iterator[parsing.Parsed]:
        """What the tasks name, each when its turn comes; the parent is told when it has run."""
        source = Source(self._reader(), self.state.project.name_of)
        while (task := self._channel.receive()) is not None:
            if not isinstance(task, Task):  # told to stop, and has nothing to run
                continue
            self.halted = self.aborted or not task.run
            failed = False
            for parsed in source.all([task], self.teller.count_left_out):
                yield parsed
                failed = isinstance(parsed, tuple) or parsed.status.has_failed()
            self._channel.send(Done(self.teller.taken(failed, self.context.abort_reason)))

    def _ending(self) -> AbstractContextManager[None]:
        return nullcontext()  # its parent tells of it, and another worker goes on

    def _places(self) -> list[Place]:
        return []  # the parent has looked

    def _found_empty(self) -> bool:
        return False  # it may be that another worker found something

    def _tell_end(self, failed: int, seconds: float) -> None:
        seen = self.selection
        tally = self.teller.taken(bool(failed), self.context.abort_reason)
        self._channel.send(Finished(tally, tuple(seen.tags), tuple(seen.names), seen.chosen))
