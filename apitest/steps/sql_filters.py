"""Sentences for SQL as well as for Cassandra: a condition for later steps, and variables within statements."""

from apitest.context import StepContext
from apitest.language.registry import given
from apitest.steps import databases, pasting
from apitest.steps.variables import store
from apitest.tables import conditions


@given(
    'I store filter "{colname}" is "{sign}" "{colvalue}" "{operator}" under "{name}"', since="1.1", raw=("colvalue",)
)
def store_filter(ctx: StepContext, colname: object, sign: object, colvalue: str, operator: object, name: str) -> None:
    """Stores a condition for the sentences that update and delete rows, in SQL and Cassandra.

    Columns, comparisons and values are lists with commas between them, as many of each; a single comparison is
    meant for all. The operator is "and", "or", or a list with one for each place between two conditions. Comparisons
    are signs (=, !=, <, <=, >, >=, like, in) or words such as "equal to" and "greater than".

    Example:
        I store filter "id, name" is "greater than, equal to" "10, 'Lee, Ann'" "and" under "lees"
    """
    store(ctx, name, conditions.filtered(colname, sign, databases.values(ctx, colvalue, colname), operator))


@given('variables "{names}" are pasted into statements', raw=("names",))
def paste(ctx: StepContext, names: str) -> None:
    """Puts what these variables hold into the SQL and CQL of the scenario as it stands, such as the name of a table.

    Without it, what #{name} stands for is bound as a value. What comes from a response must not be pasted: it could
    be a statement of its own.

    Example:
        variables "table, @schema" are pasted into statements
    """
    pasting.paste(ctx, names)
