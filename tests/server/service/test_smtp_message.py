"""Tests of apitest_server.service.smtp_message."""

from apitest_server.service.smtp_message import SMTPMessage


def test_files_are_attached() -> None:
    """Each message has its own."""
    one, other = SMTPMessage(), SMTPMessage()
    one.attach("a.txt", "text")
    assert (one.attachments, other.attachments) == ([{"name": "a.txt", "contents": "text"}], [])
