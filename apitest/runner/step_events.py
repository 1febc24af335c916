"""What is told of a step, made of behave's model of it."""

from apitest import events
from apitest.parallel.reached import PlannedStep
from apitest.runner.model import Step, Table
from apitest.trace import NOTHING, Done


def finished(step: Step, failure: events.Failure | None, reason: str, done: Done = NOTHING) -> events.StepFinished:
    """The final state of a step as an event.

    Args:
        step: which.
        failure: why it did not pass.
        reason: why it did not run.
        done: what it sent and received, and what else it did.
    """
    text, table = _argument(step)
    exchanges, attempts, left_out = done
    return events.StepFinished(
        step.keyword,
        step.name,
        step.line,
        step.status._name_,
        step.duration,
        failure,
        text,
        table,
        reason,
        exchanges,
        attempts,
        left_out,
    )


def planned(step: Step) -> PlannedStep:
    """A step that may run."""
    return PlannedStep(step.keyword, str(step.name), step.line, *_argument(step))


def _argument(step: Step) -> tuple[str | None, tuple[tuple[str, ...], ...] | None]:
    """A step's doc string and its table."""
    return None if step.text is None else str(step.text), _rows(step.table) if step.table else None


def _rows(table: Table) -> tuple[tuple[str, ...], ...]:
    return (tuple(table.headings), *(tuple(row.cells) for row in table.rows))
