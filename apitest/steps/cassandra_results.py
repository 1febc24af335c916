"""Sentences that check what CQL queries return, now or within some seconds."""

from typing import Any

from apitest.checks import results
from apitest.context import StepContext
from apitest.language.registry import then
from apitest.steps.cassandra_statements import file_query, query
from apitest.steps.databases import check_count, check_rows, within


@then('CQL "{cql}" is equal to "{value}", using "{conn_name}"')
def is_equal(ctx: StepContext, cql: Any, value: Any, conn_name: Any) -> None:
    """Compares rows, in their order, with a Python literal, or a single value with one.

    Example:
        CQL "SELECT at, state FROM history WHERE id = 1" is equal to "[('2024-02-28', 'paid')]", using "shop"
    """
    results.equals(query(ctx, cql, conn_name), value)


@then('CQL "{cql}" returns, using "{conn_name}"')
def returns(ctx: StepContext, cql: Any, conn_name: Any) -> None:
    """Compares all rows, in any order, with the table's. A cell is read as its column's values are: number, date ….

    NULL is no value; a cell in quotes is text. Lists, sets, maps, tuples and user-defined types are written as Python
    or JSON has them. Columns without a heading do not count.

    Example:
        CQL "SELECT * FROM customers" returns, using "shop"
          | id | name     | tags       |
          | 2  | Jan      | NULL       |
          | 1  | Lee, Ann | {'a', 'b'} |
    """
    check = check_rows(ctx)
    check(query(ctx, cql, conn_name))


@then('CQL "{cql}" returns in this order, using "{conn_name}"')
def returns_in_order(ctx: StepContext, cql: Any, conn_name: Any) -> None:
    """Compares all rows, in their order, with the table's.

    Example:
        CQL "SELECT state FROM history WHERE id = 1 ORDER BY at DESC" returns in this order, using "shop"
          | state |
          | paid  |
          | new   |
    """
    check = check_rows(ctx, ordered=True)
    check(query(ctx, cql, conn_name))


@then(
    'CQL "{cql}" returns "{count}" rows, using "{conn_name}"', 'CQL "{cql}" returns "{count}" row, using "{conn_name}"'
)
def returns_count(ctx: StepContext, cql: Any, count: Any, conn_name: Any) -> None:
    """Counts the rows of a query.

    Example:
        CQL "SELECT id FROM customers" returns "2" rows, using "shop"
    """
    check = check_count(count)
    check(query(ctx, cql, conn_name))


@then('CQL "{cql}" returns no rows, using "{conn_name}"')
def returns_nothing(ctx: StepContext, cql: Any, conn_name: Any) -> None:
    """Checks that a query finds nothing.

    Example:
        CQL "SELECT id FROM customers WHERE id = 3" returns no rows, using "shop"
    """
    results.has_rows(query(ctx, cql, conn_name), 0)


@then('CQL file "{filename}" is equal to "{value}", using "{conn_name}"')
def file_is_equal(ctx: StepContext, filename: str, value: Any, conn_name: Any) -> None:
    """Compares what the query in a file of the project returns with a Python literal.

    Example:
        CQL file "count.cql" is equal to "2", using "shop"
    """
    results.equals(file_query(ctx, filename, conn_name), value)


@then('CQL file "{filename}" returns, using "{conn_name}"')
def file_returns(ctx: StepContext, filename: str, conn_name: Any) -> None:
    """Compares all rows of the query in a file, in any order, with the table's.

    Example:
        CQL file "customers.cql" returns, using "shop"
          | id | name     |
          | 1  | Lee, Ann |
    """
    check = check_rows(ctx)
    check(file_query(ctx, filename, conn_name))


@then('CQL file "{filename}" returns in this order, using "{conn_name}"')
def file_returns_in_order(ctx: StepContext, filename: str, conn_name: Any) -> None:
    """Compares all rows of the query in a file, in their order, with the table's.

    Example:
        CQL file "history.cql" returns in this order, using "shop"
          | state |
          | paid  |
          | new   |
    """
    check = check_rows(ctx, ordered=True)
    check(file_query(ctx, filename, conn_name))


@then(
    'CQL file "{filename}" returns "{count}" rows, using "{conn_name}"',
    'CQL file "{filename}" returns "{count}" row, using "{conn_name}"',
)
def file_returns_count(ctx: StepContext, filename: str, count: Any, conn_name: Any) -> None:
    """Counts the rows of the query in a file.

    Example:
        CQL file "customers.cql" returns "2" rows, using "shop"
    """
    check = check_count(count)
    check(file_query(ctx, filename, conn_name))


@then('CQL file "{filename}" returns no rows, using "{conn_name}"')
def file_returns_nothing(ctx: StepContext, filename: str, conn_name: Any) -> None:
    """Checks that the query in a file finds nothing.

    Example:
        CQL file "orphans.cql" returns no rows, using "shop"
    """
    results.has_rows(file_query(ctx, filename, conn_name), 0)


@then('within "{seconds}" seconds CQL "{cql}" is equal to "{value}", using "{conn_name}"')
def is_equal_within(ctx: StepContext, seconds: Any, cql: Any, value: Any, conn_name: Any) -> None:
    """Repeats a query until its rows are those of a Python literal, or so many seconds are over.

    Example:
        within "5" seconds CQL "SELECT state FROM orders WHERE id = 1" is equal to "'shipped'", using "shop"
    """
    within(seconds, lambda: results.equals(query(ctx, cql, conn_name), value))


@then('within "{seconds}" seconds CQL "{cql}" returns, using "{conn_name}"')
def returns_within(ctx: StepContext, seconds: Any, cql: Any, conn_name: Any) -> None:
    """Repeats a query until its rows are the table's, in any order, or so many seconds are over.

    Example:
        within "5" seconds CQL "SELECT id, state FROM orders" returns, using "shop"
          | id | state   |
          | 1  | shipped |
    """
    check = check_rows(ctx)
    within(seconds, lambda: check(query(ctx, cql, conn_name)))


@then('within "{seconds}" seconds CQL "{cql}" returns in this order, using "{conn_name}"')
def returns_in_order_within(ctx: StepContext, seconds: Any, cql: Any, conn_name: Any) -> None:
    """Repeats a query until its rows are the table's, in their order, or so many seconds are over.

    Example:
        within "5" seconds CQL "SELECT state FROM history WHERE id = 1" returns in this order, using "shop"
          | state |
          | new   |
          | paid  |
    """
    check = check_rows(ctx, ordered=True)
    within(seconds, lambda: check(query(ctx, cql, conn_name)))


@then(
    'within "{seconds}" seconds CQL "{cql}" returns "{count}" rows, using "{conn_name}"',
    'within "{seconds}" seconds CQL "{cql}" returns "{count}" row, using "{conn_name}"',
)
def returns_count_within(ctx: StepContext, seconds: Any, cql: Any, count: Any, conn_name: Any) -> None:
    """Repeats a query until it has so many rows, or so many seconds are over.

    Example:
        within "5" seconds CQL "SELECT id FROM orders" returns "2" rows, using "shop"
    """
    check = check_count(count)
    within(seconds, lambda: check(query(ctx, cql, conn_name)))


@then('within "{seconds}" seconds CQL "{cql}" returns no rows, using "{conn_name}"')
def returns_nothing_within(ctx: StepContext, seconds: Any, cql: Any, conn_name: Any) -> None:
    """Repeats a query until it finds nothing, or so many seconds are over.

    Example:
        within "5" seconds CQL "SELECT id FROM queue" returns no rows, using "shop"
    """
    within(seconds, lambda: results.has_rows(query(ctx, cql, conn_name), 0))
