"""The sentence that stores a condition for later steps, in SQL as well as in Cassandra."""

from apitest.context import StepContext
from apitest.language.registry import given
from apitest.steps import databases
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
