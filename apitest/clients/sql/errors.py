"""Translates the errors of databases and their drivers; the only place that knows them."""

import re

from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from apitest.errors import ApitestError, BadValue, TimedOut, Unreachable
from apitest.expressions import expression

_REFUSED = {"28P01", "28000", 1044, 1045, 1698}
_NO_DATABASE = {"3D000", 1049}
_SYNTAX = {"42601", 1064}
_NO_TABLE = {"42P01", 1146, 1051}
_LOST = {"57P01", "57P02", "57P03", "08003", "08006", 2006, 2013, 2055}
_TIME_OUT = {"57014", "55P03", 1205, 1317, 3024, 1969}
_NEAR = expression(r"""near ['"](.+?)['"]|near "(.+?)":""", re.DOTALL)
_TABLE = expression(
    r"""no such table: (?P<sqlite>\S+)|(?:relation|table|view) "(?P<postgresql>.+?)"|[Tt]able '(?P<mysql>.+?)'"""
)


def connecting(url: URL, error: Exception) -> ApitestError:
    """Why a connection failed: the user was refused, there is no such database, or nothing answers."""
    where, said, code = url.render_as_string(hide_password=True), _message(error, url), _code(error)
    if code in _REFUSED or re.search(r"password|authentication|role .* does not exist|no pg_hba", said):
        user = url.username or "(none)"
        fix = "Check user and password in the URL; a password with @ / : in it has to be percent-encoded."
        return Unreachable(f"The database refused the user {user}: {said}", where, fix)
    if code in _NO_DATABASE or re.search(r'database ".*" does not exist', said):
        return Unreachable(f"There is no database {url.database}: {said}", where, "Check the URL's last part.")
    if url.get_backend_name() == "sqlite":
        return Unreachable(f"The database file cannot be opened: {said}", where, "Check its directory and rights.")
    if isinstance(error, TypeError) or re.search(r"invalid (connection option|URI)|keyword argument", said):
        return BadValue(f"The URL has an option that its driver does not take: {said}", where, "See after the ?.")
    fix = "Is the server running, and does it listen at this address and port?"
    return Unreachable(f"The database cannot be reached: {said}", where, fix)


def running(url: URL, statement: str, error: SQLAlchemyError) -> ApitestError:
    """Why a statement did not run; in its where, the statement, and the place in it where the database tells it."""
    said, code = _message(error, url), _code(error)
    database = url.render_as_string(hide_password=True)
    if code in _LOST or (isinstance(error, DBAPIError) and error.connection_invalidated):
        return Unreachable(f"The connection to the database was lost: {said}", database, "Connect again.")
    if code in _TIME_OUT or "database is locked" in said or said == "interrupted":
        return TimedOut(f"The database did not run the statement in time: {said}", database, "Is a table locked?")
    where = " ".join(statement.split())
    if code in _SYNTAX or "syntax error" in said:
        excerpt = _excerpt(statement, _position(error, statement, said))
        return BadValue(f"The statement is not valid SQL: {said}", where, "Correct it at this place.", excerpt)
    return BadValue(f"The database refused the statement: {said}", where)


def missing_table(error: SQLAlchemyError) -> str | None:
    """The name of the table that a statement needs and the database does not have, or None for another error."""
    said = str(getattr(error, "orig", error))
    if _code(error) in _NO_TABLE or "no such table" in said:
        match = _TABLE.search(said)
        return next(filter(None, match.groups()), None) if match else None
    return None


def _code(error: Exception) -> object:
    """SQLSTATE for PostgreSQL, MySQL's number, else None."""
    original = getattr(error, "orig", error)
    arguments = getattr(original, "args", ())
    number = arguments[0] if arguments and isinstance(arguments[0], int) else None
    return number or getattr(original, "sqlstate", None)


def _message(error: Exception, url: URL) -> str:
    """The database's own words on one line, without our password in them."""
    original = getattr(error, "orig", None) or error
    arguments: tuple[object, ...] = getattr(original, "args", ())
    primary = getattr(getattr(original, "diag", None), "message_primary", None)
    text = primary or (arguments[1] if len(arguments) > 1 and isinstance(arguments[0], int) else original)
    line = " ".join(str(text).split()).rpartition("FATAL: ")[2].rstrip(".")
    # Drivers do not repeat passwords; should one do so, only a text that is not a common word can be told from others.
    return line.replace(str(url.password), "***") if len(str(url.password or "")) > 3 else line


def _position(error: SQLAlchemyError, statement: str, said: str) -> int | None:
    """The offset in the statement of what is wrong with it."""
    told = getattr(getattr(getattr(error, "orig", None), "diag", None), "statement_position", None)
    if told:
        return int(told) - 1
    near = _NEAR.search(said)
    place = statement.find(near[1] or near[2]) if near else -1
    return place if place >= 0 else None


def _excerpt(statement: str, position: int | None) -> str:
    """The statement's line with a caret below the position."""
    if position is None:
        return ""
    start = statement.rfind("\n", 0, position) + 1
    line = statement[start:].split("\n", 1)[0]
    return f"{line}\n{' ' * (position - start)}^"
