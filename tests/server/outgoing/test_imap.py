"""Tests of apitest_server.outgoing.imap, against Dovecot."""

import logging
from imaplib import IMAP4
from pathlib import Path

import pytest

from apitest_server.errors import BadRequest, RemoteError, ServiceTimeout, ServiceUnavailable
from apitest_server.outgoing.imap import IMAPConnection
from tests.server.outgoing.mail import imap
from tests.services.email import Email

pytestmark = pytest.mark.email


def subjects(inbox: IMAPConnection, criteria: str = "") -> list[str]:
    return [message.data.subject for _, message in inbox.get(criteria=criteria)]


def test_messages_are_read_marked_and_deleted(email: Email, inbox: IMAPConnection) -> None:
    """One that is read stays new until it is marked; criteria of the call come before those of the definition."""
    for name in (b"one", b"two", b"three"):
        email.put(b"Subject: " + name + b"\r\nFrom: a@example.com\r\n\r\nHello\r\n")
    found = dict(inbox.conn.get())
    assert sorted(message.data.subject for message in found.values()) == ["one", "three", "two"]
    assert len(subjects(inbox)) == 3
    by_subject = {message.data.subject: message for message in found.values()}
    by_subject["one"].mark_seen()
    by_subject["two"].delete()
    assert (subjects(inbox), subjects(inbox, "SEEN"), len(subjects(inbox, "ALL"))) == (["three"], ["one"], 2)
    assert subjects(inbox, 'SUBJECT "three"') == ["three"]
    assert found.keys() >= {by_subject["one"].uid}


def test_a_message_that_somebody_else_deletes_meanwhile(email: Email, inbox: IMAPConnection, tmp_path: Path) -> None:
    """It is left out, and the others are read."""
    for name in (b"a", b"b"):
        email.put(b"Subject: " + name + b"\r\n\r\n")
    reading = inbox.get()
    uid, _ = next(reading)
    other = imap(email, tmp_path)
    for number, message in other.get():
        if number != uid:
            message.delete()
    other.close()
    assert list(reading) == []


@pytest.mark.parametrize("mode", ["starttls", "plain", "ssl"])
def test_modes(email: Email, tmp_path: Path, mode: str) -> None:
    """With TLS from the start, later or never."""
    port = email.imaps_port if mode == "ssl" else email.imap_port
    reader = imap(email, tmp_path, mode=mode, port=port)
    assert reader.ping() == f"127.0.0.1:{port}"
    reader.close()


def test_who_cannot_log_in(email: Email, tmp_path: Path) -> None:
    """A wrong password is not told; a certificate of somebody else is not trusted; nobody is there."""
    with pytest.raises(ServiceUnavailable, match="`mail` refuses to log in: ") as caught:
        imap(email, tmp_path, "not-it").ping()
    assert "not-it" not in str(caught.value)
    with pytest.raises(ServiceUnavailable, match=r"cannot be reached: .*certificate verify failed"):
        imap(email, tmp_path, ca_certs="").ping()
    with pytest.raises(ServiceUnavailable, match="cannot be reached: Connection refused"):
        imap(email, tmp_path, port=1).ping()


def test_what_the_server_refuses_is_told(inbox: IMAPConnection) -> None:
    """A folder that is not there, criteria that are none; and what would be a further command is not sent at all."""
    with pytest.raises(RemoteError, match="refuses to search for UNSEEN: Mailbox doesn't exist: none"):
        list(inbox.get("none"))
    with pytest.raises(RemoteError, match="refuses to search for FLY"):
        list(inbox.get(criteria="FLY"))
    for wrong in ({"folder": "a\r\nb"}, {"criteria": "ALL\r\nA1 LOGOUT"}, {"criteria": "SUBJECT ü"}):
        with pytest.raises(BadRequest, match="printable ASCII"):
            list(inbox.get(**wrong))
    with pytest.raises(BadRequest):
        inbox.delete("1\r\n")
    inbox.ping()


def test_a_restart_is_survived(email: Email, inbox: IMAPConnection, caplog: pytest.LogCaptureFixture) -> None:
    """The next use connects again, and each change is one line in the log."""
    caplog.set_level(logging.INFO, "apitest.outgoing")
    inbox.ping()
    email.kill_imap()
    for _ in range(2):
        with pytest.raises(ServiceUnavailable):
            inbox.ping()
    email.start_imap()
    for _ in range(2):
        inbox.ping()
    told = [record.getMessage() for record in caplog.records if record.name == "apitest.outgoing"]
    assert ["until further notice" in told[0], told[1:]] == [True, ["IMAP connection `mail` is connected again"]]


def test_sessions_that_break(inbox: IMAPConnection, monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that is silent and one that hangs up are told apart."""
    cases = (
        (TimeoutError(), ServiceTimeout, "in time"),
        (
            OSError(),
            ServiceUnavailable,
            "was lost when it was asked to mark message 1 as seen: the connection was closed",
        ),
        (IMAP4.abort("bye"), ServiceUnavailable, "bye"),
    )
    for error, expected, told in cases:

        def fails(*arguments: object, raised: Exception = error) -> None:
            raise raised

        with monkeypatch.context() as broken:
            broken.setattr("imaplib.IMAP4.uid", fails)
            with pytest.raises(expected, match=told):
                inbox.mark_seen("1")
