"""What an exception in a step, a hook or a clean-up tells a person: plain data for the reports."""

import os
from collections.abc import Collection
from typing import TYPE_CHECKING

from behave.step_registry import AmbiguousStep

from apitest import errors
from apitest.errors import ApitestError, ProjectError, UndefinedStep, UsageError, said
from apitest.events import Exchange, Failure
from apitest.language import quotes
from apitest.language.registry import Registry
from apitest.runner.model import Statement, Step
from apitest.runner.tracebacks import mistake_of_ours, own_frames, own_traceback, without_engine

if TYPE_CHECKING:
    from apitest.runner.own_steps import Advice

INTERRUPTED, TERMINATED = 130, 143
"""The exit statuses of a run that Ctrl-C or SIGTERM ended, as shells have them."""

MEANT = "Did you mean: "
"""Before a sentence so near that it is what was meant; `--fix` puts it in place."""

_SUBSTEP = "apitest_substep"
_NOTHING_NEAR = "`apitest steps WORD` searches the sentences; a step of your own goes into features/steps/*.py"


def of(error: BaseException, exchange: Exchange | None = None, captured: str = "") -> Failure:
    """The failure that an exception stands for; a traceback only where the user's own code raised it."""
    kind = type(error).__name__
    substep: Failure | None = vars(error).get(_SUBSTEP)
    if substep:
        return substep._replace(exchange=substep.exchange or exchange, captured=captured)
    if isinstance(error, ApitestError):
        return Failure.of(error)._replace(captured=captured, exchange=exchange)
    own, fix = own_traceback(error), ""
    if isinstance(error, AssertionError):
        problem = said(error) or "An assertion of the project's own code failed"
    elif isinstance(error, KeyboardInterrupt):
        problem = "Interrupted"
    else:
        problem = ": ".join(filter(None, (kind, said(error))))
        fix = "" if own else mistake_of_ours(error)
    return Failure(kind, 1, problem, fix=fix, traceback=own, captured=captured, exchange=exchange)


def of_substep(step: Step, failure: Failure | None) -> AssertionError:
    """The error of a step that ran others: it tells of the one that did not pass, and why, unless a hook ended it."""
    failure = failure or Failure("SystemExit", 1, "a hook ended the run")
    status, sentence = step.status.name, f"{step.keyword} {step.name}"
    told = f"{status.upper()} SUB-STEP: {sentence}"
    if failure.kind != UndefinedStep.__name__:
        told += f"\nSubstep info: {'ASSERT FAILED' if status == 'failed' else 'ERROR'}: {failure.problem}\n"
    error = AssertionError(told)
    # Another kind, since what corrects an undefined step must not correct the one that ran it.
    substep = failure._replace(kind="FailedSubstep", problem=f"{sentence}: {failure.problem}")
    setattr(error, _SUBSTEP, substep)
    return error


def place_in_file(error: AssertionError, step: Step, exchange: Exchange | None) -> None:
    """Adds to the error of a step that ran those of another file the place there, and what was sent."""
    substep: Failure | None = vars(error).get(_SUBSTEP)
    if substep:
        where = ", ".join(filter(None, (f"{step.filename}:{step.line}", substep.where)))
        setattr(error, _SUBSTEP, substep._replace(where=where, exchange=exchange))
        vars(error)["problem"] = f"{substep.problem}, at {where}"  # of what others are told, which ask for it later


def loading(what: str, directory: str, error: BaseException) -> ApitestError:
    """The error of a project's own Python that cannot be loaded: its traceback or, for a syntax error, its line."""
    if isinstance(error, ApitestError):
        return error
    if isinstance(error, AmbiguousStep):
        return _ambiguous(error)
    if isinstance(error, SyntaxError):
        place = f"{os.path.relpath(error.filename or directory)}:{error.lineno}"
        marked = f"{(error.text or '').rstrip()}\n{' ' * ((error.offset or 1) - 1)}^"
        return ProjectError(f"{what} cannot be loaded: {error.msg}", place, excerpt=marked)
    problem = f"{what} cannot be loaded: {type(error).__name__}: {said(error)}"
    return ProjectError(problem, directory, excerpt=own_traceback(error))


def _ambiguous(error: AmbiguousStep) -> UsageError:
    new, existing = str(error).split(" has already been defined in\n  existing step ")
    place = next(iter(own_frames(error.__traceback__)), None)
    at = f"{new} at {os.path.relpath(place.filename)}:{place.lineno}" if place else new
    return errors.AmbiguousStep(
        "Two steps of the project match one sentence",
        fix="Change or remove one of the two",
        excerpt=f"{existing}\n{at}",
    )


def store(statement: Statement, error: BaseException) -> None:
    """Keeps an exception with the step, scenario, rule or feature that it was raised in, for behave's reports."""
    statement.exception = error
    statement.exc_traceback = without_engine(error.__traceback__)


def message(error: BaseException, failure: Failure) -> str:
    """What behave's formatters and reports are told of a step that did not pass."""
    if isinstance(error, AssertionError):
        return f"ASSERT FAILED: {said(error)}"
    if isinstance(error, ApitestError):
        return f"ERROR: {said(error)}"
    return f"ERROR: {failure.problem}" + (f"\n{failure.traceback}" if failure.traceback else "")


def undefined(text: str, registry: Registry, own: "Advice | None" = None) -> Failure:
    """The failure of a step that nothing defines, with the nearest sentences.

    Args:
        text: of the step.
        registry: the built-in sentences.
        own: what to do if a step of the project's own was meant.
    """
    from apitest.language.blanks import odd_blank  # here, since only errors need it

    keyword, slip = own or ("", "")
    fix = keyword or _mistake_in_quotes(text, registry)
    if not fix:
        near = _likely(text, registry)
        fix = near if near.startswith(MEANT) else slip or near or _NOTHING_NEAR
        fix = "\n".join(filter(None, (fix, odd_blank(quotes.plain(text).skeleton))))
    return Failure(UndefinedStep.__name__, UndefinedStep.exit_status, f"Undefined step: {text}", fix=fix)


def _mistake_in_quotes(text: str, registry: Registry) -> str:
    from apitest.language.straight import straightened  # here, since only errors need it

    straight = straightened(text, lambda attempt: registry.find("given", attempt) is not None)
    if straight:
        return f"Values stand between straight double quotes: {straight}"
    if text.count('"') % 2:
        return "A value that a quote opens must be closed with another one"
    misread = registry.find_loosely(text)
    if misread is None:
        return ""
    read = "; ".join(f"{name}: {value}" for name, value in misread.arguments.items())
    return f'A value ends at the next quote, but was read as {read}\nA quote inside a value is written \\"'


def _likely(text: str, registry: Registry) -> str:
    near = registry.near(text)
    if not near:
        return ""
    sure = '"{' not in near[0] and registry.is_nearly(text, near[0])
    first = MEANT if sure else "Nearest is:   "
    return "\n".join([first + near[0], *(f"          or: {other}" for other in near[1:])])


def exit_status(statuses: Collection[int], abort_reason: str) -> int:
    """What a run exits with.

    Args:
        statuses: those of all that went wrong in it.
        abort_reason: why it did not go on to its end; empty if it did.

    Returns:
        130 if it was interrupted, 143 if by SIGTERM; else 2 if the project is at fault anywhere, 3 if a system cannot
        be reached, 1 for any other failure, 0 for none.
    """
    if abort_reason.startswith(("KeyboardInterrupt", "Interrupted")):
        return INTERRUPTED
    if abort_reason.startswith("Terminated"):
        return TERMINATED
    return next((status for status in (2, 3, 1) if status in statuses), 0)
