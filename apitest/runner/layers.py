"""Behave's context without its costs: no stack trace for each attribute set, no capture where nothing is cleaned up."""

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from types import AsyncGeneratorType, CoroutineType, GeneratorType
from typing import cast

from behave.model_type import Status
from behave.runner import Context, ContextMode

from apitest.events import Failure
from apitest.runner import failures
from apitest.runner.model import CaptureSink, Step, Table, Text
from apitest.runner.own_functions import called_wrongly, never_ran, wrong_signature
from apitest.runner.walk_step import failure_of_undefined, learn_of_text


class LeanContext(Context):  # type: ignore[misc]  # behave ships no types
    """A behave context that behaves alike and remembers a caller as a frame's name and line, not as a stack trace."""

    def __setattr__(self, name: str, value: object) -> None:
        if name[0] == "_":
            self.__dict__[name] = value
            return
        state = self.__dict__
        stack = state["_stack"]
        for frame in stack[1:]:
            if name in frame:
                self._warn_of_masking(name)
        caller = sys._getframe(1)
        # The parts that behave's own warning reads: file, line, (its text,) function.
        state["_record"][name] = (caller.f_code.co_filename, caller.f_lineno, None, caller.f_code.co_name)
        stack[0][name] = value
        state["_origin"].setdefault(name, state["_mode"])

    @property
    def text(self) -> Text | None:
        """The doc string of the step that runs."""
        return cast("Text | None", self._read("text"))

    @property
    def table(self) -> Table | None:
        """The table of the step that runs."""
        return cast("Table | None", self._read("table"))

    @property
    def has_unread(self) -> bool:
        """Whether the step that runs has a doc string or a table that nothing has read."""
        return bool(self.__dict__.get("_unread"))

    def _read(self, name: str) -> object:
        if self.__dict__.get("_unread") == name:
            self.__dict__["_unread"] = ""
        found: object = Context.__getattr__(self, name)
        return found

    def _warn_of_masking(self, name: str) -> None:
        filename, line, _, function = self._record.get(name, ("a step", 0, None, "a deletion"))
        self._emit_warning(name, {"attr": name, "filename": filename, "line": line, "function": function})

    def _pop(self, capture_sink: CaptureSink | None = None) -> None:
        if self._stack[0]["@cleanups"]:
            with self._runner.interruption.allowed():
                super()._pop(capture_sink=capture_sink)
        else:
            self._stack.pop(0)

    def abort(self, reason: str | None = None) -> None:
        """Ends the run after what is under way; the first reason is kept for the reports."""
        if not self.aborted:
            self._abort_reason = reason or "aborted"
            self._set_root_attribute("aborted", True)

    @property
    def abort_reason(self) -> str:
        """Why the run was aborted; empty if it was not."""
        return str(self.__dict__.get("_abort_reason", "aborted")) if self.aborted else ""

    @staticmethod
    def print_cleanup_error(context: Context, cleanup_func: object, exception: BaseException) -> None:
        """Prints nothing: a clean-up that fails is told in the scenario's or feature's own event."""

    def execute_steps(self, steps_text: str) -> bool:
        """Runs steps within a step.

        Differs from behave: where one of them is undefined, the step that ran them fails, and nothing else. If that
        step expected it, the run does not end with a failure that no report can show.

        Raises:
            AssertionError: one of them did not pass.
            ValueError: no feature runs.
        """
        if not self.feature:
            raise ValueError("execute_steps() called outside of feature")
        parser = self.feature.parser
        parser.variant = "steps"
        steps = parser.parse_steps(steps_text)
        self.run_within(steps)
        return True

    def run_within(self, steps: Iterable[Step]) -> None:
        """Runs steps within a step, whose own text and table are there again afterwards.

        Raises:
            AssertionError: one of them did not pass.
        """
        text, table = getattr(self, "text", None), getattr(self, "table", None)
        undefined = self._runner.undefined_steps
        known = len(undefined)
        with self._use_with_behave_mode():
            for step in steps:
                learn_of_text(step, self._runner)
                if not step.run(self._runner, quiet=True, capture=False):
                    del undefined[known:]
                    raise failures.of_substep(step, self._failure_of(step))
                self._runner.teller.checked |= self._runner.step_registry.checks(step)
            self.set_step(text, table)
            self.__dict__["_unread"] = ""

    def _failure_of(self, step: Step) -> Failure | None:
        """Why a step that another one ran did not pass."""
        if step.status is Status.undefined:
            return failure_of_undefined(step, self._runner)
        failure: Failure | None = self._runner.teller.failure_of(step)
        return failure

    @contextmanager
    def instead(self, name: str, value: object) -> Iterator[None]:
        """Another value of an attribute for a while, in the layer that has it."""
        frame = next((frame for frame in self._stack if name in frame), self._stack[0])
        before = frame.get(name)
        frame[name] = value
        try:
            yield
        finally:
            frame[name] = before

    def set_step(self, text: Text | None, table: Table | None) -> None:
        """Sets the doc string and the table of the step that is about to run, in the layer of its scenario."""
        frame = self._stack[0]
        frame["text"] = text
        frame["table"] = table
        self.__dict__["_unread"] = "table" if table is not None else "text" if text is not None else ""

    def run_in_user_mode(self, function: Callable[..., object], *arguments: object, **named: object) -> None:
        """Calls a user's function with this context; masking warnings then speak of user code."""
        state = self.__dict__
        mode = state["_mode"]
        state["_mode"] = ContextMode.USER
        try:
            result = function(self, *arguments, **named)
        except TypeError as error:
            if called_wrongly(function, error):
                raise wrong_signature(function, (self, *arguments), named, error) from None
            raise
        finally:
            state["_mode"] = mode
        if result is not None and isinstance(result, CoroutineType | GeneratorType | AsyncGeneratorType):
            raise never_ran(function, result)
