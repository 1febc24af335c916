"""Sentences that check what SQL queries return, now or within some seconds."""

from typing import Any

from apitest.checks import results
from apitest.context import StepContext
from apitest.language.registry import then
from apitest.steps.databases import check_count, check_rows, within
from apitest.steps.sql_statements import file_query, query


@then('SQL "{sql}" is equal to "{value}", using "{conn_name}"', since="1.1")
def is_equal(ctx: StepContext, sql: Any, value: Any, conn_name: Any) -> None:
    """Compares rows, in their order, with a Python literal, or a single value with one.

    Numbers are equal whatever their type; a text in the literal stands for a date, a time, a UUID.

    Example:
        SQL "SELECT id, name FROM customers ORDER BY id" is equal to "[(1, 'Maria'), (2, 'Jan')]", using "shop"
    """
    results.equals(query(ctx, sql, conn_name), value)


@then('SQL "{sql}" returns, using "{conn_name}"')
def returns(ctx: StepContext, sql: Any, conn_name: Any) -> None:
    """Compares all rows, in any order, with the table's. A cell is read as its column's values are: number, date ….

    NULL is no value, and so is an empty cell, but where the column holds text; a cell in quotes is text. A heading
    may state the type, born:date, where the database has none for it. Columns without a heading do not count.

    Example:
        SQL "SELECT * FROM orders" returns, using "shop"
          | id | name     | total | paid       |
          | 2  | Jan      | 5     | NULL       |
          | 1  | Lee, Ann | 19.90 | 2026-01-31 |
    """
    check = check_rows(ctx)
    check(query(ctx, sql, conn_name))


@then('SQL "{sql}" returns in this order, using "{conn_name}"')
def returns_in_order(ctx: StepContext, sql: Any, conn_name: Any) -> None:
    """Compares all rows, in their order, with the table's.

    Example:
        SQL "SELECT name FROM orders ORDER BY total DESC" returns in this order, using "shop"
          | name     |
          | Lee, Ann |
          | Jan      |
    """
    check = check_rows(ctx, ordered=True)
    check(query(ctx, sql, conn_name))


@then(
    'SQL "{sql}" returns "{count}" rows, using "{conn_name}"', 'SQL "{sql}" returns "{count}" row, using "{conn_name}"'
)
def returns_count(ctx: StepContext, sql: Any, count: Any, conn_name: Any) -> None:
    """Counts the rows of a query.

    Example:
        SQL "SELECT * FROM orders WHERE total > 10" returns "1" row, using "shop"
    """
    check = check_count(count)
    check(query(ctx, sql, conn_name))


@then('SQL "{sql}" returns no rows, using "{conn_name}"')
def returns_nothing(ctx: StepContext, sql: Any, conn_name: Any) -> None:
    """Checks that a query finds nothing.

    Example:
        SQL "SELECT * FROM orders WHERE total < 0" returns no rows, using "shop"
    """
    results.has_rows(query(ctx, sql, conn_name), 0)


@then('SQL file "{filename}" is equal to "{value}", using "{conn_name}"')
def file_is_equal(ctx: StepContext, filename: str, value: Any, conn_name: Any) -> None:
    """Compares what the query in a file of the project returns with a Python literal.

    Example:
        SQL file "totals.sql" is equal to "[(1, 19.9)]", using "shop"
    """
    results.equals(file_query(ctx, filename, conn_name), value)


@then('SQL file "{filename}" returns, using "{conn_name}"')
def file_returns(ctx: StepContext, filename: str, conn_name: Any) -> None:
    """Compares all rows of the query in a file, in any order, with the table's.

    Example:
        SQL file "totals.sql" returns, using "shop"
          | customer | total |
          | Maria    | 24.90 |
    """
    check = check_rows(ctx)
    check(file_query(ctx, filename, conn_name))


@then('SQL file "{filename}" returns in this order, using "{conn_name}"')
def file_returns_in_order(ctx: StepContext, filename: str, conn_name: Any) -> None:
    """Compares all rows of the query in a file, in their order, with the table's.

    Example:
        SQL file "totals.sql" returns in this order, using "shop"
          | customer | total |
          | Maria    | 24.90 |
          | Jan      | 5     |
    """
    check = check_rows(ctx, ordered=True)
    check(file_query(ctx, filename, conn_name))


@then(
    'SQL file "{filename}" returns "{count}" rows, using "{conn_name}"',
    'SQL file "{filename}" returns "{count}" row, using "{conn_name}"',
)
def file_returns_count(ctx: StepContext, filename: str, count: Any, conn_name: Any) -> None:
    """Counts the rows of the query in a file.

    Example:
        SQL file "totals.sql" returns "2" rows, using "shop"
    """
    check = check_count(count)
    check(file_query(ctx, filename, conn_name))


@then('SQL file "{filename}" returns no rows, using "{conn_name}"')
def file_returns_nothing(ctx: StepContext, filename: str, conn_name: Any) -> None:
    """Checks that the query in a file finds nothing.

    Example:
        SQL file "orphans.sql" returns no rows, using "shop"
    """
    results.has_rows(file_query(ctx, filename, conn_name), 0)


@then('within "{seconds}" seconds SQL "{sql}" is equal to "{value}", using "{conn_name}"')
def is_equal_within(ctx: StepContext, seconds: Any, sql: Any, value: Any, conn_name: Any) -> None:
    """Repeats a query until its rows are those of a Python literal, or so many seconds are over.

    Example:
        within "5" seconds SQL "SELECT status FROM orders WHERE id = 1" is equal to "'shipped'", using "shop"
    """
    within(seconds, lambda: results.equals(query(ctx, sql, conn_name), value))


@then('within "{seconds}" seconds SQL "{sql}" returns, using "{conn_name}"')
def returns_within(ctx: StepContext, seconds: Any, sql: Any, conn_name: Any) -> None:
    """Repeats a query until its rows are the table's, in any order, or so many seconds are over.

    Example:
        within "5" seconds SQL "SELECT id, status FROM orders" returns, using "shop"
          | id | status  |
          | 1  | shipped |
    """
    check = check_rows(ctx)
    within(seconds, lambda: check(query(ctx, sql, conn_name)))


@then('within "{seconds}" seconds SQL "{sql}" returns in this order, using "{conn_name}"')
def returns_in_order_within(ctx: StepContext, seconds: Any, sql: Any, conn_name: Any) -> None:
    """Repeats a query until its rows are the table's, in their order, or so many seconds are over.

    Example:
        within "5" seconds SQL "SELECT status FROM log ORDER BY id" returns in this order, using "shop"
          | status  |
          | paid    |
          | shipped |
    """
    check = check_rows(ctx, ordered=True)
    within(seconds, lambda: check(query(ctx, sql, conn_name)))


@then(
    'within "{seconds}" seconds SQL "{sql}" returns "{count}" rows, using "{conn_name}"',
    'within "{seconds}" seconds SQL "{sql}" returns "{count}" row, using "{conn_name}"',
)
def returns_count_within(ctx: StepContext, seconds: Any, sql: Any, count: Any, conn_name: Any) -> None:
    """Repeats a query until it has so many rows, or so many seconds are over.

    Example:
        within "5" seconds SQL "SELECT * FROM orders" returns "2" rows, using "shop"
    """
    check = check_count(count)
    within(seconds, lambda: check(query(ctx, sql, conn_name)))


@then('within "{seconds}" seconds SQL "{sql}" returns no rows, using "{conn_name}"')
def returns_nothing_within(ctx: StepContext, seconds: Any, sql: Any, conn_name: Any) -> None:
    """Repeats a query until it finds nothing, or so many seconds are over.

    Example:
        within "5" seconds SQL "SELECT * FROM queue" returns no rows, using "shop"
    """
    within(seconds, lambda: results.has_rows(query(ctx, sql, conn_name), 0))
