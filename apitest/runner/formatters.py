"""Tells behave's own formatters what happens, each by those of its methods that it has."""

import sys

from apitest.errors import UsageError, said
from apitest.report.output import go_nowhere
from apitest.runner import harmless
from apitest.runner.engine import Engine


def tell(runner: Engine, method: str, *arguments: object) -> None:
    """Calls a method of every behave formatter that has it; one that fails ends the run with its name."""
    for formatter in runner.formatters:
        function = getattr(formatter, method, None)
        if function is not None:
            try:
                function(*(harmless.shown(argument, runner.clean) for argument in arguments))
            except BrokenPipeError:
                go_nowhere(sys.stdout)
            except Exception as error:
                problem = f"The formatter {formatter.name} cannot go on: {type(error).__name__}: {said(error)}"
                raise UsageError(problem, fix="Choose another one; `apitest run -f help` shows them all") from None
