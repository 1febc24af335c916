"""Tests of apitest_server.odb.driver."""

from contextlib import closing
from pathlib import Path

import pytest

from apitest_server.errors import StartError
from apitest_server.odb import ODB
from apitest_server.odb.driver import Driver, unreachable
from apitest_server.odb.location import Location


def test_statements_are_run_at_once(odb: ODB) -> None:
    """Values stand for question marks, and what is referred to is deleted with what refers to it."""
    with closing(Driver(odb.where)) as driver:
        values = ("one", "server", "machine", 7, "http://x", 1.5, "")
        assert driver.execute("INSERT INTO server_runs VALUES (?, ?, ?, ?, ?, ?, ?)", *values) == []
        with closing(Driver(odb.where)) as other:
            assert other.execute("SELECT * FROM server_runs WHERE pid = ?", 7) == [values]
            assert other.execute("SELECT id FROM server_runs WHERE id LIKE 'o%'") == [("one",)]


def test_a_statement_is_run_for_each_row(odb: ODB) -> None:
    """With its values; without rows nothing is run."""
    rows = [(f"fact {number}", "x?%s") for number in range(3)]
    with closing(Driver(odb.where)) as driver:
        for given in (rows, []):
            driver.execute_each("INSERT INTO odb_facts VALUES (?, ?)", given)
        assert driver.execute("SELECT name, value FROM odb_facts WHERE value = ? ORDER BY name", "x?%s") == rows


def test_a_transaction_is_whole_or_nothing(odb: ODB) -> None:
    """After an error of anybody nothing of it is there, and the connection can be used again."""
    with closing(Driver(odb.where)) as driver:
        for ends, error in (("DELETE FROM nothing", StartError), ("", ZeroDivisionError)):
            with pytest.raises(error), driver.transaction():
                driver.execute("INSERT INTO odb_facts VALUES ('a', 'x')")
                if ends:
                    driver.execute(ends)
                raise ZeroDivisionError
            assert driver.execute("SELECT 1 FROM odb_facts WHERE name = 'a'") == []
        with driver.transaction():
            driver.execute("INSERT INTO odb_facts VALUES ('a', 'x')")
        with closing(Driver(odb.where)) as other:
            assert other.execute("SELECT value FROM odb_facts WHERE name = 'a'") == [("x",)]


def test_what_the_driver_says_is_told(odb: ODB) -> None:
    """As what is wrong with the ODB."""
    with closing(Driver(odb.where)) as driver, pytest.raises(StartError, match="ODB cannot be used"):
        driver.execute("SELECT * FROM nothing")


def test_a_database_that_is_not_there_is_told(tmp_path: Path) -> None:
    """With where it should be."""
    with pytest.raises(StartError, match=r"nothing\.sqlite"):
        Driver(Location(tmp_path / "nothing.sqlite"))


def test_only_the_first_line_of_a_drivers_error_is_told() -> None:
    """The rest is about the driver."""
    error = unreachable(Location(Path("a")), OSError("refused\nmore"))
    assert error.problem == "The ODB cannot be used: refused"
