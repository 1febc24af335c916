"""Connections to the servers of e-mail of the tests."""

from pathlib import Path

from apitest_server.odb import StoredObject
from apitest_server.outgoing.imap import IMAPConnection
from apitest_server.outgoing.smtp import SMTPConnection
from tests.services.email import Email


def stored(email: Email, password: str = "", **fields: object) -> StoredObject:
    """A definition with what is right unless something else is given."""
    given = {"host": email.host, "username": email.username, "ca_certs": str(email.authority), "timeout": 30, **fields}
    return StoredObject(1, "email", "mail", given, {"password": password or email.password})


def smtp(email: Email, directory: Path, password: str = "", **fields: object) -> SMTPConnection:
    """One that sends."""
    return SMTPConnection(stored(email, password, **{"port": email.smtp_port, **fields}), directory)


def imap(email: Email, directory: Path, password: str = "", **fields: object) -> IMAPConnection:
    """One that reads."""
    return IMAPConnection(stored(email, password, **{"port": email.imaps_port, **fields}), directory)
