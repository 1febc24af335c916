"""A table or a doc string below a built-in step that looks at none: what it says would be neither done nor checked."""

from apitest.errors import BadValue
from apitest.events import Notice
from apitest.runner.model import Context, Step


def refuse(step: Step, context: Context) -> None:
    """What stands below a step has not been read.

    Raises:
        BadValue: this is so; a project written for zato-apitest is told, and goes on.
    """
    kind = "table" if step.table is not None else "doc string"
    problem = f"This step takes no {kind}: what stands below it is neither done nor checked"
    fix = f'Delete it, or find a step that takes one: apitest steps "{kind}"'
    if not context.zato.run.project.is_old:
        raise BadValue(problem, fix=fix)
    context.zato.run.emit(Notice(f"{step.filename}:{step.line}: {problem}. {fix}", verbose_only=False))
