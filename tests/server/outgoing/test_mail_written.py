"""Tests of apitest_server.outgoing.mail_written."""

import pytest

from apitest_server.errors import BadRequest
from apitest_server.outgoing.mail_read import read
from apitest_server.outgoing.mail_written import written
from apitest_server.service.smtp_message import SMTPMessage


def test_an_e_mail_as_it_is_sent() -> None:
    """What is written is what is read at the other end."""
    message = SMTPMessage("Müller <m@example.com>", ["a@example.com", "B <b@example.com>"], "Grüße", "<b>ja</b>\n")
    message.is_html, message.cc, message.headers = True, "c@example.com", {"X-Order": "17", "Date": "yesterday"}
    message.attach("a.csv", "id\n1\n")
    message.attach("b.bin", b"\x00\xff")
    message.attach("c.pdf", "text")
    mail = written(message)
    found = read(mail.as_bytes())
    assert (found.subject, found.body.html, found.body.plain) == ("Grüße", ["<b>ja</b>\n"], [])
    assert found.sent_from == [{"name": "Müller", "email": "m@example.com"}]
    assert [one.email for one in (*found.sent_to, *found.cc)] == ["a@example.com", "b@example.com", "c@example.com"]
    assert [(one.filename, one["content-type"], one.content.read()) for one in found.attachments] == [
        ("a.csv", "text/csv", b"id\n1\n"),
        ("b.bin", "application/octet-stream", b"\x00\xff"),
        ("c.pdf", "application/pdf", b"text"),
    ]
    assert {"Name": "X-Order", "Value": "17"} in found.headers
    assert (mail["Date"], found.message_id.endswith("@example.com>")) == ("yesterday", True)


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"to": "a@example.com"}, "The message has no sender: set `from_`"),
        ({"from_": "a@example.com"}, "The message has no recipient: set `to`, `cc` or `bcc`"),
        ({"from_": "a@example.com", "bcc": "b@example.com", "subject": "a\r\nBcc: c@example.com"}, "Subject"),
        ({"from_": "a@example.com\nX: y", "bcc": "b@example.com"}, "From"),
    ],
)
def test_what_cannot_be_sent_is_refused(fields: dict[str, str], told: str) -> None:
    """A line break in a header would be a further header."""
    with pytest.raises(BadRequest, match=told):
        written(SMTPMessage(**fields))  # type: ignore[arg-type]  # all of them are text


def test_a_sender_whose_address_is_odd() -> None:
    """The message's ID has another domain then."""
    mail = written(SMTPMessage("root", "a@example.com", body="x"))
    assert mail["Message-ID"].endswith("@root>")
    mail = written(SMTPMessage("x@grüße.example", "a@example.com", body="x"))
    assert mail["Message-ID"].endswith("@localhost>")
