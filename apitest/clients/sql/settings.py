"""From a database's URL to an SQLAlchemy engine, with the driver that it needs."""

from sqlalchemy import URL, Engine, NullPool, create_engine, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

from apitest.errors import BadValue, MissingDependency
from apitest.language.suggestions import near_misses
from apitest.redaction import redact_urls

CONNECT_SECONDS = 10
_DRIVERS = {
    "postgresql": "postgresql+psycopg",
    "postgres": "postgresql+psycopg",
    "mysql": "mysql+pymysql",
    "mariadb": "mariadb+pymysql",
}
_WITH_CONNECT_TIMEOUT = {"psycopg", "psycopg2", "pymysql", "mysqldb"}
# module of a driver -> what pip is to install for it, where the two names differ
_PACKAGES = {
    "psycopg": "'apitest[postgresql]'",
    "pymysql": "'apitest[mysql]'",
    "psycopg2": "psycopg2-binary",
    "MySQLdb": "mysqlclient",
    "mysql": "mysql-connector-python",
    "cx_Oracle": "cx-Oracle",
}


def parse(text: str) -> URL:
    """The parts of a database's URL, with the driver that is meant where none is named.

    Raises:
        BadValue: it is not a database URL.
    """
    try:
        url = make_url(text)
    except (ArgumentError, ValueError):
        fix = "Write dialect://user:password@host:port/database, such as postgresql://tester:…@localhost/shop"
        raise BadValue(f'"{redact_urls(text)}" is not a database URL', fix=fix + "\nor sqlite:///shop.db") from None
    return url.set(drivername=_DRIVERS.get(url.drivername, url.drivername))


def engine(url: URL) -> Engine:
    """An engine that opens one connection when it is asked to, and really closes it afterwards.

    Raises:
        MissingDependency: the driver is not installed.
        BadValue: no such database is known, or the driver does not know an option of the URL.
    """
    try:
        return create_engine(url, poolclass=NullPool, connect_args=_connect_arguments(url))
    except NoSuchModuleError:
        raise _unknown_dialect(url) from None
    except ImportError as error:
        raise missing_driver(url, error) from None
    except (ArgumentError, TypeError, ValueError) as error:
        raise BadValue(f"{_shown(url)} cannot be used: {error}", fix="Correct the options after the ?") from None


def _connect_arguments(url: URL) -> dict[str, object]:
    """A server that does not answer is given up after some seconds; the drivers would wait for minutes."""
    driver = url.drivername.partition("+")[2]
    given = "connect_timeout" in url.query
    arguments: dict[str, object] = {}
    if driver in _WITH_CONNECT_TIMEOUT and not given:
        arguments["connect_timeout"] = CONNECT_SECONDS
    if driver == "psycopg":  # a statement that it prepares by itself fails once its table was created anew
        arguments["prepare_threshold"] = None
    return arguments


def _shown(url: URL) -> str:
    return url.render_as_string(hide_password=True)


def _unknown_dialect(url: URL) -> BadValue:
    name = url.drivername
    known = ["sqlite", "postgresql", "mysql", "mariadb", "oracle", "mssql"]
    likely = near_misses(name, known, limit=1)
    fix = f"Did you mean {likely[0]}://?" if likely else f"Known are {', '.join(known)}."
    return BadValue(
        f"There is no database called {name}",
        _shown(url),
        f"{fix}\nFor any other database, install its SQLAlchemy dialect with pip.",
    )


def missing_driver(url: URL, error: ImportError) -> MissingDependency:
    """The error for a driver that cannot be imported, with the command that installs it."""
    module = (getattr(error, "name", "") or url.drivername.rpartition("+")[2]).partition(".")[0]
    package = _PACKAGES.get(module, module)
    return MissingDependency(
        f"The driver {module} for {url.drivername.partition('+')[0]} is not installed",
        _shown(url),
        f"pip install {package}",
    )
