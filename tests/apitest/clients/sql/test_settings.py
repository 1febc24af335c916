import pytest
from sqlalchemy.engine import URL

from apitest.clients.sql import errors as sql_errors
from apitest.clients.sql import settings as sql_url
from apitest.errors import BadValue, MissingDependency, TimedOut, Unreachable


@pytest.mark.parametrize(
    ("written", "driver"),
    [
        ("postgresql://h/d", "postgresql+psycopg"),
        ("postgres://h/d", "postgresql+psycopg"),
        ("mysql://h/d", "mysql+pymysql"),
        ("mariadb://h/d", "mariadb+pymysql"),
        ("mysql+mysqldb://h/d", "mysql+mysqldb"),
        ("sqlite:///a.db", "sqlite"),
    ],
)
def test_a_url_without_a_driver_gets_ours(written: str, driver: str) -> None:
    """The drivers of this product's extras are the defaults; one that is named is used."""
    assert sql_url.parse(written).drivername == driver


@pytest.mark.parametrize("written", ["nonsense", "postgresql://u:secret-pw@h:port/d", ""])
def test_what_is_no_url_is_refused(written: str) -> None:
    """The error shows what was written without the password."""
    with pytest.raises(BadValue, match="not a database URL") as caught:
        sql_url.parse(written)
    assert "secret-pw" not in str(caught.value)


@pytest.mark.parametrize(
    ("written", "command"),
    [
        ("oracle://u:secret-pw@h/d", "pip install oracledb"),
        ("mssql+pyodbc://u:secret-pw@h/d", "pip install pyodbc"),
        ("postgresql+psycopg2://u:secret-pw@h/d", "pip install psycopg2-binary"),
        ("mysql+mysqldb://u:secret-pw@h/d", "pip install mysqlclient"),
    ],
)
def test_a_missing_driver_is_named_with_what_installs_it(written: str, command: str) -> None:
    """Whoever lacks a driver can copy the command."""
    with pytest.raises(MissingDependency) as caught:
        sql_url.engine(sql_url.parse(written))
    assert caught.value.fix == command
    assert "secret-pw" not in str(caught.value)


@pytest.mark.parametrize(("module", "extra"), [("psycopg", "postgresql"), ("pymysql", "mysql")])
def test_our_own_drivers_are_installed_by_an_extra(module: str, extra: str) -> None:
    """For the databases that this product names, pip is asked for the product's extra."""
    url = sql_url.parse(f"{extra}://h/d")
    assert sql_url.missing_driver(url, ImportError(name=module)).fix == f"pip install 'apitest[{extra}]'"


@pytest.mark.parametrize(
    ("written", "told"), [("postgre://h/d", "Did you mean postgresql"), ("xyz://h/d", "Known are")]
)
def test_an_unknown_database_has_near_misses(written: str, told: str) -> None:
    """A dialect that nobody knows is answered with those that are known."""
    with pytest.raises(BadValue, match="There is no database called") as caught:
        sql_url.engine(sql_url.parse(written))
    assert told in caught.value.fix


class Refusal(Exception):
    """An error of a driver, with what it carries."""

    def __init__(self, text: str, sqlstate: str = "") -> None:
        super().__init__(text)
        self.sqlstate = sqlstate


def test_a_lost_connection_and_a_time_out_are_told_apart() -> None:
    """Codes that mean a lost connection or a lock are not mistakes of the statement."""
    from sqlalchemy.exc import OperationalError

    url = URL.create("postgresql", username="u", password="secret-pw")
    lost = sql_errors.running(url, "SELECT 1", OperationalError("", {}, Refusal("gone secret-pw", "57P01")))
    late = sql_errors.running(url, "SELECT 1", OperationalError("", {}, Refusal("canceled", "57014")))
    assert isinstance(lost, Unreachable) and not isinstance(lost, TimedOut)
    assert isinstance(late, TimedOut)
    assert "secret-pw" not in str(lost)
