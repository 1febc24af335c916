"""Databases: 300 scenarios of three SQL statements each, and 100,000 rows of a CSV file; each against a plain loop."""

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.measure import Contender, interleave, table

SCENARIOS, ROWS = 300, 100_000
_BOOLEANS = ("false", "true")
_APITEST = [sys.executable, "-m", "apitest", "run"]
_SCENARIO = """
  Scenario: customer {number}
    When I insert "{number}, customer {number}, 19.90" into "id, name, total" of SQL table "orders", using "db"
    Then SQL "SELECT name, total FROM orders WHERE id = {number}" returns, using "db"
      | name              | total |
      | customer {number} | 19.90 |
    And I delete from SQL table "orders" where "id = {number}", using "db"
"""
_FIRST = """Feature: orders

  Scenario: a connection
    Given I connect to "$BENCHMARK_URL" as "db"
"""
_CSV = """Feature: CSV
  Scenario: rows
    Given I connect to "$BENCHMARK_URL" as "db"
    And SQL "DROP TABLE IF EXISTS many" is executed, using "db"
    Then I create SQL table "many" and insert data from csv "rows.csv", using "db" and names, data types from the header
"""
_TABLE = "CREATE TABLE orders (id INTEGER PRIMARY KEY, name VARCHAR(40), total NUMERIC(10, 2))"


@contextmanager
def database(name: str, directory: Path) -> Iterator[str]:
    """The URL of a database: one that is told by the environment, or one that is started for as long as needed."""
    variable = f"APITEST_{name.upper()}_URL"
    if name == "sqlite":
        yield f"sqlite:///{directory}/benchmark.db"
    elif variable in os.environ:
        yield os.environ[variable]
    else:
        from tests.services.all import SERVICES

        service = SERVICES["mariadb" if name == "mysql" else name]()
        try:
            yield service.environment()[variable]
        finally:
            service.stop()


def statements(runs: int) -> str:
    """300 scenarios with three statements each on PostgreSQL, as a Markdown table."""
    with tempfile.TemporaryDirectory() as name, database("postgresql", Path(name)) as url:
        directory = Path(name)
        _run_sql(url, f"DROP TABLE IF EXISTS orders; {_TABLE}")
        scenarios = [_SCENARIO.format(number=number) for number in range(SCENARIOS)]
        _feature(directory, _FIRST + "".join(scenarios))
        loop = [sys.executable, str(Path(__file__).with_name("plain_sql.py")), url, str(SCENARIOS)]
        contenders = [
            Contender("plain SQLAlchemy loop", loop, directory, says=f"{SCENARIOS} rounds passed"),
            _apitest(directory, url, f"{SCENARIOS + 1} scenarios passed"),
        ]
        interleave(contenders, runs)
        _run_sql(url, "DROP TABLE orders")
    return _compared("300 scenarios, three statements each, PostgreSQL", contenders, SCENARIOS, "scenarios/s")


def csv(runs: int) -> str:
    """100,000 rows of five columns into a new table of each database, as Markdown tables."""
    return "\n\n".join(_csv(name, runs) for name in ("sqlite", "postgresql", "mysql"))


def _csv(name: str, runs: int) -> str:
    with tempfile.TemporaryDirectory() as temporary, database(name, Path(temporary)) as url:
        directory = Path(temporary)
        _feature(directory, _CSV)
        rows = directory / "features" / "rows.csv"
        _write_rows(rows)
        loop = [sys.executable, str(Path(__file__).with_name("plain_csv.py")), url, str(rows)]
        contenders = [
            Contender("csv.reader and the driver's executemany", loop, directory, says=f"{ROWS} rows inserted"),
            _apitest(directory, url, "1 scenario passed"),
        ]
        interleave(contenders, runs)
        _run_sql(url, "DROP TABLE many")
    return _compared(f"100,000 rows of five columns, {name}", contenders, ROWS, "rows/s")


def _feature(directory: Path, text: str) -> None:
    features = directory / "features"
    features.mkdir()
    (features / "databases.feature").write_text(text)


def _write_rows(path: Path) -> None:
    header = 'id:integer,name:text,"total:decimal(10,2)",born:date,active:boolean\n'
    rows = (f'{n},"customer, {n}",{n % 1000}.90,2001-02-{n % 28 + 1:02},{_BOOLEANS[n % 2]}\n' for n in range(ROWS))
    path.write_text(header + "".join(rows))


def _apitest(directory: Path, url: str, says: str) -> Contender:
    return Contender("apitest", [*_APITEST, str(directory)], directory, {"BENCHMARK_URL": url}, says)


def _run_sql(url: str, statements: str) -> None:
    from apitest.clients.sql.connection import SQLConnection

    connection = SQLConnection(url)
    for statement in statements.split(";"):
        connection.execute(statement)
    connection.close()


def _compared(title: str, contenders: list[Contender], count: int, unit: str) -> str:
    limit = contenders[0].median
    rows = [
        [
            c.name,
            f"{c.median:.2f} s",
            f"{c.median / limit:.2f}",
            f"{count / c.median:,.0f}",
            f"{c.median_peak_mib:.0f} MiB",
        ]
        for c in contenders
    ]
    return table([title, "wall", "to the loop", unit, "peak"], rows)
