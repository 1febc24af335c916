"""Errors of databases as administrators are told them."""

from apitest_server.errors import BadRequest, DatabaseError, HTTPError, ServiceUnavailable


def told(error: DatabaseError) -> HTTPError:
    """What administrators may know, which is everything that a database says: 503 where it is away, else 400."""
    text = f"{error.problem}. {error.fix}" if error.fix else error.problem
    return ServiceUnavailable(text) if error.is_away else BadRequest(text)
