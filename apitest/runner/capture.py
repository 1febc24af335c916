"""Captures what a project's own code prints and logs; set up only in scenarios that run such code."""

import sys
from typing import Protocol

from apitest.report.output import go_nowhere
from apitest.runner.model import Captured, Config, Scenario, Step


class Controller(Protocol):
    """Behave's capture of standard output, standard error and the log."""

    def make_captured(self, *, failed: bool, name: str) -> Captured: ...
    def make_captured_delta(self, *, failed: bool, name: str) -> Captured: ...
    def update_delta_bookmark(self) -> None: ...


class Capturing(Protocol):
    """A runner, as far as capturing goes."""

    config: Config
    capture_controller: Controller

    def setup_capture(self, name: str) -> None: ...
    def start_capture(self) -> None: ...
    def stop_capture(self) -> None: ...
    def teardown_capture(self) -> None: ...


class StepCapture:
    """Behave's capture controller, started around own steps and step hooks, never around built-in steps."""

    def __init__(self, runner: Capturing) -> None:
        self._runner = runner
        self._ready = False

    @property
    def _wanted(self) -> bool:
        return self._runner.config.should_capture()

    def enter_scenario(self) -> None:
        """A scenario begins: nothing is captured yet."""
        self._ready = False

    def start(self) -> None:
        """Captures from here on. What was told before is seen by then: a project's own code may end the process."""
        try:
            sys.stdout.flush()
        except BrokenPipeError:
            go_nowhere(sys.stdout)
        if not self._ready:
            self._ready = True
            self._runner.setup_capture(name="scenario")
            # Behave goes on counting where the scenario before this one ended, which cuts off what is printed first.
            self._runner.capture_controller.update_delta_bookmark()
        self._runner.start_capture()

    def stop(self, step: Step) -> None:
        """Captures no more; what a failed step printed is kept with it."""
        self._runner.stop_capture()
        controller = self._runner.capture_controller
        failed = step.status.has_failed()
        if self._wanted and (failed or step.capture_sink.store_on_success):
            step.captured.add_captured(controller.make_captured_delta(failed=failed, name="step"))
        else:
            controller.update_delta_bookmark()

    def of(self, step: Step) -> str:
        """What a step that failed printed and logged, or else the steps of its scenario before it did, as text."""
        if not self._ready:
            return ""
        own = _text(step.captured)
        if own or not self._wanted:
            return own
        return _text(self._runner.capture_controller.make_captured(failed=True, name="scenario"))

    def leave_scenario(self, scenario: Scenario, failed: bool) -> None:
        """A scenario ends: what it printed is kept if it failed."""
        if not self._ready:
            return
        keep = scenario.status.has_failed()
        if self._wanted and (keep or scenario.capture_sink.store_on_success):
            captured = self._runner.capture_controller.make_captured(failed=failed, name="scenario")
            scenario.captured.add_captured(captured)
        self._runner.teardown_capture()


def _text(captured: Captured) -> str:
    parts = (captured.stdout, captured.stderr, captured.log)
    return "\n".join(str(part).rstrip() for part in parts if part)
