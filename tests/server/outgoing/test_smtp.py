"""Tests of apitest_server.outgoing.smtp, against aiosmtpd; what has arrived is read from the mailbox."""

import logging
from pathlib import Path
from smtplib import SMTPNotSupportedError
from typing import Any

import pytest

from apitest_server.errors import BadRequest, RemoteError, ServiceTimeout, ServiceUnavailable
from apitest_server.outgoing.imap import IMAPConnection
from apitest_server.service.smtp_message import SMTPMessage
from tests.server.outgoing.mail import smtp
from tests.services.email import Email

pytestmark = pytest.mark.email


def message(**fields: Any) -> SMTPMessage:
    return SMTPMessage(**{"from_": "a@example.com", "to": "b@example.com", "body": "x", **fields})


@pytest.mark.parametrize("mode", ["starttls", "ssl", "plain"])
def test_e_mails_are_sent(email: Email, inbox: IMAPConnection, tmp_path: Path, mode: str) -> None:
    """With TLS from the start, later or never; who gets it unnamed is not named."""
    port = email.smtps_port if mode == "ssl" else email.smtp_port
    sender = smtp(email, tmp_path, mode=mode, port=port)
    for number in range(2):
        assert sender.conn.send(message(from_="", bcc="hidden@example.com", subject=f"{number}"), "a@example.com")
    sender.close()
    found = [one.data for _, one in inbox.get()]
    assert [one.subject for one in found] == ["0", "1"]
    headers = {one.Name: one.Value for one in found[0].headers}
    assert headers["X-Envelope-To"] == "b@example.com, hidden@example.com"
    assert "Bcc" not in headers


def test_what_the_server_refuses_is_told(email: Email, inbox: IMAPConnection, tmp_path: Path) -> None:
    """All recipients, one of them, or the message; the session goes on."""
    sender = smtp(email, tmp_path)
    gone = "x@refused.example"
    with pytest.raises(RemoteError, match=r"refuses all recipients: x@refused.example: 550 5.1.1 There is nobody"):
        sender.send(message(to=gone))
    with pytest.raises(RemoteError, match=r"refuses the recipients x@refused.example; the others have got the message"):
        sender.send(message(cc=gone))
    with pytest.raises(RemoteError, match=r"refuses the message: 554 5.7.1 This message is not wanted"):
        sender.send(message(headers={"X-Refuse": "yes"}))
    with pytest.raises(BadRequest, match="no addresses that are not ASCII"):
        sender.send(message(to="grüße@example.com"))
    sender.close()
    assert len(list(inbox.get())) == 1


def test_a_ping_sends_where_it_is_told_to(email: Email, inbox: IMAPConnection, tmp_path: Path) -> None:
    """Without an address it asks only."""
    quiet, loud = smtp(email, tmp_path), smtp(email, tmp_path, ping_address="ping@example.com")
    assert quiet.ping() == loud.ping() == f"127.0.0.1:{email.smtp_port}"
    quiet.close()
    loud.close()
    assert [one.data.subject for _, one in inbox.get()] == ["Ping"]


def test_who_cannot_log_in(email: Email, tmp_path: Path) -> None:
    """A wrong password is not told; a certificate of somebody else is not trusted; nobody is there."""
    wrong = smtp(email, tmp_path, "535-not-it")
    with pytest.raises(ServiceUnavailable, match="`mail` refuses to log in: 535 ") as caught:
        wrong.ping()
    assert "535-not-it" not in str(caught.value)
    with pytest.raises(ServiceUnavailable, match=r"cannot be reached: .*certificate verify failed"):
        smtp(email, tmp_path, ca_certs="").ping()
    with pytest.raises(ServiceUnavailable, match="cannot be reached: Connection refused"):
        smtp(email, tmp_path, port=1).ping()


def test_a_restart_is_survived(email: Email, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """The next use connects again, and each change is one line in the log."""
    caplog.set_level(logging.INFO, "apitest.outgoing")
    sender = smtp(email, tmp_path)
    sender.ping()
    email.kill_smtp()
    for _ in range(2):
        with pytest.raises(ServiceUnavailable):
            sender.ping()
    email.start_smtp()
    for _ in range(2):
        sender.ping()
    sender.close()
    told = [record.getMessage() for record in caplog.records if record.name == "apitest.outgoing"]
    assert ["until further notice" in told[0], told[1:]] == [True, ["SMTP connection `mail` is connected again"]]


def test_sessions_that_break(email: Email, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that is silent and one that was lost are told apart."""
    sender = smtp(email, tmp_path)
    cases = (
        (TimeoutError(), ServiceTimeout, "in time"),
        (OSError("broken"), ServiceUnavailable, "was lost: broken"),
        (SMTPNotSupportedError(), BadRequest, "ASCII"),
    )
    for error, expected, told in cases:

        def fails(*arguments: object, raised: Exception = error) -> None:
            raise raised

        with monkeypatch.context() as broken:
            broken.setattr("smtplib.SMTP.send_message", fails)
            with pytest.raises(expected, match=told):
                sender.send(message())
    sender.close()
